//! The variants of an enum of groups, and their content.

use quote::format_ident;
use syn::{DataEnum, Fields, FieldsNamed, Path, Type, spanned::Spanned};

use crate::{
    docs::docs,
    errors::Errors,
    fields::{self, Content},
    generate::Structure,
    names::Spelling,
    variants::Variant,
};

/// A variant of an enum of groups.
pub(crate) struct Kind {
    /// The name and words of the variant.
    pub(crate) variant: Variant,
    /// The content of the variant.
    pub(crate) body: Body,
}

/// The content of a variant.
pub(crate) enum Body {
    /// No content.
    Unit,
    /// A single field whose struct derives `Config`.
    Group(Box<Type>),
    /// Named fields, as a hidden struct.
    Fields(Box<Structure>),
}

/// The names that an enum uses.
#[derive(Clone, Copy)]
pub(crate) struct Naming<'a> {
    /// The prefix of its variables.
    pub(crate) prefix: &'a str,
    /// The field that chooses the variant.
    pub(crate) tag: &'a str,
    /// The spelling of keys in files.
    pub(crate) spelling: Option<Spelling>,
}

/// Reads the content of each variant.
pub(crate) fn read(
    data: &DataEnum,
    variants: Vec<Variant>,
    naming: Naming<'_>,
    krate: Option<&Path>,
    errors: &mut Errors,
) -> Vec<Kind> {
    let chosen: Vec<_> = variants.iter().filter_map(|variant| variant.chosen).collect();
    if let [_, second, ..] = chosen.as_slice() {
        errors.at(*second, "only one variant can be chosen by default");
    }
    let declared = data.variants.iter().zip(variants).enumerate();
    declared
        .filter_map(|(number, (declared, variant))| {
            let body = match &declared.fields {
                Fields::Unit => Body::Unit,
                Fields::Unnamed(fields) => match fields.unnamed.iter().collect::<Vec<_>>().as_slice() {
                    [field] => Body::Group(Box::new(field.ty.clone())),
                    _ => {
                        errors.at(declared.ident.span(), "a variant holds one struct, or fields with names");
                        return None;
                    }
                },
                Fields::Named(named) => {
                    Body::Fields(Box::new(structure(declared, number, named, naming, krate, errors)?))
                }
            };
            Some(Kind { variant, body })
        })
        .collect()
}

fn structure(
    declared: &syn::Variant,
    number: usize,
    named: &FieldsNamed,
    Naming { prefix, tag, spelling }: Naming<'_>,
    krate: Option<&Path>,
    errors: &mut Errors,
) -> Option<Structure> {
    let read: Vec<_> = named.named.iter().filter_map(|field| fields::read(field, prefix, spelling, errors)).collect();
    let idents: Vec<_> = named.named.iter().filter_map(|field| field.ident.clone()).collect();
    for field in &read {
        if field.name == tag {
            errors.at(field.ident.span(), format!("`{tag}` chooses the variant: give the field another name"));
        }
        if matches!(field.content, Content::Group(_) | Content::Groups(_)) {
            errors.at(field.ty.span(), "put a group of a variant into a struct of its own, such as `S3(S3)`");
        }
    }
    fields::repeated(&read, errors);
    fields::repeated_keys(&read, errors);
    let order = fields::order(&read, &idents, errors);
    (read.len() == named.named.len()).then(|| Structure {
        ident: format_ident!("__HardenedVariant{number}"),
        docs: docs(&declared.attrs),
        fields: read,
        order,
        checks: Vec::new(),
        together: Vec::new(),
        loader: None,
        promises: None,
        krate: krate.cloned(),
    })
}
