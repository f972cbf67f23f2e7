//! Text utilities: parsing, comparing and escaping, and the word lists that several modules need.

mod boolean;
mod distance;
mod escape;
mod glob;
mod humps;
mod invisible;
pub mod percent;
mod reference;
pub mod secret_words;

pub(crate) use self::distance::distance;
pub use self::{
    boolean::boolean,
    distance::{misspelling, nearest},
    escape::escape,
    glob::glob,
    humps::separated,
    invisible::{is_invisible, without_invisible},
    reference::{ReferenceKind, is_path_character, reference},
};
