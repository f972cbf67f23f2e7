//! From text to a tree, or to what is wrong with it. The parser's own messages never leave this file.

use std::{borrow::Cow, ops::Range};

use toml::de::{DeInteger, DeTable, DeValue, Error};
use zeroize::Zeroize;

use super::{
    depth,
    tree::{Entry, Node, Scalar},
};

/// The most mistakes that are told of one file: behind the first, some are follow-ups.
const MAX_MISTAKES: usize = 5;

/// A parsed file. What the parser had to copy is wiped when this is dropped.
pub(super) struct Parsed<'t> {
    text: &'t str,
    table: DeTable<'t>,
    /// What is not TOML, in the order of the file.
    pub(super) mistakes: Vec<Mistake>,
}

/// Something that is not TOML.
pub(super) struct Mistake {
    /// The place in bytes.
    pub(super) at: usize,
    pub(super) fact: &'static str,
}

impl<'t> Parsed<'t> {
    /// Parses as much as can be read.
    pub(super) fn from(text: &'t str) -> Self {
        if let Some(at) = depth::too_deep(text) {
            let mistakes = vec![Mistake { at, fact: TOO_DEEP }];
            return Self { text, table: DeTable::new(), mistakes };
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        Self { text, table: table.into_inner(), mistakes: mistakes(text, &errors) }
    }

    /// The tree: as far as it could be read.
    pub(super) fn entries(&self) -> Vec<Entry<'_>> {
        entries(&self.table, self.text)
    }
}

const TOO_DEEP: &str = "nested too deeply";

fn mistakes(text: &str, errors: &[Error]) -> Vec<Mistake> {
    let place = |error: &Error| error.span().map_or_else(|| longest_key(text), |span| span.start);
    let mut mistakes: Vec<_> =
        errors.iter().map(|error| Mistake { at: place(error), fact: fact(error.message()) }).collect();
    mistakes.sort_by_key(|mistake| mistake.at);
    let line = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    mistakes.dedup_by_key(|mistake| line(mistake.at));
    mistakes.truncate(MAX_MISTAKES);
    mistakes
}

/// Our own words for the parser's: what is wrong, never what stands there.
fn fact(message: &str) -> &'static str {
    let says = |words: &str| message.contains(words);
    match () {
        () if says("recurs") => TOO_DEEP,
        () if says("duplicate key") => "a key that stands twice",
        () if says("with no value") => "a key without `=` and a value",
        () if says("unclosed") => "a bracket that is not closed",
        () if says("leading zero") => "a number with a leading zero; quote what is text",
        () if says("string") => "a text whose quotes or escapes are wrong",
        () => "not TOML; text stands in quotes",
    }
}

/// The place of a key with very many parts, whose place the parser does not tell.
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

/// A whole number in decimal digits.
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

/// Wipes what the parser copied out of the text: texts with escapes.
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
