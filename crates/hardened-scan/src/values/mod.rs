//! The search for the values of secrets, in every usual form.

mod codec;
mod escape;
mod form;
mod list;
mod needles;
mod parts;
mod reading;
mod search;
mod secret;
mod table;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use self::codec::base64;
pub(crate) use self::{
    codec::base64_prefix,
    form::described,
    search::{Hit, Scratch, Search, line_and_column},
};
pub use self::{
    form::{Form, Piece, Reading},
    secret::{SHORTEST, Values},
};
