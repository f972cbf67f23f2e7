//! Wrappers for types from other crates, used for `#[config(parse)]` and `#[config(deserialize)]`.

use std::str::FromStr;

use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};

use super::{Kind, Setting};
use crate::{Violation, finding::Reported};

/// A type that parses itself with [`FromStr`].
#[derive(Debug)]
pub struct Parsed<T>(pub T);

impl<T: FromStr> Setting for Parsed<T> {
    const KIND: Kind = Kind::Foreign;

    fn parse(text: &str) -> Result<Self, Violation> {
        // The type's own message may repeat the value.
        text.parse().map(Self).map_err(|_| Violation::malformed(Self::KIND.must_be()))
    }
}

/// A type that serde can deserialize from one string.
#[derive(Debug)]
pub struct Deserialized<T>(pub T);

impl<T: DeserializeOwned> Setting for Deserialized<T> {
    const KIND: Kind = Kind::Foreign;

    fn parse(text: &str) -> Result<Self, Violation> {
        // The type's own message may repeat the value.
        T::deserialize(IntoDeserializer::<Error>::into_deserializer(text))
            .map(Self)
            .map_err(|_| Violation::malformed(Self::KIND.must_be()))
    }
}

/// Takes a value from another crate out of its wrapper.
///
/// # Errors
///
/// Returns the error of the outcome unchanged.
#[doc(hidden)]
pub fn unwrapped<W: Wrapper>(outcome: Result<W, Reported>) -> Result<W::Value, Reported> {
    outcome.map(W::into_value)
}

/// The wrappers [`Parsed`] and [`Deserialized`], also inside `Vec` and `Option`.
pub trait Wrapper {
    /// The type from the other crate.
    type Value;

    /// Takes the value out of its wrapper.
    fn into_value(self) -> Self::Value;
}

impl<T> Wrapper for Parsed<T> {
    type Value = T;

    fn into_value(self) -> T {
        self.0
    }
}

impl<T> Wrapper for Deserialized<T> {
    type Value = T;

    fn into_value(self) -> T {
        self.0
    }
}

impl<W: Wrapper> Wrapper for Vec<W> {
    type Value = Vec<W::Value>;

    fn into_value(self) -> Vec<W::Value> {
        self.into_iter().map(W::into_value).collect()
    }
}

impl<W: Wrapper> Wrapper for Option<W> {
    type Value = Option<W::Value>;

    fn into_value(self) -> Option<W::Value> {
        self.map(W::into_value)
    }
}
