//! Secret types that a service defines itself.

use hardened::schema::Kind;

use super::*;

const STRONG: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

/// A key that only declares its kind, and checks nothing itself.
struct Key(String);

impl Setting for Key {
    const KIND: Kind = Kind::Key { min_bytes: 32 };

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(Self(text.to_owned()))
    }
}

struct Token(String);

impl Setting for Token {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(Self(text.to_owned()))
    }
}

#[derive(Config)]
struct Service {
    my_key: Key,
    other_key: Option<Key>,
    token: Option<Token>,
    tokens: Option<Vec<Token>>,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Service")
    }
}

#[test]
fn custom_secret_types_obey_the_rules_of_their_kind() {
    for (variable, value, expected) in [
        ("MY_KEY", "changeme", "secret-placeholder"),
        ("MY_KEY", &STRONG[..31], "secret-too-short"),
        ("MY_KEY", "correct horse battery staple, and more", "secret-predictable"),
        ("OTHER_KEY", STRONG, "secret-repeated"),
        ("TOKEN", "<token>", "secret-placeholder"),
        ("TOKEN", "$API_TOKEN", "secret-reference"),
        ("TOKENS", "x7Kq92, changeme", "secret-placeholder"),
    ] {
        let refusal = refused::<Service>(&[("MY_KEY", STRONG), (variable, value), ("APP_ENV", "production")]);
        assert_eq!(findings(&refusal), [(expected, variable)], "{variable}={value}");
    }
    accepted::<Service>(&[("MY_KEY", STRONG), ("TOKEN", "x7"), ("TOKENS", "a, b"), ("APP_ENV", "production")]);
}
