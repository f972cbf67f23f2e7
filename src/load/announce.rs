//! The messages about a start on standard error.

use std::io::{self, Write};

use hardened_core::terminal::{Color, Look, Page, Style};
use serde_json::{Value, json};

use super::{Loaded, summary::Summary};
use crate::{Report, finding::Severity};

/// How [`load_or_exit`](crate::Loader::load_or_exit) and [`Exit`](crate::Exit) announce the outcome, always on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Announce {
    /// For people: prints a refusal as the whole report, and an accepted start as one line with its warnings. On a
    /// terminal, the text is in colour and wrapped.
    #[default]
    Text,
    /// For log collectors: prints one line of JSON, with `level`, `message` and `report`.
    Json,
    /// Prints a refusal as `Text` does, and nothing about an accepted start: the service itself logs
    /// [`Loaded::summary`](crate::Loaded::summary) and the warnings, as `Summary::trace` does.
    RefusalOnly,
}

impl Announce {
    /// Announces that a start is refused, and why.
    pub(super) fn refused(self, report: &Report) {
        say(&match self {
            Self::Text | Self::RefusalOnly => report.text(Look::stderr(Color::Auto)),
            Self::Json => {
                let message = report.text(Look::PLAIN);
                document("error", message.lines().next().unwrap_or_default(), report)
            }
        });
    }

    /// Announces that a start is accepted.
    pub(super) fn accepted<T>(self, loaded: &Loaded<T>) {
        let (summary, report) = (Loaded::summary(loaded), Loaded::report(loaded));
        let has_warnings = report.count(Severity::Warning) > 0;
        match self {
            Self::Text => say(&text(summary, report, has_warnings, Look::stderr(Color::Auto))),
            Self::Json => say(&document(if has_warnings { "warn" } else { "info" }, &summary.to_string(), report)),
            Self::RefusalOnly => {}
        }
    }
}

/// Returns the summary line, followed by the findings if one of them is a warning.
fn text(summary: Summary<'_>, report: &Report, has_warnings: bool, look: Look) -> String {
    let line = summary.to_string();
    let (accepted, rest) = line.split_at(line.find(" (").unwrap_or(0));
    let mut page = Page::new(look);
    page.line(2, &[(Style::Good, accepted), (Style::Plain, rest)]);
    if has_warnings {
        report.details(&mut page, look);
    }
    page.finish()
}

fn document(level: &str, message: &str, report: &Report) -> String {
    let document: Value = json!({ "level": level, "message": message, "report": report.to_json() });
    document.to_string()
}

/// Writes to standard error. A failure is ignored, because there is nowhere left to report it.
fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Database, Environment, Loader};

    #[test]
    fn warnings_follow_the_line_and_notes_alone_do_not() {
        let url = "postgres://app:pAsSw0rD-of-the-database@db.example.com/app?sslmode=verify-full";
        for (tier, platform, lines) in
            [("production", "production", 1), ("Production", "production", 1), ("production", "preview", 4)]
        {
            let environment = Environment::empty()
                .set("ENVIRONMENT", tier)
                .set("VERCEL_ENV", platform)
                .set("VERCEL", "1")
                .set("DATABASE_URL", url);
            let loaded = Loader::new().environment(environment).load::<Database>().unwrap();
            let has_warnings = Loaded::report(&loaded).count(Severity::Warning) > 0;
            let said = text(Loaded::summary(&loaded), Loaded::report(&loaded), has_warnings, Look::PLAIN);
            assert_eq!(said.lines().count(), lines, "{said}");
            assert!(said.starts_with("configuration accepted (tier Production: ENVIRONMENT=production"), "{said}");
        }
    }

    #[test]
    fn a_document_is_one_line_with_the_whole_report() {
        let refusal = Loader::new().environment(Environment::empty()).load::<Database>().unwrap_err();
        let line = document("error", "refused", refusal.report());
        assert_eq!(line.lines().count(), 1);
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["report"], refusal.report().to_json());
        assert_eq!((&read["level"], &read["message"]), (&json!("error"), &json!("refused")));
    }
}
