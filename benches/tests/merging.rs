//! figment and config merge two files with lists and maps of structs in the same way as `hardened.toml` merges the section of
//! the tier, which takes the place of the second file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use config::{Config as Peer, File, FileFormat};
use figment::{
    Figment,
    providers::{Format, Toml},
};
use hardened::{Config, Environment, Loader};
use serde::Deserialize;
use test_support::Scratch;

#[derive(Debug, PartialEq, Config, Deserialize)]
struct Settings {
    #[config(nested)]
    #[serde(default)]
    upstreams: Vec<Upstream>,
    #[config(nested)]
    #[serde(default)]
    tenants: BTreeMap<String, Tenant>,
}

#[derive(Debug, PartialEq, Config, Deserialize)]
struct Upstream {
    url: String,
    #[serde(default = "three")]
    #[config(default = 3)]
    tries: u8,
}

#[derive(Debug, PartialEq, Config, Deserialize)]
struct Tenant {
    region: String,
    #[serde(default = "three")]
    #[config(default = 3)]
    seats: u8,
    #[serde(default)]
    #[config(nested)]
    routes: Vec<Upstream>,
}

fn three() -> u8 {
    3
}

/// The settings that each of the three libraries reads when the second file is merged over the first.
fn all(first: &str, second: &str) -> [Settings; 3] {
    let figment = Figment::new().merge(Toml::string(first)).merge(Toml::string(second)).extract().unwrap();
    let source = |text| File::from_str(text, FileFormat::Toml);
    let config = Peer::builder().add_source(source(first)).add_source(source(second)).build().unwrap();
    let scratch = Scratch::new();
    let for_the_tier = second
        .replace("[[", "[[production.")
        .lines()
        .map(|line| match line.strip_prefix('[').filter(|rest| !rest.starts_with('[')) {
            Some(rest) => format!("[production.{rest}\n"),
            None => format!("{line}\n"),
        })
        .collect::<String>();
    let for_the_tier = for_the_tier.replace("upstreams = []", "[production]\nupstreams = []");
    scratch.file("hardened.toml", format!("{first}\n{for_the_tier}"));
    let environment = Environment::empty().working_directory(scratch.path());
    let ours = Loader::new().environment(environment).load::<Settings>().unwrap();
    let copied = |upstream: &Upstream| Upstream { url: upstream.url.clone(), tries: upstream.tries };
    let ours = Settings {
        upstreams: ours.upstreams.iter().map(copied).collect(),
        tenants: ours
            .tenants
            .iter()
            .map(|(key, tenant)| {
                let routes = tenant.routes.iter().map(copied).collect();
                (key.clone(), Tenant { region: tenant.region.clone(), seats: tenant.seats, routes })
            })
            .collect(),
    };
    [figment, config.try_deserialize().unwrap(), ours]
}

#[test]
fn lists_are_replaced_and_maps_are_joined_as_others_do() {
    for (case, first, second) in [
        (
            "a longer list over a shorter one",
            "[[upstreams]]\nurl = 'a'\ntries = 1\n",
            "[[upstreams]]\nurl = 'b'\n[[upstreams]]\nurl = 'c'\n",
        ),
        (
            "a shorter list over a longer one",
            "[[upstreams]]\nurl = 'a'\n[[upstreams]]\nurl = 'b'\ntries = 9\n",
            "[[upstreams]]\nurl = 'c'\n",
        ),
        ("an empty list over one", "[[upstreams]]\nurl = 'a'\n", "upstreams = []\n"),
        ("nothing over a list", "[[upstreams]]\nurl = 'a'\n", ""),
        ("another element of a map", "[tenants.acme]\nregion = 'eu'\n", "[tenants.globex]\nregion = 'us'\n"),
        ("one setting of an element", "[tenants.acme]\nregion = 'eu'\nseats = 9\n", "[tenants.acme]\nregion = 'us'\n"),
        (
            "a list in an element of a map",
            "[tenants.acme]\nregion = 'eu'\n[[tenants.acme.routes]]\nurl = 'a'\n[[tenants.acme.routes]]\nurl = 'b'\n",
            "[[tenants.acme.routes]]\nurl = 'c'\n",
        ),
    ] {
        let [figment, config, ours] = all(first, second);
        assert_eq!(ours, figment, "{case}: figment");
        assert_eq!(ours, config, "{case}: config");
    }
}
