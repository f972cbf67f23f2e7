//! The texts of a file that have names.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// A text in the code, and where it is: in bytes of what was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) part: Range<usize>,
    /// Whether it was written as numbers: a list of bytes may be anything.
    pub(super) is_list: bool,
}

/// The constants and the functions of a file that are texts.
#[derive(Default)]
pub(super) struct Known {
    pub(super) constants: HashMap<String, Vec<Text>>,
    pub(super) functions: HashMap<String, Vec<Text>>,
    /// Functions and macros that read a variable by its name, and take a fall-back.
    pub(super) readers: HashSet<String>,
}

impl Known {
    /// The texts that a function of this file can return.
    pub(super) fn function(&self, name: &str) -> &[Text] {
        self.functions.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a function or a macro of this file reads a variable by its name, and takes a fall-back.
    pub(super) fn is_reader(&self, name: &str) -> bool {
        self.readers.contains(name)
    }

    /// The texts that a constant of this file can be.
    pub(super) fn constant(&self, name: &str) -> &[Text] {
        self.constants.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}
