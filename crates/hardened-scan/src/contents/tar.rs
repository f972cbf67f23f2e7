//! Reads tar archives, including container images written by `docker save`.

use std::io::{self, Read};

/// The size of the blocks that an archive consists of.
pub(super) const BLOCK: usize = 512;
/// The maximum length of a name that is read.
const MAX_NAME: u64 = 1 << 16;

/// The header before the content of each file.
pub(super) struct Header {
    name: Vec<u8>,
    size: u64,
    kind: u8,
}

impl Header {
    /// Parses a header block; `None` if its checksum is wrong.
    pub(super) fn read(block: &[u8]) -> Option<Self> {
        let field = |from: usize, length: usize| block.get(from..from + length);
        let sum = octal(field(148, 8)?)?;
        let blanked =
            block.iter().enumerate().map(|(at, byte)| u64::from(if (148..156).contains(&at) { b' ' } else { *byte }));
        if block.len() != BLOCK || sum == 0 || blanked.sum::<u64>() != sum {
            return None;
        }
        let name = until_zero(field(0, 100)?);
        let prefix = if field(257, 5)? == b"ustar" { until_zero(field(345, 155)?) } else { &[] };
        let name = if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() };
        Some(Self { name, size: size(field(124, 12)?)?, kind: *block.get(156)? })
    }
}

/// Reads each file of an archive in turn, up to the end of the archive.
///
/// # Errors
///
/// When the source cannot be read or is malformed.
pub(super) fn each(source: &mut dyn Read, mut file: impl FnMut(&[u8], &mut dyn Read)) -> io::Result<()> {
    let mut long_name: Option<Vec<u8>> = None;
    let mut block = [0; BLOCK];
    loop {
        match read_block(source, &mut block)? {
            0 => return Ok(()),
            BLOCK if block.iter().all(|byte| *byte == 0) => continue,
            _ => {}
        }
        let header = Header::read(&block).ok_or(io::ErrorKind::InvalidData)?;
        let mut content = source.take(header.size);
        match header.kind {
            b'L' => long_name = Some(until_zero(&text(&mut content)?).to_vec()),
            b'x' => long_name = path_of(&text(&mut content)?).or(long_name),
            b'0' | 0 | b'7' => file(&long_name.take().unwrap_or(header.name), &mut content),
            _ => long_name = None,
        }
        io::copy(&mut content, &mut io::sink())?;
        let padding = header.size.next_multiple_of(BLOCK as u64) - header.size;
        io::copy(&mut source.take(padding), &mut io::sink())?;
    }
}

fn read_block(source: &mut dyn Read, block: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = block.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn text(content: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    content.take(MAX_NAME).read_to_end(&mut text)?;
    Ok(text)
}

/// Returns the path in an extended header: `30 path=some/file\n`.
fn path_of(records: &[u8]) -> Option<Vec<u8>> {
    let mut values = records.split(|byte| *byte == b'\n').filter_map(|record| {
        let space = record.iter().position(|byte| *byte == b' ')?;
        record.get(space + 1..)?.strip_prefix(b"path=")
    });
    values.next_back().map(<[u8]>::to_vec)
}

fn until_zero(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(until_zero(field)).ok()?.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok() }
}

/// Parses a size: octal digits, or a binary number if the highest bit is set.
fn size(field: &[u8]) -> Option<u64> {
    match field.first()? {
        first if first & 0x80 == 0 => octal(field),
        _ => Some(field.get(4..)?.iter().fold(0, |size: u64, byte| size << 8 | u64::from(*byte))),
    }
}
