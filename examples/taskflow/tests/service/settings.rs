//! The tests that every service has with hardened.

use hardened_testing::{assert_refuses, assert_secrets_externalized, valid_env};
use taskflow::Settings;

#[test]
fn no_secret_stands_in_the_code() {
    assert_secrets_externalized!(Settings);
}

#[test]
fn a_short_key_refuses_the_start() {
    assert_refuses!(
        Settings,
        valid_env::<Settings>().set("JWT_SECRET_KEY", "short"),
        "secret-too-short",
        "JWT_SECRET_KEY"
    );
}

#[test]
fn production_does_not_start_without_postgresql() {
    for tier in ["production", "preview"] {
        let environment = valid_env::<Settings>().set("ENVIRONMENT", tier).unset("DATABASE_URL");
        assert_refuses!(Settings, environment, "setting-absent", "DATABASE_URL");
    }
}

#[test]
fn every_origin_is_refused() {
    assert_refuses!(Settings, valid_env::<Settings>().set("CORS_ORIGINS", "*"), "origin-any", "CORS_ORIGINS");
}
