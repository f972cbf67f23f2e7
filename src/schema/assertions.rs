//! What the code of `#[derive(Config)]` asks the compiler about the types of a declaration.

use super::{Field, Kind, Schema};

/// Stops the compilation where a declaration contradicts a type; the error appears at the caller's place.
#[doc(hidden)]
#[track_caller]
pub const fn declared(holds: bool, otherwise: &'static str) {
    assert!(holds, "{}", otherwise);
}

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
