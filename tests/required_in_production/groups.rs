//! Groups that production requires.

use super::*;

#[derive(Debug, Config)]
struct Mail {
    #[config(default = 25)]
    mail_port: u16,
    mail_from: Option<String>,
    #[config(nested)]
    tuning: Option<Login>,
    #[config(nested, prefix = "SMTP_")]
    login: Login,
}

#[derive(Debug, Config)]
struct Login {
    user: String,
    password: SecretText,
}

#[derive(Debug, Config)]
struct Outer {
    #[config(nested, required_in_production, prefix = "OUT_")]
    mail: Option<Mail>,
}

#[test]
fn the_first_required_setting_represents_a_group_with_all_prefixes() {
    let refusal = refused::<Outer>(production());
    let [finding] = refusal.report().findings() else { panic!("{refusal}") };
    assert_eq!((finding.code(), finding.subject()), ("setting-absent", "OUT_SMTP_USER"));
    assert_eq!(finding.field(), "mail.login.user");
}

#[derive(Debug, Config)]
struct Nested {
    #[config(nested)]
    perhaps: Option<Inside>,
    region: Option<String>,
}

#[derive(Debug, Config)]
struct Inside {
    inside_name: String,
    #[config(required_in_production)]
    inside_key: Option<SecretText>,
}

#[test]
fn inside_an_optional_group_it_applies_as_soon_as_the_group_is_set() {
    assert!(accepted::<Nested>(production()).perhaps.is_none());
    let set = |at| tier(at).set("INSIDE_NAME", "x");
    assert_eq!(told(refused::<Nested>(set(Tier::Preview)).report()), [("setting-absent", "INSIDE_KEY")]);
    assert!(accepted::<Nested>(set(Tier::Test)).perhaps.is_some());
}

#[derive(Debug, Config)]
#[config(check = both(region, sentry_dsn))]
struct Checked {
    #[config(required_in_production)]
    region: Option<String>,
    #[config(required_in_production)]
    sentry_dsn: Option<SecretText>,
}

fn both(region: &Option<String>, sentry_dsn: &Option<SecretText>) -> Result<(), hardened::Violation> {
    let agree = region.is_some() == sentry_dsn.is_some();
    if agree { Ok(()) } else { Err(hardened::Violation::malformed("either both or none")) }
}

#[test]
fn a_check_gets_absent_settings_only_in_tiers_that_allow_them() {
    let one = |at| tier(at).set("REGION", "eu");
    assert_eq!(told(refused::<Checked>(one(Tier::Production)).report()), [("setting-absent", "SENTRY_DSN")]);
    assert_eq!(told(refused::<Checked>(one(Tier::Test)).report()), [("setting-malformed", "REGION")]);
}
