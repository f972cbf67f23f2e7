//! Parses a text into a tree or a list of mistakes. The parser's own messages never leave this file.

use std::{borrow::Cow, ops::Range};

use toml::de::{DeInteger, DeTable, DeValue, Error};
use zeroize::Zeroize;

use super::{
    depth,
    lines::Lines,
    tree::{Entry, Node, Scalar},
};

/// The maximum number of mistakes reported for one file: after the first, some are consequences of it.
const MAX_MISTAKES: usize = 5;

/// A parsed file. Dropping it wipes everything that the parser had to copy.
pub(super) struct Parsed<'t> {
    text: &'t str,
    table: DeTable<'t>,
    /// The parts that are not TOML, in the order of the file.
    pub(super) mistakes: Vec<Mistake>,
}

/// A part that is not TOML.
pub(super) struct Mistake {
    /// The position in bytes.
    pub(super) at: usize,
    pub(super) fact: &'static str,
}

impl<'t> Parsed<'t> {
    /// Parses as much as possible.
    pub(super) fn from(text: &'t str, lines: &Lines<'_>) -> Self {
        if let Some(at) = depth::too_deep(text) {
            let mistakes = vec![Mistake { at, fact: TOO_DEEP }];
            return Self { text, table: DeTable::new(), mistakes };
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        let table = table.into_inner();
        let mistakes = mistakes(text, lines, &errors, &table);
        Self { text, table, mistakes }
    }

    /// Returns the tree, as far as it could be parsed.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        entries(&self.table, self.text)
    }
}

const TOO_DEEP: &str = "nested too deeply";

/// Returns the first mistakes, one for each line. If there are very many, only their positions are computed.
fn mistakes(text: &str, lines: &Lines<'_>, errors: &[Error], table: &DeTable<'_>) -> Vec<Mistake> {
    let unplaced = std::cell::OnceCell::new();
    let place =
        |error: &Error| error.span().map_or_else(|| *unplaced.get_or_init(|| longest_key(text)), |span| span.start);
    let mut found: Vec<_> = errors.iter().map(|error| (place(error), Some(error))).collect();
    found.extend(unreadable_numbers(table).into_iter().map(|at| (at, None)));
    found.sort_by_key(|(at, _)| *at);
    found.dedup_by_key(|(at, _)| lines.line(*at));
    found.truncate(MAX_MISTAKES);
    let mistake = |(at, error): (usize, Option<&Error>)| {
        let fact = error.map_or("not a number; put text in quotes", |error| fact(error.message(), text, at));
        Mistake { at, fact }
    };
    found.into_iter().map(mistake).collect()
}

/// Returns the positions of values that start like a number and are not one: `0x`, `1_0٠`. The parser leaves this check
/// to the caller.
fn unreadable_numbers(table: &DeTable<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    for value in table.values() {
        add_unreadable_numbers(value, &mut found);
    }
    found
}

fn add_unreadable_numbers(value: &toml::Spanned<DeValue<'_>>, found: &mut Vec<usize>) {
    let is_readable = match value.get_ref() {
        DeValue::Integer(integer) => i128::from_str_radix(integer.as_str(), integer.radix()).is_ok(),
        DeValue::Float(float) => {
            float.as_str().parse::<f64>().is_ok_and(|number| number.is_finite() || float.as_str().ends_with(['f', 'n']))
        }
        DeValue::Array(items) => {
            items.iter().for_each(|item| add_unreadable_numbers(item, found));
            true
        }
        DeValue::Table(table) => {
            table.values().for_each(|value| add_unreadable_numbers(value, found));
            true
        }
        DeValue::String(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => true,
    };
    if !is_readable {
        found.push(value.span().start);
    }
}

/// Translates the parser's message into our own words, which never quote the text.
fn fact(message: &str, text: &str, at: usize) -> &'static str {
    let says = |words: &str| message.contains(words);
    if says("recurs") {
        TOO_DEEP
    } else if says("duplicate key") {
        "a key that is set twice"
    } else if says("with no value") {
        "a key without `=` and a value"
    } else if says("must be quoted") && is_end_of_line(text, at) {
        "a key without a value after its `=`"
    } else if says("must be quoted") {
        "text must be in quotes"
    } else if says("unclosed") {
        "unclosed bracket"
    } else if says("leading zero") {
        "a number with a leading zero; put text in quotes"
    } else if says("carriage return") {
        "a carriage return without a line feed; lines end with a line feed"
    } else if says("string") {
        "a text with wrong quotes or escapes"
    } else {
        "not TOML"
    }
}

/// Returns whether only the end of the line or a comment follows a position.
fn is_end_of_line(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with(['\n', '\r', '#'])
}

/// Returns the position of a key with very many parts, for which the parser reports no position.
fn longest_key(text: &str) -> usize {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split('=').next().unwrap_or(line);
        if key.matches('.').count() >= 79 {
            return start;
        }
        start += line.len();
    }
    0
}

fn entries<'a>(table: &'a DeTable<'_>, text: &'a str) -> Vec<Entry<'a>> {
    let entry = |(key, value): (&'a toml::Spanned<toml::de::DeString<'_>>, &'a toml::Spanned<DeValue<'_>>)| Entry {
        key: key.get_ref(),
        key_at: key.span().start,
        value: node(value.get_ref(), value.span(), text),
        value_at: value.span().start,
    };
    table.iter().map(entry).collect()
}

fn node<'a>(value: &'a DeValue<'_>, span: Range<usize>, text: &'a str) -> Node<'a> {
    let exact = || text.get(span).unwrap_or_default();
    Node::Scalar(match value {
        DeValue::String(string) => Scalar::exact(string.as_ref()),
        DeValue::Integer(integer) => Scalar { exact: exact().into(), number: Some(decimal(integer)) },
        DeValue::Float(float) => Scalar { exact: exact().into(), number: Some(float.as_str().into()) },
        DeValue::Boolean(_) | DeValue::Datetime(_) => Scalar::exact(exact()),
        DeValue::Array(items) => {
            return Node::List(items.iter().map(|item| node(item.get_ref(), item.span(), text)).collect());
        }
        DeValue::Table(table) => return Node::Table(entries(table, text)),
    })
}

/// Returns a whole number in decimal digits.
fn decimal<'a>(integer: &'a DeInteger<'_>) -> Cow<'a, str> {
    match i128::from_str_radix(integer.as_str(), integer.radix()) {
        Ok(number) if integer.radix() != 10 => number.to_string().into(),
        _ => integer.as_str().into(),
    }
}

impl Drop for Parsed<'_> {
    fn drop(&mut self) {
        wipe_table(&mut self.table);
    }
}

/// Wipes what the parser copied from the text: strings with escapes.
fn wipe_table(table: &mut DeTable<'_>) {
    table.iter_mut().for_each(|(_, value)| wipe(value.get_mut()));
}

fn wipe(value: &mut DeValue<'_>) {
    match value {
        DeValue::String(Cow::Owned(text)) => text.zeroize(),
        DeValue::Array(items) => items.iter_mut().for_each(|item| wipe(item.get_mut())),
        DeValue::Table(table) => wipe_table(table),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mistakes_of_a_large_file_are_found_by_looking_at_each_byte_a_few_times_at_most() {
        for (case, line, expected) in [
            ("brackets", "]\n", MAX_MISTAKES),
            ("words", "a b\n", MAX_MISTAKES),
            ("keys that stand twice", "a=1\n", MAX_MISTAKES),
            ("headers that stand twice", "[a]\n", MAX_MISTAKES),
            ("numbers", "x = 0x\n", MAX_MISTAKES),
            ("one line", "] ", 1),
        ] {
            let text = line.repeat(20_000);
            let lines = Lines::of(&text);
            let parsed = Parsed::from(&text, &lines);
            let _places: Vec<_> = parsed.mistakes.iter().map(|mistake| lines.place(mistake.at)).collect();
            assert_eq!(parsed.mistakes.len(), expected, "{case}");
            assert!(lines.counted() <= text.len(), "{case}: {} of {}", lines.counted(), text.len());
        }
    }
}
