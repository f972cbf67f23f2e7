//! Where an answer has the identifier of a new item.

use super::read::Item;

/// The place in an answer that holds the identifier of a new item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IdPlace {
    /// A JSON pointer into the answer.
    Json(String),
    /// The last segment of the header `Location`.
    Location,
}

impl IdPlace {
    pub(super) fn read_from(item: &Item<'_>) -> Option<Self> {
        const EXPECTED: &str = "must be a JSON pointer such as \"/id\", or \"Location\"";
        let text = item.text(EXPECTED)?;
        if text.eq_ignore_ascii_case("location") {
            Some(Self::Location)
        } else if text.starts_with('/') {
            Some(Self::Json(text))
        } else {
            item.malformed(EXPECTED)
        }
    }
}
