//! The report as text for the operator.

use std::fmt;

use super::Report;
use crate::{
    finding::{Finding, Severity},
    terminal::{Look, Page, Style},
    text::escape,
};

/// The maximum length of a name that others are aligned with.
const MAX_ALIGNED: usize = 32;
/// The minimum number of columns for a message.
const MIN_MESSAGE: usize = 44;

/// Writes the report as plain text:
///
/// ```text
/// refused to start: 1 problem (tier Production: ENVIRONMENT is not set)
///   JWT_SECRET_KEY  missing: a key of at least 32 bytes
///       fix: set JWT_SECRET_KEY to the output of `openssl rand -base64 48`, or JWT_SECRET_KEY_FILE to the path of a file that contains it
///       secret-missing · jwt.secret_key
/// ```
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Look::PLAIN))
    }
}

impl Report {
    /// Returns the text for the operator, with the colour and width of `look`.
    #[must_use]
    pub fn text(&self, look: Look) -> String {
        let mut page = Page::new(look);
        self.headline(&mut page);
        self.details(&mut page, look);
        page.finish()
    }

    /// Writes everything except the headline: findings, used waivers and hints.
    #[doc(hidden)]
    pub fn details(&self, page: &mut Page, look: Look) {
        let names = self.findings.iter().map(|finding| escape(finding.subject()).chars().count());
        let aligned = names.filter(|length| *length <= MAX_ALIGNED).max().unwrap_or(0);
        // Alignment only helps on a terminal.
        let aligned = if look.width.is_some() { aligned } else { 0 };
        let hang = if look.width.is_some_and(|width| width >= aligned + 4 + MIN_MESSAGE) { aligned + 4 } else { 6 };
        for finding in &self.findings {
            write(finding, aligned, hang, page);
        }
        for kind in &self.omitted {
            page.line(6, &[(Style::Faint, &format!("  and {} more: {}", kind.count, kind.rule))]);
        }
        for waiver in self.waivers.iter().filter(|waiver| waiver.used) {
            let reason = format!("{} ({})", waiver.reason, waiver.rule);
            page.line(
                6,
                &[
                    (Style::Plain, "  "),
                    (Style::Strong, waiver.subject.as_str()),
                    (Style::Plain, "  "),
                    (Style::Warning, "accepted: "),
                    (Style::Plain, &reason),
                ],
            );
        }
        for hint in &self.hints {
            page.line(0, &[(Style::Plain, &escape(&hint.to_string()))]);
        }
    }

    fn headline(&self, page: &mut Page) {
        let errors = self.count(Severity::Error);
        let (style, verdict) = if errors > 0 {
            (Style::Bad, format!("refused to start: {}", counted(errors, "problem")))
        } else {
            (Style::Good, "accepted".to_owned())
        };
        let mut also = String::new();
        if errors == 0 {
            for (severity, noun) in [(Severity::Warning, "warning"), (Severity::Note, "note")] {
                match self.count(severity) {
                    0 => {}
                    count => also.push_str(&format!(", {}", counted(count, noun))),
                }
            }
        }
        page.line(
            2,
            &[(style, &verdict), (Style::Plain, &also), (Style::Plain, &format!(" ({})", self.tier_and_why()))],
        );
    }

    /// Returns the tier with its reasons: `tier Production: ENVIRONMENT is not set`.
    #[doc(hidden)]
    #[must_use]
    pub fn tier_and_why(&self) -> String {
        let why: Vec<_> = self.evidence.iter().map(|reason| escape(reason)).collect();
        let colon = if why.is_empty() { "" } else { ": " };
        format!("tier {}{colon}{}", capitalised(self.tier.name()), why.join("; "))
    }
}

fn write(finding: &Finding, aligned: usize, hang: usize, page: &mut Page) {
    let (style, severity) = match finding.severity() {
        Severity::Error => (Style::Bad, ""),
        Severity::Warning => (Style::Warning, "warning: "),
        Severity::Note => (Style::Faint, "note: "),
    };
    let (subject, message) = (escape(finding.subject()), finding.message());
    let gap = " ".repeat(2 + aligned.saturating_sub(subject.chars().count()));
    let message = escape(&message);
    // The first word of an error is the kind of problem.
    let (word, fact) = match message.split_once(": ").filter(|_| severity.is_empty()) {
        Some((word, fact)) => (format!("{word}: "), fact),
        None => (severity.to_owned(), &*message),
    };
    page.line(
        hang,
        &[(Style::Plain, "  "), (Style::Strong, &subject), (Style::Plain, &gap), (style, &word), (Style::Plain, fact)],
    );
    if finding.severity() > Severity::Note && !finding.remedy.is_empty() {
        page.line(11, &[(Style::Plain, "      "), (Style::Good, "fix: "), (Style::Plain, &escape(&finding.remedy()))]);
    }
    let field = if finding.field().is_empty() { String::new() } else { format!(" · {}", finding.field()) };
    let place = finding.provenance().map(|place| format!(" · {}", escape(&place.to_string()))).unwrap_or_default();
    page.line(8, &[(Style::Plain, "      "), (Style::Faint, &format!("{}{field}{place}", finding.code()))]);
}

/// Returns a count with its noun, in the plural unless the count is 1.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn capitalised(name: &str) -> String {
    let mut symbols = name.chars();
    symbols.next().map_or_else(String::new, |first| first.to_uppercase().chain(symbols).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{finding::Violation, journal::Journal, rule, tier::Tier};

    fn report() -> Report {
        let mut journal = Journal::new(Tier::Production).with_evidence(vec!["ENVIRONMENT=production".to_owned()]);
        let key = Violation::malformed("must be one line").remedy(
            "set JWT_SECRET_KEY to the output of `openssl rand -base64 48`, or JWT_SECRET_KEY_FILE to the path of a file that contains it",
        );
        journal.report("JWT_SECRET_KEY".into(), key);
        journal.report("PORT".into(), Violation::malformed("must be a whole number from 1 to 65535"));
        journal.report("CORS".into(), Violation::new(rule::WAIVER_UNUSED, "not needed"));
        journal.finish()
    }

    #[test]
    fn on_a_terminal_it_is_aligned_and_wrapped_to_its_width() {
        let text = report().text(Look { color: false, width: Some(80) });
        assert_eq!(
            text,
            "\
refused to start: 2 problems (tier Production: ENVIRONMENT=production)
  JWT_SECRET_KEY  malformed: must be one line
      fix: set JWT_SECRET_KEY to the output of `openssl rand -base64 48`, or
           JWT_SECRET_KEY_FILE to the path of a file that contains it
      setting-malformed
  PORT            malformed: must be a whole number from 1 to 65535
      setting-malformed
  CORS            note: not needed
      waiver-unused"
        );
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let colored = report().text(Look { color: true, width: None });
        assert!(colored.contains("\u{1b}[1;31mmalformed: \u{1b}[0m"), "{colored}");
        let plain = ["1", "1;31", "33", "32", "2", "0"]
            .iter()
            .fold(colored, |text, code| text.replace(&format!("\u{1b}[{code}m"), ""));
        assert_eq!(plain, report().to_string());
    }
}
