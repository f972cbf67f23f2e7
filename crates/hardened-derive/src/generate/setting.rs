//! Generates the type and the static description of a setting.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{described, keys, presence, typed};
use crate::{
    attributes::{Literal, RuleAttributes},
    fields::{Field, Setting},
};

pub(super) fn description(number: usize, field: &Field, setting: &Setting) -> TokenStream {
    let (name, keys) = (&field.name, keys(&field.keys));
    let (typed, described) = (typed(number), described(number));
    let ty = read_as(setting);
    let value = quote_spanned!(setting.ty.span()=> __hardened::setting::<#ty>());
    let variables = setting.variables.iter().map(|variable| &variable.name);
    let details = details(setting);
    quote! {
        const #typed: __hardened::TypedSetting<#ty> = #value;
        static #described: __hardened::SettingSchema =
            __hardened::SettingSchema::new(#name, &[#(#variables),*], #typed.kind())
                .with_reading(#typed.defaults())#keys #details;
    }
}

/// Returns the type that reads the text: for a foreign type, a wrapper.
fn read_as(setting: &Setting) -> TokenStream {
    let ty = &setting.ty;
    let Some(foreign) = setting.foreign else { return quote!(#ty) };
    let wrapped = if foreign.deserialized {
        quote_spanned!(ty.span()=> __hardened::Deserialized<#ty>)
    } else {
        quote_spanned!(ty.span()=> __hardened::Parsed<#ty>)
    };
    if foreign.in_list { quote_spanned!(ty.span()=> __hardened::List<#wrapped>) } else { wrapped }
}

fn details(setting: &Setting) -> TokenStream {
    let docs = Some(&setting.docs).filter(|docs| !docs.is_empty()).map(|docs| quote!(.with_docs(#docs)));
    let default = setting.default.as_ref().map(|default| {
        let text = &default.text;
        quote!(.with_default(#text))
    });
    // It is never missing, and only the function knows its value without a variable.
    let presence = if setting.default_with.is_some() { Some(quote!(.optional())) } else { presence(&setting.presence) };
    let expects = setting.expects.as_ref().map(|expects| quote!(.with_expects(#expects)));
    let example = setting.example.as_ref().map(|given| {
        let example = &given.value;
        quote!(.with_example(#example))
    });
    let (own, each) = (rules(&setting.rules), rules(&setting.each));
    let rules = (!own.is_empty() || !each.is_empty()).then(|| {
        let (own, each) = (own.iter().map(|(rule, _)| rule), each.iter().map(|(rule, _)| rule));
        quote!(.with_rules(&[#(#own),*], &[#(#each),*]))
    });
    let deprecated = setting.deprecated.as_ref().map(|instead| quote!(.deprecated(#instead)));
    let show = setting.show.map(|_| quote!(.show()));
    let from_file = setting.from_file.then(|| quote!(.from_file()));
    quote!(#docs #default #presence #expects #example #rules #deprecated #show #from_file)
}

/// Returns the rules that a field adds to its type, with their places.
pub(super) fn rules(given: &RuleAttributes) -> Vec<(TokenStream, Span)> {
    let range = given.range.as_ref().map(|given| {
        let (from, to, below) =
            (literal(given.value.from.as_ref()), literal(given.value.to.as_ref()), given.value.below);
        let range = quote!(__hardened::Range { from: #from, to: #to, below: #below });
        (quote!(__hardened::FieldRule::Range(#range)), given.place)
    });
    let len = given.len.as_ref().map(|given| {
        let (min, max) = (option(given.value.min.as_ref()), option(given.value.max.as_ref()));
        (quote!(__hardened::FieldRule::Length(__hardened::Length { min: #min, max: #max })), given.place)
    });
    let one_of = given.one_of.as_ref().map(|given| {
        let values = given.value.iter().map(|value| &value.tokens);
        (quote!(__hardened::FieldRule::OneOf(&[#(#values),*])), given.place)
    });
    let matches = given.matches.as_ref().map(|given| {
        let pattern = &given.value;
        (quote!(__hardened::FieldRule::Matches(#pattern)), given.place)
    });
    [range, len, one_of, matches].into_iter().flatten().collect()
}

fn literal(given: Option<&Literal>) -> TokenStream {
    option(given.map(|given| &given.tokens))
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(__hardened::Option::Some(#value)),
        None => quote!(__hardened::Option::None),
    }
}
