//! The verification as text for people.

use std::fmt;

use super::{
    document::{Outcome, SeverityWord, VerdictWord, Verification},
    exchange::Exchange,
};
use crate::{
    report::counted,
    terminal::{Look, Page, Style},
    text::escape,
};

/// The number of inconclusive checks with the same reason from which they share a line.
const MANY: usize = 3;

/// Writes the verification as plain text:
///
/// ```text
/// failed: 1 of 24 checks (https://api.example.com, tier production, 61 requests in 0.4 s)
///   docs-hidden [/docs]  failed: answered with 200 and Swagger UI
///       fix: hide the documentation in Preview and Production, at every spelling of its path
///       live-docs-shown · GET /docs: 200, 4211 bytes
/// passed: reach 2, health 5, docs 15
/// ```
impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Look::PLAIN))
    }
}

impl Verification {
    /// Returns the text for people, with the colour and width of `look`.
    #[must_use]
    pub fn text(&self, look: Look) -> String {
        text(self, look)
    }
}

/// Returns the text of a document.
fn text(document: &Verification, look: Look) -> String {
    let mut page = Page::new(look);
    headline(document, &mut page);
    for remark in &document.run.remarks {
        page.line(2, &[(Style::Plain, "  "), (Style::Warning, "note: "), (Style::Plain, &escape(remark))]);
    }
    for wanted in [Some(SeverityWord::Error), Some(SeverityWord::Warning), Some(SeverityWord::Note)] {
        document.outcomes.iter().filter(|outcome| outcome.severity == wanted).for_each(|it| failure(it, &mut page));
    }
    inconclusive(document, &mut page);
    for left in &document.left_behind {
        let what = format!("{}: {}", escape(&left.path), escape(&left.reason));
        let style = if left.counts() { Style::Bad } else { Style::Faint };
        let word = if left.made { "left behind: " } else { "perhaps left behind: " };
        page.line(4, &[(Style::Plain, "  "), (style, word), (Style::Plain, &what)]);
    }
    by_family(document, VerdictWord::Pass, "passed: ", Style::Good, &mut page);
    skipped(document, &mut page);
    page.finish()
}

fn headline(document: &Verification, page: &mut Page) {
    let summary = &document.summary;
    let asked = summary.pass + summary.fail + summary.inconclusive;
    let failed = failures(document);
    let left = document.not_removed().count();
    let (style, verdict) = if left > 0 {
        let left = counted(left, "item");
        (Style::Bad, format!("failed: {left} left behind, and {failed} of {}", checks(asked)))
    } else if failed > 0 {
        (Style::Bad, format!("failed: {failed} of {}", checks(asked)))
    } else if summary.inconclusive > 0 || summary.pass == 0 {
        (Style::Warning, format!("inconclusive: {} of {}", summary.inconclusive, checks(asked)))
    } else {
        (Style::Good, format!("passed: {}", checks(summary.pass)))
    };
    let requests: u64 = document.run.requests.iter().map(|family| family.count).sum();
    let how = format!(
        " ({}, tier {}, {} in {}.{} s)",
        escape(&document.target.url),
        document.target.tier.name(),
        counted(usize::try_from(requests).unwrap_or(usize::MAX), "request"),
        document.run.took_ms / 1000,
        document.run.took_ms % 1000 / 100,
    );
    page.line(2, &[(style, &verdict), (Style::Plain, &how)]);
}

fn checks(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "check")
}

/// Returns the number of failures that are errors or warnings.
fn failures(document: &Verification) -> usize {
    document.outcomes.iter().filter(|outcome| outcome.severity >= Some(SeverityWord::Warning)).count()
}

fn failure(outcome: &Outcome, page: &mut Page) {
    let (style, word) = match outcome.severity {
        Some(SeverityWord::Error) => (Style::Bad, "failed: "),
        Some(SeverityWord::Warning) => (Style::Warning, "warning: "),
        _ => (Style::Faint, "note: "),
    };
    line(outcome, style, word, page);
    if let Some(remedy) = &outcome.remedy {
        page.line(11, &[(Style::Plain, "      "), (Style::Good, "fix: "), (Style::Plain, remedy)]);
    }
    let seen = outcome.evidence.last().map(|last| format!(" · {}", in_short(last))).unwrap_or_default();
    page.line(8, &[(Style::Plain, "      "), (Style::Faint, &format!("{}{seen}", outcome.rule))]);
}

/// Writes the inconclusive checks. If many have the same reason, they share a line.
fn inconclusive(document: &Verification, page: &mut Page) {
    for (reason, outcomes) in by_reason(document, VerdictWord::Inconclusive) {
        if outcomes.len() < MANY {
            outcomes.into_iter().for_each(|outcome| {
                line(outcome, Style::Warning, "inconclusive: ", page);
                last_seen(outcome, page);
            });
        } else {
            let list = format!("{} ({reason})", names(document, &outcomes));
            page.line(6, &[(Style::Plain, "  "), (Style::Warning, "inconclusive: "), (Style::Plain, &list)]);
            outcomes.first().into_iter().for_each(|outcome| last_seen(outcome, page));
        }
    }
}

fn last_seen(outcome: &Outcome, page: &mut Page) {
    if let Some(last) = outcome.evidence.last() {
        page.line(8, &[(Style::Plain, "      "), (Style::Faint, &in_short(last))]);
    }
}

/// Groups the outcomes with this verdict by their reason, in order.
fn by_reason(document: &Verification, verdict: VerdictWord) -> Vec<(&str, Vec<&Outcome>)> {
    let mut reasons: Vec<(&str, Vec<&Outcome>)> = Vec::new();
    for outcome in document.outcomes.iter().filter(|outcome| outcome.verdict == verdict) {
        let reason = outcome.reason.as_deref().unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, outcomes)) => outcomes.push(outcome),
            None => reasons.push((reason, vec![outcome])),
        }
    }
    reasons
}

/// Returns the names of checks, each once; for a complete family, the name of the family.
fn names(document: &Verification, outcomes: &[&Outcome]) -> String {
    let mut names = Vec::new();
    for family in outcomes.chunk_by(|one, next| one.family == next.family) {
        let name = family.first().map(|outcome| outcome.family.as_str()).unwrap_or_default();
        if family.len() > 1 && family.len() == document.outcomes.iter().filter(|other| other.family == name).count() {
            names.push(format!("all of {name}"));
            continue;
        }
        let mut checks: Vec<_> = family.iter().map(|outcome| outcome.check.clone()).collect();
        checks.dedup();
        names.extend(checks);
    }
    names.join(", ")
}

fn line(outcome: &Outcome, style: Style, word: &str, page: &mut Page) {
    let case = outcome.case.as_deref().map(|case| format!(" [{}]", escape(case))).unwrap_or_default();
    let reason = outcome.reason.as_deref().unwrap_or_default();
    page.line(
        6,
        &[
            (Style::Plain, "  "),
            (Style::Strong, &outcome.check),
            (Style::Plain, &case),
            (Style::Plain, "  "),
            (style, word),
            (Style::Plain, reason),
        ],
    );
}

/// Returns an exchange on one line: `GET /tasks as user B: 200, 17 bytes`.
fn in_short(exchange: &Exchange) -> String {
    let sent = &exchange.sent;
    let who = sent.who.as_deref().map(|who| format!(" as {who}")).unwrap_or_default();
    let got = match (exchange.got.status, &exchange.got.reason) {
        (Some(status), _) => format!("{status}, {} bytes", exchange.got.length),
        (None, reason) => reason.clone().unwrap_or_default(),
    };
    format!("{} {}{who}: {got}", sent.method, escape(&sent.path))
}

fn by_family(document: &Verification, verdict: VerdictWord, word: &str, style: Style, page: &mut Page) {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for outcome in document.outcomes.iter().filter(|outcome| outcome.verdict == verdict) {
        match counts.last_mut().filter(|(family, _)| *family == outcome.family) {
            Some((_, count)) => *count += 1,
            None => counts.push((&outcome.family, 1)),
        }
    }
    if !counts.is_empty() {
        let list: Vec<_> = counts.iter().map(|(family, count)| format!("{family} {count}")).collect();
        page.line(8, &[(style, word), (Style::Plain, &list.join(", "))]);
    }
}

/// Writes the skipped checks, one line for each reason.
fn skipped(document: &Verification, page: &mut Page) {
    for (reason, outcomes) in by_reason(document, VerdictWord::Skipped) {
        let list = format!("{} ({reason})", names(document, &outcomes));
        page.line(9, &[(Style::Faint, "skipped: "), (Style::Faint, &list)]);
    }
}
