//! What a field asks of its values in addition to their type: `#[config(range = 1..=65535)]`.

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
    /// `len`: how many characters a text has, how many bytes a secret, how many items a list.
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
    /// Whether only values below `to` count.
    pub below: bool,
}

/// A length, both bounds included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The shortest.
    pub min: Option<usize>,
    /// The longest.
    pub max: Option<usize>,
}

/// A value as it is written in an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal {
    /// `8080`.
    Whole(i128),
    /// `0.5`, also as it is written.
    Decimal {
        /// The number.
        value: f64,
        /// Its digits.
        text: &'static str,
    },
    /// `"eu"`, `"30s"`.
    Text(&'static str),
}

/// The rules of one field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Of the value itself.
    pub(crate) own: &'static [FieldRule],
    /// Of each item of a list.
    pub(crate) each: &'static [FieldRule],
}

impl Asked {
    /// A field that relies on its type.
    pub(crate) const NOTHING: Self = Self { own: &[], each: &[] };

    pub(crate) const fn is_nothing(&self) -> bool {
        self.own.is_empty() && self.each.is_empty()
    }
}
