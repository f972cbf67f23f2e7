//! What the code of `#[derive(Config)]` asks the compiler about the types of a declaration.

use super::Kind;

/// Stops the compilation where a declaration contradicts a type; the error stands at the caller's place.
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
