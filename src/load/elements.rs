//! Reads lists and maps of groups.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
    sync::Arc,
};

use hardened_core::manifest::Promises;

use super::{Config, Reader, Row, SettingState};
use crate::{
    Setting, Violation,
    finding::Reported,
    message,
    rule::{self, Rule},
    schema::{Field, GroupPlace, GroupsPlace, GroupsSchema, Kind, Requirement, Schema},
    source::Elements,
};

/// A list or a map of groups: a `Vec`, a `BTreeMap` or a `HashMap` of structs that derive [`Config`](trait@Config).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list or a map of settings groups",
    label = "its elements do not implement `hardened::Config`, or its keys do not implement `hardened::Setting`",
    note = "add `#[derive(hardened::Config)]` to the struct of an element",
    note = "for a list of single values, remove `nested`"
)]
pub trait Groups: Sized {
    /// The declaration of an element.
    #[doc(hidden)]
    const SCHEMA: &'static Schema;

    /// The kind of the keys, if it is a map.
    #[doc(hidden)]
    const KEY: Option<Kind>;

    /// Reads every element.
    #[doc(hidden)]
    fn read(elements: Vec<Element>, reader: &mut Reader<'_>) -> Result<Self, Reported>;

    /// Adds the promises of each element to the manifest.
    #[doc(hidden)]
    fn promise(&self, promises: &mut Promises);
}

/// One element and its place.
#[doc(hidden)]
#[derive(Debug)]
pub struct Element {
    key: String,
    place: Arc<GroupPlace>,
}

impl Element {
    fn read<T: Config>(&self, reader: &mut Reader<'_>) -> Result<T, Reported> {
        T::read(&mut Reader { group: Arc::clone(&self.place), session: reader.session })
    }

    /// Parses the key of the element.
    fn key<K: Setting>(&self, reader: &mut Reader<'_>) -> Result<K, Reported> {
        let refuse = |reader: &mut Reader<'_>, violation: Violation| {
            let violation = violation.as_rule(rule::SETTING_ELEMENTS).prefixed(message!("the key: "));
            let violation =
                if violation.own_remedy().is_some() { violation } else { violation.remedy("correct the key") };
            reader.session.journal.refuse(self.place.own_subject(), violation, None)
        };
        let key = K::parse(&self.key).map_err(|violation| refuse(reader, violation))?;
        match key.flaws().into_iter().next() {
            Some(violation) => Err(refuse(reader, violation)),
            None => Ok(key),
        }
    }

    /// Reports a key that has the same value as another one, such as a word and its alias.
    fn repeats(&self, reader: &mut Reader<'_>) -> Reported {
        let violation = Violation::new(rule::SETTING_ELEMENTS, "the key means the same as another one");
        let violation = violation.remedy("remove one of the two elements");
        reader.session.journal.refuse(self.place.own_subject(), violation, None)
    }
}

impl<T: Config> Groups for Vec<T> {
    const SCHEMA: &'static Schema = T::SCHEMA;
    const KEY: Option<Kind> = None;

    fn read(elements: Vec<Element>, reader: &mut Reader<'_>) -> Result<Self, Reported> {
        all(elements.into_iter().map(|element| element.read(reader)))
    }

    fn promise(&self, promises: &mut Promises) {
        for (number, element) in self.iter().enumerate() {
            promises.of_group(&number.to_string(), |promises| element.promise(promises));
        }
    }
}

impl<K: Setting + Ord + 'static, T: Config> Groups for BTreeMap<K, T> {
    const SCHEMA: &'static Schema = T::SCHEMA;
    const KEY: Option<Kind> = Some(K::KIND);

    fn read(elements: Vec<Element>, reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let mut map = Self::new();
        let verdict = pairs(elements, reader, |key, value| map.insert(key, value).is_some());
        verdict.map(|()| map)
    }

    fn promise(&self, promises: &mut Promises) {
        promise(self, promises);
    }
}

impl<K: Setting + Hash + Eq + 'static, T: Config, S: BuildHasher + Default> Groups for HashMap<K, T, S> {
    const SCHEMA: &'static Schema = T::SCHEMA;
    const KEY: Option<Kind> = Some(K::KIND);

    fn read(elements: Vec<Element>, reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let mut map = Self::default();
        let verdict = pairs(elements, reader, |key, value| map.insert(key, value).is_some());
        verdict.map(|()| map)
    }

    fn promise(&self, promises: &mut Promises) {
        promise(self, promises);
    }
}

/// Returns all values if all are accepted. Each element is read before the first error is returned.
fn all<T>(read: impl Iterator<Item = Result<T, Reported>>) -> Result<Vec<T>, Reported> {
    let (mut values, mut verdict) = (Vec::with_capacity(read.size_hint().0), Ok(()));
    for outcome in read {
        match outcome {
            Ok(value) => values.push(value),
            Err(reported) => verdict = verdict.and(Err(reported)),
        }
    }
    verdict.map(|()| values)
}

/// Reads keys and elements. `insert` returns whether the key already existed.
fn pairs<K: Setting, T: Config>(
    elements: Vec<Element>,
    reader: &mut Reader<'_>,
    mut insert: impl FnMut(K, T) -> bool,
) -> Result<(), Reported> {
    let mut verdict = Ok(());
    for element in elements {
        let outcome = match (element.key(reader), element.read(reader)) {
            (Ok(key), Ok(value)) => {
                let is_repeated = insert(key, value);
                if is_repeated { Err(element.repeats(reader)) } else { Ok(()) }
            }
            (Err(reported), _) | (_, Err(reported)) => Err(reported),
        };
        verdict = verdict.and(outcome);
    }
    verdict
}

/// Adds the promises of a map's elements: below their keys if these are strings, otherwise below their numbers.
fn promise<'a, K: 'static, T: Config + 'a>(map: impl IntoIterator<Item = (&'a K, &'a T)>, promises: &mut Promises) {
    for (number, (key, element)) in map.into_iter().enumerate() {
        let key = (key as &dyn Any).downcast_ref::<String>().cloned().unwrap_or_else(|| number.to_string());
        promises.of_group(&key, |promises| element.promise(promises));
    }
}

impl Reader<'_> {
    /// Reads a list or a map of groups.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting of an element is missing or not accepted, there are too few or too many elements,
    /// a list has a gap, or two keys cannot be told apart. It is already in the report.
    pub fn groups<G: Groups>(&mut self, groups: &'static GroupsSchema) -> Result<G, Reported> {
        let place = self.group.groups(groups);
        let elements = self.elements(&place);
        self.read_elements(&place, elements)
    }

    /// Reads a list or a map of groups that may be absent, in some tiers or in all.
    ///
    /// # Errors
    ///
    /// The same as for [`groups`](Self::groups), and an error if no source has an element and the tier needs one.
    pub fn optional_groups<G: Groups>(&mut self, groups: &'static GroupsSchema) -> Result<Option<G>, Reported> {
        let place = self.group.groups(groups);
        let elements = self.elements(&place);
        if elements.is_set {
            return self.read_elements(&place, elements).map(Some);
        }
        if groups.requirement() == Requirement::InProduction {
            self.no_element(&place, rule::SETTING_ABSENT, 1)?;
        }
        Ok(None)
    }

    /// Returns whether a list or a map inside a group has an element.
    pub(super) fn has_elements(&self, group: &Arc<GroupPlace>, schema: &'static Schema) -> bool {
        schema.fields().iter().any(|field| match field {
            Field::Setting(_) => false,
            Field::Group(inner) => self.has_elements(&group.inner(inner), inner.schema()),
            Field::Groups(groups) => Elements::of(&self.session.sources, &group.groups(groups)).is_set,
        })
    }

    /// Returns the elements that the sources have, and reports everything that is wrong with their names.
    fn elements(&mut self, place: &GroupsPlace) -> Elements {
        let mut elements = Elements::of(&self.session.sources, place);
        elements.report(place, &mut self.session.journal);
        elements
    }

    fn read_elements<G: Groups>(&mut self, place: &GroupsPlace, elements: Elements) -> Result<G, Reported> {
        let verdict = self.judge_elements(place, &elements);
        let of_key = |key: &str| Some(Element { key: key.to_owned(), place: place.element(key)? });
        let read = G::read(elements.keys().filter_map(of_key).collect(), self);
        verdict.and(read)
    }

    /// Checks the numbers of the elements, and how many there are.
    fn judge_elements(&mut self, place: &GroupsPlace, elements: &Elements) -> Result<(), Reported> {
        let (groups, count) = (place.groups, elements.keys().len());
        if let Some((missing, set)) = elements.gap().filter(|_| !groups.is_map()) {
            if self.session.sources.is_incomplete() {
                // The missing element may be in the part that could not be read.
                return self.session.journal.outcome();
            }
            let fact = message!("element ", missing, " is missing, but element ", set, " is set");
            let violation =
                Violation::new(rule::SETTING_ELEMENTS, fact).remedy("number the elements from 0 without gaps");
            return Err(self.session.journal.refuse(place.subject(), violation, None));
        }
        if count < groups.min() && count == 0 {
            return self.no_element(place, rule::SETTING_MISSING, groups.min());
        }
        let bound = if count < groups.min() {
            message!("; must be at least ", groups.min())
        } else if count > groups.max() {
            message!("; must be at most ", groups.max())
        } else {
            return Ok(());
        };
        if count < groups.min() && self.session.sources.is_incomplete() {
            return self.session.journal.outcome();
        }
        let violation =
            Violation::new(rule::SETTING_ELEMENTS, message!("the number of elements is ", count).then(bound));
        Err(self.session.journal.refuse(place.subject(), violation.remedy("add or remove elements"), None))
    }

    /// Reports that there is no element. The subject is the first setting that an element needs.
    fn no_element(&mut self, place: &GroupsPlace, rule: Rule, min: usize) -> Result<(), Reported> {
        if self.session.sources.is_incomplete() {
            return self.session.journal.outcome();
        }
        let needed = place.stand_in().first_needed();
        let is_secret = needed.as_ref().is_some_and(|needed| needed.setting.kind().is_secret());
        let rule = if rule == rule::SETTING_MISSING && is_secret { rule::SECRET_MISSING } else { rule };
        let fact = message!("no element of ", place.subject().name, "; must be at least ", min);
        let example = place.example();
        let own = if place.groups.is_map() { ", with a key of your own for NAME" } else { "" };
        let violation =
            Violation::new(rule, fact).remedy(message!("set ", example, " and the rest of an element", own));
        let subject = needed.as_ref().map_or_else(|| place.subject(), |needed| needed.subject());
        let judged = self.session.check(subject, violation, None);
        if let Some(needed) = needed.filter(|_| judged.is_err()) {
            self.session.row(Row::without_value(needed, SettingState::Missing));
        }
        judged
    }
}
