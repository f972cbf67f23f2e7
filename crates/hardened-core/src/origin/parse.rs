//! Parses origins and reports the flaws of a text that is not one.

use std::str::FromStr;

use super::{Origin, OriginError, diagnose::diagnose};

impl Origin {
    /// Parses an origin in its canonical spelling.
    ///
    /// # Errors
    ///
    /// An [`OriginError`] with every [`Flaw`](super::Flaw) of the text, and the canonical spelling if there is one.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        Self::canonical(text).ok_or_else(|| diagnose(text))
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        Self::parse(text)
    }
}
