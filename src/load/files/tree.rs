//! What a file or a provider holds, in the one form that the rest looks at: borrowed text with its place.

use std::borrow::Cow;

/// One value.
pub(super) enum Node<'t> {
    Scalar(Scalar<'t>),
    List(Vec<Self>),
    Table(Vec<Entry<'t>>),
}

/// One value that is neither a list nor a table.
pub(super) struct Scalar<'t> {
    /// As it was written.
    pub(super) exact: Cow<'t, str>,
    /// In decimal digits, where it was written in another form: `1_000`, `0xff`.
    pub(super) number: Option<Cow<'t, str>>,
}

/// One key with its value. Places are in bytes.
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_at: usize,
    pub(super) value: Node<'t>,
    pub(super) value_at: usize,
}

impl<'t> Scalar<'t> {
    /// A value that has one form only.
    pub(super) fn exact(text: impl Into<Cow<'t, str>>) -> Self {
        Self { exact: text.into(), number: None }
    }
}
