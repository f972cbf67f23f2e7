//! What a generator makes.

/// One file, as it should be.
pub(super) struct Generated {
    /// Seen from the root of the repository.
    pub(super) path: &'static str,
    pub(super) content: Vec<u8>,
}
