//! Declared secrets in a configuration file.

use super::*;

#[test]
fn a_declared_secret_refuses_the_start_wherever_it_is() {
    for (toml, expected) in [
        ("mail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = \"CaNaRy7\\t\"", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = ''", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = ['CaNaRy7']", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail_token = { value = 'CaNaRy7' }", "secret-in-file MAIL_TOKEN 1:1"),
        ("MAIL_TOKEN = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 1:1"),
        ("mail-token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 1:1"),
        ("jwt.secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 1:5"),
        ("jwt_secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 1:1"),
        ("[jwt]\n  secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:3"),
        ("[development]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[test.jwt]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[default.jwt]\nSECRET_KEY = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[global]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[prodution.jwt]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[jwt.production]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[[stranger]]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[stranger]\na = [{ jwt = { secret_key = 'CaNaRy7' } }]", "secret-in-file JWT_SECRET_KEY 2:16"),
        ("mail_token = 'CaNaRy7'\nbroken", "secret-in-file MAIL_TOKEN 1:1"),
        ("jwt = [{ secret_key = 'CaNaRy7' }]\nmail_token = 'x'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[log_level]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[test.log_level]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("log_level = { mail_token = 'CaNaRy7' }", "secret-in-file MAIL_TOKEN 1:15"),
        ("log_level.jwt.secret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 1:15"),
        ("tags = ['a', { mail_token = 'CaNaRy7' }]", "secret-in-file MAIL_TOKEN 1:16"),
        ("tags = [[[{ x = { jwt_secret_key = 'CaNaRy7' } }]]]", "secret-in-file JWT_SECRET_KEY 1:19"),
        ("[[development.tags]]\nMAIL_TOKEN = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
        ("[jwt.algorithm]\nsecret_key = 'CaNaRy7'", "secret-in-file JWT_SECRET_KEY 2:1"),
        ("[jwt.limits.most]\nmail_token = 'CaNaRy7'", "secret-in-file MAIL_TOKEN 2:1"),
    ] {
        let scratch = Scratch::new();
        scratch.file("hardened.toml", toml);
        // The file is refused although the environment has the values.
        let environment =
            tier("production").set("MAIL_TOKEN", KEY).set("JWT_SECRET_KEY", KEY).working_directory(scratch.path());
        let outcome = Loader::new().environment(environment).load::<Settings>();
        assert!(told(&outcome).iter().any(|told| told == expected), "{toml}\n{}", report(&outcome));
        let refusal = outcome.unwrap_err();
        let shown = format!("{refusal}\n{refusal:?}\n{}", refusal.to_json());
        assert!(!shown.contains(CANARY), "{shown}");
    }
}

#[test]
fn a_secret_from_a_file_is_never_used() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", format!("mail_token = '{KEY}'"));
    let environment = tier("development").working_directory(scratch.path());
    let loader = Loader::new().environment(environment);
    let loaded = loader.waive(hardened::rule::SECRET_IN_FILE, "MAIL_TOKEN", "a try").load::<Settings>().unwrap();
    assert!(loaded.mail_token.is_none());
}

#[derive(Debug, Config)]
struct Tls {
    /// A path that is called like a secret elsewhere.
    #[config(not_secret = "the path of a file")]
    key: std::path::PathBuf,
}

#[derive(Debug, Config)]
struct WithTls {
    /// A secret.
    #[expect(dead_code, reason = "read into, not read from")]
    key: SecretText,
    /// A group with a plain field of the same name.
    #[config(nested, prefix = "TLS_")]
    tls: Tls,
}

#[test]
fn a_plain_setting_with_the_name_of_a_secret_is_not_a_secret() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "[default.tls]\nkey = '/etc/tls/key.pem'\n");
    let environment = tier("production").set("KEY", KEY).working_directory(scratch.path());
    let loaded = Loader::new().environment(environment.clone()).load::<WithTls>().unwrap();
    assert_eq!(loaded.tls.key.to_str(), Some("/etc/tls/key.pem"));
    scratch.file("hardened.toml", "[api.tls]\nkey = '/k'\n[web.tls]\nkey = '/w'\n");
    assert!(Loader::new().environment(environment).section("api").load::<WithTls>().is_ok());
}
