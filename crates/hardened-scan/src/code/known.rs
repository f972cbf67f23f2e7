//! The constants and functions of a file with known texts.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// A string in the code, with its byte range in the parsed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) part: Range<usize>,
    /// Whether the text was written as a list of numbers, which can be anything.
    pub(super) is_list: bool,
}

/// The constants and functions of a file whose values are known texts.
#[derive(Default)]
pub(super) struct Known {
    pub(super) constants: HashMap<String, Vec<Text>>,
    pub(super) functions: HashMap<String, Vec<Text>>,
    /// Functions and macros that read a variable by its name and take a fallback.
    pub(super) readers: HashSet<String>,
}

impl Known {
    /// Returns the texts that a function of this file can return.
    pub(super) fn function(&self, name: &str) -> &[Text] {
        self.functions.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns whether a function or macro of this file reads a variable by its name and takes a fallback.
    pub(super) fn is_reader(&self, name: &str) -> bool {
        self.readers.contains(name)
    }

    /// Returns the texts that a constant of this file can have.
    pub(super) fn constant(&self, name: &str) -> &[Text] {
        self.constants.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}
