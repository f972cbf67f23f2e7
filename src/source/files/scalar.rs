//! From a node to the text of one setting.

use std::borrow::Cow;

use super::tree::{Node, Scalar};
use crate::{Violation, message, schema::Kind};

/// The text that the setting's own parser reads: as it was written, a list with commas between its items.
///
/// # Errors
///
/// `setting-malformed` for a table, for a list where one value is expected, and for a list that commas cannot divide.
pub(super) fn text<'a>(node: &'a Node<'_>, kind: &Kind) -> Result<Cow<'a, str>, Violation> {
    match (node, kind) {
        (Node::Scalar(scalar), _) => Ok(written(scalar, kind)),
        (Node::Table(_), _) => Err(Violation::malformed(kind.must_be().with("; this is a table"))),
        (Node::List(items), Kind::List { of }) => list(items, of),
        (Node::List(items), Kind::Foreign) => list(items, kind),
        (Node::List(_), _) => Err(Violation::malformed(kind.must_be().with("; this is a list"))),
    }
}

/// Numbers in decimal digits for a setting that is a number, otherwise the exact text.
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
