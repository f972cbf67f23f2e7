//! The address on which the service listens, as platforms set it.

use hardened::{Environment, Http, Loaded, Loader};

/// The variables, the address or the code and subject of the refusal, and the notes and warnings.
type Row = (&'static [(&'static str, &'static str)], Result<&'static str, &'static str>, &'static [&'static str]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    (&[], Ok("0.0.0.0:8080"), &[]),
    (&[("ENVIRONMENT", "preview")], Ok("0.0.0.0:8080"), &[]),
    (&[("ENVIRONMENT", "development")], Ok("127.0.0.1:8080"), &[]),
    (&[("ENVIRONMENT", "test")], Ok("127.0.0.1:8080"), &[]),
    (&[("ENVIRONMENT", "development"), ("API_HOST", "0.0.0.0")], Ok("0.0.0.0:8080"), &[]),
    (&[("PORT", "31337")], Ok("0.0.0.0:31337"), &[]),
    (&[("API_PORT", "9000")], Ok("0.0.0.0:9000"), &[]),
    (&[("PORT", "9000"), ("API_PORT", "9000")], Ok("0.0.0.0:9000"), &[]),
    (&[("PORT", "9000"), ("API_PORT", "9001")], Err("setting-conflict PORT"), &[]),
    (&[("API_HOST", "::")], Ok("[::]:8080"), &[]),
    (&[("API_HOST", "[::]")], Ok("[::]:8080"), &[]),
    (&[("API_HOST", "127.0.0.1")], Ok("127.0.0.1:8080"), &["http-loopback API_HOST"]),
    (&[("API_HOST", "::1")], Ok("[::1]:8080"), &["http-loopback API_HOST"]),
    (&[("API_HOST", "localhost"), ("ENVIRONMENT", "development")], Ok("127.0.0.1:8080"), &[]),
    (&[("API_HOST", "https://api.example.com")], Err("setting-malformed API_HOST"), &[]),
    (&[("PORT", "0")], Ok("0.0.0.0:0"), &["http-port-random PORT"]),
    (&[("PORT", "0"), ("ENVIRONMENT", "test")], Ok("127.0.0.1:0"), &[]),
    (&[("PORT", "")], Ok("0.0.0.0:8080"), &["setting-blank PORT"]),
    (&[("PORT", "80a")], Err("setting-malformed PORT"), &[]),
    // A Kubernetes Service called `api` injects API_PORT, whose value is ignored. Without a Service, the same text is a mistake.
    (&[("API_PORT", "tcp://10.0.0.1:80"), ("API_SERVICE_HOST", "10.0.0.1")], Ok("0.0.0.0:8080"), &["setting-service-link API_PORT"]),
    (&[("PORT", "8000"), ("API_PORT", "tcp://10.0.0.1:80"), ("API_SERVICE_HOST", "10.0.0.1")], Ok("0.0.0.0:8000"), &["setting-service-link API_PORT"]),
    (&[("PORT", "tcp://10.0.0.1:80")], Err("setting-malformed PORT"), &[]),
    (&[("API_PORT", "tcp://10.0.0.1:80")], Err("setting-malformed PORT"), &[]),
];

#[test]
fn the_address_is_what_the_platform_says_or_the_start_is_refused() {
    for (variables, expected, told) in ROWS {
        let environment =
            variables.iter().fold(Environment::empty(), |environment, (name, value)| environment.set(*name, *value));
        let outcome = Loader::new().environment(environment).load::<Http>();
        let codes = |report: &hardened::Report| -> Vec<String> {
            report.findings().iter().map(|finding| format!("{} {}", finding.code(), finding.subject())).collect()
        };
        match (outcome, expected) {
            (Ok(http), Ok(address)) => {
                assert_eq!(http.listen_addr(), address.parse().unwrap(), "{variables:?}");
                assert_eq!(codes(Loaded::report(&http)), *told, "{variables:?}");
            }
            (Err(refusal), Err(code)) => assert_eq!(codes(refusal.report()), [*code], "{variables:?}"),
            (outcome, _) => panic!("{variables:?}: {outcome:?}"),
        }
    }
}

#[test]
fn the_refusal_of_a_service_link_explains_the_value() {
    let environment = Environment::empty().set("PORT", "tcp://10.0.0.1:80");
    let text = Loader::new().environment(environment).load::<Http>().unwrap_err().to_string();
    assert!(text.contains("enableServiceLinks") && !text.contains("10.0.0.1"), "{text}");
}

#[test]
fn a_release_build_in_a_relaxed_tier_that_others_can_reach_is_a_warning() {
    for (tier, host, expected) in [
        ("development", Some("0.0.0.0"), true),
        ("development", Some("::"), true),
        ("development", Some("10.0.0.1"), true),
        ("test", Some("0.0.0.0"), true),
        ("development", None, false),
        ("development", Some("127.0.0.1"), false),
        ("development", Some("localhost"), false),
        ("test", Some("::1"), false),
        ("development", Some("::ffff:127.0.0.1"), false),
        ("preview", Some("0.0.0.0"), false),
        ("production", Some("0.0.0.0"), false),
    ] {
        let set = Environment::empty().set("ENVIRONMENT", tier);
        let environment = host.into_iter().fold(set, |environment, host| environment.set("API_HOST", host));
        let release = Loader::new().environment(environment.clone().release_build()).load::<Http>().unwrap();
        assert_eq!(Loaded::report(&release).has("http-exposed", "API_HOST"), expected, "{tier} {host:?}");
        let debug = Loader::new().environment(environment).load::<Http>().unwrap();
        assert!(!Loaded::report(&debug).has("http-exposed", "API_HOST"), "{tier} {host:?}");
    }
}

#[test]
fn a_container_to_which_nobody_can_connect_is_noted() {
    for (tier, host, file, noted) in [
        ("development", None, "/.dockerenv", true),
        ("test", None, "/.dockerenv", true),
        ("development", None, "/run/.containerenv", true),
        ("development", Some("127.0.0.1"), "/.dockerenv", true),
        ("development", Some("::1"), "/.dockerenv", true),
        ("development", Some("0.0.0.0"), "/.dockerenv", false),
        ("development", Some("::"), "/.dockerenv", false),
        ("development", None, "/etc/hostname", false),
        ("preview", None, "/.dockerenv", false),
        ("production", None, "/.dockerenv", false),
    ] {
        let environment = Environment::empty().set("ENVIRONMENT", tier).marker_file(file);
        let environment = host.into_iter().fold(environment, |environment, host| environment.set("API_HOST", host));
        let http = Loader::new().environment(environment).load::<Http>().unwrap();
        assert_eq!(Loaded::report(&http).has("http-container", "API_HOST"), noted, "{tier} {host:?} {file}");
    }
}

#[test]
fn a_value_that_is_not_a_bind_address_is_explained() {
    for (value, told) in [
        ("https://api.acme.io", "not the public name"),
        ("api.acme.io", "not the public name"),
        ("'0.0.0.0'", "without quotes"),
        ("0.0.0.0:8080", "without a port"),
        ("256.0.0.1", "must be an IP address"),
    ] {
        let environment = Environment::empty().set("API_HOST", value);
        let text = Loader::new().environment(environment).load::<Http>().unwrap_err().to_string();
        assert!(text.contains(told), "{value}: {text}");
    }
}
