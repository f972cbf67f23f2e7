//! Parses the URLs of connections: the code that the database and all other connections share.

mod codes;
mod endpoint;
mod part;
mod parts;
pub(crate) mod placeholder;
pub(crate) mod private;
mod recognise;
mod wrapping;

#[cfg(feature = "guard")]
pub(crate) use self::endpoint::is_own_address;
pub(crate) use self::{
    codes::Codes,
    endpoint::{Endpoint, port, split_port},
    part::decoded,
    parts::UrlParts,
    recognise::{escapes, example, recognise},
    wrapping::Wrapping,
};
