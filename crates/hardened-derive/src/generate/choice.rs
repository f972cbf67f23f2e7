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
    scope(choice.krate.as_ref(), &of_words(&choice.ident, &choice.variants.iter().collect::<Vec<_>>()))
}

/// The implementation, inside of a scope.
pub(super) fn of_words(ident: &Ident, variants: &[&Variant]) -> TokenStream {
    let words = variants.iter().map(|variant| &variant.word);
    let choices = variants.iter().map(
        |Variant { ident, word, aliases, .. }| quote!(__hardened::Choice::new(#word, &[#(#aliases),*], || Self::#ident)),
    );
    let all = variants.iter().map(|Variant { word, aliases, .. }| quote!(&[#word #(, #aliases)*]));
    quote! {
        #[automatically_derived]
        impl __hardened::Setting for #ident {
            const KIND: __hardened::Kind = __hardened::Kind::Choice(&[#(#words),*]);
            const DEFAULTS: __hardened::Defaults = __hardened::Defaults::Words(&[#(#all),*]);

            fn parse(__hardened_text: &str) -> __hardened::Result<Self, __hardened::Violation> {
                __hardened::choose(__hardened_text, <Self as __hardened::Setting>::KIND, &[#(#choices),*])
            }
        }
    }
}
