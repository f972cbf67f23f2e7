//! The bits of a text by its length, in the smallest alphabet that explains it.

/// The alphabets of base32: the two of RFC 4648, and Crockford's.
const BASE_32: [&[u8]; 3] =
    [b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHIJKLMNOPQRSTUV", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"];

/// Separators of groups, which do not count: `ab12-cd34-ef56` is three groups of four.
const FORMS: &[u8; 5] = b"-_ .:";

/// Returns length × log2(size of the alphabet) for an ASCII text.
///
/// The alphabet is never larger than what generators of such texts use. It is smaller if a text happens to have no character of
/// a class; then the text has fewer bits, and is less easily taken for words.
pub(super) fn bits(text: &[u8]) -> f32 {
    match groups(text) {
        Some((sign, count)) => {
            let signs = |byte: &&u8| **byte != sign;
            let size = size(text.iter().filter(signs));
            (text.len() - count) as f32 * size.log2()
        }
        None => text.len() as f32 * size(text.iter()).max(size_of_words(text)).log2(),
    }
}

/// Returns the same, but does not infer the alphabet from the frequency of separators.
pub(super) fn plain_bits(text: &[u8]) -> f32 {
    if groups(text).is_some() { bits(text) } else { text.len() as f32 * size(text.iter()).log2() }
}

fn size<'a>(text: impl Iterator<Item = &'a u8> + Clone) -> f32 {
    let has = |kind: fn(&u8) -> bool| text.clone().any(kind);
    let every = |kind: &dyn Fn(u8) -> bool| text.clone().all(|byte| kind(*byte));
    let (lower, upper, digit) = (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase), has(u8::is_ascii_digit));
    if !(lower && upper) {
        if every(&|byte| byte.is_ascii_hexdigit()) {
            return if lower || upper { 16.0 } else { 10.0 };
        }
        if BASE_32.iter().any(|digits| every(&|byte| digits.contains(&byte.to_ascii_uppercase()))) {
            return if digit { 32.0 } else { 26.0 };
        }
    }
    let mut seen = [false; 128];
    for byte in text.filter(|byte| !byte.is_ascii_alphanumeric()) {
        if let Some(seen) = seen.get_mut(usize::from(*byte)) {
            *seen = true;
        }
    }
    let signs = seen.into_iter().filter(|seen| *seen).count() as f32;
    26.0 * f32::from(u8::from(lower)) + 26.0 * f32::from(u8::from(upper)) + 10.0 * f32::from(u8::from(digit)) + signs
}

/// Returns the smallest alphabet of a generator that uses a separator so often. One with separators has digits, and one with a
/// space or a full stop has both cases.
fn size_of_words(text: &[u8]) -> f32 {
    let often = |sign: u8| text.iter().filter(|byte| **byte == sign).count() >= 3;
    let hex = text.iter().filter(|byte| byte.is_ascii_alphanumeric()).all(u8::is_ascii_hexdigit);
    if hex {
        0.0
    } else if often(b' ') || often(b'.') {
        64.0
    } else if !(often(b'-') || often(b'_')) {
        0.0
    } else if text.iter().any(u8::is_ascii_lowercase) && text.iter().any(u8::is_ascii_uppercase) {
        64.0
    } else {
        43.0
    }
}

/// Returns the separator of three or more groups of the same length, and how often it occurs. The last group may be shorter.
fn groups(text: &[u8]) -> Option<(u8, usize)> {
    FORMS.iter().find_map(|sign| {
        let mut groups = text.split(|byte| byte == sign);
        let length = groups.next()?.len();
        let last = groups.next_back()?.len();
        let count = groups.clone().count();
        let even = length > 1 && last <= length && count >= 1 && groups.all(|group| group.len() == length);
        let plain = text.iter().all(|byte| byte == sign || byte.is_ascii_alphanumeric());
        (even && plain).then_some((*sign, count + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::{bits, groups, size};

    #[test]
    fn each_alphabet_has_its_size() {
        for (text, expected) in [
            ("0123", 10.0),
            ("deadbeef01", 16.0),
            ("DEADBEEF01", 16.0),
            ("dEADbeef", 52.0),
            ("mzxw6ytboi", 32.0),
            ("hjkmnpqrst", 26.0),
            ("abcdilouz01", 36.0),
            ("aZ0", 62.0),
            ("aZ0+/", 64.0),
            ("a-b-c!", 28.0),
        ] {
            assert_eq!(size(text.bytes().collect::<Vec<_>>().iter()), expected, "{text}");
        }
    }

    #[test]
    fn signs_of_a_form_count_nothing() {
        assert_eq!(groups(b"abcd-efgh-ijkl-mn"), Some((b'-', 3)));
        assert_eq!(bits(b"abgh-ijkz-ijkl"), 12.0 * 26.0_f32.log2());
        for text in ["abcd-efgh", "abcd-efghi-jklm", "abcd-efgh-ijklmn", "a-b-c"] {
            assert_eq!(groups(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_sign_that_is_used_often_comes_from_a_large_alphabet() {
        for (text, size) in [("one-two-free-fore", 43.0), ("One_two_free_fore", 64.0), ("one two free fore", 64.0)] {
            assert_eq!(bits(text.as_bytes()), text.len() as f32 * f32::log2(size), "{text}");
        }
        assert_eq!(bits(b"one-two-free"), 12.0 * 27.0_f32.log2());
    }
}
