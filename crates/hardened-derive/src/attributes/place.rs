//! The kinds of places where `#[config(...)]` can be written.

use syn::{Ident, Result, parse::ParseStream};

/// The attributes that are allowed at one kind of place.
pub(crate) trait Attributes: Default {
    /// The name of the place in messages.
    const PLACE: &'static str;
    /// The keys that are allowed here.
    const KEYS: &'static [&'static str];

    /// Parses what follows a key, and stores it.
    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()>;
}
