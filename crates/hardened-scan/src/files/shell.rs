//! Reads shell commands: scripts, Procfiles, steps of workflows.

use super::{
    entry::Entry,
    text::{default_of, lines, offset, unquoted},
};

/// Returns every assignment in a script.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    lines(text)
        // In Windows, `for /f "tokens=1-3"` sets how a line is split.
        .filter(|(_, line)| !line.trim_start().starts_with('#') && !line.to_ascii_lowercase().contains("for /f"))
        .flat_map(|(_, line)| spaced(text, line).map_or_else(|| assignments(text, line), |entry| vec![entry]))
        .collect()
}

/// Parses `NAME := value` of make and just, `$env:NAME = "value"` of PowerShell, `set -x NAME value` of fish.
fn spaced(text: &str, line: &str) -> Option<Entry> {
    let code = line.trim();
    let code = ["export ", "override ", "$env:", "$"].iter().find_map(|start| code.strip_prefix(start)).unwrap_or(code);
    let (name, value) = match code.strip_prefix("set -") {
        Some(rest) => rest.split_once(' ')?.1.trim_start().split_once(' ')?,
        None => [" ::= ", " := ", " ?= ", " = "].iter().find_map(|sign| code.split_once(sign))?,
    };
    let value = value.trim().strip_prefix("ConvertTo-SecureString ").unwrap_or(value.trim());
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value.get(1..)?.split(quote).next()?,
        _ => value.split(" #").next()?.trim_end(),
    };
    let start = offset(text, value);
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    (is_name && !value.contains('$')).then(|| Entry::key(name, value, start..start + value.len()))
}

/// Returns the assignments in a part of a text: `NAME=value`, `export NAME='a value'`, `--password=value`, `--password value`.
pub(super) fn assignments(text: &str, part: &str) -> Vec<Entry> {
    let mut option = None;
    words(part)
        .filter_map(|word| {
            if let Some(name) = option.replace(word).and_then(|before: &str| before.strip_prefix("--"))
                && !word.starts_with(['-', '$'])
                && !name.contains('=')
            {
                let value = unquoted(word);
                let start = offset(text, value);
                // The argument of an option is not always what the option's name suggests.
                return Some(Entry::key(name, value, start..start + value.len()));
            }
            let (name, value) = word.trim_start_matches('-').trim_start_matches("$env:").split_once('=')?;
            let name = name.trim_start_matches(['"', '\'']);
            // `//registry.example.com/:_authToken=…`
            let name = if name.starts_with("//") { name.rsplit(':').next().unwrap_or_default() } else { name };
            let is_name = name.starts_with(|symbol: char| symbol.is_ascii_alphabetic() || symbol == '_')
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
            let value = unquoted(value).trim_end_matches(['"', '\'']);
            let start = offset(text, value);
            (is_name && (!is_expanded(word) || default_of(value).is_some()))
                .then(|| Entry::variable(name, value, start..start + value.len()))
        })
        .collect()
}

/// Returns whether the shell expands something in a word: `$NAME`, `$(command)`.
fn is_expanded(word: &str) -> bool {
    let is_literal = word.contains("='");
    let mut signs = word.match_indices('$').filter_map(|(at, _)| word.get(at + 1..)?.chars().next());
    !is_literal && signs.any(|next| next.is_ascii_alphabetic() || matches!(next, '{' | '(' | '_' | '1'..='9'))
}

/// Splits a command into words, and keeps their quotes. A line break ends a word too.
fn words(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let is_between = |symbol: char| symbol.is_whitespace() || matches!(symbol, ';' | '&' | '|' | '(' | ')' | '\\');
        rest = rest.trim_start_matches(is_between);
        if rest.is_empty() {
            return None;
        }
        let mut quote = None;
        let end = rest.char_indices().find_map(|(at, symbol)| {
            match quote {
                Some(open) if symbol == open => quote = None,
                None if matches!(symbol, '"' | '\'') => quote = Some(symbol),
                None if symbol.is_whitespace() || matches!(symbol, ';' | '|') => return Some(at),
                _ => {}
            }
            None
        });
        let (word, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        rest = behind;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assignments_are_read_from_commands() {
        for (text, expected) in [
            ("A=b", vec![("A", "b")]),
            ("export A='b c' B=d; C=\"e\"", vec![("A", "b c"), ("B", "d"), ("C", "e")]),
            ("web: A=b ./run --token=c -x", vec![("A", "b"), ("token", "c")]),
            ("docker run -e A=b -e \"C=d\" image", vec![("A", "b"), ("C", "d")]),
            ("A=$B C=a${B} D=$(e) F='$g'", vec![("F", "$g")]),
            ("if [ \"$a\" == \"b\" ]", vec![]),
            ("A='open", vec![("A", "'open")]),
            ("", vec![]),
        ] {
            let found = assignments(text, text);
            let found: Vec<_> = found.iter().map(|entry| (entry.name.as_str(), entry.value.as_str())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
