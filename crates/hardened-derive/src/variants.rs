//! The variants of an enum, and the words for them.

use proc_macro2::Span;
use syn::{DataEnum, Ident};

use crate::{
    attributes::{self, VariantAttributes},
    errors::Errors,
    names,
};

/// A variant of an enum.
pub(crate) struct Variant {
    /// The identifier as written.
    pub(crate) ident: Ident,
    /// The word that messages use.
    pub(crate) word: String,
    /// Other words that are accepted.
    pub(crate) aliases: Vec<String>,
    /// The place of `default`, with which the variant is chosen if nothing is set.
    pub(crate) chosen: Option<Span>,
}

/// Reads all variants of an enum.
pub(crate) fn read(data: &DataEnum, errors: &mut Errors) -> Vec<Variant> {
    let mut words: Vec<String> = Vec::new();
    data.variants.iter().map(|variant| one(variant, &mut words, errors)).collect()
}

fn one(variant: &syn::Variant, words: &mut Vec<String>, errors: &mut Errors) -> Variant {
    let given: VariantAttributes = attributes::read(&variant.attrs, errors);
    let (word, place) = match &given.rename {
        Some(rename) => (rename.value.value(), rename.value.span()),
        None => (names::kebab(&names::plain(&variant.ident)), variant.ident.span()),
    };
    add(&word, place, words, errors);
    given.aliases.iter().for_each(|alias| add(&alias.value(), alias.span(), words, errors));
    let aliases = given.aliases.iter().map(syn::LitStr::value).collect();
    Variant { ident: variant.ident.clone(), word, aliases, chosen: given.chosen.map(|given| given.place) }
}

/// Adds a word, or reports why it cannot be used for a variant.
fn add(word: &str, place: Span, words: &mut Vec<String>, errors: &mut Errors) {
    // Input is normalised in the same way before it is compared.
    let plain = word.to_ascii_lowercase().replace('_', "-");
    if word.trim() != word || word.contains(',') {
        errors.at(place, "a word cannot have surrounding white space or a comma");
    } else if words.contains(&plain) {
        errors.at(place, format!("`{word}` already names another variant: case, `-` and `_` make no difference"));
    } else {
        words.push(plain);
    }
}
