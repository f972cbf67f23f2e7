//! The text of a file: opened without blocking, bounded before it is read, wiped when dropped.

use std::{io::ErrorKind, path::Path};

use zeroize::Zeroizing;

use crate::{Violation, finding::Part, load::secret_file, message, rule};

/// The longest file that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;

/// What could not be read, with the place in bytes where there is one.
pub(super) struct Unread {
    pub(super) violation: Violation,
    pub(super) valid: Zeroizing<String>,
}

impl From<Violation> for Unread {
    fn from(violation: Violation) -> Self {
        Self { violation, valid: Zeroizing::default() }
    }
}

/// Reads a file that exists.
///
/// # Errors
///
/// `source-unreadable` (no permission, no regular file, links in a circle), `source-too-large`, and `source-malformed`
/// for what is not UTF-8, with the text before it.
pub(super) fn read(path: &Path) -> Result<Zeroizing<String>, Unread> {
    let unreadable = |fact| Violation::new(rule::SOURCE_UNREADABLE, message!(Part::existing_path(path), fact));
    let not_read = |error: std::io::Error| match error.kind() {
        ErrorKind::PermissionDenied => unreadable(" cannot be read by this process (permission denied)"),
        ErrorKind::NotFound => unreadable(" is a broken link"),
        _ => unreadable(" cannot be opened"),
    };
    let mut file = secret_file::open(path).map_err(not_read)?;
    let metadata = file.metadata().map_err(not_read)?;
    if !metadata.is_file() {
        return Err(unreadable(" is not a regular file").into());
    }
    let Some(bytes) = secret_file::content(&mut file, &metadata, MAX_BYTES).map_err(not_read)? else {
        let fact = message!(Part::existing_path(path), " has more than ", MAX_BYTES, " bytes");
        return Err(Violation::new(rule::SOURCE_TOO_LARGE, fact).into());
    };
    text(bytes)
}

/// The bytes as text, moved and not copied.
fn text(mut bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<String>, Unread> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = Zeroizing::new(error.into_bytes());
            let valid = bytes.get(..valid).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            Err(Unread {
                violation: Violation::new(rule::SOURCE_MALFORMED, "not UTF-8 text"),
                valid: Zeroizing::new(valid.to_owned()),
            })
        }
    }
}
