//! Types from elsewhere: the wrappers behind `#[config(parse)]` and `#[config(deserialize)]`.

use std::str::FromStr;

use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};

use super::{Kind, Setting};
use crate::Rejection;

/// A type that reads itself with [`FromStr`].
#[derive(Debug)]
pub struct Parsed<T>(pub T);

impl<T: FromStr> Setting for Parsed<T> {
    const KIND: Kind = Kind::Foreign;

    fn parse(text: &str) -> Result<Self, Rejection> {
        // The type's own message may repeat the value.
        text.parse().map(Self).map_err(|_| Rejection::malformed(Self::KIND.requirement()))
    }
}

/// A type that serde can read from one string.
#[derive(Debug)]
pub struct Deserialized<T>(pub T);

impl<T: DeserializeOwned> Setting for Deserialized<T> {
    const KIND: Kind = Kind::Foreign;

    fn parse(text: &str) -> Result<Self, Rejection> {
        // The type's own message may repeat the value.
        T::deserialize(IntoDeserializer::<Error>::into_deserializer(text))
            .map(Self)
            .map_err(|_| Rejection::malformed(Self::KIND.requirement()))
    }
}
