//! In which tiers a field can be absent.

use proc_macro2::Span;
use syn::Type;

use crate::{attributes::Given, errors::Errors, types};

/// In which tiers a field can be absent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Presence {
    /// In none.
    Required,
    /// In all: a spelt-out `Option`.
    Optional,
    /// In Development and Test: a spelt-out `Option`, marked at this place.
    InProduction(Span),
}

impl Presence {
    /// Reads it off the type and `required_in_production`.
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
