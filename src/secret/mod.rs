//! Types that hold a secret and do not show it, and the rules that apply to each kind of secret.

pub(crate) mod json;
pub(crate) mod key;
mod key_ring;
mod rules;
mod setting;
pub(crate) mod text;

pub(crate) use self::rules::{broken_rules, is_published, shown_as, shown_secret};
pub(crate) use self::{
    json::SecretJson,
    key::{AuthSecret, JwtSecret},
    text::SecretText,
};
pub use self::{
    key_ring::KeyRing,
    rules::{credential_flaws, key_flaws},
};
