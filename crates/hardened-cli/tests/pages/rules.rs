//! Generates `docs/RULES.md` and `docs/TIERS.md` from the rule tables of every crate.

use std::fmt::Write as _;

use hardened::{Tier, rule::Rule};
use hardened_core::tier::NAMES;

const MARK: &str = "<!-- Made by `cargo xtask generate` from the tables of rules. -->\n";

/// The rule tables, each with a title.
pub(super) const TABLES: [(&str, &[Rule]); 4] = [
    ("Starting a service", hardened::rule::ALL),
    ("Live checks: `hardened verify`", hardened_verify::rule::ALL),
    ("Searching for secrets: `hardened scan`", &hardened_scan::rule::ALL),
    ("Audits: `hardened audit`", hardened_audit::rule::ALL),
];

/// Returns the page of rules, each with its reason and its remedy.
pub(super) fn rules() -> String {
    let mut text = format!(
        "{MARK}# Rules\n\nEvery finding names one of these {} rules. `hardened explain CODE` prints one. The levels of each tier are in \
         [TIERS.md](TIERS.md).\n",
        TABLES.iter().map(|(_, table)| table.len()).sum::<usize>()
    );
    for (title, table) in TABLES {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n# {title}\n");
        table.iter().for_each(|rule| {
            let _ = write!(text, "\n{}", rule.to_markdown());
        });
    }
    text
}

/// Returns the section "Which tier am I in?".
fn which() -> String {
    let mut text = "## Which tier am I in?\n\n`my-service config check` prints the tier and why. The tier comes from \
        `ENVIRONMENT`, then from `APP_ENV`; a service can choose one variable of its own with `Loader::tier_variable`, which \
        replaces both. When both are set and differ, the stricter counts.\n\n| tier | values |\n|---|---|\n"
        .to_owned();
    for (tier, names) in NAMES {
        let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let others =
            if tier == Tier::Production { "; unset; blank; any other value, which refuses the start" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {names}{others} |", capitalised(tier.name()));
    }
    text.push_str(
        "\nUpper case, surrounding white space, one pair of quotes and invisible characters do not matter, and the report notes \
         them (`tier-normalised`). A service adds names of its own with `Loader::tier_alias`, for Production and Preview \
         only.\n\nA platform can raise the tier, never lower it: Railway, Vercel, Netlify and others name their environments, \
         and the stricter of that and the declared tier counts. On a platform that serves the public, Development and Test \
         refuse the start (`tier-hosted`).\n\nOther variables do not count: `NODE_ENV`, `RAILS_ENV`, `RUST_ENV` and `ENV` \
         belong to other programs. The tier in a `.env` file does not count either, because the tier decides whether that \
         file is read: set it in the shell, or in `[env]` of `.cargo/config.toml`, where `hardened init` puts it.\n",
    );
    text
}

fn capitalised(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

/// Returns the page with the levels of each rule in each tier.
pub(super) fn tiers() -> String {
    let mut text = format!(
        "{MARK}# Tiers\n\n{}\n## What each rule does in a tier\n\nDoubt means production: unset, blank and unknown are judged as Production. *refuse*: the service \
         does not start; *warn* and *note*: it starts, and the report says so; –: the rule does not bind.\n\n\
         A live check that fails is an error where it says *refuse*, and the tier is that of the service.\n",
        which()
    );
    for (title, table) in TABLES {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n### {title}\n\n| rule | Development | Test | Preview | Production | can be waived |\n|---|---|---|---|---|---|\n"
        );
        for rule in table {
            let _ = writeln!(text, "| [`{0}`](RULES.md#{0}) | {1} |", rule.code(), rule.to_markdown_levels());
        }
    }
    text
}
