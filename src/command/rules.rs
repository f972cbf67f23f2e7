//! Prints the service's own rules for people.

use std::fmt::Write as _;

use hardened_core::{terminal::Look, text::nearest};

use crate::rule::{self, Rule};

/// Returns the page about a service's own rules, in the form that `docs/RULES.md` has for those of the library.
pub(super) fn page(service: &str, own: &[Rule]) -> String {
    let mut text = format!("# Rules of {service}\n");
    if own.is_empty() {
        text.push_str("\nThis service adds no rules to those of the library: `config explain CODE` explains each.\n");
        return text;
    }
    text.push_str("\nThey apply in addition to the rules of the library.\n");
    for rule in own {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n{}", rule.to_markdown());
    }
    text.push_str(
        "\n| rule | Development | Test | Preview | Production | can be waived |\n|---|---|---|---|---|---|\n",
    );
    for rule in own {
        let _ = writeln!(text, "| [`{0}`](#{0}) | {1} |", rule.code(), rule.to_markdown_levels());
    }
    text
}

/// Explains a rule of the service or of the library.
///
/// # Errors
///
/// Returns an error if no rule has the code. It does not repeat the code, because people paste secrets into command lines.
pub(super) fn explained(code: &str, own: &[Rule], look: Look) -> Result<String, String> {
    let code = code.trim().to_ascii_lowercase().replace('_', "-");
    let all = [own, rule::ALL].concat();
    if let Some(rule) = Rule::find(&code, &all) {
        return Ok(format!("{}\n", rule.explained(look)));
    }
    let meant = nearest(&code, all.iter().map(|rule| rule.code()));
    let suggestion = meant.map_or_else(String::new, |meant| format!(": did you mean `{meant}`?"));
    Err(format!("no rule has this code{suggestion}"))
}
