//! The type and the static description of one setting.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{described, presence, typed};
use crate::fields::Setting;

pub(super) fn description(number: usize, name: &str, setting: &Setting) -> TokenStream {
    let (typed, described) = (typed(number), described(number));
    let ty = read_as(setting);
    let value = quote_spanned!(setting.ty.span()=> __hardened::setting::<#ty>());
    let variables = setting.variables.iter().map(|variable| &variable.name);
    let details = details(setting);
    quote! {
        const #typed: __hardened::TypedSetting<#ty> = #value;
        static #described: __hardened::SettingSchema =
            __hardened::SettingSchema::new(#name, &[#(#variables),*], #typed.kind())
                .with_reading(#typed.defaults())#details;
    }
}

/// The type that reads the text: for a type from elsewhere, a wrapper of it.
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
    // It is never missing, and what it is without a variable only the function knows.
    let presence = if setting.default_with.is_some() { Some(quote!(.optional())) } else { presence(&setting.presence) };
    let expects = setting.expects.as_ref().map(|expects| quote!(.with_expects(#expects)));
    let example = setting.example.as_ref().map(|example| quote!(.with_example(#example)));
    let show = setting.show.map(|_| quote!(.show()));
    let from_file = setting.from_file.then(|| quote!(.from_file()));
    quote!(#docs #default #presence #expects #example #show #from_file)
}
