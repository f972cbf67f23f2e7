//! The context in which one file is examined, and its findings so far.

use std::{collections::HashMap, ops::Range};

use hardened_core::{finding::Message, rule::Rule};
use proc_macro2::Span;

use super::known::Known;
use crate::{found::Found, judge::credential::Kind};

/// The context in which one file is examined, and its findings so far.
pub(super) struct Look<'l> {
    pub(super) known: &'l Known,
    /// The length of what precedes the code, in bytes: a byte order mark or a `#!` line.
    base: usize,
    found: Found,
    /// The locals of the current function whose value is that of an environment variable and may be missing.
    locals: Locals,
}

/// The environment variable of each local, by the name of the local.
pub(super) type Locals = HashMap<String, String>;

impl<'l> Look<'l> {
    pub(super) fn new(known: &'l Known, base: usize) -> Self {
        Self { known, base, found: Found::default(), locals: Locals::new() }
    }

    pub(super) fn local(&self, name: &str) -> Option<&str> {
        self.locals.get(name).map(String::as_str)
    }

    pub(super) fn set_local(&mut self, name: String, variable: Option<String>) {
        match variable {
            Some(variable) => drop(self.locals.insert(name, variable)),
            None => drop(self.locals.remove(&name)),
        }
    }

    pub(super) fn take_locals(&mut self) -> Locals {
        std::mem::take(&mut self.locals)
    }

    pub(super) fn set_locals(&mut self, locals: Locals) {
        self.locals = locals;
    }

    pub(super) fn add(&mut self, part: Range<usize>, rule: Rule, name: &str, fact: impl Into<Message>) {
        self.found.add(self.moved(part), rule, name, fact);
    }

    pub(super) fn literal(&mut self, part: Range<usize>, name: &str) {
        self.found.literal(self.moved(part), name);
    }

    pub(super) fn credential(&mut self, kind: Kind, span: Span) {
        self.found.credential_of(kind, self.moved(span.byte_range()));
    }

    pub(super) fn found(self) -> Found {
        self.found
    }

    fn moved(&self, part: Range<usize>) -> Range<usize> {
        part.start + self.base..part.end + self.base
    }
}
