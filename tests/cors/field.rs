//! Values that people really put into `CORS_ORIGINS`.

use hardened::{CorsSettings, Environment, Loaded, Loader, Report};

/// Returns the codes of the findings, and the report as text.
fn loaded(tier: &'static str, origins: &str) -> (Vec<&'static str>, String) {
    let environment = Environment::empty().set("ENVIRONMENT", tier).set("CORS_ORIGINS", origins);
    let codes = |report: &Report| report.findings().iter().map(|finding| finding.code()).collect();
    match Loader::new().environment(environment).load::<CorsSettings>() {
        Ok(settings) => (codes(Loaded::report(&settings)), Loaded::report(&settings).to_string()),
        Err(refusal) => (codes(refusal.report()), refusal.to_string()),
    }
}

#[test]
fn the_origin_of_an_example_does_not_start_in_production() {
    for origin in [
        "https://yourdomain.com",
        "https://your-app.vercel.app",
        "https://seu-projeto.vercel.app",
        "https://webapp-xxxx.onrender.com",
        "https://*.yourdomain.com",
        "https://app.tudominio.com:8443",
    ] {
        for tier in ["preview", "production"] {
            assert_eq!(loaded(tier, origin).0, ["host-placeholder"], "{origin} {tier}");
        }
        for tier in ["development", "test"] {
            assert!(loaded(tier, origin).0.is_empty(), "{origin} {tier}");
        }
    }
}

#[test]
fn a_name_that_is_reserved_for_documentation_is_a_warning_in_production() {
    for (tier, codes) in [("production", &["host-reserved"][..]), ("preview", &[]), ("test", &[]), ("development", &[])]
    {
        assert_eq!(loaded(tier, "https://app.example.com").0, codes, "{tier}");
    }
}

#[test]
fn an_unresolved_reference_is_reported_as_one() {
    for origin in
        ["https://${APP_DOMAIN}", "${FRONTEND_URL}", "$FRONTEND_URL", "https://{tenant}.acme.io", "https://*.${DOMAIN}"]
    {
        let (codes, text) = loaded("production", origin);
        assert_eq!(codes, ["origin-template"], "{origin}");
        assert!(text.contains("not filled in"), "{text}");
    }
}

#[test]
fn a_malformed_list_or_scheme_is_reported_in_one_finding() {
    for (origins, codes, told) in [
        ("https://a.acme.io|https://b.acme.io", &["origin-malformed"][..], "separate them with commas"),
        ("[\"https://a.acme.io\",\"https://b.acme.io\"]", &["origin-malformed"], "JSON list"),
        ("[\"https://a.acme.io\"]", &["origin-malformed"], "JSON list"),
        ("[]", &["origin-malformed"], "JSON list"),
        ("htps://app.acme.io", &["origin-malformed"], "write https://app.acme.io"),
        ("wss://app.acme.io", &["origin-malformed"], "write https://app.acme.io"),
        ("http://localhost:*", &["origin-pattern"], "list the origin once for each port"),
    ] {
        let (found, text) = loaded("production", origins);
        assert_eq!(found, codes, "{origins}");
        assert!(text.contains(told) && !text.contains("dangerous"), "{origins}: {text}");
    }
}

#[test]
fn real_origins_start_without_findings() {
    for origins in [
        "https://app.acme.io, https://admin.acme.io",
        "https://acme.vercel.app",
        "https://*.preview.acme.io",
        "https://xn--bcher-kva.de",
        "https://app.acme.io:8443",
        "https://myfitnesspal.com",
    ] {
        assert!(loaded("production", origins).0.is_empty(), "{origins}");
    }
}
