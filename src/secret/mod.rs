//! Types that hold a secret and do not show it, and the rules that bind for each kind of secret.

mod json;
mod key;
mod key_ring;
mod rules;
mod setting;
mod text;

pub(crate) use self::rules::{broken_rules, shown_as, shown_secret};
pub use self::{
    json::SecretJson,
    key::{AuthSecret, JwtSecret},
    key_ring::KeyRing,
    rules::{credential_flaws, key_flaws},
    text::SecretText,
};
