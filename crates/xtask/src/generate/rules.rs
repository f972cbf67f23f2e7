//! `docs/RULES.md` and `docs/TIERS.md`, from the library's one table of rules.

use std::fmt::Write as _;

use hardened::{
    Tier,
    rule::{ALL, Level, Rule, Waivable},
};

use super::generated::Generated;
use crate::failure::Failure;

const MARK: &str = "<!-- Made by `cargo xtask generate` from src/rule/table.rs. -->\n";

/// Every rule with its reason and its remedy.
pub(super) fn rules() -> Result<Generated, Failure> {
    let mut text = format!(
        "{MARK}# Rules\n\nEvery finding names one of these {} rules. `hardened explain CODE` prints one. The levels of each tier are in \
         [TIERS.md](TIERS.md).\n",
        ALL.len()
    );
    for rule in ALL {
        section(&mut text, *rule);
    }
    Ok(Generated { path: "docs/RULES.md", content: text.into_bytes() })
}

fn section(text: &mut String, rule: Rule) {
    let remedy = rule.remedy().map_or_else(String::new, |remedy| format!("- Remedy: {remedy}\n"));
    let source = rule.source().map_or_else(String::new, |source| format!("\n- Source: {source}"));
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "\n## `{}`\n\n{}\n\n{}\n\n{remedy}- Waiver: {}{source}",
        rule.code(),
        rule.holds(),
        rule.why(),
        waiver(rule),
    );
}

fn waiver(rule: Rule) -> &'static str {
    match rule.waivable() {
        Waivable::Everywhere => "in every tier",
        Waivable::Locally => "in Development and Test only",
        Waivable::Never => "never",
    }
}

/// Which rule binds in which tier.
pub(super) fn tiers() -> Result<Generated, Failure> {
    let mut text = format!(
        "{MARK}# Tiers\n\nDoubt means production: unset, blank and unknown are judged as Production. *refuse*: the service \
         does not start; *warn* and *note*: it starts, and the report says so; –: the rule does not bind.\n\n\
         | rule | Development | Test | Preview | Production | can be waived |\n|---|---|---|---|---|---|\n"
    );
    for rule in ALL {
        let levels = Tier::ALL.map(|tier| word(rule.level(tier))).join(" | ");
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| [`{0}`](RULES.md#{0}) | {levels} | {1} |", rule.code(), waiver(*rule));
    }
    Ok(Generated { path: "docs/TIERS.md", content: text.into_bytes() })
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Refuse => "**refuse**",
        Level::Warn => "warn",
        Level::Note => "note",
        Level::Off => "–",
    }
}
