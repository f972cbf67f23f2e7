//! Lines of output, coloured and wrapped according to a look.

use super::look::Look;

/// The minimum width in columns; a narrower terminal is treated as this wide.
const MIN_WIDTH: usize = 40;

const RESET: &str = "\u{1b}[0m";

/// The role of a piece of a line, which determines its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Ordinary text.
    Plain,
    /// A name that the reader looks for.
    Strong,
    /// A reason to refuse the start.
    Bad,
    /// A problem despite which the service starts.
    Warning,
    /// A good state, or the fix that leads to it.
    Good,
    /// A detail that the reader can skip.
    Faint,
}

impl Style {
    /// Returns the parameters of the escape sequence (ECMA-48, "select graphic rendition").
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "1",
            Self::Bad => "1;31",
            Self::Warning => "33",
            Self::Good => "32",
            Self::Faint => "2",
        }
    }
}

/// A text that is written line by line.
#[derive(Debug)]
pub struct Page {
    look: Look,
    text: String,
    column: usize,
    /// Whether the text ends with a space, where the line can be broken.
    is_behind_space: bool,
}

impl Page {
    /// Creates an empty page.
    #[must_use]
    pub fn new(look: Look) -> Self {
        Self { look, text: String::new(), column: 0, is_behind_space: false }
    }

    /// Writes one line. If it is too long for the look, it continues on the next line, indented by `hang` columns; words are
    /// not broken. The text must be safe to print: see [`escape`](crate::text::escape).
    pub fn line(&mut self, hang: usize, pieces: &[(Style, &str)]) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.column = 0;
        for (style, text) in pieces {
            let code = if self.look.color { style.code() } else { "" };
            for (index, word) in words(text).into_iter().enumerate() {
                self.make_room(word, hang);
                if index == 0 && !code.is_empty() {
                    self.text.push_str(&format!("\u{1b}[{code}m"));
                }
                self.text.push_str(word);
                self.column += word.chars().count();
                self.is_behind_space = word.ends_with(' ');
            }
            if !code.is_empty() && !text.is_empty() {
                self.text.push_str(RESET);
            }
        }
    }

    /// Breaks the line if a word does not fit on it. Every character counts as one column.
    fn make_room(&mut self, word: &str, hang: usize) {
        let Some(width) = self.look.width.map(|width| width.max(MIN_WIDTH)) else { return };
        let length = word.trim_end_matches(' ').chars().count();
        let fits = length == 0 || self.column + length <= width;
        if fits || !self.is_behind_space || self.column <= hang {
            return;
        }
        let is_reset = self.text.ends_with(RESET);
        let end = self.text.trim_end_matches(RESET).trim_end_matches(' ').len();
        self.text.truncate(end);
        if is_reset {
            self.text.push_str(RESET);
        }
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', hang));
        self.column = hang;
    }

    /// Returns the text, without a line break at the end.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}

/// Splits a text into words, each with the space after it. Text in backticks is one word, because people copy it.
fn words(text: &str) -> Vec<&str> {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let (mut words, mut start, mut is_code) = (Vec::new(), 0, false);
    for (at, symbol) in text.char_indices() {
        is_code ^= is_paired && symbol == '`';
        if symbol == ' ' && !is_code {
            words.extend(text.get(start..=at));
            start = at + 1;
        }
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(width: Option<usize>, hang: usize, pieces: &[(Style, &str)]) -> String {
        let mut page = Page::new(Look { color: false, width });
        page.line(hang, pieces);
        page.finish()
    }

    #[test]
    fn a_line_goes_on_below_where_it_is_too_long() {
        let words = "one two three four five six seven eight nine ten";
        for (width, hang, expected) in [
            (None, 4, words),
            (Some(48), 4, words),
            (Some(47), 4, "one two three four five six seven eight nine\n    ten"),
            (Some(40), 2, "one two three four five six seven eight\n  nine ten"),
            (Some(1), 2, "one two three four five six seven eight\n  nine ten"),
        ] {
            assert_eq!(shown(width, hang, &[(Style::Plain, words)]), expected, "{width:?} {hang}");
        }
    }

    #[test]
    fn a_word_is_never_broken_not_even_between_two_pieces() {
        let long = "x".repeat(60);
        let text = shown(Some(50), 2, &[(Style::Bad, &long), (Style::Plain, ": a "), (Style::Good, &long)]);
        assert_eq!(text, format!("{long}:\n  a\n  {long}"));
    }

    #[test]
    fn a_command_between_backticks_is_never_broken() {
        let text = "generate a new key with one of `hardened secret` or `openssl rand -base64 48`";
        let wrapped = "generate a new key with one of\n`hardened secret` or\n`openssl rand -base64 48`";
        assert_eq!(shown(Some(40), 0, &[(Style::Plain, text)]), wrapped);
        let open = "a ` alone is nothing and one two three four five";
        assert_eq!(shown(Some(40), 0, &[(Style::Plain, open)]), "a ` alone is nothing and one two three\nfour five");
    }

    #[test]
    fn colour_surrounds_what_is_said_and_changes_nothing_else() {
        let pieces = [(Style::Strong, "PORT"), (Style::Plain, "  "), (Style::Bad, "malformed:"), (Style::Faint, "")];
        let mut page = Page::new(Look { color: true, width: Some(80) });
        page.line(0, &pieces);
        assert_eq!(page.finish(), "\u{1b}[1mPORT\u{1b}[0m  \u{1b}[1;31mmalformed:\u{1b}[0m");
        assert_eq!(shown(Some(80), 0, &pieces), "PORT  malformed:");
    }

    #[test]
    fn a_line_wraps_at_the_same_words_with_colour_as_without() {
        let words = "one two three four five six seven eight nine ten ";
        for hang in [0, 6] {
            let pieces = [(Style::Strong, words), (Style::Faint, words), (Style::Plain, words)];
            let mut page = Page::new(Look { color: true, width: Some(50) });
            page.line(hang, &pieces);
            let colored =
                ["\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m"].iter().fold(page.finish(), |text, code| text.replace(code, ""));
            assert_eq!(colored, shown(Some(50), hang, &pieces), "{hang}");
        }
    }
}
