//! The attribute `#[config(...)]` on a variant of an enum.

use syn::{Ident, LitStr, Result, parse::ParseStream};

use super::{
    Attributes,
    value::{Given, flag, once, text},
};

/// The attributes of a variant.
#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) rename: Option<Given<LitStr>>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) chosen: Option<Given<()>>,
}

impl Attributes for VariantAttributes {
    const PLACE: &'static str = "a variant of an enum";
    const KEYS: &'static [&'static str] = &["rename", "alias", "default"];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        if key == "rename" {
            return once(&mut self.rename, key, text(key, input, "rename = \"word\"")?);
        }
        if key == "default" {
            flag(key, input)?;
            return once(&mut self.chosen, key, ());
        }
        self.aliases.push(text(key, input, "alias = \"word\"")?);
        Ok(())
    }
}
