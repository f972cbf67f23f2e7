//! The rules that a field adds to its type: `#[config(range = 1..=65535)]`.

mod keeps;
mod misuse;
mod pattern;
mod wanted;

pub(crate) use self::{
    keeps::{broken, keeps_default, too_many},
    misuse::misuse,
    wanted::wanted,
};

/// One rule that a field adds to its type.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum FieldRule {
    /// `range`: a number or a duration within bounds.
    Range(Range),
    /// `len`: the number of characters of a text, of bytes of a secret, or of items of a list.
    Length(Length),
    /// `one_of`: one of these values.
    OneOf(&'static [Literal]),
    /// `matches`: the whole text matches this regular expression.
    Matches(&'static str),
}

/// The bounds of a number or a duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The smallest value.
    pub from: Option<Literal>,
    /// The largest value.
    pub to: Option<Literal>,
    /// Whether `to` itself is excluded.
    pub below: bool,
}

/// The bounds of a length, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The minimum length.
    pub min: Option<usize>,
    /// The maximum length.
    pub max: Option<usize>,
}

/// A value as written in an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal {
    /// A whole number, such as `8080`.
    Whole(i128),
    /// A number with a fraction, such as `0.5`, together with its spelling.
    Decimal {
        /// The value.
        value: f64,
        /// The digits as written.
        text: &'static str,
    },
    /// A text, such as `"eu"` or `"30s"`.
    Text(&'static str),
}

/// The rules that one field adds to its type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// The rules of the value itself.
    pub(crate) own: &'static [FieldRule],
    /// The rules of each item of a list.
    pub(crate) each: &'static [FieldRule],
}

impl Asked {
    /// No rules: the field relies on its type.
    pub(crate) const NOTHING: Self = Self { own: &[], each: &[] };

    pub(crate) const fn is_nothing(&self) -> bool {
        self.own.is_empty() && self.each.is_empty()
    }
}
