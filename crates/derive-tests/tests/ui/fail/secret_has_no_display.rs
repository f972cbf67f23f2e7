//! No secret type has a `Display`.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn display(_: impl std::fmt::Display) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    display(text);
    display(jwt);
    display(auth);
}

fn main() {}
