//! Finds identifiers and times in a text: a UUID or a timestamp is not random, whatever surrounds it.

use crate::{Flaw, strength, uuid};

/// The number of bits that a key must have.
const NEEDED: u32 = 128;

/// The maximum number of random bits in a UUID (RFC 9562 §5.4); below it, the bits of a time within some years, in seconds.
const OF_UUID: u32 = 122;
const OF_TIME: u32 = 30;

/// Returns the flaw of a key that contains a UUID or a timestamp, unless the rest makes it strong.
pub(crate) fn flaw(text: &[u8]) -> Option<Flaw> {
    let text = text.strip_prefix(b"0x").unwrap_or(text);
    if is_date(text) {
        return Some(Flaw::Predictable { bits: OF_TIME, required: NEEDED, decoded: None });
    }
    let (mut uuids, mut times, mut rest, mut at) = (0, 0, 0, 0);
    while let Some(left) = text.get(at..).filter(|left| !left.is_empty()) {
        let length = if let Some(length) = uuid_at(text, at) {
            uuids += 1;
            length
        } else if let Some(length) = timestamp(left) {
            times += 1;
            length
        } else {
            rest += 1;
            1
        };
        at += length;
    }
    if uuids + times == 0 {
        return None;
    }
    let each = strength::nominal_bits(text).checked_div(u32::try_from(text.len()).ok()?)?;
    let bits = uuids * OF_UUID + times * OF_TIME + rest * each.min(6);
    match (uuids, times) {
        _ if bits >= NEEDED && uuids != 1 => None,
        // A single UUID is a flaw if only words surround it.
        (1, _) => is_plain_around(text).then_some(Flaw::Uuid),
        _ => Some(Flaw::Predictable { bits, required: NEEDED, decoded: None }),
    }
}

/// Returns the length of the UUID at a position, with or without hyphens.
fn uuid_at(text: &[u8], at: usize) -> Option<usize> {
    let left = text.get(at..)?;
    let begins = at.checked_sub(1).and_then(|before| text.get(before)).is_none_or(|last| !last.is_ascii_alphanumeric());
    uuid::starts(left).or_else(|| begins.then(|| uuid::starts_bare(left)).flatten())
}

/// Returns whether the text around a UUID has fewer bits than a key needs: words and signs, not another key.
fn is_plain_around(text: &[u8]) -> bool {
    let found = (0..text.len()).find_map(|at| Some((at, uuid_at(text, at)?)));
    let (start, length) = found.unwrap_or((0, 0));
    let (before, after) = (text.get(..start), text.get(start + length..));
    strength::effective_bits(before.unwrap_or_default()) + strength::effective_bits(after.unwrap_or_default()) < NEEDED
}

/// Returns whether a text consists only of dates and times: `Wed, 31 Jan 2024 12:34:56 GMT`, `31/01/2024`.
fn is_date(text: &[u8]) -> bool {
    const WORDS: [&[u8]; 26] = [
        b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec", b"mon", b"tue",
        b"wed", b"thu", b"fri", b"sat", b"sun", b"gmt", b"utc", b"cet", b"est", b"pst", b"am", b"pm",
    ];
    let parts = || text.split(|byte| !byte.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let has_words = text.iter().any(u8::is_ascii_alphabetic);
    let is_year = |part: &[u8]| part.len() == 4 && (part.starts_with(b"19") || part.starts_with(b"20"));
    let is_known = |part: &[u8]| {
        let letters = part.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, number) = part.split_at_checked(letters).unwrap_or_default();
        let is_word =
            WORDS.iter().any(|known| word.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known)));
        let is_number = number.iter().all(u8::is_ascii_digit) && (number.len() <= 2 || is_year(number));
        // An offset from GMT has four digits, like a year.
        (letters == 0 || is_word && letters <= 9) && (is_number || number.len() <= 4 && has_words)
    };
    parts().any(is_year) && parts().count() >= 3 && parts().all(is_known)
}

/// Returns the length of a timestamp at the start of the text: `2024-01-31T12:34:56.789Z` (RFC 3339), possibly incomplete.
fn timestamp(text: &[u8]) -> Option<usize> {
    let date = text.get(..10)?;
    let is_date = date.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'/' | b'_' | b'.'),
        _ => byte.is_ascii_digit(),
    });
    if !is_date || !(text.starts_with(b"19") || text.starts_with(b"20")) {
        return None;
    }
    let rest = text.get(10..)?;
    let time = rest.iter().take_while(|byte| byte.is_ascii_digit() || b"T:._+Z- ".contains(byte)).count();
    let has_time = rest.first().is_some_and(|first| b"T_ -".contains(first)) && time >= 7;
    Some(if has_time { 10 + time } else { 10 })
}

#[cfg(test)]
mod tests {
    use super::flaw;
    use crate::Flaw;

    #[test]
    fn a_uuid_or_a_time_is_not_a_key_for_what_is_around_it() {
        for text in [
            "prefix-3636dd46-ea21-11e9-81b4-2a2ae2dbcce4-suffix",
            "secret:adc274e5-9954-4572-b941-1f7de96caca0",
            "{adc274e5-9954-4572-b941-1f7de96caca0}!",
            "adc274e5 9954 4572 b941 1f7de96caca0",
            "my_app_adc274e599544572b9411f7de96caca0",
            "0xadc274e599544572b9411f7de96caca0",
        ] {
            assert_eq!(flaw(text.as_bytes()), Some(Flaw::Uuid), "{text}");
        }
        for text in [
            "2024-01-31T12:34:56.789123456+00:00",
            "key-2024-01-31T12:34:56Z-2024-02-01",
            "Wed, 31 Jan 2024 12:34:56 GMT+0200",
            "31/01/2024 12:34:56 - 31/01/2024 12:34",
        ] {
            assert!(
                matches!(flaw(text.as_bytes()), Some(Flaw::Predictable { .. })),
                "{text}: {:?}",
                flaw(text.as_bytes())
            );
        }
        for text in [
            "",
            "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC",
            "adc274e5-9954-4572-b941-1f7de96caca0-0b0e9f2c-27ce-4b5e-a6a9-8f2a52b6a6f1",
            "adc274e5-9954-4572-b941-1f7de96caca0-kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL",
            "2024-01-31-kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL",
            "my_app_adc274e599544572b9411f7de96caca0b94a064284",
            "1904-8271-2024-9911-3021-7747-1200-5561-0932",
        ] {
            assert_eq!(flaw(text.as_bytes()), None, "{text}");
        }
    }
}
