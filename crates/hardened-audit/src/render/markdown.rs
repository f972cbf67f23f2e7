//! The report as Markdown.

use std::fmt::Write as _;

use crate::{
    diff::Change,
    report::{DecisionEntry, Report},
};

impl Report {
    /// Returns the report as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = write(self, &mut text);
        text
    }
}

fn write(report: &Report, out: &mut String) -> std::fmt::Result {
    let about = &report.about;
    let version = about.version.as_deref().map(|it| format!(" {it}")).unwrap_or_default();
    writeln!(out, "# Audit of {}{}\n", safe(about.service.as_deref().unwrap_or("a service")), safe(&version))?;
    if let Some(tier) = &about.tier {
        writeln!(out, "Tier {tier}: {}.\n", safe(&about.tier_evidence.join("; ")))?;
    }
    writeln!(out, "Made from {} by {}.\n", about.inputs.join(", "), about.tool)?;
    summary(report, out)?;
    section(
        out,
        "Findings",
        &["Severity", "Rule", "Subject", "Fact", "Fix"],
        report
            .findings
            .iter()
            .map(|it| vec![it.severity.clone(), code(&it.code), safe(&it.subject), safe(&it.fact), safe(&it.remedy)]),
        "None.",
    )?;
    section(
        out,
        "What the service promises",
        &["About", "Promise", "Seen live"],
        report.promises.iter().map(|it| vec![safe(&it.about), safe(&it.text), it.seen.name().to_owned()]),
        "Nothing is known.",
    )?;
    section(
        out,
        "Endpoints",
        &["Method", "Path", "Who may call it"],
        report.endpoints.iter().map(|it| vec![safe(&it.method), code(&it.path), it.who.name().to_owned()]),
        "Not known: no manifest with routes was given.",
    )?;
    section(
        out,
        "Variables",
        &["Variable", "Kind", "State", "Source"],
        report.settings.iter().map(|it| {
            let secret = if it.secret { ", secret" } else { "" };
            let source = it.source.clone().unwrap_or_default();
            vec![code(&it.variables.join(", ")), format!("{}{secret}", safe(&it.kind)), it.state.clone(), source]
        }),
        "None are known.",
    )?;
    section(
        out,
        "Accepted dangers",
        &["Rule", "For", "Reason"],
        report
            .waivers
            .iter()
            .map(|it| vec![code(&it.code), safe(&it.subject), safe(it.reason.as_deref().unwrap_or("withheld"))]),
        "None.",
    )?;
    live(report, out)?;
    section(
        out,
        "Decisions",
        &["Decision", "Standing", "Confirmed by"],
        report.decisions.iter().map(decision),
        "None were given.",
    )?;
    section(
        out,
        "OWASP ASVS 5.0",
        &["Requirement", "Level", "What it asks for", "Standing", "Evidence"],
        report.asvs.iter().map(|it| {
            vec![
                format!("[{}]({})", it.number, it.link),
                it.level.to_string(),
                it.summary.clone(),
                it.standing.name().to_owned(),
                safe(&it.evidence.join("; ")),
            ]
        }),
        "None.",
    )?;
    if let Some(changes) = &report.changes {
        section(
            out,
            "Changed since the previous release",
            &["Direction", "What", "Before", "After"],
            changes.iter().map(change),
            "Nothing.",
        )?;
    }
    section(
        out,
        "What was not tested",
        &["What", "Why"],
        report.not_shown.iter().map(|it| vec![code(&it.code), safe(&it.reason)]),
        "Every check had a verdict.",
    )?;
    section(
        out,
        "Rules and checks",
        &["Code", "Level", "Standing", "Evidence"],
        report.measures.iter().map(|it| {
            let level = it.level.clone().unwrap_or_default();
            vec![code(&it.code), level, it.standing.name().to_owned(), safe(&it.evidence.join("; "))]
        }),
        "None.",
    )
}

fn summary(report: &Report, out: &mut String) -> std::fmt::Result {
    let it = &report.summary;
    writeln!(out, "## Summary\n")?;
    writeln!(out, "- Rules and checks: {} held, {} not held, {} not shown.", it.held, it.not_held, it.not_shown)?;
    writeln!(out, "- Decisions: {} confirmed, {} contradicted.", it.decisions_confirmed, it.decisions_contradicted)?;
    writeln!(
        out,
        "- OWASP ASVS 5.0: {} met, {} not met, of {}.",
        it.requirements_met,
        it.requirements_not_met,
        report.asvs.len()
    )
}

fn live(report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Live verification\n")?;
    match &report.live {
        None => writeln!(out, "None was given: nothing is shown about what the service does.")?,
        Some(it) => {
            writeln!(
                out,
                "{}, begun {}, {} requests: {} passed, {} failed, {} inconclusive, {} skipped.",
                safe(&it.target),
                it.started,
                it.requests,
                it.pass,
                it.fail,
                it.inconclusive,
                it.skipped,
            )?;
            for remark in &it.remarks {
                writeln!(out, "\nNote: {}", safe(remark))?;
            }
            for left in &it.left_behind {
                writeln!(out, "\nLeft behind: {}", safe(left))?;
            }
        }
    }
    writeln!(out, "\n## Search for secrets in the code\n")?;
    match &report.scan {
        None => writeln!(out, "None was given."),
        Some(it) => writeln!(out, "{} files and objects, {} findings.", it.searched, it.findings),
    }
}

fn decision(it: &DecisionEntry) -> Vec<String> {
    let codes = it.confirmed_by.iter().map(|measure| format!("{} {}", code(&measure.code), measure.standing.name()));
    let title = format!("{}. {} ({})", it.number, safe(&it.title), safe(&it.status));
    vec![title, it.standing.name().to_owned(), codes.collect::<Vec<_>>().join(", ")]
}

fn change(it: &Change) -> Vec<String> {
    let or_none = |text: &Option<String>| safe(text.as_deref().unwrap_or_default());
    vec![it.direction.name().to_owned(), code(&it.what), or_none(&it.before), or_none(&it.after)]
}

fn section(
    out: &mut String,
    title: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    nothing: &str,
) -> std::fmt::Result {
    writeln!(out, "\n## {title}\n")?;
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return writeln!(out, "{nothing}");
    }
    writeln!(out, "| {} |", columns.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(columns.len()))?;
    rows.try_for_each(|row| writeln!(out, "| {} |", row.join(" | ")))
}

fn code(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("`{}`", text.replace('`', "'").replace('|', "\\|").replace('\n', " "))
    }
}

/// Text that can neither end a cell nor become markup.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for symbol in hardened_core::text::escape(text).chars() {
        if matches!(symbol, '|' | '<' | '>' | '`' | '*' | '_' | '[' | ']' | '\\') {
            safe.push('\\');
        }
        safe.push(symbol);
    }
    safe
}
