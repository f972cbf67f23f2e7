//! The settings for tokens of an identity provider.

use hardened::{
    Environment, Loader,
    auth::{Jwks, JwksAlgorithm},
};

const COMPLETE: [(&str, &str); 4] = [
    ("ENVIRONMENT", "production"),
    ("JWT_ISSUER", "https://tenant.eu.auth0.com/"),
    ("JWT_AUDIENCE", "https://api.example.com"),
    ("JWT_JWKS_URL", "https://tenant.eu.auth0.com/.well-known/jwks.json"),
];

fn environment(changes: &[(&'static str, &str)]) -> Environment {
    COMPLETE
        .iter()
        .chain(changes)
        .fold(Environment::empty(), |environment, (name, value)| environment.set(*name, *value))
}

#[test]
fn a_service_that_only_verifies_needs_no_secret() {
    let settings = Loader::new().environment(environment(&[("JWT_ALGORITHM", "ES256")])).load::<Jwks>().unwrap();
    assert_eq!(settings.issuer(), "https://tenant.eu.auth0.com/");
    assert_eq!(settings.audience(), "https://api.example.com");
    assert_eq!(settings.jwks_url().as_str(), "https://tenant.eu.auth0.com/.well-known/jwks.json");
    assert_eq!(settings.algorithm(), JwksAlgorithm::Es256);
}

#[test]
fn settings_that_would_verify_nothing_refuse_the_start() {
    for (changes, code, subject) in [
        ([("JWT_ISSUER", "")].as_slice(), "setting-missing", "JWT_ISSUER"),
        (&[("JWT_AUDIENCE", "")], "setting-missing", "JWT_AUDIENCE"),
        (&[("JWT_JWKS_URL", "")], "setting-missing", "JWT_JWKS_URL"),
        (&[("JWT_JWKS_URL", "http://issuer.example.com/keys")], "jwt-jwks-insecure", "JWT_JWKS_URL"),
        (&[("JWT_JWKS_URL", "https://user:hunter2@issuer.example.com/")], "setting-malformed", "JWT_JWKS_URL"),
        (&[("JWT_ALGORITHM", "HS256")], "setting-malformed", "JWT_ALGORITHM"),
        (&[("JWT_ALGORITHM", "none")], "setting-malformed", "JWT_ALGORITHM"),
    ] {
        let refusal = Loader::new().environment(environment(changes)).load::<Jwks>().unwrap_err();
        assert!(refusal.report().refuses(code, subject), "{changes:?}: {refusal}");
        assert!(!refusal.to_string().contains("hunter2"), "{refusal}");
    }
}

#[test]
fn keys_of_a_local_issuer_may_come_over_http_in_development() {
    let changes = [("ENVIRONMENT", "development"), ("JWT_JWKS_URL", "http://localhost:9000/keys")];
    assert!(Loader::new().environment(environment(&changes)).load::<Jwks>().is_ok());
}
