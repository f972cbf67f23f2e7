//! Each tier, with and without a waiver.

use super::*;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Given {
    Absent,
    Set,
    Waived,
}
use Given::{Absent, Set, Waived};

#[test]
fn each_field_in_each_tier_absent_set_and_waived() {
    for at in Tier::ALL {
        for (name, _) in FIELDS {
            for given in [Absent, Set, Waived] {
                let case = format!("{at} {name} {given:?}");
                let environment = if given == Set { complete(at) } else { complete(at).unset(name) };
                let mut loader = Loader::new().environment(environment);
                if given == Waived {
                    loader = loader.waive(rule::SETTING_ABSENT, name, "it runs without");
                }
                match loader.load::<Settings>() {
                    Ok(_) if given == Absent && at.is_hardened() => panic!("{case}: starts"),
                    Ok(loaded) => {
                        assert_eq!(is_there(&loaded, name), given == Set, "{case}");
                        let waivers = Loaded::report(&loaded).waivers();
                        let used = waivers.iter().filter(|waived| waived.is_used()).count();
                        assert_eq!(used, usize::from(given == Waived && at.is_hardened()), "{case}");
                        assert_eq!(waivers.len(), usize::from(given == Waived), "{case}");
                        assert!(told(Loaded::report(&loaded)).is_empty(), "{case}: {}", Loaded::report(&loaded));
                    }
                    Err(refusal) => {
                        assert!(given == Absent && at.is_hardened(), "{case}: {refusal}");
                        assert_eq!(told(refusal.report()), [("setting-absent", name)], "{case}");
                    }
                }
            }
        }
    }
}

fn is_there(loaded: &Settings, name: &str) -> bool {
    match name {
        "SENTRY_DSN" => loaded.sentry_dsn.is_some(),
        "SIGNING_KEY" => loaded.signing_key.is_some(),
        "REGION" => loaded.region.is_some(),
        "PEERS" => loaded.peers.is_some(),
        "BIND" => loaded.bind.is_some(),
        _ => loaded.database.is_some(),
    }
}

#[test]
fn an_unknown_tier_counts_as_production_and_so_does_an_absent_one() {
    for environment in [Environment::empty(), Environment::empty().set("ENVIRONMENT", "prodution")] {
        let refusal = refused::<Settings>(environment);
        for (name, _) in FIELDS {
            assert!(refusal.report().refuses("setting-absent", name), "{name}: {refusal}");
        }
    }
}

#[test]
fn a_waiver_for_preview_leaves_production_refused() {
    let load = |at| {
        let reason = Reason::new("no errors of previews").only(Tier::Preview);
        let loader = Loader::new().environment(complete(at).unset("SENTRY_DSN"));
        loader.waive(rule::SETTING_ABSENT, "SENTRY_DSN", reason).load::<Settings>()
    };
    assert!(load(Tier::Preview).is_ok());
    assert!(load(Tier::Production).is_err());
}

#[test]
fn a_waiver_of_a_set_value_is_not_needed() {
    for name in ["SENTRY_DSN", "DATABASE_URL"] {
        let loader = Loader::new().environment(complete(Tier::Production));
        let loaded = loader.waive(rule::SETTING_ABSENT, name, "it runs without").load::<Settings>().unwrap();
        assert_eq!(told(Loaded::report(&loaded)), [("waiver-unused", name)]);
    }
}

#[test]
fn a_setting_that_every_tier_requires_is_missing_in_every_tier() {
    #[derive(Debug, Config)]
    struct Strict {
        signing_key: JwtSecret,
        #[config(required_in_production)]
        region: Option<String>,
    }
    assert_eq!(told(refused::<Strict>(tier(Tier::Test)).report()), [("secret-missing", "SIGNING_KEY")]);
}
