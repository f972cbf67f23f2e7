//! Types that hold a secret and do not show it.

mod key;
mod text;

pub use self::{
    key::{AuthSecret, JwtSecret},
    text::SecretText,
};
