//! No secret type has a `Clone`, so none is `Copy`.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn clone<T: Clone>(_: T) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    clone(text);
    clone(jwt);
    clone(auth);
}

fn main() {}
