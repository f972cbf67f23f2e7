//! Names of headers that a policy can list.

use http::{HeaderName, HeaderValue};

use super::kept;
use crate::{Violation, finding::Message, message, rule};

/// Names as they were written, with what is wrong.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) any: bool,
    pub(super) list: Vec<HeaderName>,
    mistakes: Vec<Violation>,
    count: usize,
}

impl Names {
    /// Adds one name; `*` stands for all. `prohibited` says which rule a name breaks.
    pub(super) fn push(&mut self, name: &str, prohibited: fn(&HeaderName) -> Option<Violation>) {
        self.count += 1;
        let verdict = match HeaderName::from_bytes(name.as_bytes()) {
            _ if name == "*" => {
                self.any = true;
                return;
            }
            Ok(name) if self.list.contains(&name) => {
                Err(Violation::new(rule::CORS_DUPLICATE, Message::from("already in the list")))
            }
            Ok(name) => match prohibited(&name) {
                Some(violation) => Err(violation),
                None => Ok(name),
            },
            Err(_) => Err(Violation::new(rule::CORS_HEADER_MALFORMED, Message::from("not a valid header name"))),
        };
        match verdict {
            Ok(name) => self.list.push(name),
            Err(violation) => self.mistakes.push(violation.prefixed(message!("item ", self.count, ": "))),
        }
    }

    /// What is wrong, about a setting of the builder.
    pub(super) fn mistakes(&self, about: &'static str) -> impl Iterator<Item = Violation> {
        self.mistakes.iter().cloned().map(move |violation| violation.about(about))
    }

    /// The value of the response header; none for no names at all.
    pub(super) fn value(&self) -> Option<HeaderValue> {
        let star = self.any.then_some("*");
        join(star.into_iter().chain(self.list.iter().map(HeaderName::as_str)))
    }
}

/// The value of a header that lists names.
pub(super) fn join<'a>(names: impl Iterator<Item = &'a str>) -> Option<HeaderValue> {
    let names: Vec<_> = names.collect();
    if names.is_empty() { None } else { kept::value(&names.join(",")) }
}

/// The entry of a table that is this name, as text known at compile time.
pub(super) fn known(name: &HeaderName, table: &'static [&'static str]) -> Option<&'static str> {
    table.iter().copied().find(|entry| *entry == name.as_str())
}
