//! Reads `ar` archives: Debian packages and static libraries.

use std::io::{self, Read};

/// The length of the magic bytes at the start of an archive.
const MAGIC: u64 = 8;
/// The length of the header before each file.
const HEADER: u64 = 60;
/// The maximum length of the list of names that is read.
const MAX_NAMES: u64 = 1 << 20;

/// Reads each file of an archive in turn.
///
/// # Errors
///
/// When the source cannot be read or is malformed.
pub(super) fn each(source: &mut dyn Read, mut file: impl FnMut(&[u8], &mut dyn Read)) -> io::Result<()> {
    let mut names = Vec::new();
    io::copy(&mut source.take(MAGIC), &mut io::sink())?;
    loop {
        let mut header = Vec::new();
        source.take(HEADER).read_to_end(&mut header)?;
        if header.is_empty() {
            return Ok(());
        }
        let size = size(&header).ok_or(io::ErrorKind::InvalidData)?;
        let name = header.get(..16).unwrap_or_default().trim_ascii_end();
        let mut content = source.take(size);
        if name == b"//" {
            names.clear();
            content.by_ref().take(MAX_NAMES).read_to_end(&mut names)?;
        } else {
            file(named(name, &names), &mut content);
        }
        io::copy(&mut content, &mut io::sink())?;
        io::copy(&mut source.take(size % 2), &mut io::sink())?;
    }
}

fn size(header: &[u8]) -> Option<u64> {
    let is_header = header.get(58..60)? == b"`\n";
    let digits = std::str::from_utf8(header.get(48..58)?).ok()?.trim_end();
    digits.parse().ok().filter(|_| is_header)
}

/// Returns the name of a file. `/123` is an offset into the list of long names.
fn named<'n>(name: &'n [u8], names: &'n [u8]) -> &'n [u8] {
    let place = name.strip_prefix(b"/").and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    let long = place.and_then(|place: usize| names.get(place..)?.split(|byte| *byte == b'\n').next());
    let name = long.unwrap_or(name);
    name.strip_suffix(b"/").unwrap_or(name)
}
