//! Web origins: parsing, patterns, hosts and public suffixes. Independent of findings.

mod diagnose;
mod example;
mod flaw;
mod host;
#[allow(clippy::module_inception, reason = "the type that the module is named after")]
mod origin;
mod parse;
mod pattern;
mod public_suffix;

pub use self::example::{Example, of as example_of};
pub use self::pattern::OriginPattern;
pub use self::{
    flaw::{Flaw, OriginError},
    host::{Host, is_domain},
    origin::Origin,
};

#[cfg(test)]
mod tests;
