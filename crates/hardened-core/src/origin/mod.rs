//! Web origins: the vocabulary of everything that asks where a page came from. Knows no findings.

mod diagnose;
mod example;
mod flaw;
mod host;
#[allow(clippy::module_inception, reason = "the type that the module is named after")]
mod origin;
mod parse;
#[cfg(feature = "patterns")]
mod pattern;
#[cfg(feature = "patterns")]
mod public_suffix;

pub use self::example::{Example, of as example_of};
#[cfg(feature = "patterns")]
pub use self::pattern::OriginPattern;
pub use self::{
    flaw::{Flaw, OriginError},
    host::{Host, is_domain},
    origin::Origin,
};

#[cfg(test)]
mod tests;
