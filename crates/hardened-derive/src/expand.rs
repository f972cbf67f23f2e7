//! Expands a derive: reads the declaration, then generates the code.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Error, FieldsNamed, LitStr};

use crate::{
    attributes::{self, EnumAttributes, Given, KindsAttributes, StructAttributes},
    docs::docs,
    errors::Errors,
    fields,
    generate::{self, Choice, Kinds, Structure, Traits},
    kinds::{self, Naming},
    names,
    shape::{Shape, shape},
    variants,
};

/// Implements `Config` for a struct.
pub(crate) fn config(input: &DeriveInput) -> TokenStream {
    match shape(input) {
        Ok(Shape::Struct(data)) => of_struct(input, data),
        Ok(Shape::Kinds(data)) => of_kinds(input, data),
        Ok(Shape::Enum(_)) => refused(input, &Error::new(input.ident.span(), AN_ENUM)),
        Err(error) => refused(input, &error),
    }
}

/// Implements `Setting` for an enum.
pub(crate) fn setting(input: &DeriveInput) -> TokenStream {
    match shape(input) {
        Ok(Shape::Enum(data)) => of_enum(input, data),
        Ok(Shape::Struct(_)) => refused(input, &Error::new(input.ident.span(), A_STRUCT)),
        Ok(Shape::Kinds(_)) => refused(input, &Error::new(input.ident.span(), KINDS)),
        Err(error) => refused(input, &error),
    }
}

const AN_ENUM: &str = "an enum is one setting, not a group of them: use `#[derive(hardened::Setting)]`";
const KINDS: &str = "an enum with data is several groups, and one setting chooses between them: use `#[derive(hardened::Config)]` and mark its \
                     field `nested`; for a type that holds one value, implement `hardened::Setting`";
const A_STRUCT: &str = "a struct with named fields is a group of settings: use `#[derive(hardened::Config)]`; for a type \
                        that holds one value, implement `hardened::Setting`";

/// Reports an unsupported type. Mistakes in its attributes are not reported, because they would refer to another shape.
fn refused(input: &DeriveInput, error: &Error) -> TokenStream {
    let given: StructAttributes = attributes::read(&input.attrs, &mut Errors::default());
    let krate = given.krate.as_ref().map(|given| &given.value);
    let fallback = generate::fallback(input, krate, Traits::Both);
    let error = error.to_compile_error();
    quote!(#error #fallback)
}

fn of_struct(input: &DeriveInput, data: &FieldsNamed) -> TokenStream {
    let mut errors = Errors::default();
    let given: StructAttributes = attributes::read(&input.attrs, &mut errors);
    let prefix = prefix(given.prefix.as_ref(), &mut errors);
    let spelling = given.rename_all.as_ref().map(|given| given.value);
    let read: Vec<_> =
        data.named.iter().filter_map(|field| fields::read(field, &prefix, spelling, &mut errors)).collect();
    let declared: Vec<_> = data.named.iter().filter_map(|field| field.ident.clone()).collect();
    fields::repeated(&read, &mut errors);
    fields::repeated_keys(&read, &mut errors);
    fields::unknown_fields(&given.checks, &declared, &mut errors);
    fields::not_optional(&given.together, &read, &declared, &mut errors);
    let order = fields::order(&read, &declared, &mut errors);
    let krate = given.krate.map(|given| given.value);
    if let Some(errors) = errors.into_tokens() {
        let fallback = generate::fallback(input, krate.as_ref(), Traits::Config);
        return quote!(#errors #fallback);
    }
    generate::structure(&Structure {
        ident: input.ident.clone(),
        docs: docs(&input.attrs),
        fields: read,
        order,
        checks: given.checks,
        together: given.together,
        loader: given.loader.map(|given| given.value),
        promises: given.promises.map(|given| given.value),
        krate,
    })
}

fn prefix(given: Option<&Given<LitStr>>, errors: &mut Errors) -> String {
    let Some(prefix) = given else { return String::new() };
    let text = prefix.value.value();
    if names::is_variable(&text) {
        return text;
    }
    errors.at(prefix.value.span(), fields::NOT_A_PREFIX);
    // A valid prefix, so that the names derived from it are not reported too.
    String::new()
}

fn of_enum(input: &DeriveInput, data: &DataEnum) -> TokenStream {
    let mut errors = Errors::default();
    let given: EnumAttributes = attributes::read(&input.attrs, &mut errors);
    let variants = variants::read(data, &mut errors);
    for place in variants.iter().filter_map(|variant| variant.chosen) {
        errors.at(place, "write the default at the field: `#[config(default = \"word\")]`");
    }
    let krate = given.krate.map(|given| given.value);
    match errors.into_tokens() {
        Some(errors) => {
            let fallback = generate::fallback(input, krate.as_ref(), Traits::Both);
            quote!(#errors #fallback)
        }
        None => generate::choice(&Choice { ident: input.ident.clone(), variants, krate }),
    }
}

fn of_kinds(input: &DeriveInput, data: &DataEnum) -> TokenStream {
    let mut errors = Errors::default();
    let given: KindsAttributes = attributes::read(&input.attrs, &mut errors);
    let prefix = prefix(given.prefix.as_ref(), &mut errors);
    let tag = given.tag.as_ref().map_or_else(|| "kind".to_owned(), |given| given.value.value());
    let variable = format!("{prefix}{}", names::screaming_snake(&tag));
    if !names::is_variable(&variable) {
        let place = given.tag.as_ref().map_or_else(|| input.ident.span(), |given| given.value.span());
        errors.at(place, "the tag must be the name of a field: letters, digits and `_`");
    }
    let variants = variants::read(data, &mut errors);
    let spelling = given.rename_all.as_ref().map(|given| given.value);
    let key = spelling.filter(|_| given.tag.is_none()).map(|spelling| spelling.of(&tag)).filter(|key| *key != tag);
    let krate = given.krate.map(|given| given.value);
    let kinds =
        kinds::read(data, variants, Naming { prefix: &prefix, tag: &tag, spelling }, krate.as_ref(), &mut errors);
    match errors.into_tokens() {
        Some(errors) => {
            let fallback = generate::fallback(input, krate.as_ref(), Traits::Config);
            quote!(#errors #fallback)
        }
        None => generate::kinds(&Kinds {
            ident: input.ident.clone(),
            docs: docs(&input.attrs),
            tag,
            key,
            variable,
            kinds,
            krate,
        }),
    }
}
