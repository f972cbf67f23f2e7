//! `config manifest`, run where production's secrets are not available.

use std::fs;

use hardened::{
    Config, Database, Environment, JwtSecret, Loader, ProductionConfig, SecretJson, SecretText, Setting, Violation,
    manifest::Manifest, rule, schema::Kind, secret::KeyRing,
};
use serde_json::json;
use test_support::Scratch;

use super::{RuleOutcome, SettingState, Settings, outcome, state};

/// Runs the command and returns its exit status, standard output and standard error.
fn run<T: Config>(arguments: &[&str]) -> (i32, String, String) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let command = hardened::command::<T>().loader(Loader::new().environment(Environment::empty()));
    let status = command.run(arguments.iter().map(|word| (*word).into()), &mut output, &mut errors);
    (status, String::from_utf8(output).unwrap(), String::from_utf8(errors).unwrap())
}

/// Returns the manifest for a tier, made from the variables of a file, or the printed errors.
fn made<T: Config>(plain: &str, tier: &str) -> Result<Manifest, String> {
    let scratch = Scratch::new();
    let file = scratch.file("plain.env", plain);
    let (status, output, errors) = run::<T>(&["manifest", "--env-file", file.to_str().unwrap(), "--tier", tier]);
    match status {
        0 => Ok(Manifest::parse(&output).unwrap()),
        _ => Err(errors),
    }
}

#[test]
fn secrets_that_are_needed_are_assumed() {
    let made = made::<Settings>("CORS_ORIGINS=https://app.acme.io\n", "production").unwrap();
    for (name, expected) in [
        ("jwt.secret_key", SettingState::Assumed),
        ("stripe_key", SettingState::Assumed),
        // The group is required in production.
        ("database.url", SettingState::Assumed),
        ("jwt.secret_key_previous", SettingState::Unset),
        ("sentry_key", SettingState::Unset),
        ("cors.origins", SettingState::Set),
        ("archive.archive_days", SettingState::Default),
    ] {
        assert_eq!(state(&made, name), expected, "{name}");
    }
    // The manifest promises the least encryption that a start accepts for an assumed database.
    assert_eq!(made.promises.databases[0].transport.name(), "require");
    for (code, expected) in [
        ("secret-too-short", RuleOutcome::NotJudged),
        ("database-loopback", RuleOutcome::NotJudged),
        ("host-placeholder", RuleOutcome::NotJudged),
        ("secret-missing", RuleOutcome::NotJudged),
        ("origin-path", RuleOutcome::Held),
        ("http-csp", RuleOutcome::Held),
    ] {
        assert_eq!(outcome(&made, code).0, expected, "{code}");
    }
}

#[test]
fn a_secret_that_is_given_is_judged_and_not_assumed() {
    let plain = format!("CORS_ORIGINS=https://app.acme.io\nJWT_SECRET_KEY={}\n", test_support::KEY);
    let given = made::<Settings>(&plain, "production").unwrap();
    assert_eq!(state(&given, "jwt.secret_key"), SettingState::Set);
    let refused =
        made::<Settings>("CORS_ORIGINS=https://app.acme.io\nJWT_SECRET_KEY=short\n", "production").unwrap_err();
    assert!(refused.contains("secret-too-short"), "{refused}");
}

#[test]
fn a_plain_setting_that_is_missing_or_wrong_is_refused_as_at_a_start() {
    for (plain, code) in [
        ("", "setting-missing"),
        ("CORS_ORIGINS=https://app.acme.io/", "origin-path"),
        ("CORS_ORIGINS=https://app.acme.io\nPORT=http", "setting-malformed"),
        ("CORS_ORIGINS=https://app.acme.io\nDATABASE_URL=postgres://app:pw@localhost/app", "database-loopback"),
    ] {
        let refused = made::<Settings>(plain, "production").unwrap_err();
        assert!(refused.contains(code) && !refused.contains("secret-missing"), "{plain}: {refused}");
    }
}

#[test]
fn a_group_that_may_be_absent_stays_absent_in_the_tiers_that_allow_it() {
    let made = made::<Settings>("CORS_ORIGINS=https://app.acme.io\n", "test").unwrap();
    assert!(made.promises.databases.is_empty());
    assert!(made.settings.iter().all(|setting| !setting.name.starts_with("database.")));
    assert_eq!(state(&made, "jwt.secret_key"), SettingState::Assumed);
}

#[test]
fn the_password_of_a_database_in_pieces_is_assumed() {
    let pieces = "PGHOST=db.acme.io\nPGUSER=app\nPGDATABASE=app\nPGSSLMODE=verify-full\n";
    let made = made::<Database>(pieces, "production").unwrap();
    assert_eq!((state(&made, "password"), state(&made, "host")), (SettingState::Assumed, SettingState::Set));
    assert_eq!(made.promises.databases[0].transport.name(), "verify-full");
}

/// Settings with checks across secrets that are assumed.
#[derive(Debug, Config)]
#[config(check = is_live(stripe_key), check = whole)]
#[allow(dead_code, reason = "declared, and never read")]
struct Checked {
    /// It begins in a way that nobody can assume.
    stripe_key: SecretText,
    /// A list.
    tokens: Vec<SecretText>,
    /// Versions.
    ring: KeyRing,
    /// A document.
    account: SecretJson,
    /// A key.
    #[config(required_in_production)]
    signing_key: Option<JwtSecret>,
    /// A number.
    #[config(default = 5)]
    attempts: u8,
}

fn is_live(key: &SecretText) -> Result<(), Violation> {
    if key.expose_text().starts_with("sk_live_") { Ok(()) } else { Err(Violation::malformed("must be a live key")) }
}

fn whole(checked: &Checked) -> Result<(), Violation> {
    if checked.tokens.len() > 3 { Ok(()) } else { Err(Violation::new(rule::SETTING_INCONSISTENT, "too few")) }
}

#[test]
fn a_check_that_is_about_an_assumed_secret_is_not_judged() {
    let made = made::<Checked>("", "production").unwrap();
    assert!(
        made.settings.iter().filter(|setting| setting.secret).all(|setting| setting.state == SettingState::Assumed)
    );
    assert_eq!(outcome(&made, "setting-malformed").0, RuleOutcome::NotJudged);
    assert_eq!(outcome(&made, "setting-inconsistent").0, RuleOutcome::NotJudged);
    // The control: with a value, the check runs.
    let refused = refused("STRIPE_KEY=sk_test_q8ZxT3vB7nM1kL5jH9gF2\n");
    assert!(refused.contains("must be a live key"), "{refused}");
}

fn refused(plain: &str) -> String {
    made::<Checked>(plain, "production").unwrap_err()
}

/// A secret of a type that accepts only one form.
struct Webhook;

impl Setting for Webhook {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Violation> {
        if text.starts_with("whsec_") { Ok(Self) } else { Err(Violation::malformed("must be a webhook's secret")) }
    }
}

#[derive(Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct WithExample {
    /// With an example of its form.
    #[config(example = "whsec_{random}")]
    webhook: Webhook,
}

#[derive(Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct WithoutExample {
    /// Without one.
    webhook: Webhook,
}

#[test]
fn a_secret_of_one_form_is_assumed_by_its_example() {
    assert_eq!(state(&made::<WithExample>("", "production").unwrap(), "webhook"), SettingState::Assumed);
    let refused = made::<WithoutExample>("", "production").err().unwrap();
    assert!(refused.contains("secret-missing"), "{refused}");
}

#[test]
fn of_two_alternative_secrets_the_first_is_assumed() {
    let preset = made::<ProductionConfig>("CORS_ORIGINS=https://app.acme.io\n", "production").unwrap();
    let assumed = preset.settings.iter().filter(|setting| setting.state == SettingState::Assumed);
    let assumed: Vec<_> = assumed.map(|setting| setting.name.as_str()).collect();
    assert_eq!(assumed, ["better_auth.secret", "database.url", "jwt.secret_key"]);
}

#[test]
fn without_a_file_nothing_is_assumed() {
    let (status, output, errors) = run::<Settings>(&["manifest"]);
    assert_eq!((status, output.as_str()), (1, ""));
    assert!(errors.contains("secret-missing"), "{errors}");
}

#[test]
fn routes_come_from_a_file_or_from_the_code() {
    let scratch = Scratch::new();
    let plain = scratch.file("plain.env", "CORS_ORIGINS=https://app.acme.io\n");
    let document = json!({"openapi": "3.1.0", "paths": {"/orders": {"get": {"security": [{"bearer": []}]}}},
        "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}});
    let file = scratch.file("openapi.json", document.to_string());
    let arguments = ["manifest", "--env-file", plain.to_str().unwrap(), "--tier", "production"];
    let (status, output, errors) = run::<Settings>(&[&arguments[..], &["--openapi", file.to_str().unwrap()]].concat());
    assert_eq!(status, 0, "{errors}");
    let routes = Manifest::parse(&output).unwrap().routes.unwrap();
    assert_eq!((routes[0].path.as_str(), routes[0].method.as_str(), routes[0].token), ("/orders", "GET", Some(true)));

    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let command = hardened::command::<Settings>().openapi(&document);
    assert_eq!(command.run(arguments.map(Into::into), &mut output, &mut errors), 0);
    assert_eq!(Manifest::parse(str::from_utf8(&output).unwrap()).unwrap().routes, Some(routes));

    for (content, expected) in [
        (&b"{"[..], "error: --openapi: malformed: line 1: must be JSON: "),
        (b"{\"openapi\": \"3.0.0\"}", "error: --openapi: missing: paths: must be an object\n"),
        (b"\xff", "error: --openapi: cannot be read, or is not text\n"),
    ] {
        fs::write(&file, content).unwrap();
        let (status, output, errors) = run::<Settings>(&["manifest", "--openapi", file.to_str().unwrap()]);
        assert_eq!((status, output.as_str()), (2, ""), "{errors}");
        assert!(errors.starts_with(expected), "{errors}");
    }
}

#[test]
fn a_file_that_is_out_of_date_is_different() {
    let scratch = Scratch::new();
    let plain = scratch.file("plain.env", "CORS_ORIGINS=https://app.acme.io\n");
    let arguments = ["manifest", "--env-file", plain.to_str().unwrap(), "--tier", "production"];
    let (_, made, _) = run::<Settings>(&arguments);
    let file = scratch.file("manifest.json", &made);
    let check = [&arguments[..], &["--check", file.to_str().unwrap()]].concat();
    assert_eq!(run::<Settings>(&check), (0, String::new(), String::new()));
    fs::write(&file, made.replace("https://app.acme.io", "https://old.acme.io")).unwrap();
    let (status, _, errors) = run::<Settings>(&check);
    assert_eq!(status, 1);
    assert!(errors.contains("https://app.acme.io") && errors.contains("`config manifest`"), "{errors}");
}
