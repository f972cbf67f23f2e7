//! Groups of fields with exactly one set, and fields that are set together or not at all.

use hardened::{Config, Loaded, Loader, Refusal, SecretText};

#[derive(Debug, Config)]
#[config(one_of(url, host, replica), all_or_none(cert, key))]
#[allow(dead_code, reason = "only judged")]
struct Settings {
    url: Option<url::Url>,
    host: Option<String>,
    #[config(nested, prefix = "REPLICA_")]
    replica: Option<Replica>,
    cert: Option<String>,
    key: Option<SecretText>,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "only judged")]
struct Replica {
    name: String,
}

const TOKEN: &str = "q8ZxT3vB7nM1kL5jH9gF2dS6";

fn load(variables: &[(&str, &str)]) -> Result<Loaded<Settings>, Refusal> {
    Loader::new().environment(variables.iter().copied().collect()).load()
}

fn errors(variables: &[(&str, &str)]) -> Vec<String> {
    let refusal = load(variables).unwrap_err();
    let findings = refusal.report().findings().iter();
    findings.map(|it| format!("{} · {} · {}", it.code(), it.subject(), it.message())).collect()
}

#[test]
fn exactly_one_of_several_fields_is_set() {
    for one in [("URL", "http://x.internal"), ("HOST", "x.internal"), ("REPLICA_NAME", "x")] {
        assert!(load(&[one]).is_ok(), "{one:?}");
    }
    assert_eq!(errors(&[]), ["setting-missing · URL · missing: exactly one of URL or HOST or replica"]);
    assert_eq!(
        errors(&[("URL", "http://x.internal"), ("HOST", "x"), ("REPLICA_NAME", "x")]),
        ["setting-one-of · URL · inconsistent: set together with HOST and replica; only one of them may be set"]
    );
    assert_eq!(
        errors(&[("HOST", "x"), ("REPLICA_NAME", "x")]),
        ["setting-one-of · HOST · inconsistent: set together with replica; only one of them may be set"]
    );
}

#[test]
fn a_value_that_could_not_be_read_is_reported_once() {
    assert_eq!(
        errors(&[("URL", "x"), ("HOST", "x")]),
        ["setting-malformed · URL · malformed: must be a URL such as https://example.com/"]
    );
}

#[test]
fn fields_that_belong_together_are_set_all_or_none() {
    let host = ("HOST", "x");
    assert!(load(&[host, ("CERT", "x"), ("KEY", TOKEN)]).is_ok());
    assert_eq!(
        errors(&[host, ("CERT", "x")]),
        ["setting-all-or-none · KEY · inconsistent: CERT is set, but KEY is not"]
    );
    assert_eq!(
        errors(&[host, ("KEY", TOKEN)]),
        ["setting-all-or-none · CERT · inconsistent: KEY is set, but CERT is not"]
    );
}

#[test]
fn a_secret_that_is_one_of_several_is_missing_as_a_secret() {
    #[derive(Debug, Config)]
    #[config(one_of(token, user))]
    #[allow(dead_code, reason = "only judged")]
    struct Access {
        token: Option<SecretText>,
        user: Option<String>,
    }
    let refusal = Loader::new().environment(hardened::Environment::empty()).load::<Access>().unwrap_err();
    assert!(refusal.report().refuses("secret-missing", "TOKEN"), "{refusal}");
}
