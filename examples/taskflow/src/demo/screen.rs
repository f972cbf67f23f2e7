//! What the demo prints. Colours go where a person reads: not into a pipe, and not with `NO_COLOR`.

use std::time::Duration;

use anstream::println;
use anstyle::{AnsiColor, Style};

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const TITLE: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();

/// What became of one check.
pub(super) struct Outcome {
    pub(super) claim: &'static str,
    pub(super) holds: bool,
    pub(super) evidence: String,
}

/// Standard output, and how many checks it has seen.
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

    pub(super) fn check(&mut self, outcome: Outcome) {
        let Outcome { claim, holds, evidence } = outcome;
        let (word, style) = if holds { ("pass", GOOD) } else { ("fail", BAD) };
        let count = if holds { &mut self.passed } else { &mut self.failed };
        *count += 1;
        println!("  {style}{word}{style:#}  {claim}");
        for line in evidence.lines() {
            println!("        {QUIET}{line}{QUIET:#}");
        }
    }

    pub(super) fn sum(&self, time: Duration) {
        let (style, Self { passed, failed }) = (if self.has_failed() { BAD } else { GOOD }, self);
        println!("\n{style}{passed} passed, {failed} failed{style:#}, in {:.1} s", time.as_secs_f64());
    }

    /// A demo without any check has shown nothing.
    pub(super) fn has_failed(&self) -> bool {
        self.failed > 0 || self.passed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demo_that_checked_nothing_or_saw_one_failure_has_failed() {
        let outcome = |holds| Outcome { claim: "it holds", holds, evidence: String::new() };
        let mut screen = Screen::default();
        assert!(screen.has_failed());
        screen.check(outcome(true));
        assert!(!screen.has_failed());
        screen.check(outcome(false));
        screen.check(outcome(true));
        assert!(screen.has_failed());
    }
}
