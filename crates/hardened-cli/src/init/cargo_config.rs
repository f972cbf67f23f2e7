//! `.cargo/config.toml`: sets the tier to development for `cargo run` and `cargo test` only.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    found::{Found, Place},
    step::Step,
};

/// Plans the step, and the task that is left for the user. `variable` names the tier.
pub(super) fn plan(place: &Place, variable: &str) -> (Step, Option<String>) {
    let entry = format!("{variable} = \"development\"");
    let table = format!(
        "[env]\n\
         # For `cargo run` and `cargo test`. A binary that you start directly does not get it and runs as production.\n\
         {entry}\n"
    );
    let said = format!("`cargo run` and `cargo test` set {variable}=development");
    let leave = |why: String, task: Option<String>| (Step::leave(&place.file, why), task);
    let by_hand = |where_to: String| Some(format!("add the line `{entry}` {where_to} of {}", place.file));
    let text = match &place.found {
        Found::Absent => return (Step::create(&place.file, table, said), None),
        Found::Untouchable(reason) => {
            return leave(format!("{reason}; its [env] table should contain `{entry}`"), None);
        }
        Found::Text(text) => text,
    };
    match state(text, variable) {
        State::Invalid => {
            leave("not valid TOML".to_owned(), Some(format!("correct {}, which cargo cannot read", place.file)))
        }
        State::NoTable => {
            let gap = if text.is_empty() { "" } else { "\n" };
            (Step::append(&place.file, text, &format!("{gap}{table}"), said), None)
        }
        State::Development => leave(format!("already sets {variable} for development"), None),
        State::Other(line) => leave(
            format!("line {line} sets {variable} to something else"),
            Some(format!("change line {line} of {} to `{entry}`; otherwise .env is not read", place.file)),
        ),
        State::Table(line) => {
            leave(format!("already has an [env] table, in line {line}"), by_hand(format!("below line {line}")))
        }
        State::Elsewhere(line) => {
            leave(format!("has an `env` in another form, in line {line}"), by_hand("to `env`".to_owned()))
        }
    }
}

enum State {
    Invalid,
    NoTable,
    /// The variable is set to a development or test tier.
    Development,
    /// The variable is set to something else on this line.
    Other(usize),
    /// There is an `[env]` table without the variable; its header is on this line.
    Table(usize),
    /// There is an `env` without such a header, on this line.
    Elsewhere(usize),
}

fn state(text: &str, variable: &str) -> State {
    let Ok(document) = DeTable::parse(text) else {
        return State::Invalid;
    };
    let Some((key, value)) = document.get_ref().get_key_value("env") else {
        return State::NoTable;
    };
    if let Some((name, value)) = value.get_ref().as_table().and_then(|table| table.get_key_value(variable)) {
        let tier = value.get_ref().as_str().or_else(|| value.get_ref().get("value").and_then(as_str));
        let known = tier.is_some_and(|tier| matches!(tier, "development" | "dev" | "test"));
        return if known { State::Development } else { State::Other(line_of(text, name.span().start)) };
    }
    let line = line_of(text, key.span().start);
    let header = text.lines().nth(line - 1).unwrap_or_default().trim_start();
    if header.starts_with('[') && !header.contains('.') { State::Table(line) } else { State::Elsewhere(line) }
}

fn as_str<'a>(value: &'a Spanned<DeValue<'_>>) -> Option<&'a str> {
    value.get_ref().as_str()
}

/// Returns the line number of a position, from 1.
fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_the_file_has_one_answer() {
        for (text, word) in [
            ("", "append"),
            ("[build]\njobs = 2", "append"),
            ("# [env]\n", "append"),
            ("[env]\nENVIRONMENT = \"development\"\n", "development"),
            ("[env]\nENVIRONMENT = { value = \"test\", force = true }\n", "development"),
            ("env.ENVIRONMENT = 'development'\n", "development"),
            ("[env]\nA = 'b'\nENVIRONMENT = \"production\"\n", "other 3"),
            ("[env]\nENVIRONMENT = { value = \"\" }\n", "other 2"),
            ("[env]\nA = 'b'\n", "table 1"),
            ("[build]\njobs = 2\n\n[ env ] # mine\nA = 'b'\n", "table 4"),
            ("env.A = 'b'\n", "elsewhere 1"),
            ("env = { A = 'b' }\n", "elsewhere 1"),
            ("[env.A]\nvalue = 'b'\n", "elsewhere 1"),
            ("env = 3\n", "elsewhere 1"),
            ("[env\n", "invalid"),
        ] {
            let told = match state(text, "ENVIRONMENT") {
                State::Invalid => "invalid".to_owned(),
                State::NoTable => "append".to_owned(),
                State::Development => "development".to_owned(),
                State::Other(line) => format!("other {line}"),
                State::Table(line) => format!("table {line}"),
                State::Elsewhere(line) => format!("elsewhere {line}"),
            };
            assert_eq!(told, word, "{text:?}");
        }
    }

    #[test]
    fn what_is_appended_sets_the_tier() {
        for text in ["", "[build]\njobs = 2", "[build]\r\njobs = 2\r\n"] {
            let place =
                Place { file: "config.toml".to_owned(), found: Found::Text(text.to_owned().into()), is_open: false };
            let super::super::step::Deed::Append(more) = plan(&place, "ENVIRONMENT").0.deed else { panic!("{text:?}") };
            assert!(matches!(state(&format!("{text}{}", *more), "ENVIRONMENT"), State::Development), "{text:?}");
        }
    }
}
