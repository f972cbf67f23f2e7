//! Refuses a text that is nested too deeply, before anything is built from it.
//!
//! The parser limits the brackets of a value and the parts of a key to 80 each, but not both together: 13 KiB can make
//! 6,000 levels, and dropping them overflows the stack of a thread. So the levels are first counted in the tokens.

use toml_parser::{Source, lexer::TokenKind};

/// The maximum number of levels of one value, counting keys and brackets together.
const MAX_LEVELS: usize = 256;

/// Returns the position in the text where the nesting becomes too deep.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    // Nearly every file passes this quick check.
    if is_shallow(text.as_bytes()) {
        return None;
    }
    let mut levels = Levels::default();
    Source::new(text).lex().find(|token| levels.after(token.kind()) > MAX_LEVELS).map(|token| token.span().start())
}

/// Returns whether a look at the lines shows that nothing is nested deeply. Each level needs a dot or a bracket, so a line
/// adds no more levels than it has of these: to the header above it, or to the brackets that earlier lines left open.
fn is_shallow(text: &[u8]) -> bool {
    let (mut line, mut most, mut left_open) = (Line::default(), 0, 0);
    for byte in text.iter().chain(b"\n") {
        match byte {
            b'\n' => {
                most = most.max(line.marks);
                left_open += if line.may_leave_open() { line.marks } else { 0 };
                line = Line::default();
            }
            byte => line.add(*byte),
        }
    }
    2 * (most + left_open) <= MAX_LEVELS
}

/// What the quick check knows about one line.
#[derive(Default)]
struct Line {
    /// The number of dots and brackets.
    marks: usize,
    /// The number of open brackets.
    open: usize,
    has_bracket: bool,
    /// Whether the line has more than names, numbers and square brackets: brackets in quotes or comments close nothing.
    is_hard: bool,
}

impl Line {
    fn add(&mut self, byte: u8) {
        match byte {
            b'.' => self.marks += 1,
            b'[' => {
                self.marks += 1;
                self.open += 1;
                self.has_bracket = true;
            }
            b']' => self.open = self.open.saturating_sub(1),
            b'{' => {
                self.marks += 1;
                self.has_bracket = true;
                self.is_hard = true;
            }
            b'}' | b'"' | b'\'' | b'#' => self.is_hard = true,
            _ => {}
        }
    }

    fn may_leave_open(&self) -> bool {
        self.open > 0 || self.has_bracket && self.is_hard
    }
}

/// The nesting level. It is never counted too low, even if the text is malformed.
#[derive(Default)]
struct Levels {
    /// The depth of the deepest section header so far.
    header: usize,
    /// The open brackets: the token that closes each, and the levels of the key in front of it.
    open: Vec<(TokenKind, usize)>,
    /// The total levels of the open brackets and their keys.
    outer: usize,
    /// The dots of the current key.
    dots: usize,
    /// The deepest level of the current line.
    peak: usize,
}

impl Levels {
    /// Returns the level after one more token.
    fn after(&mut self, token: TokenKind) -> usize {
        match token {
            TokenKind::Dot => self.dots += 1,
            TokenKind::Comma => self.dots = 0,
            TokenKind::LeftSquareBracket => self.open(TokenKind::RightSquareBracket),
            TokenKind::LeftCurlyBracket => self.open(TokenKind::RightCurlyBracket),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => self.close(token),
            TokenKind::Newline if self.open.is_empty() => self.end_line(),
            _ => {}
        }
        let inner = self.outer + self.dots;
        self.peak = self.peak.max(inner);
        self.header + inner
    }

    fn open(&mut self, closing: TokenKind) {
        self.open.push((closing, self.dots));
        self.outer += self.dots + 1;
        self.dots = 0;
    }

    fn close(&mut self, token: TokenKind) {
        if self.open.last().is_some_and(|(closing, _)| *closing == token) {
            let dots = self.open.pop().map_or(0, |(_, dots)| dots);
            self.outer = self.outer.saturating_sub(dots + 1);
            self.dots = dots;
        }
    }

    /// Everything after a header is below it. Every line is treated as a header, which matters to no real file.
    fn end_line(&mut self) {
        self.header = self.header.max(self.peak.min(MAX_LEVELS));
        self.peak = 0;
        self.dots = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(text: &str) -> usize {
        let mut levels = Levels::default();
        Source::new(text).lex().map(|token| levels.after(token.kind())).max().unwrap_or(0)
    }

    #[test]
    fn a_file_with_many_flat_groups_is_shallow() {
        for group in [
            "[[upstreams]]\nurl = \"https://a.b.example.com/v1/\"\nports = [80, 443]\n",
            "[tenants.acme]\nlimits = [[1, 2], [3]]\n",
            "a.b.c = 1 # [\n",
        ] {
            assert!(is_shallow(group.repeat(1000).as_bytes()) || group.contains('#'), "{group}");
            assert_eq!(too_deep(&group.repeat(1000)), None, "{group}");
        }
    }

    #[test]
    fn nothing_deep_hides_behind_many_lines() {
        for line in [
            "[ # ]\n",
            "[ \"]\",\n",
            "[ ']',\n",
            "[ }\n",
            "{ a = [ # }]\n",
            "{a.b.c=\n",
            "[\r\n",
            "[ \"\"\"]\n]\"\"\",\n",
        ] {
            let text = format!("a = {}", line.repeat(600));
            assert!(levels(&text) > MAX_LEVELS, "{line}");
            assert!(!is_shallow(text.as_bytes()) && too_deep(&text).is_some(), "{line}");
        }
        for (marks, shallow) in [(128, true), (129, false)] {
            assert_eq!(is_shallow(format!("{}1\n", "a.".repeat(marks)).as_bytes()), shallow, "{marks}");
        }
    }
}
