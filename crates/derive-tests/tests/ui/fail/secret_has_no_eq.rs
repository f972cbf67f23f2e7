//! No secret type has a `PartialEq`: comparison takes constant time.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn eq<T: PartialEq>(_: T) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    eq(text);
    eq(jwt);
    eq(auth);
}

fn main() {}
