//! Elements in the schema, `.env.example`, the manifest, and the helpers for tests.

use super::*;

#[test]
fn the_schema_names_the_settings_of_an_element() {
    let settings = Settings::SCHEMA.settings();
    let all: Vec<_> = settings.iter().map(|it| (it.path(), it.variable(), it.is_in_element())).collect();
    assert_eq!(
        all,
        [
            ("upstreams.*.url", "UPSTREAMS__0__URL", true),
            ("upstreams.*.tries", "UPSTREAMS__0__TRIES", true),
            ("upstreams.*.routes.*.path", "UPSTREAMS__0__ROUTES__0__PATH", true),
            ("tenants.*.region", "TENANTS__NAME__REGION", true),
            ("tenants.*.key", "TENANTS__NAME__KEY", true),
            ("tenants.*.token", "TENANTS__NAME__TOKEN", true),
        ]
    );
}

#[test]
fn an_example_of_the_variables_shows_the_first_element() {
    insta::assert_snapshot!(Settings::SCHEMA.env_example());
}

#[test]
fn an_example_of_the_file_has_one_element_that_is_commented_out() {
    let text = Settings::SCHEMA.toml_example();
    insta::assert_snapshot!(text);
    assert!(accepted_in_toml::<Settings>(&text, &[]).upstreams.is_empty());
}

#[test]
fn the_json_schema_has_arrays_and_maps() {
    insta::assert_snapshot!(format!("{:#}", Settings::SCHEMA.json_schema()["$defs"]["settings"]));
}

#[test]
fn the_manifest_has_every_element() {
    let settings = accepted::<Settings>(variables(&[("TENANTS__ACME__REGION", "eu"), ("TENANTS__ACME__TOKEN", TOKEN)]));
    let names: Vec<_> = Loaded::manifest(&settings).settings.into_iter().map(|it| (it.name, it.value)).collect();
    assert_eq!(
        names,
        [
            ("tenants.acme.key".to_owned(), None),
            ("tenants.acme.region".to_owned(), Some("eu".to_owned())),
            ("tenants.acme.token".to_owned(), None),
        ]
    );
}

#[test]
fn groups_in_elements_have_their_promises_under_their_keys() {
    use hardened::manifest::Promises;

    #[derive(Debug, Config)]
    struct Service {
        #[config(nested)]
        archives: Vec<Archive>,
        #[config(nested)]
        named: BTreeMap<String, Archive>,
    }
    #[derive(Debug, Config)]
    #[config(promises = kept)]
    struct Archive {
        days: u32,
    }
    fn kept(archive: &Archive, promises: &mut Promises) {
        promises.own("days", archive.days);
    }
    let settings = accepted::<Service>(variables(&[("ARCHIVES__0__DAYS", "1"), ("NAMED__ACME__DAYS", "2")]));
    let promises = Loaded::manifest(&settings).promises.own;
    assert_eq!((promises["archives.0.days"].as_str(), promises["named.acme.days"].as_str()), ("1", "2"));
}

#[test]
fn the_schema_recognises_variables_of_elements() {
    assert!(Settings::SCHEMA.has_element_variable("TENANTS__ACME__TOKEN_FILE"));
    assert!(!Settings::SCHEMA.has_element_variable("TENANTS__ACME__REGION_FILE"));
    assert!(!Settings::SCHEMA.has_element_variable("TENANTS__acme__TOKEN"));
    assert!(Settings::SCHEMA.is_secret_of_element("TENANTS__ACME__TOKEN"));
    assert!(!Settings::SCHEMA.is_secret_of_element("TENANTS__ACME__REGION"));
}
