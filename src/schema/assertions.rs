//! What the code of `#[derive(Config)]` asks the compiler about the types of a declaration.

use super::{
    Defaults, Field, FieldRule, Kind, Schema, accepts,
    asked::{keeps_default, misuse},
};

/// Stops the compilation where a declaration contradicts a type; the error appears at the caller's place.
#[doc(hidden)]
#[track_caller]
pub const fn declared(holds: bool, otherwise: &'static str) {
    assert!(holds, "{}", otherwise);
}

/// Stops the compilation where a rule of a field cannot be meant for its type.
#[doc(hidden)]
#[track_caller]
pub const fn suits(kind: &Kind, reading: Defaults, rule: &FieldRule, of_items: bool) {
    if let Some(why) = misuse(kind, reading, rule, of_items) {
        declared(false, why);
    }
}

/// Stops the compilation where a default, or an example, breaks a rule of its field. A mistake in the rule or in the text
/// itself has an error of its own.
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
    // The example of a secret has a part that is filled in.
    let is_wrong_itself =
        kind.is_secret() || misuse(kind, reading, rule, of_items).is_some() || !accepts(kind, reading, text);
    declared(is_wrong_itself || keeps_default(kind, rule, of_items, text), otherwise);
}

/// Whether `matches` can be judged: with the feature `regex`.
#[doc(hidden)]
pub const HAS_REGEX: bool = cfg!(feature = "regex");

/// Whether values are lists.
#[doc(hidden)]
#[must_use]
pub const fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List { .. })
}

/// Whether values are numbers, or lists of them.
#[doc(hidden)]
#[must_use]
pub const fn is_number(kind: &Kind) -> bool {
    match kind {
        Kind::Integer { .. } | Kind::Decimal => true,
        Kind::List { of } => is_number(of),
        _ => false,
    }
}

/// Whether a group has a setting that a report can call missing when all of it is absent. One without any field is not
/// judged: it stands for a declaration with a mistake of its own.
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
