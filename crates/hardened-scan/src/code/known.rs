//! The texts of a file that have names.

use std::{collections::HashMap, ops::Range};

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
}

impl Known {
    /// The texts that a function of this file can return.
    pub(super) fn function(&self, name: &str) -> &[Text] {
        self.functions.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The texts that a constant of this file can be.
    pub(super) fn constant(&self, name: &str) -> &[Text] {
        self.constants.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}
