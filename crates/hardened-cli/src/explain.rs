//! The command `hardened explain`, which shows what a rule demands, why, and the fix.

use std::io::{self, Write};

use hardened::{
    Tier,
    rule::{Level, Rule, Waivable},
};
use hardened_core::{terminal::Style, text::misspelling};
use serde_json::{Value, json};

use crate::{
    outcome::{Outcome, complain},
    output, rules,
};

/// The maximum number of codes that are suggested.
const MAX_SUGGESTIONS: usize = 3;

/// Explains a rule by its code, or lists all rules.
///
/// Every finding ends with the code of its rule: `hardened explain secret-too-short`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Code of a rule; without it, all rules are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,

    /// Output for people (text) or machines (json)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let rules = match arguments.code.as_deref().map(normalised) {
        None => rules::all(),
        Some(code) => match Rule::find(&code, &rules::all()) {
            Some(rule) => vec![rule],
            None => {
                complain(&unknown(&code));
                return Ok(Outcome::Misused);
            }
        },
    };
    match (arguments.format, rules.as_slice()) {
        (Format::Json, rules) => {
            let rules: Vec<Value> = rules.iter().copied().map(to_json).collect();
            writeln!(io::stdout().lock(), "{:#}", json!({ "version": 1, "rules": rules }))?;
        }
        (Format::Text, [rule]) => writeln!(io::stdout().lock(), "{}", rule.explained(output::look()))?,
        (Format::Text, rules) => list(rules)?,
    }
    Ok(Outcome::Done)
}

/// Converts the name of a constant to a code: `SECRET_TOO_SHORT` is `secret-too-short`.
fn normalised(code: &str) -> String {
    code.trim().to_ascii_lowercase().replace('_', "-")
}

fn list(rules: &[Rule]) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.code().len()).max().unwrap_or(0) + 2;
    for rule in rules {
        output::line(width, &[(Style::Strong, &format!("{:width$}", rule.code())), (Style::Plain, rule.holds())])?;
    }
    Ok(())
}

fn to_json(rule: Rule) -> Value {
    let levels = Tier::ALL.iter().map(|tier| (tier.name().to_owned(), level(rule.level(*tier)).into())).collect();
    json!({
        "code": rule.code(),
        "word": rule.word().as_str(),
        "holds": rule.holds(),
        "why": rule.why(),
        "remedy": rule.remedy(),
        "source": rule.source(),
        "cwe": rule.cwe().iter().map(|cwe| cwe.number()).collect::<Vec<_>>(),
        "waivable": waivable(rule.waivable()),
        "levels": Value::Object(levels),
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Refuse => "refuse",
        Level::Warn => "warn",
        Level::Note => "note",
        Level::Off => "off",
    }
}

fn waivable(waivable: Waivable) -> &'static str {
    match waivable {
        Waivable::Everywhere => "everywhere",
        Waivable::Locally => "locally",
        Waivable::Never => "never",
    }
}

/// Returns the error for an unknown code. It repeats the code only if it looks like one.
fn unknown(code: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    let shown = if code.len() <= 64 && code.bytes().all(plain) { format!(" `{code}`") } else { String::new() };
    let suggestion = match suggestions(code).as_slice() {
        [] => String::new(),
        codes => {
            format!("; did you mean {}?", codes.iter().map(|code| format!("`{code}`")).collect::<Vec<_>>().join(" or "))
        }
    };
    format!("there is no rule with the code{shown}{suggestion}\n\nTo list all codes, run 'hardened explain'.")
}

/// Returns the codes nearest to a text, or else those that contain it.
fn suggestions(code: &str) -> Vec<&'static str> {
    let all = rules::all();
    let codes = || all.iter().map(|rule| rule.code());
    let nearest = codes().filter_map(|known| misspelling(code, known)).min();
    let is_meant = |known: &&str| match nearest {
        Some(_) => misspelling(code, known) == nearest,
        None => code.len() >= 3 && known.contains(code),
    };
    codes().filter(is_meant).take(MAX_SUGGESTIONS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_code_leads_to_the_nearest() {
        for (code, expected) in [
            ("secret-to-short", &["secret-too-short"][..]),
            ("too-short", &["secret-too-short"]),
            ("secret-uid", &["secret-uuid"]),
            ("tier", &["tier-unknown", "tier-hosted", "tier-development-release"]),
            ("se", &[]),
            ("", &[]),
            ("zzzzzzzzzzzzzzzz", &[]),
        ] {
            assert_eq!(suggestions(&normalised(code)), expected, "{code}");
        }
    }
}
