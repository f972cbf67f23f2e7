//! The header names that a policy can list.

use http::{HeaderName, HeaderValue};

use super::kept;
use crate::{Violation, finding::Message, message, rule};

/// The names as they were written, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub(super) any: bool,
    pub(super) list: Vec<HeaderName>,
    mistakes: Vec<Violation>,
    count: usize,
}

impl Names {
    /// Adds one name; `*` means every name. `prohibited` returns the rule that a name breaks.
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

    /// Returns what is wrong, as violations about the given setting of the builder.
    pub(super) fn mistakes(&self, about: &'static str) -> impl Iterator<Item = Violation> {
        self.mistakes.iter().cloned().map(move |violation| violation.about(about))
    }

    /// Returns the value of the response header, or `None` for an empty list.
    pub(super) fn value(&self) -> Option<HeaderValue> {
        let star = self.any.then_some("*");
        join(star.into_iter().chain(self.list.iter().map(HeaderName::as_str)))
    }
}

/// Returns the value of a header that lists names.
pub(super) fn join<'a>(names: impl Iterator<Item = &'a str>) -> Option<HeaderValue> {
    let names: Vec<_> = names.collect();
    if names.is_empty() { None } else { kept::value(&names.join(",")) }
}

/// Returns the entry of a table that equals this name, as a static string.
pub(super) fn known(name: &HeaderName, table: &'static [&'static str]) -> Option<&'static str> {
    table.iter().copied().find(|entry| *entry == name.as_str())
}
