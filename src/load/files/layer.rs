//! One source as figment is given it, with the places of its values beside it.

use std::{cell::Cell, collections::HashMap, path::PathBuf};

use figment::{
    Error, Metadata, Profile, Provider,
    value::{Dict, Map, Tag, Value},
};

use crate::{Rejection, provenance::Provenance};

/// Where a layer comes from.
pub(super) enum Origin {
    File(PathBuf),
    Provider(String),
}

/// What is remembered of one value.
pub(super) struct Place {
    /// `default`, `global`, or none for the selected tier: figment's own tags tell no more.
    profile: Option<Profile>,
    /// The line and the column; zero in a provider.
    at: (u32, u32),
    /// Why it cannot be used.
    pub(super) flaw: Option<Rejection>,
}

/// The values of one source that belong to settings. No secret is ever among them.
pub(super) struct Layer {
    origin: Origin,
    data: Cell<Map<Profile, Dict>>,
    places: HashMap<String, Vec<Place>>,
}

impl Layer {
    pub(super) fn new(origin: Origin) -> Self {
        Self { origin, data: Cell::default(), places: HashMap::new() }
    }

    /// Adds the exact text of one setting, or why it has none. Returns whether the profile had none before.
    pub(super) fn insert(
        &mut self,
        (profile, path): (&Profile, &str),
        at: (u32, u32),
        text: Result<String, Rejection>,
    ) -> bool {
        let place = Place {
            profile: [Profile::Default, Profile::Global].into_iter().find(|known| known == profile),
            at,
            flaw: text.as_ref().err().cloned(),
        };
        let places = self.places.entry(path.to_owned()).or_default();
        if places.iter().any(|other| other.profile == place.profile) {
            return false;
        }
        places.push(place);
        let dict = self.data.get_mut().entry(profile.clone()).or_default();
        put(dict, path, Value::String(Tag::Default, text.unwrap_or_default()));
        true
    }

    /// The place of the value at a path that figment took from a profile.
    pub(super) fn place(&self, path: &str, profile: Option<&Profile>) -> Option<&Place> {
        self.places.get(path)?.iter().find(|place| place.profile.as_ref() == profile)
    }

    /// The provenance of a place.
    pub(super) fn provenance(&self, (line, column): (u32, u32)) -> Provenance {
        match &self.origin {
            Origin::File(path) => Provenance::Line { path: path.clone(), line, column: Some(column) },
            Origin::Provider(name) => Provenance::Provider { name: name.clone() },
        }
    }
}

impl Place {
    /// The line and the column.
    pub(super) fn at(&self) -> (u32, u32) {
        self.at
    }
}

/// Puts a value at a path such as `jwt.algorithm`.
fn put(dict: &mut Dict, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            dict.insert(path.to_owned(), value);
        }
        Some((group, rest)) => {
            let inner = dict.entry(group.to_owned()).or_insert_with(|| Value::Dict(Tag::Default, Dict::new()));
            if let Value::Dict(_, inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// A layer on its way into figment, known there by its number.
pub(super) struct Numbered<'l>(pub(super) usize, pub(super) &'l Layer);

impl Provider for Numbered<'_> {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.0.to_string())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(self.1.data.take())
    }
}
