//! The implementation of `Setting` for an enum without data.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path};

use super::scope;
use crate::variants::Variant;

/// An enum without mistakes.
pub(crate) struct Choice {
    /// Its name.
    pub(crate) ident: Ident,
    /// Its variants.
    pub(crate) variants: Vec<Variant>,
    /// Where the crate is.
    pub(crate) krate: Option<Path>,
}

/// Implements `Setting`.
pub(crate) fn choice(choice: &Choice) -> TokenStream {
    let ident = &choice.ident;
    let words = choice.variants.iter().map(|variant| &variant.word);
    let choices = choice.variants.iter().map(
        |Variant { ident, word, aliases }| quote!(__hardened::Choice::new(#word, &[#(#aliases),*], || Self::#ident)),
    );
    let all = choice.variants.iter().map(|Variant { word, aliases, .. }| quote!(&[#word #(, #aliases)*]));
    let items = quote! {
        #[automatically_derived]
        impl __hardened::Setting for #ident {
            const KIND: __hardened::Kind = __hardened::Kind::Choice(&[#(#words),*]);
            const DEFAULTS: __hardened::Defaults = __hardened::Defaults::Words(&[#(#all),*]);

            fn parse(__hardened_text: &str) -> __hardened::Result<Self, __hardened::Violation> {
                __hardened::choose(__hardened_text, <Self as __hardened::Setting>::KIND, &[#(#choices),*])
            }
        }
    };
    scope(choice.krate.as_ref(), &items)
}
