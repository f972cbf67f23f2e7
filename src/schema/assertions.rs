//! Compile-time checks of the types in a declaration, which the code of `#[derive(Config)]` calls.

use super::{
    Defaults, Field, FieldRule, Kind, Schema, accepts,
    asked::{keeps_default, misuse},
};

/// Fails the compilation if a declaration contradicts a type. The error points at the caller.
#[doc(hidden)]
#[track_caller]
pub const fn declared(holds: bool, otherwise: &'static str) {
    assert!(holds, "{}", otherwise);
}

/// Fails the compilation if a rule of a field makes no sense for the field's type.
#[doc(hidden)]
#[track_caller]
pub const fn suits(kind: &Kind, reading: Defaults, rule: &FieldRule, of_items: bool) {
    if let Some(why) = misuse(kind, reading, rule, of_items) {
        declared(false, why);
    }
}

/// Fails the compilation if a default or an example breaks a rule of its field. A mistake in the rule or in the text itself
/// is left to its own error.
#[doc(hidden)]
#[track_caller]
pub const fn keeps(
    kind: &Kind,
    reading: Defaults,
    rule: &FieldRule,
    of_items: bool,
    text: &str,
    otherwise: &'static str,
) {
    // The example of a secret has a part that is filled in later.
    let is_wrong_itself =
        kind.is_secret() || misuse(kind, reading, rule, of_items).is_some() || !accepts(kind, reading, text);
    declared(is_wrong_itself || keeps_default(kind, rule, of_items, text), otherwise);
}

/// Whether the rule `matches` can be checked: it needs the feature `regex`.
#[doc(hidden)]
pub const HAS_REGEX: bool = cfg!(feature = "regex");

/// Returns whether values of this kind are lists.
#[doc(hidden)]
#[must_use]
pub const fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List { .. })
}

/// Returns whether values of this kind are numbers, or lists of numbers.
#[doc(hidden)]
#[must_use]
pub const fn is_number(kind: &Kind) -> bool {
    match kind {
        Kind::Integer { .. } | Kind::Decimal => true,
        Kind::List { of } => is_number(of),
        _ => false,
    }
}

/// Returns whether a group has a setting that a report can call missing when the whole group is absent. A group without any
/// field passes: its declaration has a mistake of its own, which is reported elsewhere.
#[doc(hidden)]
#[must_use]
pub const fn can_be_missed(group: &Schema) -> bool {
    group.fields().is_empty() || has_a_needed_setting(group.fields())
}

const fn has_a_needed_setting(fields: &[Field]) -> bool {
    let [first, rest @ ..] = fields else { return false };
    let is_needed = match first {
        Field::Setting(setting) => setting.requirement().binds_in_production(),
        Field::Group(group) => {
            group.requirement().binds_in_production() && has_a_needed_setting(group.schema().fields())
        }
        Field::Groups(groups) => groups.need().binds_in_production() && has_a_needed_setting(groups.schema().fields()),
    };
    is_needed || has_a_needed_setting(rest)
}
