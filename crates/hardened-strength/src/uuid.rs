//! Detects UUIDs: they have at most 122 random bits, and are made to be unique, not secret (ASVS 5.0, 11.5.1).

/// Returns whether the text is a UUID in any notation.
pub(crate) fn is(text: &[u8]) -> bool {
    let bare = text
        .strip_prefix(b"{")
        .and_then(|text| text.strip_suffix(b"}"))
        .or_else(|| {
            let (start, rest) = text.split_at_checked(9)?;
            start.eq_ignore_ascii_case(b"urn:uuid:").then_some(rest)
        })
        .unwrap_or(text);
    bare.len() == LENGTH && starts(bare).is_some()
}

/// The length of a UUID in the usual notation.
pub(crate) const LENGTH: usize = 36;

/// Returns the length of the UUID at the start of the text, if there is one.
pub(crate) fn starts(text: &[u8]) -> Option<usize> {
    let start = text.get(..LENGTH)?;
    let is_uuid = start.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => matches!(byte, b'-' | b'_' | b' ' | b':' | b'.'),
        _ => byte.is_ascii_hexdigit(),
    });
    is_uuid.then_some(LENGTH)
}

/// Returns the length of a random or time-based UUID (version 4 or 7, RFC 9562 §5) without hyphens at the start of the text, if
/// a non-alphanumeric character or nothing follows. A random number of this length has fewer bits than a key needs anyway.
pub(crate) fn starts_bare(text: &[u8]) -> Option<usize> {
    const BARE: usize = 32;
    let start = text.get(..BARE)?;
    let ends = text.get(BARE).is_none_or(|next| !next.is_ascii_alphanumeric());
    let is_version = matches!(start.get(12), Some(b'4' | b'7'));
    let is_variant = matches!(start.get(16), Some(b'8' | b'9' | b'a' | b'b' | b'A' | b'B'));
    (ends && is_version && is_variant && start.iter().all(u8::is_ascii_hexdigit)).then_some(BARE)
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn a_uuid_is_known_in_each_spelling() {
        for text in [
            "adc274e5-9954-4572-b941-1f7de96caca0",
            "ADC274E5-9954-4572-B941-1F7DE96CACA0",
            "{adc274e5-9954-4572-b941-1f7de96caca0}",
            "urn:uuid:adc274e5-9954-4572-b941-1f7de96caca0",
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "adc274e5-9954-4572-b941-1f7de96caca",
            "adc274e5-9954-4572-b941-1f7de96caca00",
            "adc274e5-9954-4572-b9411-f7de96caca0",
            "gdc274e5-9954-4572-b941-1f7de96caca0",
        ] {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }
}
