//! A file that several services share, and the directories in which it is searched for.

use super::*;

#[test]
fn services_share_a_file_in_sections() {
    let toml = "[shared]\nlog_level = 'warn'\nport = 1000\n[shared.production]\nratio = 0.9\nwait = '2s'\n[api]\nport = \
                2000\nwait = '3s'\n[api.test]\nport = 3000\n[api.jwt]\nalgorithm = 'HS384'\n[web]\nport = 'none of \
                ours'\nstranger = 1\n";
    let api = of_section("production", "api", toml).unwrap();
    assert!(Loaded::report(&api).findings().is_empty(), "{}", Loaded::report(&api));
    assert_eq!((api.log_level.as_str(), api.port, api.jwt.algorithm.as_str()), ("warn", 2000, "HS384"));
    assert_eq!(api.wait, Duration::from_secs(2), "the tier decides before the section");
    assert_eq!(row(&api, "port").1, "hardened.toml:8:8");
    assert_eq!(row(&api, "log_level").1, "hardened.toml:2:13");
    assert_eq!(of_section("test", "api", toml).unwrap().port, 3000);
    assert_eq!(of_section("test", "worker", toml).unwrap().port, 1000);
}

#[test]
fn keys_outside_every_section_belong_to_no_service() {
    for (toml, expected) in [
        ("port = 1\n[api]\n", "source-unknown-key port 1:1"),
        ("[production]\nport = 1\n[api]\n", "source-unknown-section production 1:2"),
        ("[default]\nport = 1\n[api]\n", "source-unknown-section default 1:2"),
        ("[api]\nprot = 1\n", "source-unknown-key prot 2:1"),
        ("[api.prod]\nport = 1\n", "source-unknown-section prod 1:6"),
        ("api = 1", "source-unknown-key api 1:1"),
    ] {
        assert_eq!(told(&of_section("production", "api", toml)), [expected], "{toml}");
    }
    for toml in
        ["[app]\na = 1\n", "[web]\na = 1\n", "[shared]\n[api]\n[aip]\n", "[worker.production]\nport = 'x'\n", ""]
    {
        let outcome = of_section("production", "api", toml);
        assert!(report(&outcome).findings().is_empty(), "{toml}\n{}", report(&outcome));
    }
}

#[test]
fn a_section_that_resembles_an_absent_one_is_a_note() {
    for (toml, name) in [("[shard]\nport = 1\n[worker]\n", "shard"), ("[wroker]\nport = 1\n", "wroker")] {
        let loaded = of_section("production", "worker", toml).unwrap();
        assert!(Loaded::report(&loaded).has("setting-misspelt", name), "{toml}");
    }
}

#[test]
fn a_declared_secret_in_the_section_of_another_service_refuses_the_start() {
    for toml in ["[web]\nmail_token = 'CaNaRy7'", "[web.production.jwt]\nsecret_key = 'CaNaRy7'", "mail_token = 'x'"] {
        let outcome = of_section("production", "api", toml);
        assert!(told(&outcome).iter().any(|told| told.starts_with("secret-in-file")), "{toml}");
        assert!(!outcome.unwrap_err().to_string().contains(CANARY));
    }
}

#[test]
fn the_file_is_searched_upwards_to_the_workspace_root() {
    let scratch = Scratch::new();
    scratch.file("hardened.toml", "port = 9\n");
    scratch.file("w/Cargo.lock", "");
    scratch.file("w/crates/a/Cargo.toml", "");
    let port = |directory: &str| {
        let environment = tier("production").working_directory(scratch.path().join(directory));
        Loader::new().environment(environment).load::<Settings>().unwrap().port
    };
    assert_eq!([port(""), port("w"), port("w/crates/a")], [9, 1, 1], "nothing above the root is read");
    scratch.file("w/hardened.toml", "port = 8\n");
    assert_eq!([port(""), port("w"), port("w/crates/a")], [9, 8, 8]);
    scratch.file("w/crates/a/hardened.toml", "port = 7\n");
    assert_eq!([port(""), port("w"), port("w/crates/a")], [9, 8, 7]);
}
