//! Generates the function that reads a struct. It reads every field before it returns, so that all problems are reported.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Ident, spanned::Spanned};

use super::{Structure, at, described, local, outcome, typed};
use crate::{
    attributes::{Check, Given, Together},
    fields::{Content, Field, Presence, Setting},
    names,
};

pub(super) fn function(structure: &Structure) -> TokenStream {
    let reader = local("reader");
    let body = body(structure, &reader);
    quote! {
        fn read(#reader: &mut __hardened::Reader<'_>) -> __hardened::Result<Self, __hardened::Reported> {
            #body
        }
    }
}

fn body(structure: &Structure, reader: &Ident) -> TokenStream {
    let (mut steps, mut verdicts) = (Vec::new(), Vec::new());
    let position = |number: usize| structure.order.iter().position(|read| *read == number);
    for number in structure.order.iter().copied() {
        let Some(field) = structure.fields.get(number) else { continue };
        steps.push(step(number, field, &structure.fields, reader));
        for (check_number, check) in structure.checks.iter().enumerate() {
            let Some(parts) = parts(check, &structure.fields) else { continue };
            if parts.iter().map(|(part, _)| position(*part)).max() == Some(position(number)) {
                let verdict = local(&format!("check_{check_number}"));
                let judged = judged(check, &parts, reader);
                steps.push(quote!(let #verdict = #judged;));
                verdicts.push(verdict);
            }
        }
    }
    for (number, together) in structure.together.iter().enumerate() {
        let verdict = local(&format!("together_{number}"));
        let judged = judged_together(together, &structure.fields, reader);
        steps.push(quote!(let #verdict = #judged;));
        verdicts.push(verdict);
    }
    let finish = finish(structure, reader, &verdicts);
    quote!(let _ = &#reader; #(#steps)* #finish)
}

/// Generates the statement that reads a field.
fn step(number: usize, field: &Field, fields: &[Field], reader: &Ident) -> TokenStream {
    let (outcome, typed, described) = (outcome(number), typed(number), described(number));
    let read = match &field.content {
        Content::Setting(setting) => of_setting(number, setting, fields, reader),
        Content::Group(group) => match &group.with {
            Some(with) => {
                let (ty, with_reader) = (&group.ty, at(with.span(), reader));
                quote_spanned!(with.span()=> __hardened::read_with::<#ty>(#with_reader, &#described, #with))
            }
            None => {
                let read = how(&group.presence);
                quote!(#typed.#read(#reader, &#described))
            }
        },
        Content::Groups(groups) => {
            let read = how(&groups.presence);
            quote!(#typed.#read(#reader, &#described))
        }
        Content::With(path) => {
            let reader = at(path.span(), reader);
            quote_spanned!(path.span()=> #path(#reader))
        }
        Content::Tier => quote!(__hardened::tier(#reader)),
    };
    quote!(let #outcome = #read;)
}

fn of_setting(number: usize, setting: &Setting, fields: &[Field], reader: &Ident) -> TokenStream {
    let (typed, described) = (typed(number), described(number));
    let unwrapped = |read| if setting.foreign.is_some() { quote!(__hardened::unwrapped(#read)) } else { read };
    let optional = || unwrapped(quote!(#typed.read_optional(#reader, &#described)));
    if let Some(Given { value: path, .. }) = &setting.default_with {
        let (read, reader) = (optional(), at(path.span(), reader));
        let default = quote_spanned!(path.span()=> #path(&*#reader));
        return quote!(#read.map(|set| set.unwrap_or_else(|| #default)));
    }
    if let Presence::Unless(other) = &setting.presence
        && let Some(other) = fields.iter().position(|field| field.name == names::plain(other))
    {
        let (other, optional) = (outcome(other), optional());
        let required = unwrapped(quote!(#typed.read(#reader, &#described)));
        // If the other field could not be read, that is reported already.
        return quote! {
            match &#other {
                __hardened::Result::Ok(other) if other.is_none() => #required.map(__hardened::Option::Some),
                _ => #optional,
            }
        };
    }
    let read = how(&setting.presence);
    unwrapped(quote!(#typed.#read(#reader, &#described)))
}

/// Returns the method that reads the type of a field, or an `Option` of it.
fn how(presence: &Presence) -> TokenStream {
    match presence {
        Presence::Required => quote!(read),
        Presence::Optional | Presence::InProduction(_) | Presence::Unless(_) => quote!(read_optional),
    }
}

/// Returns the indexes and names of the fields that a check names; `None` for a check of the whole struct.
fn parts(check: &Check, fields: &[Field]) -> Option<Vec<(usize, String)>> {
    let number = |name: &str| fields.iter().position(|field| field.name == name);
    let part = |ident: &Ident| {
        let name = names::plain(ident);
        Some((number(&name)?, name))
    };
    check.fields.as_ref()?.iter().map(part).collect()
}

/// Generates the call of a check, which runs only if all its fields were read.
fn judged(check: &Check, parts: &[(usize, String)], reader: &Ident) -> TokenStream {
    let path = &check.path;
    let about = parts.first().map_or("", |(_, name)| name.as_str());
    let outcomes = parts.iter().map(|(number, _)| outcome(*number));
    let values: Vec<_> = (0..parts.len()).map(|position| local(&format!("value_{position}"))).collect();
    let arguments = values.iter().map(|value| at(path.span(), value));
    let call = quote_spanned!(path.span()=> #path(#(#arguments),*));
    let verdict = quote_spanned!(path.span()=> #reader.check(#about, #call));
    quote! {
        match (#(&#outcomes,)*) {
            (#(__hardened::Result::Ok(#values),)*) => #verdict,
            _ => __hardened::Result::Ok(()),
        }
    }
}

/// Generates the check that one, or all or none, of several fields are set.
fn judged_together(together: &Together, fields: &[Field], reader: &Ident) -> TokenStream {
    let names = together.fields.iter().map(names::plain);
    let set = names.filter_map(|name| {
        let outcome = outcome(fields.iter().position(|field| field.name == name)?);
        Some(quote!((#name, __hardened::is_set(&#outcome))))
    });
    let judge = if together.is_one_of { quote!(one_of) } else { quote!(all_or_none) };
    let reader = at(together.place, reader);
    quote!(#reader.#judge(&[#(#set),*]))
}

/// Generates the end: builds the struct, and runs the checks of the whole struct.
fn finish(structure: &Structure, reader: &Ident, verdicts: &[Ident]) -> TokenStream {
    let this = local("this");
    let members = structure.fields.iter().enumerate().map(|(number, field)| {
        let (ident, outcome) = (&field.ident, at(field.ty.span(), &outcome(number)));
        // The span is that of the type, so that a wrong type (for example, of a `tier` field) is reported there.
        let value = quote_spanned!(field.ty.span()=> #outcome?);
        quote!(#ident: #value)
    });
    let whole = structure.checks.iter().enumerate().filter(|(_, check)| check.fields.is_none());
    let (names, judgements): (Vec<_>, Vec<_>) = whole
        .map(|(position, Check { path, .. })| {
            let this = at(path.span(), &this);
            let call = quote_spanned!(path.span()=> #reader.check("", #path(&#this)));
            (local(&format!("check_{position}")), call)
        })
        .unzip();
    quote! {
        let #this = Self { #(#members),* };
        #(let #names = #judgements;)*
        #(#verdicts?;)*
        #(#names?;)*
        __hardened::Result::Ok(#this)
    }
}
