//! Generates the implementation of `Config` for a struct.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ExprPath, spanned::Spanned};

use super::{Structure, assertions, described, keys, presence, promises, read, scope, setting, typed};
use crate::{
    fields::{Content, Field, Group, Groups},
    names,
};

/// Generates the implementation of `Config`.
pub(crate) fn structure(structure: &Structure) -> TokenStream {
    let ident = &structure.ident;
    let descriptions = structure.fields.iter().enumerate().map(|(number, field)| description(number, field));
    let assertions = assertions::of(&structure.fields);
    let schema = schema(structure);
    let read = read::function(structure);
    let loader = structure.loader.as_ref().map(loader);
    let promises = promises::function(structure);
    let items = quote! {
        #(#descriptions)*
        #assertions
        #schema
        #[automatically_derived]
        impl __hardened::Config for #ident {
            const SCHEMA: &'static __hardened::Schema = &__HARDENED_SCHEMA;
            #read
            #loader
            #promises
        }
    };
    scope(structure.krate.as_ref(), &items)
}

fn schema(structure: &Structure) -> TokenStream {
    let name = names::plain(&structure.ident);
    let docs = &structure.docs;
    let fields = structure.fields.iter().enumerate().filter_map(|(number, field)| {
        let described = described(number);
        match field.content {
            Content::Setting(_) => Some(quote!(__hardened::Field::Setting(&#described))),
            Content::Group(_) => Some(quote!(__hardened::Field::Group(&#described))),
            Content::Groups(_) => Some(quote!(__hardened::Field::Groups(&#described))),
            Content::Tier | Content::With(_) => None,
        }
    });
    quote! {
        static __HARDENED_SCHEMA: __hardened::Schema = __hardened::Schema::new(#name, #docs, &[#(#fields),*])
            .of_package(option_env!("CARGO_PKG_NAME"), option_env!("CARGO_PKG_VERSION"));
    }
}

/// Generates the type and the description of a field. The trait bound is required once, at the place of the type, so that an
/// unsuitable type is a single error.
fn description(number: usize, field: &Field) -> TokenStream {
    match &field.content {
        Content::Setting(content) => setting::description(number, field, content),
        Content::Group(content) => group(number, field, content),
        Content::Groups(content) => groups(number, field, content),
        Content::Tier | Content::With(_) => TokenStream::new(),
    }
}

fn group(number: usize, field: &Field, group: &Group) -> TokenStream {
    let (name, keys) = (&field.name, keys(&field.keys));
    let (typed, described) = (typed(number), described(number));
    let Group { prefix, ty, .. } = group;
    let presence = presence(&group.presence);
    let value = quote_spanned!(ty.span()=> __hardened::group::<#ty>());
    quote! {
        const #typed: __hardened::TypedGroup<#ty> = #value;
        static #described: __hardened::GroupSchema =
            __hardened::GroupSchema::new(#name, #prefix, #typed.schema())#keys #presence;
    }
}

fn groups(number: usize, field: &Field, groups: &Groups) -> TokenStream {
    let (name, keys) = (&field.name, keys(&field.keys));
    let (typed, described) = (typed(number), described(number));
    let Groups { prefix, ty, .. } = groups;
    let presence = presence(&groups.presence);
    let value = quote_spanned!(ty.span()=> __hardened::groups::<#ty>());
    let bounds = groups.bounds.map(|(min, max)| quote!(.bounded(#min, #max)));
    quote! {
        const #typed: __hardened::TypedGroups<#ty> = #value;
        static #described: __hardened::GroupsSchema =
            __hardened::GroupsSchema::new(#name, #prefix, #typed.is_map(), #typed.schema())#keys #bounds #presence;
    }
}

fn loader(path: &ExprPath) -> TokenStream {
    let call = quote_spanned!(path.span()=> #path(__hardened_loader));
    quote! {
        fn loader(__hardened_loader: __hardened::Loader) -> __hardened::Loader {
            #call
        }
    }
}
