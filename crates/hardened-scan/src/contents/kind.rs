//! What a content is, by its first bytes. Names lie.

use super::tar;

/// What a content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Searched as it is.
    Plain,
    Gzip,
    Zip,
    Tar,
    Utf16 {
        big_endian: bool,
    },
    /// Compressed in a way that this crate does not open.
    Closed(&'static str),
}

impl Kind {
    /// The kind of a content that begins so.
    pub(super) fn of(start: &[u8]) -> Self {
        const MAGIC: [(&[u8], Kind); 10] = [
            (b"\x1f\x8b\x08", Kind::Gzip),
            (b"PK\x03\x04", Kind::Zip),
            (b"\xff\xfe", Kind::Utf16 { big_endian: false }),
            (b"\xfe\xff", Kind::Utf16 { big_endian: true }),
            (b"\x28\xb5\x2f\xfd", Kind::Closed("it is compressed with zstd, which is not opened")),
            (b"\xfd7zXZ\0", Kind::Closed("it is compressed with xz, which is not opened")),
            (b"BZh", Kind::Closed("it is compressed with bzip2, which is not opened")),
            (b"7z\xbc\xaf\x27\x1c", Kind::Closed("it is a 7z archive, which is not opened")),
            (b"Rar!\x1a\x07", Kind::Closed("it is a RAR archive, which is not opened")),
            (b"\x04\x22\x4d\x18", Kind::Closed("it is compressed with LZ4, which is not opened")),
        ];
        match MAGIC.iter().find(|(magic, _)| start.starts_with(magic)) {
            // Text can begin with three letters.
            Some((magic, _)) if *magic == b"BZh" && start.get(4..10) != Some(b"1AY&SY") => Self::Plain,
            Some((_, kind)) => *kind,
            None if start.get(..tar::BLOCK).is_some_and(|block| tar::Header::read(block).is_some()) => Self::Tar,
            None => Self::Plain,
        }
    }
}
