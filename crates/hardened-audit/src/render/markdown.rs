//! Renders the report as Markdown.

use std::fmt::Write as _;

use super::HOW_TO_READ;
use crate::{
    diff::Change,
    report::{DecisionEntry, Report, RequirementStanding, Standing},
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
    writeln!(out, "Created from {} by {}.\n\n{HOW_TO_READ}\n", about.inputs.join(", "), about.tool)?;
    summary(report, out)?;
    section(
        out,
        "Findings",
        &["Severity", "Rule", "Subject", "Fact", "Fix"],
        report.findings.iter().map(|it| {
            let rule = format!("{} {}", code(&it.code), weaknesses(&it.cwe)).trim_end().to_owned();
            vec![safe(&it.severity), rule, safe(&it.subject), safe(&it.fact), safe(&it.remedy)]
        }),
        "None.",
    )?;
    section(
        out,
        "What the service promises",
        &["About", "Promise", "Seen live", "Evidence"],
        report
            .promises
            .iter()
            .map(|it| vec![safe(&it.about), safe(&it.text), it.seen.name().to_owned(), safe(&it.evidence.join("; "))]),
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
        "Waivers",
        &["Rule", "For", "Reason"],
        report.waivers.iter().map(|it| {
            let unused = if it.used { "" } else { " (not needed)" };
            let reason =
                format!("{}{unused}", safe(it.reason.as_deref().unwrap_or("withheld: it looks like a secret")));
            vec![code(&it.code), safe(&it.subject), reason]
        }),
        if about.tier.is_some() { "None: every rule of the tier binds." } else { "Not known: no manifest was given." },
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
        &["Requirement", "Level", "What it requires", "Standing", "Evidence"],
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
        "Rules",
        &["Rule", "In this tier", "Weakness", "Standing", "Evidence"],
        report.measures.iter().filter(|it| it.rule.is_none()).map(|it| {
            let level = it.level.clone().unwrap_or_default();
            let evidence = safe(&it.evidence.join("; "));
            vec![code(&it.code), level, weaknesses(&it.cwe), it.standing.name().to_owned(), evidence]
        }),
        "None are known: no manifest was given.",
    )?;
    section(
        out,
        "Live checks",
        &["Check", "Rule", "Weakness", "Standing", "Evidence"],
        report.measures.iter().filter(|it| it.rule.is_some()).map(|it| {
            let rule = code(it.rule.as_deref().unwrap_or_default());
            let evidence = safe(&it.evidence.join("; "));
            vec![code(&it.code), rule, weaknesses(&it.cwe), it.standing.name().to_owned(), evidence]
        }),
        "None: no verification was given.",
    )
}

fn summary(report: &Report, out: &mut String) -> std::fmt::Result {
    let it = &report.summary;
    let not_held = report.measures.iter().filter(|it| it.standing == Standing::NotHeld);
    let not_held: Vec<_> = not_held.map(|it| code(&it.code)).collect();
    let named = if not_held.is_empty() { String::new() } else { format!(" ({})", not_held.join(", ")) };
    let not_shown = report.asvs.iter().filter(|it| it.standing == RequirementStanding::NotShown).count();
    writeln!(out, "## Summary\n")?;
    writeln!(
        out,
        "- Rules and live checks: {} held, {} in part, {} not held{named}, {} not shown.",
        it.held, it.in_part, it.not_held, it.not_shown
    )?;
    writeln!(out, "- Decisions: {} confirmed, {} contradicted.", it.decisions_confirmed, it.decisions_contradicted)?;
    writeln!(
        out,
        "- OWASP ASVS 5.0: {} met, {} not met, {not_shown} not shown, the others in part, of {} that are covered.",
        it.requirements_met,
        it.requirements_not_met,
        report.asvs.len()
    )?;
    writeln!(out, "- [Waivers](#waivers): {}.", report.waivers.len())?;
    writeln!(out, "- Checks and cases that were [not tested](#what-was-not-tested): {}.", report.not_shown.len())
}

fn live(report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Live verification\n")?;
    match &report.live {
        None => writeln!(out, "None was given: nothing is shown about what the service does.")?,
        Some(it) => {
            writeln!(
                out,
                "{}, started {}, {} requests: {} passed, {} failed, {} inconclusive, {} skipped.",
                safe(&it.target),
                safe(&it.started),
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
        None => writeln!(out, "None was given: nothing is shown about secrets in the code."),
        Some(it) => writeln!(
            out,
            "{} files and {} Git objects, for {} values and for code that contains a secret: {} found, {} of them accepted before, {} \
             values or places not searched.",
            it.files,
            it.objects,
            it.values,
            it.found + it.accepted,
            it.accepted,
            it.not_searched,
        ),
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
        format!("`{}`", hardened_core::text::escape(text).replace('`', "'").replace('|', "\\|"))
    }
}

fn weaknesses(numbers: &[u64]) -> String {
    let link = |number: &u64| format!("[CWE-{number}](https://cwe.mitre.org/data/definitions/{number}.html)");
    numbers.iter().map(link).collect::<Vec<_>>().join(", ")
}

/// Escapes a text so that it can neither end a table cell nor become markup.
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
