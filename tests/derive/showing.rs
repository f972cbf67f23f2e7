//! The values that reports show.

use super::*;

#[derive(Debug, Config)]
struct Settings {
    /// What it is called.
    ///
    /// Two paragraphs.
    #[config(show, example = "billing")]
    name: String,
    #[config(file)]
    motd: String,
    #[config(not_secret = "published on our status page")]
    status_token: String,
    hidden: PathBuf,
}

const ALL: [(&str, &str); 4] = [("NAME", "shop"), ("MOTD", "hi"), ("STATUS_TOKEN", "pub"), ("HIDDEN", "/srv")];

#[test]
fn a_text_is_shown_only_where_the_declaration_says_so() {
    let it = accepted::<Settings>(&ALL);
    let values: Vec<_> = Loaded::table(&it).rows().iter().map(Row::value).collect();
    assert_eq!(values, [Some("shop"), None, None, None]);
    assert_eq!((it.name.as_str(), it.motd.as_str(), it.status_token.as_str()), ("shop", "hi", "pub"));
    assert_eq!(it.hidden, PathBuf::from("/srv"));
}

#[test]
fn the_schema_holds_docs_example_and_file() {
    let settings = Settings::SCHEMA.settings();
    let [name, motd, ..] = settings.as_slice() else { panic!("four settings") };
    assert_eq!(name.setting().docs(), "What it is called.\n\nTwo paragraphs.");
    assert_eq!((name.setting().example(), motd.setting().example()), (Some("billing"), None));
    assert_eq!((name.setting().is_from_file(), motd.setting().is_from_file()), (false, true));
}

#[test]
fn a_file_variable_is_read_only_for_a_setting_that_declares_it() {
    let environment = Environment::from_iter(ALL).unset("MOTD").set("MOTD_FILE", "/no/such/file");
    let refusal = Loader::new().environment(environment).load::<Settings>().map(drop).expect_err("no such file");
    assert!(!refusal.report().has("setting-missing", "MOTD"), "{refusal}");
    let environment = Environment::from_iter(ALL).unset("NAME").set("NAME_FILE", "/no/such/file");
    let refusal = Loader::new().environment(environment).load::<Settings>().map(drop).expect_err("no name");
    assert!(refusal.report().has("setting-missing", "NAME"), "{refusal}");
}
