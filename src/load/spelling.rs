//! Detects typical slips in a text that cannot be read, or that was probably meant otherwise.

use hardened_core::text::is_invisible;
use hardened_strength::is_template;

use super::SettingState;
use crate::{
    Violation, message,
    report::Provenance,
    rule,
    schema::{Kind, SettingSchema, is_in_brackets, is_quoted, items},
};

/// Returns why a text cannot be read as its type. For a default, the fault is in the code, not with the operator.
pub(super) fn unreadable(
    violation: Violation,
    kind: Kind,
    text: &str,
    setting: &SettingSchema,
    state: SettingState,
) -> Violation {
    if state == SettingState::Default {
        let fact = message!("the type refuses the default in the code: ").then(violation.fact().clone());
        return Violation::new(rule::SETTING_DEFAULT, fact);
    }
    if violation.rule() != rule::SETTING_MALFORMED {
        return violation;
    }
    let expected = setting.own_wish();
    if kind.is_secret() {
        violation.as_rule(rule::SECRET_MALFORMED)
    } else if let Some((slip, remedy)) = slip(text, kind) {
        let must = || {
            if is_free(kind) { violation.fact().clone() } else { message!("must be ").then(kind.requirement()) }
        };
        let must = expected.map_or_else(must, |expected| message!("must be ").then(expected));
        Violation::malformed(message!(slip, "; ").then(must)).remedy(remedy)
    } else {
        expected.map_or(violation, |expected| Violation::malformed(message!("must be ").then(expected)))
    }
}

/// Returns what the rules of a field find wrong with a text. For a default, the fault is in the code, not with the operator.
pub(super) fn of_field(broken: Vec<Violation>, kind: Kind, provenance: &Provenance) -> Vec<Violation> {
    let told = |violation: Violation| match provenance {
        Provenance::Default => {
            let fact = message!("the field refuses the default in the code: ").then(violation.fact().clone());
            Violation::new(rule::SETTING_DEFAULT, fact)
        }
        _ if kind.is_secret() => violation.as_rule(rule::SECRET_MALFORMED),
        _ => violation,
    };
    broken.into_iter().map(told).collect()
}

/// Returns a typical slip around or in place of a value, and what to do about it.
fn slip(text: &str, kind: Kind) -> Option<(&'static str, &'static str)> {
    let Kind::List { .. } = kind else { return slip_of_one(text) };
    // A list that cannot be split has its own message.
    let items = items(text).ok()?;
    let is_apart = |symbol: char| matches!(symbol, ';' | '|') || symbol.is_whitespace();
    let separators = || {
        let is_one = items.len() == 1 && text.trim().contains(is_apart);
        is_one.then_some(("the items are not separated by commas", "separate the items with commas"))
    };
    items.iter().find_map(|item| slip_of_one(item)).or_else(separators)
}

fn slip_of_one(text: &str) -> Option<(&'static str, &'static str)> {
    if let Some(quotes) = quotes(text) {
        Some((quotes, "set the value without quotes"))
    } else if is_template(text.trim().as_bytes()) {
        Some(("a variable or template that was not filled in", "set the value itself"))
    } else if text.contains(" #") {
        Some(("a comment after the value", "set the value without the comment"))
    } else if text.chars().any(is_invisible) {
        Some(("invisible characters in the value", "set the value again, typed or copied as plain text"))
    } else {
        None
    }
}

/// Detects quotes around a text that cannot have any, in every form that a shell, a web page or a spreadsheet gives them.
fn quotes(text: &str) -> Option<&'static str> {
    const MARKS: [char; 10] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '«', '»'];
    const ESCAPED: [&str; 3] = ["&quot;", "&#34;", "&#39;"];
    let text = text.trim();
    let starts = text.trim_start_matches('\\').starts_with(MARKS) || ESCAPED.iter().any(|mark| text.starts_with(mark));
    let ends = text.ends_with(MARKS) || ESCAPED.iter().any(|mark| text.ends_with(mark));
    match (starts, ends) {
        (true, true) => Some("quotes around the value"),
        (true, false) | (false, true) => Some("a quote at one end of the value"),
        (false, false) => None,
    }
}

/// Returns whether a kind accepts any text.
fn is_free(kind: Kind) -> bool {
    match kind {
        Kind::List { of } => is_free(*of),
        kind => matches!(kind, Kind::Text | Kind::Path | Kind::Foreign),
    }
}

/// Finds values that can be read but were probably meant otherwise. In our own files, the parser has already removed quotes.
pub(super) fn spelling(kind: Kind, text: &str, provenance: &Provenance) -> Vec<Violation> {
    if !matches!(provenance, Provenance::Environment { .. }) {
        return Vec::new();
    }
    match kind {
        Kind::List { of } if of.is_secret() => separator(text, &[';', '\n', '|', ' ']).into_iter().collect(),
        Kind::List { of } if is_free(*of) => {
            let is_json = text.trim_start().starts_with('[');
            let quoted = (!is_json && text.split(',').any(is_quoted)).then(|| quoted("an item is wrapped in quotes"));
            let brackets = || {
                let violation = Violation::new(rule::SETTING_SEPARATOR, "one item that is in brackets");
                violation.remedy("set the item without brackets, if they are not a part of it")
            };
            let separator = match is_json {
                true => is_in_brackets(text).then(brackets),
                false => separator(text, &[';', '\n', '|', '\t']),
            };
            quoted.into_iter().chain(separator).collect()
        }
        kind if is_free(kind) && is_quoted(text) => vec![quoted("wrapped in quotes, which are part of the value")],
        _ => Vec::new(),
    }
}

fn quoted(fact: &'static str) -> Violation {
    Violation::new(rule::SETTING_QUOTED, fact)
}

/// Reports a list of one item that contains what may be meant as a separator.
fn separator(text: &str, separators: &[char]) -> Option<Violation> {
    if text.contains(',') {
        return None;
    }
    let found = text.trim().chars().find(|symbol| separators.contains(symbol))?;
    let fact = match found {
        ';' => "one item that contains a semicolon",
        '\n' => "one item that contains a line break",
        '|' => "one item that contains a |",
        '\t' => "one item that contains a tab",
        _ => "one item that contains a space",
    };
    Some(Violation::new(rule::SETTING_SEPARATOR, fact))
}
