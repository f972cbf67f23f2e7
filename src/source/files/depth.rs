//! Refusing what is nested too deeply, before anything is built from it.
//!
//! The parser bounds the brackets of a value and the parts of a key at 80 each, yet not both together: 13 KiB make
//! 6,000 levels, and dropping them overflows the stack of a thread. So the levels are counted on its tokens first.

use toml_parser::{Source, lexer::TokenKind};

/// The most levels of one value, keys and brackets together.
const MAX_LEVELS: usize = 256;

/// Where in the text the nesting goes too deep.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    // Each level needs one of these: few of them cannot be deep, and nearly every file ends here.
    if text.bytes().filter(|byte| matches!(byte, b'.' | b'[' | b'{')).count() < MAX_LEVELS {
        return None;
    }
    let mut levels = Levels::default();
    Source::new(text).lex().find(|token| levels.after(token.kind()) > MAX_LEVELS).map(|token| token.span().start())
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
