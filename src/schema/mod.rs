//! What a service declares: its settings, their kinds and requirements.

mod assertions;
mod choice;
mod duration;
mod foreign;
mod kind;
mod list;
mod origin;
mod print;
mod scrub;
mod setting;
mod settings;
mod shown;
mod walk;

pub(crate) use self::origin::example;
#[cfg(feature = "cors")]
pub(crate) use self::origin::{pattern_placement, rejections as origin_rejections};
pub use self::{
    assertions::{can_be_missed, declared, is_list, is_number},
    choice::{Choice, choose},
    foreign::{Deserialized, Parsed, unwrapped},
    kind::Kind,
    setting::{Requirement, Setting, SettingSchema},
    walk::Declared,
};
pub(crate) use self::{list::is_quoted, setting::OwnRules};

/// The static description of one configuration struct, made by `#[derive(Config)]`.
#[derive(Debug)]
pub struct Schema {
    name: &'static str,
    docs: &'static str,
    fields: &'static [Field],
}

impl Schema {
    /// For `#[derive(Config)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, docs: &'static str, fields: &'static [Field]) -> Self {
        Self { name, docs, fields }
    }

    /// The name of the struct.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The doc comment of the struct.
    #[must_use]
    pub const fn docs(&self) -> &'static str {
        self.docs
    }

    /// The fields in the order of their declaration.
    #[must_use]
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }
}

/// One field of a configuration struct.
#[derive(Debug, Clone, Copy)]
pub enum Field {
    /// One setting.
    Setting(&'static SettingSchema),
    /// A group of settings.
    Group(&'static GroupSchema),
}

/// A nested struct of settings at one field.
#[derive(Debug)]
pub struct GroupSchema {
    field: &'static str,
    prefix: &'static str,
    requirement: Requirement,
    schema: &'static Schema,
}

impl GroupSchema {
    /// For `#[derive(Config)]`: a required group.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(field: &'static str, prefix: &'static str, schema: &'static Schema) -> Self {
        Self { field, prefix, requirement: Requirement::Required, schema }
    }

    /// For `#[derive(Config)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.requirement = Requirement::Optional;
        self
    }

    /// For `#[derive(Config)]`: `#[config(nested, required_in_production)]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn required_in_production(mut self) -> Self {
        self.requirement = Requirement::InProduction;
        self
    }

    /// The name of the field.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// What stands before every variable of the group.
    #[must_use]
    pub const fn prefix(&self) -> &'static str {
        self.prefix
    }

    /// What happens when none of its variables is set. A group has no default.
    #[must_use]
    pub const fn requirement(&self) -> Requirement {
        self.requirement
    }

    /// Whether the group is read only when one of its variables is set.
    #[must_use]
    pub const fn is_optional(&self) -> bool {
        !matches!(self.requirement, Requirement::Required)
    }

    /// The settings of the group.
    #[must_use]
    pub const fn schema(&self) -> &'static Schema {
        self.schema
    }
}
