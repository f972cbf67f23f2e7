//! Generates the implementation of `Setting` for an enum without data.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Path};

use super::scope;
use crate::variants::Variant;

/// A valid enum without data.
pub(crate) struct Choice {
    /// The name of the enum.
    pub(crate) ident: Ident,
    /// The variants of the enum.
    pub(crate) variants: Vec<Variant>,
    /// The path of the crate `hardened`, if it is given.
    pub(crate) krate: Option<Path>,
}

/// Generates the implementation of `Setting`.
pub(crate) fn choice(choice: &Choice) -> TokenStream {
    scope(choice.krate.as_ref(), &of_words(&choice.ident, &choice.variants.iter().collect::<Vec<_>>()))
}

/// Generates the implementation without a scope.
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
