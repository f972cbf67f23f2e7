//! The record of one decision.

/// A decision, as its file describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The name of the file.
    pub file: String,
    /// Its number; `None` if neither the title nor the name of the file has one.
    pub number: Option<u64>,
    /// Its title; empty if it has none.
    pub title: String,
    /// Its status, such as `accepted`; empty if it has none.
    pub status: String,
    /// The codes of rules and checks that confirm it.
    pub confirmed_by: Vec<String>,
}

impl Decision {
    /// Returns whether it is in force: not open, rejected, deprecated or superseded. Any other status counts as in force.
    pub(crate) fn is_in_force(&self) -> bool {
        let status = self.status.to_ascii_lowercase();
        let is_open = ["proposed", "draft", "pending", "open", "on hold", "in review", "under review"].iter();
        let is_over =
            ["rejected", "declined", "withdrawn", "deprecated", "obsolete", "replaced by", "superseded", "superceded"];
        !is_open.clone().any(|word| status.starts_with(word)) && !is_over.iter().any(|word| status.contains(word))
    }
}
