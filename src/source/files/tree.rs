//! The contents of a file or provider in a common form: borrowed text with positions.

use std::borrow::Cow;

use crate::{
    Violation, message,
    schema::{Alias, Kind},
};

/// One value.
pub(super) enum Node<'t> {
    Scalar(Scalar<'t>),
    List(Vec<Self>),
    Table(Vec<Entry<'t>>),
}

/// A value that is neither a list nor a table.
pub(super) struct Scalar<'t> {
    /// The text as it was written.
    pub(super) exact: Cow<'t, str>,
    /// The number in decimal digits, if it was written in another form: `1_000`, `0xff`.
    pub(super) number: Option<Cow<'t, str>>,
}

/// A key and its value. Positions are in bytes.
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_at: usize,
    pub(super) value: Node<'t>,
    pub(super) value_at: usize,
}

impl Entry<'_> {
    /// Returns whether the key is one of the names of a field.
    pub(super) fn names(&self, key: &str, aliases: &[Alias]) -> bool {
        self.key == key || aliases.iter().any(|alias| alias.key() == self.key)
    }
}

impl<'t> Scalar<'t> {
    /// Creates a value that has only one form.
    pub(super) fn exact(text: impl Into<Cow<'t, str>>) -> Self {
        Self { exact: text.into(), number: None }
    }
}

/// Returns the text for the setting's own parser: as it was written; for a list, the items separated by commas.
///
/// # Errors
///
/// `setting-malformed` for a table, for a list if a single value is expected, and for a list whose items contain commas.
pub(super) fn text<'a>(node: &'a Node<'_>, kind: &Kind) -> Result<Cow<'a, str>, Violation> {
    match (node, kind) {
        (Node::Scalar(scalar), _) => Ok(written(scalar, kind)),
        (Node::Table(_), _) => Err(Violation::malformed(kind.must_be().with("; this is a table"))),
        (Node::List(items), Kind::List { of }) => list(items, of),
        (Node::List(items), Kind::Foreign) => list(items, kind),
        (Node::List(_), _) => Err(Violation::malformed(kind.must_be().with("; this is a list"))),
    }
}

/// Returns decimal digits for a setting that is a number, otherwise the exact text.
fn written<'a>(scalar: &'a Scalar<'_>, kind: &Kind) -> Cow<'a, str> {
    let exact = &scalar.exact;
    let is_number = match kind {
        Kind::List { of } => matches!(of, Kind::Integer { .. } | Kind::Decimal),
        kind => matches!(kind, Kind::Integer { .. } | Kind::Decimal),
    };
    Cow::Borrowed(scalar.number.as_ref().filter(|_| is_number).unwrap_or(exact))
}

fn list<'a>(items: &'a [Node<'_>], of: &Kind) -> Result<Cow<'a, str>, Violation> {
    let mut texts = Vec::with_capacity(items.len());
    for (number, item) in (1_usize..).zip(items) {
        let text = match item {
            Node::Scalar(scalar) => written(scalar, of),
            _ => return Err(Violation::malformed(message!("item ", number, " of the list must be a single value"))),
        };
        if text.contains(',') {
            let fact = message!("item ", number, " of the list must not contain a comma, which separates items");
            return Err(Violation::malformed(fact));
        }
        texts.push(text);
    }
    Ok(texts.join(",").into())
}
