//! Refusing what is nested too deeply, before anything is built from it.
//!
//! The parser bounds the brackets of a value and the parts of a key at 80 each, yet not both together: 13 KiB make
//! 6,000 levels, and dropping them overflows the stack of a thread. So the levels are counted on its tokens first.

use toml_parser::{Source, lexer::TokenKind};

/// The most levels of one value, keys and brackets together.
const MAX_LEVELS: usize = 256;

/// Where in the text the nesting goes too deep.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    // Nearly every file ends here.
    if is_shallow(text.as_bytes()) {
        return None;
    }
    let mut levels = Levels::default();
    Source::new(text).lex().find(|token| levels.after(token.kind()) > MAX_LEVELS).map(|token| token.span().start())
}

/// Whether a look at its lines shows that nothing is deep. Each level needs a point or a bracket, so a line adds no more than
/// it has: to the header above it, or to the brackets that the lines before it left open.
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

/// What one line has.
#[derive(Default)]
struct Line {
    /// Its points and brackets.
    marks: usize,
    /// The brackets that are open.
    open: usize,
    has_bracket: bool,
    /// Whether it is more than names, numbers and square brackets: what stands in quotes or in a comment closes nothing.
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

/// Counts too many levels rather than too few, also where the text is broken.
#[derive(Default)]
struct Levels {
    /// The deepest header of a section so far.
    header: usize,
    /// The open brackets: what closes each, and the levels of the key in front of it.
    open: Vec<(TokenKind, usize)>,
    /// The levels of the brackets and keys that are open.
    outer: usize,
    /// The dots of the key that is being read.
    dots: usize,
    /// The deepest point of the line that is being read.
    peak: usize,
}

impl Levels {
    /// The levels after one more token.
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

    /// What follows a header stands below it. Every line is taken for one: nobody nests so deeply that it matters.
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
