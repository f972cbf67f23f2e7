//! The attribute `#[config(...)]` on a struct or an enum.

use proc_macro2::Span;
use syn::{
    Error, ExprPath, Ident, LitStr, Path, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
};

use super::{
    Attributes,
    value::{Given, assigned, once, text},
};
use crate::names::Spelling;

/// The attributes of a struct.
#[derive(Default)]
pub(crate) struct StructAttributes {
    pub(crate) prefix: Option<Given<LitStr>>,
    pub(crate) rename_all: Option<Given<Spelling>>,
    pub(crate) checks: Vec<Check>,
    pub(crate) together: Vec<Together>,
    pub(crate) loader: Option<Given<ExprPath>>,
    pub(crate) promises: Option<Given<ExprPath>>,
    pub(crate) krate: Option<Given<Path>>,
}

/// A check: `check = path(field, field)`, or `check = path` for the whole struct.
pub(crate) struct Check {
    /// The function.
    pub(crate) path: ExprPath,
    /// The fields that are passed to the function; `None` for the whole struct.
    pub(crate) fields: Option<Vec<Ident>>,
}

/// A rule about several fields: `one_of(field, field)` or `all_or_none(field, field)`.
pub(crate) struct Together {
    /// The place of the key.
    pub(crate) place: Span,
    /// Whether the rule is `one_of`.
    pub(crate) is_one_of: bool,
    /// The fields.
    pub(crate) fields: Vec<Ident>,
}

impl Attributes for StructAttributes {
    const PLACE: &'static str = "a struct";
    const KEYS: &'static [&'static str] =
        &["prefix", "rename_all", "check", "one_of", "all_or_none", "loader", "promises", "crate"];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "prefix" => once(&mut self.prefix, key, text(key, input, "prefix = \"NAME_\"")?),
            "rename_all" => once(&mut self.rename_all, key, spelling(key, input)?),
            "loader" => once(&mut self.loader, key, assigned(key, input, "loader = function", Parse::parse)?),
            "promises" => once(&mut self.promises, key, assigned(key, input, "promises = function", Parse::parse)?),
            "crate" => once(&mut self.krate, key, krate(key, input)?),
            "one_of" | "all_or_none" => {
                self.together.push(together(key, input)?);
                Ok(())
            }
            _ => {
                self.checks.push(assigned(key, input, "check = function(field, field)", check)?);
                Ok(())
            }
        }
    }
}

fn check(input: ParseStream<'_>) -> Result<Check> {
    let path = input.parse()?;
    if !input.peek(syn::token::Paren) {
        return Ok(Check { path, fields: None });
    }
    let list;
    let parenthesis = parenthesized!(list in input);
    let fields = Punctuated::<Ident, Token![,]>::parse_terminated_with(&list, Ident::parse_any)?;
    if fields.is_empty() {
        let message = "name the fields it needs, or remove the parentheses to pass the whole struct";
        return Err(Error::new(parenthesis.span.join(), message));
    }
    Ok(Check { path, fields: Some(fields.into_iter().collect()) })
}

fn together(key: &Ident, input: ParseStream<'_>) -> Result<Together> {
    let list;
    if !input.peek(syn::token::Paren) {
        return Err(Error::new(key.span(), format!("write `{key}` as `{key}(field, field)`")));
    }
    parenthesized!(list in input);
    let fields = Punctuated::<Ident, Token![,]>::parse_terminated_with(&list, Ident::parse_any)?;
    if fields.len() < 2 {
        return Err(Error::new(key.span(), format!("`{key}` needs two fields or more")));
    }
    Ok(Together { place: key.span(), is_one_of: key == "one_of", fields: fields.into_iter().collect() })
}

/// Parses `rename_all = "camelCase"`.
fn spelling(key: &Ident, input: ParseStream<'_>) -> Result<Spelling> {
    let given = text(key, input, "rename_all = \"camelCase\"")?;
    let found = Spelling::ALL.into_iter().find(|(name, _)| *name == given.value());
    found.map(|(_, spelling)| spelling).ok_or_else(|| {
        let names: Vec<_> = Spelling::ALL.iter().map(|(name, _)| *name).collect();
        Error::new(given.span(), format!("`rename_all` is one of {}", names.join(", ")))
    })
}

fn krate(key: &Ident, input: ParseStream<'_>) -> Result<Path> {
    assigned(key, input, "crate = path::to::hardened", Path::parse_mod_style)
}

/// The attributes of an enum without data.
#[derive(Default)]
pub(crate) struct EnumAttributes {
    pub(crate) krate: Option<Given<Path>>,
}

impl Attributes for EnumAttributes {
    const PLACE: &'static str = "an enum";
    const KEYS: &'static [&'static str] = &["crate"];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        once(&mut self.krate, key, krate(key, input)?)
    }
}

/// The attributes of an enum of groups.
#[derive(Default)]
pub(crate) struct KindsAttributes {
    pub(crate) prefix: Option<Given<LitStr>>,
    pub(crate) tag: Option<Given<LitStr>>,
    pub(crate) rename_all: Option<Given<Spelling>>,
    pub(crate) krate: Option<Given<Path>>,
}

impl Attributes for KindsAttributes {
    const PLACE: &'static str = "an enum of groups";
    const KEYS: &'static [&'static str] = &["prefix", "tag", "rename_all", "crate"];

    fn set(&mut self, key: &Ident, input: ParseStream<'_>) -> Result<()> {
        match key.to_string().as_str() {
            "prefix" => once(&mut self.prefix, key, text(key, input, "prefix = \"NAME_\"")?),
            "rename_all" => once(&mut self.rename_all, key, spelling(key, input)?),
            "tag" => once(&mut self.tag, key, text(key, input, "tag = \"kind\"")?),
            _ => once(&mut self.krate, key, krate(key, input)?),
        }
    }
}
