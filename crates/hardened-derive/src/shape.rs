//! The types that can derive `Config` or `Setting`.

use proc_macro2::Span;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Result, spanned::Spanned};

/// The shape of a type that can derive `Config` or `Setting`.
pub(crate) enum Shape<'a> {
    /// A struct with named fields: a group of settings.
    Struct(&'a FieldsNamed),
    /// An enum without data: one setting.
    Enum(&'a DataEnum),
    /// An enum with data: groups that one setting chooses between.
    Kinds(&'a DataEnum),
}

/// Returns the shape of a type.
///
/// # Errors
///
/// When the type has none of these shapes, with the reason.
pub(crate) fn shape(input: &DeriveInput) -> Result<Shape<'_>> {
    let refused = |place: Span, message: &str| Err(Error::new(place, message));
    if !input.generics.params.is_empty() {
        return Err(Error::new_spanned(&input.generics.params, GENERIC));
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Ok(Shape::Struct(fields)),
            Fields::Unnamed(_) => refused(input.ident.span(), TUPLE),
            Fields::Unit => refused(input.ident.span(), UNIT),
        },
        Data::Enum(data) if data.variants.is_empty() => refused(input.ident.span(), EMPTY),
        Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) => {
            Ok(Shape::Enum(data))
        }
        Data::Enum(data) => Ok(Shape::Kinds(data)),
        Data::Union(data) => refused(data.union_token.span(), "a union cannot be a configuration: use a struct"),
    }
}

const GENERIC: &str = "a generic type cannot be configuration, because its variables are known at compile time";
const TUPLE: &str = "a tuple struct has no field names to derive variables from: name the fields; for a type that holds \
                     one value, implement `hardened::Setting`";
const UNIT: &str = "a unit struct has no settings: use a struct with named fields";
const EMPTY: &str = "an enum needs at least one variant";
