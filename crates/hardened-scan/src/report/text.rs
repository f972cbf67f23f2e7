//! The report as text for people.

use std::fmt;

use hardened_core::{
    finding::Severity,
    report::counted,
    terminal::{Look, Page, Style},
    text::escape,
};

use super::{Report, Skipped};
use crate::finding::Finding;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Look::PLAIN))
    }
}

impl Report {
    /// Returns the text for people, with the colour and width of `look`.
    #[must_use]
    pub fn text(&self, look: Look) -> String {
        let mut page = Page::new(look);
        self.headline(&mut page);
        self.findings.iter().for_each(|finding| write(finding, &mut page));
        if self.omitted > 0 {
            page.line(6, &[(Style::Faint, &format!("  and {} more in the same files", self.omitted))]);
        }
        if self.accepted > 0 {
            page.line(
                6,
                &[(Style::Faint, &format!("  {} accepted in hardened.scan.toml", counted(self.accepted, "finding")))],
            );
        }
        self.skipped.iter().for_each(|skipped| not_searched(skipped, &mut page));
        page.finish()
    }

    fn headline(&self, page: &mut Page) {
        let found = [(Severity::Error, "problem"), (Severity::Warning, "warning"), (Severity::Note, "note")]
            .into_iter()
            .filter_map(|(severity, noun)| {
                Some(self.count_of(severity)).filter(|count| *count > 0).map(|count| counted(count, noun))
            })
            .collect::<Vec<_>>();
        let (style, verdict) = match found.as_slice() {
            [] => (Style::Good, "nothing found".to_owned()),
            found => {
                (if self.is_refusal() { Style::Bad } else { Style::Warning }, format!("found {}", found.join(", ")))
            }
        };
        page.line(2, &[(style, &verdict), (Style::Plain, &format!(" in {}", self.searched()))]);
    }

    /// Returns what was searched: `12 files (3 MB), searched for 4 values`.
    fn searched(&self) -> String {
        let counts = self.counts;
        let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let mut parts = vec![counted(number(counts.files), "file")];
        if counts.objects > 0 {
            parts.push(counted(number(counts.objects), "git object"));
        }
        if counts.known > 0 {
            parts.push(format!("{} searched before", counted(number(counts.known), "git object")));
        }
        let values = if counts.values > 0 {
            format!(", searched for {}", counted(counts.values, "value"))
        } else {
            String::new()
        };
        format!("{} ({}){values}", parts.join(" and "), size(counts.bytes))
    }
}

/// Returns a size in bytes, kB or MB.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => counted(usize::try_from(bytes).unwrap_or(usize::MAX), "byte"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn write(finding: &Finding, page: &mut Page) {
    let style = match finding.severity() {
        Severity::Error => Style::Bad,
        Severity::Warning => Style::Warning,
        Severity::Note => Style::Faint,
    };
    let message = finding.message();
    let message = escape(&message);
    let (word, fact) =
        message.split_once(": ").map_or((String::new(), &*message), |(word, fact)| (format!("{word}: "), fact));
    page.line(
        6,
        &[
            (Style::Plain, "  "),
            (Style::Strong, &finding.place().to_string()),
            (Style::Plain, "  "),
            (Style::Strong, &escape(finding.subject())),
            (Style::Plain, "  "),
            (style, &word),
            (Style::Plain, fact),
        ],
    );
    let remedy = finding.remedy();
    if finding.severity() > Severity::Note && !remedy.is_empty() {
        page.line(11, &[(Style::Plain, "      "), (Style::Good, "fix: "), (Style::Plain, &escape(&remedy))]);
    }
    page.line(8, &[(Style::Plain, "      "), (Style::Faint, finding.rule().code())]);
}

fn not_searched(skipped: &Skipped, page: &mut Page) {
    let what = skipped.what.to_string();
    let reason = skipped.reason.to_string();
    page.line(
        6,
        &[
            (Style::Plain, "  "),
            (Style::Strong, &what),
            (Style::Plain, "  "),
            (Style::Warning, "not searched: "),
            (Style::Plain, &escape(&reason)),
        ],
    );
}
