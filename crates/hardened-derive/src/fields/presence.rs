//! The tiers in which a field can be absent.

use proc_macro2::Span;
use syn::{Ident, Type};

use crate::{attributes::Given, errors::Errors, types};

/// When a field can be absent.
#[derive(Debug, Clone)]
pub(crate) enum Presence {
    /// Never.
    Required,
    /// In all tiers: the type is a literal `Option`.
    Optional,
    /// In Development and Test: the type is a literal `Option`, and the attribute is at this place.
    InProduction(Span),
    /// If this other field has a value: the type is a literal `Option`.
    Unless(Ident),
}

impl Presence {
    /// Determines it from the type and `required_unless`.
    pub(super) fn unless(ty: &Type, other: &Given<Ident>, errors: &mut Errors) -> Option<Self> {
        if types::in_option(ty).is_some() {
            return Some(Self::Unless(other.value.clone()));
        }
        errors.at(other.place, NO_OPTION_UNLESS);
        None
    }

    /// Determines it from the type and `required_in_production`.
    pub(super) fn read(ty: &Type, in_production: Option<&Given<()>>, errors: &mut Errors) -> Option<Self> {
        match (types::in_option(ty), in_production) {
            (None, None) => Some(Self::Required),
            (Some(_), None) => Some(Self::Optional),
            (Some(_), Some(given)) => Some(Self::InProduction(given.place)),
            (None, Some(given)) => {
                errors.at(given.place, NO_OPTION);
                None
            }
        }
    }
}

const NO_OPTION: &str =
    "`required_in_production` needs a spelt-out `Option<…>`: outside production the value may be absent";
const NO_OPTION_UNLESS: &str =
    "`required_unless` needs a spelt-out `Option<…>`: where the other field has a value, this one may be absent";
