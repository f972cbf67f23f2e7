//! Prints the demo, with colours only for a terminal and without `NO_COLOR`.

use std::time::Duration;

use anstream::println;
use anstyle::{AnsiColor, Style};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// A check, and how it ended.
pub(super) struct Line {
    pub(super) claim: String,
    pub(super) word: Word,
    pub(super) evidence: Vec<String>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Pass,
    Fail,
    Inconclusive,
}

impl Word {
    pub(super) fn holds(it: bool) -> Self {
        if it { Self::Pass } else { Self::Fail }
    }
}

/// Standard output, with a count of the checks.
#[derive(Debug, Default)]
pub(super) struct Screen {
    passed: usize,
    failed: usize,
}

impl Screen {
    pub(super) fn title(&self, text: &str) {
        println!("\n{TITLE}{text}{TITLE:#}\n");
    }

    pub(super) fn text(&self, text: &str) {
        for line in text.lines() {
            println!("  {line}");
        }
    }

    pub(super) fn check(&mut self, line: Line) {
        let (word, style) = match line.word {
            Word::Pass => ("pass", GOOD),
            Word::Fail => ("fail", BAD),
            Word::Inconclusive => ("inconclusive", BAD),
        };
        // A demo must show that everything passes, so an inconclusive check counts as failed.
        let count = if line.word == Word::Pass { &mut self.passed } else { &mut self.failed };
        *count += 1;
        println!("  {style}{word}{style:#}  {}", line.claim);
        for line in line.evidence {
            println!("        {QUIET}{line}{QUIET:#}");
        }
    }

    pub(super) fn sum(&self, time: Duration) {
        let (style, Self { passed, failed }) = (if self.has_failed() { BAD } else { GOOD }, self);
        println!("\n{style}{passed} passed, {failed} failed{style:#}, in {:.1} s", time.as_secs_f64());
    }

    #[cfg(test)]
    pub(super) fn passed(&self) -> usize {
        self.passed
    }

    /// Returns whether the demo has failed. A demo without any check has failed too.
    pub(super) fn has_failed(&self) -> bool {
        self.failed > 0 || self.passed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_that_showed_nothing_or_saw_anything_but_a_pass_has_failed() {
        for (words, expected) in [
            (&[][..], true),
            (&[Word::Pass], false),
            (&[Word::Fail], true),
            (&[Word::Pass, Word::Fail, Word::Pass], true),
            (&[Word::Pass, Word::Inconclusive], true),
        ] {
            let mut screen = Screen::default();
            for word in words {
                screen.check(Line { claim: "it holds".to_owned(), word: *word, evidence: Vec::new() });
            }
            assert_eq!(screen.has_failed(), expected, "{words:?}");
        }
    }
}
