//! Placeholder implementations for a declaration with a mistake, so that its uses cause no further errors.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Path};

use super::scope;

/// The traits that uses of the type may require.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Traits {
    /// `Config` only, for a struct of settings.
    Config,
    /// `Config` and `Setting`, if it is unclear which one was meant.
    Both,
}

/// Implements the traits without content. The code never runs, because the program does not compile.
pub(crate) fn fallback(input: &DeriveInput, krate: Option<&Path>, traits: Traits) -> TokenStream {
    let name = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let setting = (traits == Traits::Both).then(|| {
        quote! {
            impl #generics __hardened::Setting for #name #arguments #bounds {
                const KIND: __hardened::Kind = __hardened::Kind::Boolean;

                fn parse(_: &str) -> __hardened::Result<Self, __hardened::Violation> {
                    loop {}
                }
            }
        }
    });
    let items = quote! {
        impl #generics __hardened::Config for #name #arguments #bounds {
            const SCHEMA: &'static __hardened::Schema = &__hardened::Schema::new("", "", &[]);

            fn read(_: &mut __hardened::Reader<'_>) -> __hardened::Result<Self, __hardened::Reported> {
                loop {}
            }
        }
        #setting
    };
    scope(krate, &items)
}
