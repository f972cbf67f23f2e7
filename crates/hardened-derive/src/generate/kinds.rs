//! Generates the implementation of `Config` for an enum of groups: a setting that chooses, and a group for each variant.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path, spanned::Spanned};

use super::{choice::of_words, described, local, scope, structure, typed};
use crate::{
    kinds::{Body, Kind},
    names,
};

/// An enum of groups that is valid, as far as the derive can see.
pub(crate) struct Kinds {
    /// The name of the enum.
    pub(crate) ident: Ident,
    /// The doc comment of the enum.
    pub(crate) docs: String,
    /// The field that chooses the variant.
    pub(crate) tag: String,
    /// The key of this field in files, if it is different.
    pub(crate) key: Option<String>,
    /// The variable that chooses the variant.
    pub(crate) variable: String,
    /// The variants of the enum.
    pub(crate) kinds: Vec<Kind>,
    /// The path of the crate `hardened`, if it is given.
    pub(crate) krate: Option<Path>,
}

/// Generates the implementation of `Config`.
pub(crate) fn kinds(kinds: &Kinds) -> TokenStream {
    let (ident, docs) = (&kinds.ident, &kinds.docs);
    let name = names::plain(ident);
    let tag = tag(kinds);
    let groups = kinds.kinds.iter().enumerate().map(|(number, kind)| group(number, kind));
    let fields = numbers(kinds).map(described).map(|described| quote!(__hardened::Field::Group(&#described)));
    let (read, promise) = (read(kinds), promise(kinds));
    let items = quote! {
        #tag
        #(#groups)*
        static __HARDENED_SCHEMA: __hardened::Schema =
            __hardened::Schema::new(#name, #docs, &[__hardened::Field::Setting(&__HARDENED_TAG), #(#fields),*])
                .of_package(option_env!("CARGO_PKG_NAME"), option_env!("CARGO_PKG_VERSION"));
        #[automatically_derived]
        impl __hardened::Config for #ident {
            const SCHEMA: &'static __hardened::Schema = &__HARDENED_SCHEMA;
            #read
            #promise
        }
    };
    scope(kinds.krate.as_ref(), &items)
}

/// Returns the indexes of the variants that have content.
fn numbers(kinds: &Kinds) -> impl Iterator<Item = usize> {
    let all = kinds.kinds.iter().enumerate();
    all.filter(|(_, kind)| !matches!(kind.body, Body::Unit)).map(|(number, _)| number)
}

/// Generates the setting that chooses: an enum of the words.
fn tag(kinds: &Kinds) -> TokenStream {
    let variants: Vec<_> = kinds.kinds.iter().map(|kind| &kind.variant).collect();
    let idents = variants.iter().map(|variant| &variant.ident);
    let setting = of_words(&format_ident!("__HardenedKind"), &variants);
    let (tag, variable) = (&kinds.tag, &kinds.variable);
    let docs = Some(&kinds.docs).filter(|docs| !docs.is_empty()).map(|docs| quote!(.with_docs(#docs)));
    let key = kinds.key.as_ref().map(|key| quote!(.with_key(#key)));
    let chosen = variants.iter().find(|variant| variant.chosen.is_some()).map(|variant| {
        let word = &variant.word;
        quote!(.with_default(#word))
    });
    quote! {
        enum __HardenedKind { #(#idents),* }
        #setting
        const __HARDENED_TAG_TYPE: __hardened::TypedSetting<__HardenedKind> = __hardened::setting::<__HardenedKind>();
        static __HARDENED_TAG: __hardened::SettingSchema =
            __hardened::SettingSchema::new(#tag, &[#variable], __HARDENED_TAG_TYPE.kind())
                .with_reading(__HARDENED_TAG_TYPE.defaults())#key #docs #chosen;
    }
}

/// Generates the type and the description of a variant's content.
fn group(number: usize, kind: &Kind) -> TokenStream {
    let (typed, described, word) = (typed(number), described(number), &kind.variant.word);
    let (items, ty) = match &kind.body {
        Body::Unit => return TokenStream::new(),
        Body::Group(ty) => (TokenStream::new(), quote!(#ty)),
        Body::Fields(fields) => {
            let (ident, implementation) = (&fields.ident, structure(fields));
            let members = fields.fields.iter().map(|field| {
                let (ident, ty) = (&field.ident, &field.ty);
                quote!(#ident: #ty)
            });
            (quote!(struct #ident { #(#members),* } #implementation), quote!(#ident))
        }
    };
    let place = match &kind.body {
        Body::Group(ty) => ty.span(),
        _ => kind.variant.ident.span(),
    };
    let value = quote_spanned!(place=> __hardened::group::<#ty>());
    quote! {
        #items
        const #typed: __hardened::TypedGroup<#ty> = #value;
        static #described: __hardened::GroupSchema =
            __hardened::GroupSchema::of_variant(&__HARDENED_TAG, #word, #typed.schema());
    }
}

fn read(kinds: &Kinds) -> TokenStream {
    let reader = local("reader");
    let arms = kinds.kinds.iter().enumerate().map(|(number, kind)| {
        let (ident, typed, own) = (&kind.variant.ident, typed(number), described(number));
        let others = numbers(kinds).filter(|other| *other != number).map(described);
        let (chosen, value) = match &kind.body {
            Body::Unit => (quote!(__hardened::Option::None), quote!(__hardened::Result::Ok(Self::#ident))),
            Body::Group(_) => {
                (quote!(__hardened::Option::Some(&#own)), quote!(#typed.read(#reader, &#own).map(Self::#ident)))
            }
            Body::Fields(fields) => {
                let names: Vec<_> = fields.fields.iter().map(|field| &field.ident).collect();
                let value = quote!(|read| Self::#ident { #(#names: read.#names),* });
                (quote!(__hardened::Option::Some(&#own)), quote!(#typed.read(#reader, &#own).map(#value)))
            }
        };
        quote! {
            __HardenedKind::#ident => {
                #reader.other_variants(&__HARDENED_TAG, #chosen, &[#(&#others),*]);
                #value
            }
        }
    });
    quote! {
        fn read(#reader: &mut __hardened::Reader<'_>) -> __hardened::Result<Self, __hardened::Reported> {
            match __HARDENED_TAG_TYPE.read(#reader, &__HARDENED_TAG)? {
                #(#arms)*
            }
        }
    }
}

fn promise(kinds: &Kinds) -> TokenStream {
    let promises = local("promises");
    let arms = kinds.kinds.iter().enumerate().filter_map(|(number, kind)| {
        let Body::Group(_) = &kind.body else { return None };
        let (ident, typed) = (&kind.variant.ident, typed(number));
        Some(quote!(Self::#ident(group) => #typed.promise_here(group, #promises),))
    });
    quote! {
        fn promise(&self, #promises: &mut __hardened::Promises) {
            let _ = &#promises;
            #[allow(unreachable_patterns)]
            match self {
                #(#arms)*
                _ => {}
            }
        }
    }
}
