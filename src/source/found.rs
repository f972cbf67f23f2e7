//! The text of one setting in a source.

use hardened_core::{finding::Subject, journal::Journal};
use zeroize::Zeroizing;

use crate::{
    Violation,
    finding::{Name, Reported},
    message,
    report::Provenance,
    rule,
};

/// The maximum length of a value, in bytes.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// The exact text of one setting, which is wiped when dropped.
pub(crate) struct Found {
    pub(crate) text: Zeroizing<String>,
    pub(crate) provenance: Provenance,
}

impl Found {
    /// Returns the value, or `None` if its text is blank, which counts as unset.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is too long. It is already in the report.
    pub(super) fn unless_blank(
        self,
        name: impl FnOnce() -> Name,
        subject: impl FnOnce() -> Subject,
        journal: &mut Journal,
    ) -> Result<Option<Self>, Reported> {
        if self.text.len() > MAX_BYTES {
            let fact = message!(self.text.len(), " bytes; must be at most ", MAX_BYTES);
            let violation = Violation::new(rule::SETTING_TOO_LONG, fact);
            return Err(journal.refuse(subject(), violation, Some(self.provenance)));
        }
        if self.text.chars().all(char::is_whitespace) {
            let fact = "the value is blank, so it counts as unset";
            journal.report(name().into(), Violation::new(rule::SETTING_BLANK, fact));
            return Ok(None);
        }
        Ok(Some(self))
    }
}
