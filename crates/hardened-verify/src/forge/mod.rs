//! Makes tokens that nobody issued.
//!
//! Our own code: a library refuses to make most of them. It sees text and bytes only, nothing of a target.

pub(crate) mod base64;
mod jwks;
mod published;
mod sign;
mod token;

pub(crate) use self::{
    jwks::PublicKey,
    published::{Found, SEARCHED, search},
    sign::{Hmac, Stranger},
    token::{Token, finished, join, unsigned},
};
