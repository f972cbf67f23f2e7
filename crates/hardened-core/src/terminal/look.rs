//! The look of an output: colour and width.

/// When output has colour, as the option `--color` sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set; everywhere if `CLICOLOR_FORCE` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Parses `auto`, `always` or `never`.
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

/// The look of an output. The default is plain text without wrapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Whether the output has colour.
    pub color: bool,
    /// The width in columns at which lines are wrapped; `None` if they are not wrapped, as in a file.
    pub width: Option<usize>,
}

impl Look {
    /// Plain text without wrapping: for files, pipes and log collectors.
    pub const PLAIN: Self = Self { color: false, width: None };
}
