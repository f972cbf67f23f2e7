//! No secret type has a `Default`.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    let _ = (text, jwt, auth);
    let _: SecretText = Default::default();
    let _: JwtSecret = Default::default();
    let _: AuthSecret = Default::default();
}

fn main() {}
