//! How elements from several sources or sections are merged.

use figment::{Figment, providers::Serialized};

use super::*;

#[test]
fn a_list_for_the_tier_replaces_one_for_every_tier() {
    let text = "[[upstreams]]\nurl = 'a'\ntries = 1\n[[upstreams]]\nurl = 'b'\n[[production.upstreams]]\nurl = 'c'\n";
    let settings = accepted_in_toml::<Settings>(text, &[]);
    assert_eq!((urls(&settings), settings.upstreams[0].tries), (vec!["c"], 3));
    let settings = accepted_in_toml::<Settings>(text, &[("ENVIRONMENT", "test")]);
    assert_eq!(urls(&settings), ["a", "b"]);
    // The order of the sections does not matter.
    let text =
        "[[production.upstreams]]\nurl = 'c'\n[[default.upstreams]]\nurl = 'a'\n[[default.upstreams]]\nurl = 'b'\n";
    assert_eq!(urls(&accepted_in_toml::<Settings>(text, &[])), ["c"]);
    // An empty list also replaces a list.
    let text = "[[default.upstreams]]\nurl = 'a'\n[production]\nupstreams = []\n";
    assert!(accepted_in_toml::<Settings>(text, &[]).upstreams.is_empty());
}

#[test]
fn maps_are_merged_setting_by_setting() {
    let text = "[tenants.acme]\nregion = 'eu'\n[tenants.globex]\nregion = 'us'\n\
                [production.tenants.acme]\nregion = 'ch'\n[production.tenants.initech]\nregion = 'uk'\n";
    let settings =
        accepted_in_toml::<Settings>(text, &[("TENANTS__GLOBEX__TOKEN", TOKEN), ("TENANTS__HOOLI__REGION", "jp")]);
    let regions: Vec<_> = settings.tenants.iter().map(|(key, tenant)| (key.as_str(), tenant.region.as_str())).collect();
    assert_eq!(regions, [("acme", "ch"), ("globex", "us"), ("hooli", "jp"), ("initech", "uk")]);
    assert!(settings.tenants["globex"].token.is_some());
    let settings = accepted_in_toml::<Settings>(text, &[("ENVIRONMENT", "test")]);
    assert_eq!(settings.tenants.keys().collect::<Vec<_>>(), ["acme", "globex"]);
}

#[test]
fn a_list_at_the_top_and_in_default_is_refused() {
    let found = errors_in_toml::<Settings>("upstreams = []\n[[default.upstreams]]\nurl = 'a'\n", &[]);
    assert_eq!(
        found,
        [
            "source-malformed · upstreams ·  · malformed: upstreams is set at the top and in [default] · hardened.toml:2:11"
        ]
    );
}

#[test]
fn the_section_of_another_tier_is_checked_but_not_used() {
    let text = "[[test.upstreams]]\nurl = 'a'\nprot = 1\n";
    let found = errors_in_toml::<Settings>(text, &[]);
    assert!(found.len() == 1 && found[0].starts_with("source-unknown-key"), "{found:#?}");
}

#[test]
fn a_provider_replaces_lists_and_joins_maps() {
    let scratch = Scratch::new();
    scratch
        .file("hardened.toml", "[[upstreams]]\nurl = 'a'\n[[upstreams]]\nurl = 'b'\n[tenants.acme]\nregion = 'eu'\n");
    let provider = serde_json::json!({
        "upstreams": [{ "url": "c", "routes": [{ "path": "/" }] }],
        "tenants": { "globex": { "region": "us" }, "acme": { "region": "ch" } },
    });
    let loader = Loader::new()
        .environment(Environment::empty().working_directory(scratch.path()))
        .figment(Figment::from(Serialized::defaults(provider)));
    let settings = loader.load::<Settings>().unwrap();
    assert_eq!((urls(&settings), settings.upstreams[0].routes.len()), (vec!["c"], 1));
    assert_eq!((settings.tenants["acme"].region.as_str(), settings.tenants["globex"].region.as_str()), ("ch", "us"));
}

#[test]
fn a_secret_of_an_element_from_a_provider_is_refused() {
    let provider = serde_json::json!({ "tenants": { "acme": { "region": "eu", "token": TOKEN } } });
    let loader = Loader::new().environment(Environment::empty()).figment(Serialized::defaults(provider));
    let refusal = loader.load::<Settings>().unwrap_err();
    assert!(refusal.report().refuses("secret-in-file", "TENANTS__ACME__TOKEN"), "{refusal}");
}

#[test]
fn sections_of_services_follow_the_same_order() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "[[shared.upstreams]]\nurl = 'a'\n[[api.upstreams]]\nurl = 'b'\n[shared.tenants.acme]\nregion = 'eu'\n[api.tenants.globex]\nregion = 'us'\n");
    let environment = Environment::empty().working_directory(scratch.path());
    let settings = Loader::new().environment(environment).section("api").load::<Settings>().unwrap();
    assert_eq!((urls(&settings), settings.tenants.len()), (vec!["b"], 2));
}
