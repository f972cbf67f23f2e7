//! A step: a file, and what is done with it. These types do not implement `Debug`, because the text of a step can contain keys.

use hardened_core::terminal::Style;
use zeroize::Zeroizing;

/// A file, what is done with it, and the message about it.
#[derive(PartialEq, Eq)]
pub(super) struct Step {
    /// The path relative to the root.
    pub(super) file: String,
    pub(super) deed: Deed,
    /// The purpose of the change, or the reason why the file is left alone.
    pub(super) said: String,
}

/// The change to a file.
#[derive(PartialEq, Eq)]
pub(super) enum Deed {
    /// The file is created.
    Create {
        /// The content of the file.
        text: Zeroizing<String>,
        /// Whether only its owner can read the file.
        private: bool,
    },
    /// The text is added to the end.
    Append(Zeroizing<String>),
    /// The file is left alone.
    Leave,
}

impl Deed {
    /// Returns the word for the change after it is done.
    pub(super) fn told(&self) -> (Style, &'static str) {
        match self {
            Self::Create { .. } => (Style::Good, "created"),
            Self::Append(_) => (Style::Good, "appended"),
            Self::Leave => (Style::Faint, "left alone"),
        }
    }
}

impl Step {
    /// Creates a step that creates a file which is readable for others.
    pub(super) fn create(file: &str, text: impl Into<String>, said: impl Into<String>) -> Self {
        let deed = Deed::Create { text: Zeroizing::new(text.into()), private: false };
        Self { file: file.to_owned(), deed, said: said.into() }
    }

    /// Creates a step that appends lines to a file, with the line endings that the file uses.
    pub(super) fn append(file: &str, existing: &str, lines: &str, said: impl Into<String>) -> Self {
        let ending = match (existing.contains('\r'), existing.contains('\n')) {
            (true, true) => "\r\n",
            (true, false) => "\r",
            (false, _) => "\n",
        };
        let open = !existing.is_empty() && !existing.ends_with(['\r', '\n']);
        // The full capacity, so that the string never grows and leaves an unwiped copy of a key behind.
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

    /// Creates a step that leaves a file alone, with the reason.
    pub(super) fn leave(file: &str, said: impl Into<String>) -> Self {
        Self { file: file.to_owned(), deed: Deed::Leave, said: said.into() }
    }
}
