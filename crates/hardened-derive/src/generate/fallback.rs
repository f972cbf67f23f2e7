//! An implementation for a declaration with a mistake, so that its uses cause no second error.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Path};

use super::scope;

/// What uses of the type may ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Traits {
    /// A struct of settings.
    Config,
    /// It cannot be told whether a group or a setting was meant.
    Both,
}

/// Implements the traits without content. The program does not compile, so none of it ever runs.
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
