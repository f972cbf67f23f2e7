//! No secret type has a `Serialize`.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn serialize(_: impl serde::Serialize) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    serialize(text);
    serialize(jwt);
    serialize(auth);
}

fn main() {}
