//! The mistakes in an input file: where they are, and what is expected there.

use std::fmt;

use hardened_core::document::DocumentError;

/// The mistakes in an input file. It never contains a value from the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadInput {
    mistakes: Vec<Mistake>,
}

/// One mistake in an input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    word: &'static str,
    file: String,
    line: Option<usize>,
    key: String,
    expected: String,
}

impl BadInput {
    pub(crate) fn new(mistakes: Vec<Mistake>) -> Self {
        Self { mistakes }
    }

    /// Returns the mistakes, in the order of the file.
    #[must_use]
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl Mistake {
    pub(crate) fn new(word: &'static str, file: &str, line: Option<usize>, key: &str, expected: &str) -> Self {
        Self { word, file: file.to_owned(), line, key: key.to_owned(), expected: expected.to_owned() }
    }

    /// Converts the error of a JSON document.
    pub(crate) fn of_document(file: &str, error: &DocumentError) -> Self {
        Self::new(error.word(), file, error.line(), error.key(), error.expected())
    }

    /// Returns the line number, from 1, if it is known.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Returns the key, such as `users.a.token`; empty for the file itself.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns what is expected.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.word, self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.expected)
    }
}

/// One line for each mistake.
impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, mistake) in self.mistakes.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            mistake.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for BadInput {}
