//! One file, and what is done about it. Nothing here has a `Debug`, for the text of a step can hold keys.

use hardened_core::terminal::Style;
use zeroize::Zeroizing;

/// What is done about one file, and the words for it.
#[derive(PartialEq, Eq)]
pub(super) struct Step {
    /// Relative to the root.
    pub(super) file: String,
    pub(super) deed: Deed,
    /// What it is good for, or why it is left alone.
    pub(super) said: String,
}

/// What is done.
#[derive(PartialEq, Eq)]
pub(super) enum Deed {
    /// The file is made; private, for its owner alone.
    Create {
        /// All of it.
        text: Zeroizing<String>,
        /// Whether it is for its owner alone.
        private: bool,
    },
    /// The text comes behind what is there.
    Append(Zeroizing<String>),
    /// Nothing.
    Leave,
}

impl Deed {
    /// The word for it once it is done.
    pub(super) fn told(&self) -> (Style, &'static str) {
        match self {
            Self::Create { .. } => (Style::Good, "created"),
            Self::Append(_) => (Style::Good, "appended"),
            Self::Leave => (Style::Faint, "left alone"),
        }
    }
}

impl Step {
    /// A file that is made, for everybody.
    pub(super) fn create(file: &str, text: impl Into<String>, said: impl Into<String>) -> Self {
        let deed = Deed::Create { text: Zeroizing::new(text.into()), private: false };
        Self { file: file.to_owned(), deed, said: said.into() }
    }

    /// A file that gets more lines, in the line ending that it has.
    pub(super) fn append(file: &str, existing: &str, lines: &str, said: impl Into<String>) -> Self {
        let ending = match (existing.contains('\r'), existing.contains('\n')) {
            (true, true) => "\r\n",
            (true, false) => "\r",
            (false, _) => "\n",
        };
        let open = !existing.is_empty() && !existing.ends_with(['\r', '\n']);
        // Room for all of it, so that no copy of a key is left behind by growing.
        let mut text = Zeroizing::new(String::with_capacity(lines.len() + lines.matches('\n').count() + 4));
        if open {
            text.push_str(ending);
        }
        for line in lines.lines() {
            text.push_str(line);
            text.push_str(ending);
        }
        Self { file: file.to_owned(), deed: Deed::Append(text), said: said.into() }
    }

    /// A file that is left alone, and why.
    pub(super) fn leave(file: &str, said: impl Into<String>) -> Self {
        Self { file: file.to_owned(), deed: Deed::Leave, said: said.into() }
    }
}
