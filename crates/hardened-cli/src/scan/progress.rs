//! Shows the progress of a scan on standard error: a moving line on a terminal, otherwise a plain line for each part.

use std::io::{self, IsTerminal, Write};

use hardened_core::{report::counted, text::escape};
use hardened_scan::{Progress, report::Counts};
use indicatif::{ProgressBar, ProgressStyle};

/// The display of progress.
pub(super) struct Shown {
    bar: ProgressBar,
    says_lines: bool,
}

impl Shown {
    /// Creates the display; it is hidden if `is_quiet` is set.
    pub(super) fn new(is_quiet: bool) -> Self {
        let moves = !is_quiet && io::stderr().is_terminal();
        let bar = if moves { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        Self { bar, says_lines: !is_quiet && !moves }
    }

    /// Shows an event. The moving line disappears when a part ends, so that it does not disturb the result.
    pub(super) fn tell(&self, step: &Progress<'_>) {
        match step {
            Progress::Began(place, files) => {
                self.bar.reset();
                self.bar.set_length(files.unwrap_or_default() as u64);
                let template = match files {
                    Some(_) => "{spinner} {prefix}: {pos} of {len} files",
                    None => "{spinner} {prefix}: {pos} git objects",
                };
                if let Ok(style) = ProgressStyle::with_template(template) {
                    self.bar.set_style(style);
                }
                self.bar.set_prefix(escape(&place.to_string_lossy()).into_owned());
            }
            Progress::Searched => self.bar.inc(1),
            Progress::Ended(place, counts) => {
                self.bar.finish_and_clear();
                if self.says_lines {
                    let place = place.to_string_lossy();
                    // If standard error cannot be written, there is nowhere to report it.
                    let _ = writeln!(io::stderr().lock(), "{}: {} searched", escape(&place), searched(*counts));
                }
            }
            _ => {}
        }
    }
}

fn searched(counts: Counts) -> String {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    match counts.objects {
        0 => counted(number(counts.files), "file"),
        objects => counted(number(objects), "git object"),
    }
}
