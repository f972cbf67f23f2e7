//! Forges tokens.
//!
//! This is our own code, because a library refuses to make most of these tokens. It works on texts and bytes only, and does
//! not know the target.

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
