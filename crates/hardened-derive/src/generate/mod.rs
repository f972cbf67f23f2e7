//! Generation of code.

mod assertions;
mod choice;
mod fallback;
mod kinds;
mod model;
mod promises;
mod read;
mod setting;
mod structure;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Path, spanned::Spanned};

pub(crate) use self::{
    choice::{Choice, choice},
    fallback::{Traits, fallback},
    kinds::{Kinds, kinds},
    model::Structure,
    structure::structure,
};
use crate::fields::{Keys, Presence};

/// Puts the items into their own scope, in which `__hardened` is the private interface of the crate.
fn scope(krate: Option<&Path>, items: &TokenStream) -> TokenStream {
    let interface = match krate {
        Some(path) => quote_spanned!(path.span()=> use #path::__private as __hardened;),
        None => quote!(
            use ::hardened::__private as __hardened;
        ),
    };
    quote! {
        const _: () = {
            #interface
            #items
        };
    }
}

/// Returns a local variable whose name cannot clash with one of the user's.
fn local(role: &str) -> Ident {
    Ident::new(&format!("__hardened_{role}"), Span::mixed_site())
}

/// Returns the same variable with another span, where the compiler reports a type error.
fn at(place: Span, local: &Ident) -> Ident {
    Ident::new(&local.to_string(), local.span().located_at(place))
}

/// Returns the local variable for the result of reading a field.
fn outcome(number: usize) -> Ident {
    local(&format!("field_{number}"))
}

/// Returns the constant that knows the type of a field.
fn typed(number: usize) -> Ident {
    format_ident!("__HARDENED_TYPE_{number}")
}

/// Returns the static description of a field.
fn described(number: usize) -> Ident {
    format_ident!("__HARDENED_FIELD_{number}")
}

/// Returns the builder call for a field that can be absent.
fn presence(presence: &Presence) -> Option<TokenStream> {
    match presence {
        // If the other field is absent too, this one is missing.
        Presence::Required | Presence::Unless(_) => None,
        Presence::Optional => Some(quote!(.optional())),
        Presence::InProduction(_) => Some(quote!(.required_in_production())),
    }
}

/// Returns the builder calls for the names of a field in files.
fn keys(keys: &Keys) -> TokenStream {
    let key = keys.key.as_ref().map(|key| quote!(.with_key(#key)));
    let aliases = (!keys.aliases.is_empty()).then(|| {
        let aliases = keys.aliases.iter().map(|alias| {
            let (key, variable, is_deprecated) = (&alias.key, &alias.variable, alias.is_deprecated);
            quote!(__hardened::Alias::new(#key, #variable, #is_deprecated))
        });
        quote!(.with_aliases(&[#(#aliases),*]))
    });
    quote!(#key #aliases)
}
