//! No secret type has an `AsRef`: reading is one named act.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn as_ref<T: AsRef<[u8]>>(_: T) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    as_ref(text);
    as_ref(jwt);
    as_ref(auth);
}

fn main() {}
