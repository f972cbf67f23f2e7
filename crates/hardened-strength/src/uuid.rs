//! A UUID: 122 random bits at most, and made to be unique, not secret (ASVS 5.0, 11.5.1).

/// Whether the text is one UUID, in any of its spellings.
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

/// The length of its plain spelling.
pub(crate) const LENGTH: usize = 36;

/// The length of the UUID that starts the text, if one does.
pub(crate) fn starts(text: &[u8]) -> Option<usize> {
    let start = text.get(..LENGTH)?;
    let is_uuid = start.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => matches!(byte, b'-' | b'_' | b' ' | b':' | b'.'),
        _ => byte.is_ascii_hexdigit(),
    });
    is_uuid.then_some(LENGTH)
}

/// The length of a random or timed UUID (version 4 or 7, RFC 9562 §5) without signs that starts the text, if nothing but
/// a sign follows. A random number in its place would have fewer bits than a key needs.
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
