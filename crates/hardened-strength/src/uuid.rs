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
    bare.len() == 36
        && bare.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => matches!(byte, b'-' | b'_'),
            _ => byte.is_ascii_hexdigit(),
        })
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
