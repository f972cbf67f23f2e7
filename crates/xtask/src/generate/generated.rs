//! The output of a generator.

/// A file with its expected content.
pub(super) struct Generated {
    /// The path relative to the root of the repository.
    pub(super) path: &'static str,
    pub(super) content: Vec<u8>,
}
