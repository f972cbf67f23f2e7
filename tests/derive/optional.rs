//! Fields and groups that may be absent.

use super::*;

#[derive(Debug, Config)]
struct Mail {
    mail_host: String,
    mail_password: SecretText,
    #[config(default = 25)]
    mail_port: u16,
}

#[derive(Debug, Config)]
struct Settings {
    limit: Option<u32>,
    names: Option<Vec<String>>,
    api_key: Option<SecretText>,
    #[config(nested)]
    mail: Option<Mail>,
}

#[test]
fn nothing_is_needed_where_everything_is_optional() {
    let it = accepted::<Settings>(&[]);
    assert!(it.limit.is_none() && it.names.is_none() && it.api_key.is_none() && it.mail.is_none());
    assert_eq!(row(Loaded::table(&it).rows(), "limit").state(), SettingState::Unset);
}

#[test]
fn what_is_set_is_read() {
    let it = accepted::<Settings>(&[("LIMIT", "7"), ("NAMES", "a,b"), ("API_KEY", "sk_6b7f0c29d3e14a58")]);
    assert_eq!((it.limit, it.names.as_deref().map(<[_]>::len)), (Some(7), Some(2)));
    assert!(it.api_key.as_ref().is_some_and(|key| key.expose_text() == "sk_6b7f0c29d3e14a58"));
}

#[test]
fn what_is_set_must_be_right() {
    assert_eq!(findings(&refused::<Settings>(&[("LIMIT", "many")])), [("setting-malformed", "LIMIT")]);
}

#[test]
fn one_variable_makes_the_whole_group_required() {
    let refusal = refused::<Settings>(&[("MAIL_PORT", "587")]);
    assert_eq!(findings(&refusal), [("setting-missing", "MAIL_HOST"), ("secret-missing", "MAIL_PASSWORD")]);
    let it = accepted::<Settings>(&[("MAIL_HOST", "mx"), ("MAIL_PASSWORD", "kRr5-ttGw-93Lq")]);
    assert_eq!(it.mail.as_ref().map(|mail| (mail.mail_host.as_str(), mail.mail_port)), Some(("mx", 25)));
}

#[test]
fn the_schema_says_what_is_optional() {
    let settings = Settings::SCHEMA.settings();
    let optional: Vec<_> = settings.iter().map(|it| it.is_in_optional_group()).collect();
    assert_eq!(optional, [false, false, false, true, true, true]);
    assert_eq!(settings[0].setting().requirement(), Requirement::Optional);
}
