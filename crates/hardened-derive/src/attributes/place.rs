//! The places at which `#[config(...)]` can be written.

use syn::{Ident, Result, parse::ParseStream};

/// What can be said in `#[config(...)]` at one kind of place.
pub(crate) trait Attributes: Default {
    /// The place, as in "no attribute of a field".
    const PLACE: &'static str;
    /// The keys that mean something here.
    const KEYS: &'static [&'static str];

    /// Reads what follows one of the keys.
    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()>;
}
