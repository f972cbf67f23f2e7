//! What an output can look like.

/// When output has colour, as `--color` says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set; anywhere if `CLICOLOR_FORCE` is.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Reads `auto`, `always` or `never`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "auto" => Some(Self::Auto),
            "always" => Some(Self::Always),
            "never" => Some(Self::Never),
            _ => None,
        }
    }
}

/// How one output looks. The default is plain text of any width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether it has colour.
    pub color: bool,
    /// The width in columns that lines are wrapped to; none where nobody wraps, as in a file.
    pub width: Option<usize>,
}

impl Look {
    /// Plain text, one line for each thing: for files, pipes and log collectors.
    pub const PLAIN: Self = Self { color: false, width: None };
}
