//! Detects the kind of a content from its first bytes, because file names can be wrong.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::tar;

/// The kind of a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Searched as it is.
    Plain,
    Gzip,
    /// The format of git objects that are not packed.
    Zlib,
    Zip,
    Tar,
    /// Debian packages and static libraries.
    Ar,
    Utf16 {
        big_endian: bool,
    },
    /// Compressed in a format that this crate does not open, with the reason.
    Closed(&'static str),
}

const OF_GIT: &str = "it holds objects of git: search the history of a clone with --history";

impl Kind {
    /// Returns the kind of a content from its first bytes.
    pub(super) fn of(start: &[u8]) -> Self {
        const MAGIC: [(&[u8], Kind); 19] = [
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
            (b"\x1f\x9d", Kind::Closed("it is compressed with compress, which is not opened")),
            (b"LZIP\x01", Kind::Closed("it is compressed with lzip, which is not opened")),
            (b"\xff\x06\0\0sNaPpY", Kind::Closed("it is compressed with Snappy, which is not opened")),
            (b"\xed\xab\xee\xdb", Kind::Closed("it is an RPM package, which is not opened")),
            (b"hsqs", Kind::Closed("it is a squashfs image, which is not opened")),
            (b"MSCF\0\0\0\0", Kind::Closed("it is a cabinet, which is not opened")),
            (b"PACK\0\0\0", Kind::Closed(OF_GIT)),
            (b"# v2 git bundle\n", Kind::Closed(OF_GIT)),
            (b"!<arch>\n", Kind::Ar),
        ];
        match MAGIC.iter().find(|(magic, _)| start.starts_with(magic)) {
            // Text can also begin with these three letters.
            Some((magic, _)) if *magic == b"BZh" && start.get(4..10) != Some(b"1AY&SY") => Self::Plain,
            Some((_, kind)) => *kind,
            None if is_zlib(start) => Self::Zlib,
            None if is_script_with_zip(start) => Self::Zip,
            None if start.get(..tar::BLOCK).is_some_and(|block| tar::Header::read(block).is_some()) => Self::Tar,
            None => Self::Plain,
        }
    }
}

/// Returns whether the content can be decompressed. The two magic bytes alone begin other files by chance.
fn is_zlib(start: &[u8]) -> bool {
    matches!(start, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..])
        && ZlibDecoder::new(start).read(&mut [0; 16]).is_ok_and(|count| count > 0)
}

/// Returns whether the content is a script followed by a zip archive, as Python, Spring Boot and installers create it.
fn is_script_with_zip(start: &[u8]) -> bool {
    const SCRIPT: usize = 1 << 16;
    start.starts_with(b"#!") && memmem::find(start.get(..SCRIPT).unwrap_or(start), b"PK\x03\x04").is_some()
}
