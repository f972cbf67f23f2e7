//! Reads zip archives, including jars, wheels and office documents.

/// A file of an archive.
pub(super) struct Entry<'a> {
    pub(super) name: &'a [u8],
    pub(super) content: Content<'a>,
}

/// The bytes of a file, as they are in the archive.
pub(super) enum Content<'a> {
    Stored(&'a [u8]),
    Deflated(&'a [u8]),
    /// Encrypted, or compressed in another way; with the reason.
    Closed(&'static str),
}

const END: &[u8] = b"PK\x05\x06";
const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
/// The length of the end record without its comment.
const END_LENGTH: usize = 22;

/// Returns the files in the central directory of an archive, and what precedes it, such as a script. Returns `None` if there
/// is no central directory.
pub(super) fn entries(archive: &[u8]) -> Option<(&[u8], Vec<Entry<'_>>)> {
    let end_at = memchr::memmem::rfind(archive, END)?;
    let end = archive.get(end_at..).filter(|end| end.len() >= END_LENGTH)?;
    let (count, length, directory) = (number(end, 10, 2)?, number(end, 12, 4)?, number(end, 16, 4)?);
    // Offsets count from the start of the archive, unless the program that put a script before it corrected them.
    let archive_at = end_at.saturating_sub(length + directory);
    let front = archive.get(..memchr::memmem::find(archive, LOCAL).unwrap_or(archive.len()))?;
    let archive = archive.get(archive_at..)?;
    let mut at = directory;
    let mut entries = Vec::new();
    for _ in 0..count {
        let header = archive.get(at..).filter(|header| header.starts_with(CENTRAL))?;
        let [name, extra, comment] = [28, 30, 32].map(|field| number(header, field, 2));
        let (name, extra, comment) = (name?, extra?, comment?);
        entries.push(Entry { name: header.get(46..46 + name)?, content: content(archive, header)? });
        at += 46 + name + extra + comment;
    }
    Some((front, entries))
}

fn content<'a>(archive: &'a [u8], header: &[u8]) -> Option<Content<'a>> {
    const ENCRYPTED: usize = 1;
    let (flags, method) = (number(header, 8, 2)?, number(header, 10, 2)?);
    let (length, local) = (number(header, 20, 4)?, number(header, 42, 4)?);
    if flags & ENCRYPTED != 0 {
        return Some(Content::Closed("it is encrypted"));
    }
    if length == u32::MAX as usize || local == u32::MAX as usize {
        return Some(Content::Closed("it is too large for a plain zip archive"));
    }
    let local_header = archive.get(local..)?;
    let begin = local + 30 + number(local_header, 26, 2)? + number(local_header, 28, 2)?;
    let bytes = archive.get(begin..begin.checked_add(length)?)?;
    Some(match method {
        0 => Content::Stored(bytes),
        8 => Content::Deflated(bytes),
        _ => Content::Closed("it is compressed in a way that is not opened"),
    })
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let field = bytes.get(at..at + length)?;
    Some(field.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}
