//! Identifiers and times inside a text: a UUID or a timestamp is not random, whatever is around it.

use crate::{Flaw, strength, uuid};

/// What must be left besides the pieces.
const NEEDED: u32 = 128;

/// The random bits of a UUID, at most (RFC 9562 §5.4), and the bits of an instant within some years, to the second.
const OF_UUID: u32 = 122;
const OF_TIME: u32 = 30;

/// What is wrong with a key that has a UUID or a timestamp inside, if the rest does not make it strong.
pub(crate) fn flaw(text: &[u8]) -> Option<Flaw> {
    let (mut uuids, mut times, mut rest, mut at) = (0, 0, 0, 0);
    while let Some(left) = text.get(at..).filter(|left| !left.is_empty()) {
        let length = if let Some(length) = uuid::starts(left) {
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
        // One UUID, and what is around it is words.
        (1, _) => is_plain_around(text).then_some(Flaw::Uuid),
        _ => Some(Flaw::Predictable { bits, required: NEEDED, decoded: None }),
    }
}

/// Whether a text besides its UUID is worth less than what the UUID lacks: words and signs, not another key.
fn is_plain_around(text: &[u8]) -> bool {
    let start = (0..text.len()).find(|at| text.get(*at..).and_then(uuid::starts).is_some()).unwrap_or(0);
    let end = start + uuid::LENGTH;
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    strength::effective_bits(before) + strength::effective_bits(after) < NEEDED
}

/// The length of a timestamp that starts the text: `2024-01-31T12:34:56.789Z` (RFC 3339), with what people leave out.
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
        ] {
            assert_eq!(flaw(text.as_bytes()), Some(Flaw::Uuid), "{text}");
        }
        for text in ["2024-01-31T12:34:56.789123456+00:00", "key-2024-01-31T12:34:56Z-2024-02-01"] {
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
        ] {
            assert_eq!(flaw(text.as_bytes()), None, "{text}");
        }
    }
}
