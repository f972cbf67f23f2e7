//! `#[config(...)]` on a variant of an enum.

use syn::{Ident, LitStr, Result, parse::ParseStream};

use super::{
    Attributes,
    value::{Given, once, text},
};

/// What stands on one variant.
#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) rename: Option<Given<LitStr>>,
    pub(crate) aliases: Vec<LitStr>,
}

impl Attributes for VariantAttributes {
    const PLACE: &'static str = "a variant of an enum";
    const KEYS: &'static [&'static str] = &["rename", "alias"];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        if key == "rename" {
            return once(&mut self.rename, key, text(key, input, "rename = \"word\"")?);
        }
        self.aliases.push(text(key, input, "alias = \"word\"")?);
        Ok(())
    }
}
