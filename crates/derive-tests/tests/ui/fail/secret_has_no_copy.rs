//! No secret type is `Copy`.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn copy<T: Copy>(_: T) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    copy(text);
    copy(jwt);
    copy(auth);
}

fn main() {}
