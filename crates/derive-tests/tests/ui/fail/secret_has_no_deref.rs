//! No secret type has a `Deref`.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn deref(_: impl std::ops::Deref) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    deref(text);
    deref(jwt);
    deref(auth);
}

fn main() {}
