//! Shows the progress of a run on standard error: a moving line on a terminal, otherwise plain lines.

use std::io::{self, IsTerminal, Write};

use hardened_verify::{Outcome, Progress};
use indicatif::{ProgressBar, ProgressStyle};

/// The display of progress, until it is dropped.
pub(super) struct Shown(ProgressBar);

impl Shown {
    /// Starts the display; it is hidden without a terminal, or if `is_quiet` is set.
    pub(super) fn begin(url: &str, is_quiet: bool) -> Self {
        if is_quiet || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix}: {pos} requests, {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(url.to_owned());
        Self(bar)
    }

    /// Returns the callback for the events of the run.
    pub(super) fn observer(&self, is_quiet: bool) -> impl Fn(&Progress<'_>) + Send + Sync + 'static {
        let bar = self.0.clone();
        let says_lines = !is_quiet && bar.is_hidden();
        move |progress| match progress {
            Progress::Sent(family) => {
                bar.inc(1);
                bar.set_message(family.name());
            }
            Progress::Ended(family, outcomes) if says_lines && !outcomes.is_empty() => {
                // If standard error cannot be written, there is nowhere to report it.
                let _ = writeln!(io::stderr().lock(), "{family}: {}", counted(outcomes));
            }
            _ => {}
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn counted(outcomes: &[Outcome]) -> String {
    let of = |verdict: &str| outcomes.iter().filter(|outcome| outcome.verdict().name() == verdict).count();
    let words = [("pass", "passed"), ("fail", "failed"), ("inconclusive", "inconclusive"), ("skipped", "skipped")];
    let counts = words.iter().map(|(verdict, word)| (of(verdict), word)).filter(|(count, _)| *count > 0);
    counts.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}
