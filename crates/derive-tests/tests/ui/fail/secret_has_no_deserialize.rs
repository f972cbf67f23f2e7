//! No secret type has a `Deserialize`: serde would copy it.

use hardened::{AuthSecret, JwtSecret, SecretText};

fn deserialize<T: serde::de::DeserializeOwned>(_: T) {}

fn all(text: SecretText, jwt: JwtSecret, auth: AuthSecret) {
    deserialize(text);
    deserialize(jwt);
    deserialize(auth);
}

fn main() {}
