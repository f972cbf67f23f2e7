//! Parsing of `#[config(...)]`: lists of `key` and `key = value`.

mod default;
mod field;
mod place;
mod rules;
mod structure;
mod value;
mod variant;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Ident, Meta, Result,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

pub(crate) use self::{
    default::Default_,
    field::FieldAttributes,
    place::Attributes,
    rules::{Literal, RuleAttributes},
    structure::{Check, EnumAttributes, KindsAttributes, StructAttributes, Together},
    value::Given,
    variant::VariantAttributes,
};
use crate::{distance::nearest, errors::Errors};

/// The keys for each place, to report which place a key belongs to.
const ALL: [(&str, &[&str]); 4] = [
    ("a struct", StructAttributes::KEYS),
    ("a field", FieldAttributes::KEYS),
    ("a variant of an enum", VariantAttributes::KEYS),
    ("an enum of groups", KindsAttributes::KEYS),
];

/// Reads all `#[config(...)]` attributes of one item.
pub(crate) fn read<A: Attributes>(attributes: &[Attribute], errors: &mut Errors) -> A {
    let mut read = A::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("config")) {
        match &attribute.meta {
            Meta::List(list) => read_list(&mut read, list.tokens.clone(), errors),
            _ => errors.add(syn::Error::new_spanned(attribute, "write the attributes as a list: `#[config(...)]`")),
        }
    }
    read
}

/// Reads the tokens in the parentheses of one attribute.
pub(crate) fn read_inside<A: Attributes>(tokens: TokenStream, errors: &mut Errors) -> A {
    let mut read = A::default();
    read_list(&mut read, tokens, errors);
    read
}

fn read_list<A: Attributes>(read: &mut A, tokens: TokenStream, errors: &mut Errors) {
    for item in items(tokens) {
        let parser = |input: ParseStream<'_>| read_one(read, input);
        errors.keep(parser.parse2(item));
    }
}

fn read_one<A: Attributes>(read: &mut A, input: ParseStream<'_>) -> Result<()> {
    let expected = || syn::Error::new(input.span(), format!("expected one of {}", A::KEYS.join(", ")));
    let key = input.call(Ident::parse_any).map_err(|_| expected())?;
    if A::KEYS.contains(&key.to_string().as_str()) { read.set(&key, input) } else { Err(unknown::<A>(&key)) }
}

fn unknown<A: Attributes>(key: &Ident) -> syn::Error {
    let name = key.to_string();
    let owner = ALL.iter().find(|(_, keys)| keys.contains(&name.as_str())).map(|(place, _)| place);
    let message = match (owner, nearest(&name, A::KEYS.iter().copied())) {
        (Some(owner), _) => format!("`{name}` belongs on {owner}, not on {}", A::PLACE),
        (None, Some(meant)) => format!("unknown attribute `{name}`: did you mean `{meant}`?"),
        (None, None) => format!("unknown attribute `{name}`: {} takes {}", A::PLACE, A::KEYS.join(", ")),
    };
    syn::Error::new(key.span(), message)
}

/// Splits a list at its commas, so that a mistake in one item does not affect the next.
fn items(tokens: TokenStream) -> Vec<TokenStream> {
    let mut items = vec![Vec::new()];
    let mut angles = 0_usize;
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => angles += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => angles = angles.saturating_sub(1),
            TokenTree::Punct(punct) if punct.as_char() == ',' && angles == 0 => {
                items.push(Vec::new());
                continue;
            }
            _ => {}
        }
        if let Some(item) = items.last_mut() {
            item.push(token);
        }
    }
    items.into_iter().filter(|item| !item.is_empty()).map(TokenStream::from_iter).collect()
}
