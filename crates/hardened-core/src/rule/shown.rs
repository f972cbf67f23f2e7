//! The description of a rule for people: in a terminal and in Markdown.

use std::fmt::Write as _;

use super::{Level, Rule, Waivable};
use crate::{
    terminal::{Look, Page, Style},
    tier::Tier,
};

impl Rule {
    /// Returns a description of the rule: what holds, why, the fix, and the level in each tier.
    #[must_use]
    pub fn explained(self, look: Look) -> String {
        let mut page = Page::new(look);
        let mut line = |name: &str, style: Style, text: &str| {
            page.line(15, &[(Style::Plain, "  "), (Style::Faint, &format!("{name:13}")), (style, text)]);
        };
        line("rule", Style::Strong, self.code());
        line("holds", Style::Plain, self.holds());
        line("why", Style::Plain, self.why());
        self.remedy().into_iter().for_each(|remedy| line("fix", Style::Plain, remedy));
        self.source().into_iter().for_each(|source| line("source", Style::Plain, source));
        for cwe in self.cwe() {
            line("weakness", Style::Plain, &format!("{cwe}: {}", cwe.name()));
        }
        let waivable = match self.waivable() {
            Waivable::Everywhere => "in code, in every tier",
            Waivable::Locally => "in code, in Development and Test only",
            Waivable::Never => "never",
        };
        line("waivable", Style::Plain, waivable);
        for tier in Tier::ALL {
            line(tier.name(), Style::Plain, outcome(self.level(tier)));
        }
        page.finish()
    }

    /// Returns a Markdown section about the rule: what holds, why, the fix, and the tiers in which it can be waived.
    #[must_use]
    pub fn to_markdown(self) -> String {
        let mut text = format!("## `{}`\n\n{}\n\n{}\n\n", self.code(), self.holds(), self.why());
        // Writing to a string cannot fail.
        if let Some(remedy) = self.remedy() {
            let _ = writeln!(text, "- Remedy: {remedy}");
        }
        let _ = writeln!(text, "- Waiver: {}", self.waivable().name());
        let weaknesses: Vec<_> =
            self.cwe().iter().map(|cwe| format!("[{cwe}]({}) ({})", cwe.link(), cwe.name())).collect();
        if !weaknesses.is_empty() {
            let _ = writeln!(text, "- Weakness: {}", weaknesses.join(", "));
        }
        if let Some(source) = self.source() {
            let _ = writeln!(text, "- Source: {source}");
        }
        text
    }

    /// Returns cells of a Markdown table row: the levels from Development to Production, and the tiers for waivers.
    #[must_use]
    pub fn to_markdown_levels(self) -> String {
        let levels = Tier::ALL.map(|tier| word(self.level(tier))).join(" | ");
        format!("{levels} | {}", self.waivable().name())
    }
}

impl Waivable {
    /// Returns a phrase for the tiers in which a waiver can relax the rule.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "in every tier",
            Self::Locally => "in Development and Test only",
            Self::Never => "never",
        }
    }
}

const fn outcome(level: Level) -> &'static str {
    match level {
        Level::Refuse => "refuses the start",
        Level::Warn => "starts, with a warning",
        Level::Note => "starts, with a note",
        Level::Off => "does not apply",
    }
}

const fn word(level: Level) -> &'static str {
    match level {
        Level::Refuse => "**refuse**",
        Level::Warn => "warn",
        Level::Note => "note",
        Level::Off => "–",
    }
}
