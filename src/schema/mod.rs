//! The schema of a service: the settings that it declares, their kinds and requirements.

mod asked;
pub(crate) mod assertions;
pub(crate) mod choice;
mod declaration;
pub(crate) mod defaults;
mod duration;
mod elements;
pub(crate) mod foreign;
mod keys;
mod kind;
mod list;
mod named;
mod origin;
mod place;
mod print;
pub(crate) mod setting;
mod settings;
mod shown;
mod walk;

pub(crate) use self::defaults::accepts;
pub(crate) use self::origin::example;
#[cfg(feature = "cors")]
pub(crate) use self::origin::{pattern_placement, violations as origin_violations};
#[cfg(feature = "files")]
pub(crate) use self::place::{parts, segment};
pub use self::{
    asked::{FieldRule, Length, Literal, Range},
    declaration::{Field, GroupSchema, GroupsSchema, Schema},
    keys::Alias,
    kind::Kind,
    setting::{Requirement, SettingSchema},
    walk::Declared,
};
pub(crate) use self::{
    choice::{Choice, choose},
    defaults::Defaults,
    elements::{MAX_KEY, SEPARATOR, number},
    list::{is_in_brackets, is_quoted, items},
    place::{GroupPlace, GroupsPlace, Place},
    setting::{OwnRules, Setting},
};
