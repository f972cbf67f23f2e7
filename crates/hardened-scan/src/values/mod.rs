//! The search for the values of secrets, in all usual forms.

mod broken;
mod codec;
mod escape;
mod form;
mod index;
mod list;
mod needles;
mod parts;
mod reading;
mod search;
mod secret;
mod sites;
mod table;
#[cfg(test)]
mod tests;
mod triples;

#[cfg(test)]
pub(crate) use self::codec::base64;
pub(crate) use self::{
    broken::Scratch,
    codec::{base64_length, base64_prefix},
    form::described,
    index::Hit,
    search::Search,
};
pub use self::{
    form::{Form, Piece, Reading, SHORTEST},
    secret::Values,
};
