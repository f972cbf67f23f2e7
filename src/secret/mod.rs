//! Types that hold a secret and do not show it.

pub mod flaw;
mod key;
mod key_ring;
mod text;

pub use self::{
    key::{AuthSecret, JwtSecret},
    key_ring::KeyRing,
    text::SecretText,
};
