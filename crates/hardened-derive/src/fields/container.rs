//! Suggestions to replace container types of the standard library that are not settings.

use syn::Type;

use crate::types::{argument_is_text, generic, spelling};

const LISTS: [&str; 5] = ["VecDeque", "LinkedList", "HashSet", "BTreeSet", "BinaryHeap"];
const MAPS: [&str; 2] = ["HashMap", "BTreeMap"];

const GROUPS: &str = "use a `Vec`, a `BTreeMap` or a `HashMap` for several groups";

/// Returns the suggestion for a type that cannot be a group.
pub(super) fn instead_of_group(ty: &Type) -> Option<&'static str> {
    match spelling(ty) {
        Type::Path(_) => match generic(ty)?.to_string().as_str() {
            "Rc" | "Cow" => Some("use an `Arc` for a shared group"),
            name if LISTS.contains(&name) => Some(GROUPS),
            _ => None,
        },
        Type::Array(_) | Type::Slice(_) | Type::Tuple(_) => Some(GROUPS),
        Type::Reference(_) => Some("use the group itself, or an `Arc` for a shared one"),
        _ => None,
    }
}

/// Returns the suggestion for a type that cannot be a setting.
pub(super) fn instead_of_setting(ty: &Type) -> Option<&'static str> {
    match spelling(ty) {
        Type::Path(path) if path.path.is_ident("f32") => Some("use an `f64` for a number with a fraction"),
        Type::Path(_) => match generic(ty)?.to_string().as_str() {
            name if MAPS.contains(&name) => Some(
                "use a field for each value, or a type with `FromStr` and `#[config(parse)]`: one variable cannot hold a map",
            ),
            name if LISTS.contains(&name) => Some("use a `Vec` for several values"),
            "Box" | "Rc" | "Arc" | "Cow" if argument_is_text(ty) => Some("use a `String` for a text"),
            _ => None,
        },
        Type::Array(_) | Type::Slice(_) => Some("use a `Vec` for several values"),
        Type::Tuple(_) => Some("use a field for each value"),
        Type::Reference(_) => Some("use a `String` for a text: a setting is not borrowed"),
        _ => None,
    }
}
