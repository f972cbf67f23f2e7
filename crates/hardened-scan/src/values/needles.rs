//! The needles: all encodings of a whole value, which can be searched for as fixed strings.
//!
//! A program can also change only a part of a value (an escape in the middle, a string in two pieces). Those forms are too
//! many to list; [`reading`](super::reading) handles them.

use zeroize::Zeroizing;

use super::{
    codec::{self, BASE32, BASE32_SMALL, BASE64, BASE64_URL},
    form::{Form, Piece},
    secret::Value,
};

/// The minimum length of a needle, which is that of the shortest value.
const SHORTEST: usize = super::form::SHORTEST;
/// The maximum length of a value whose unusual forms are searched for. A key in base32 is short.
const MAX_EXOTIC: usize = 512;

type Bytes = Zeroizing<Vec<u8>>;

/// A form of a value.
pub(crate) struct Needle {
    pub(crate) bytes: Bytes,
    /// The index of the value.
    pub(crate) value: usize,
    pub(crate) form: Form,
}

impl Needle {
    /// Returns whether a program may have broken the form into pieces, or escaped a part of it.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.form, Form::Plain | Form::Base64 | Form::Hex)
    }
}

/// Returns all forms of all values, each once.
pub(crate) fn of(values: &[Value]) -> Vec<Needle> {
    let mut needles: Vec<Needle> = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let mut own: Vec<(Form, Bytes)> = forms(&value.bytes);
        if value.piece != Piece::Line
            && let Some(bytes) = codec::decoded(&value.bytes)
        {
            own.extend(
                forms(&bytes)
                    .into_iter()
                    .map(|(form, bytes)| (if form == Form::Plain { Form::Bytes } else { form }, bytes)),
            );
        }
        let first = needles.len();
        for (form, bytes) in own {
            // If the value is base64 itself, encoding its decoded bytes gives the value again, without its last digit.
            let is_part = || form == Form::Base64 && value.bytes.windows(bytes.len()).any(|part| part == &bytes[..]);
            let is_known = || is_part() || needles.iter().skip(first).any(|other| other.bytes == bytes);
            if bytes.len() >= SHORTEST && !is_known() {
                needles.push(Needle { bytes, value: index, form });
            }
        }
    }
    needles
}

/// Returns the forms of a text, beginning with the plain one.
fn forms(text: &[u8]) -> Vec<(Form, Bytes)> {
    let mut forms = vec![(Form::Plain, Zeroizing::new(text.to_vec()))];
    forms.extend(doubled(text).into_iter().map(|bytes| (Form::Doubled, bytes)));
    forms.push((Form::Hex, codec::hex(text, b"0123456789abcdef")));
    forms.push((Form::Hex, codec::hex(text, b"0123456789ABCDEF")));
    let mut texts = vec![Zeroizing::new(text.to_vec())];
    for written in JSON.iter().map(|rules| replaced(text, rules)).chain([percent(text)]) {
        if !texts.contains(&written) {
            texts.push(written);
        }
    }
    for text in &texts {
        forms.extend(base64(text).map(|bytes| (Form::Base64, bytes)));
    }
    if let Some([little, big]) = utf16(text) {
        forms.extend(base64(&little).map(|bytes| (Form::Base64Utf16, bytes)));
        forms.extend([(Form::Utf16, little), (Form::Utf16, big)]);
    }
    if text.len() <= MAX_EXOTIC {
        for inner in (0..3).map(|before| codec::core(text, BASE64, before)) {
            forms.extend((0..3).map(|before| (Form::Base64Twice, codec::core(&inner, BASE64, before))));
        }
        for alphabet in [BASE32, BASE32_SMALL] {
            forms.extend((0..5).map(|before| (Form::Base32, codec::core(text, alphabet, before))));
        }
        forms.push((Form::Reversed, Zeroizing::new(text.iter().rev().copied().collect())));
    }
    forms
}

/// Encodes a text in base64, at the three alignments and in both alphabets.
fn base64(text: &[u8]) -> impl Iterator<Item = Bytes> {
    [BASE64, BASE64_URL]
        .into_iter()
        .flat_map(move |alphabet| (0..3).map(move |before| codec::core(text, alphabet, before)))
}

/// Encodes a text in UTF-16, little-endian and big-endian; `None` if it is not UTF-8.
fn utf16(text: &[u8]) -> Option<[Bytes; 2]> {
    let text = std::str::from_utf8(text).ok()?;
    Some(
        [u16::to_le_bytes, u16::to_be_bytes].map(|bytes| Zeroizing::new(text.encode_utf16().flat_map(bytes).collect())),
    )
}

/// Returns the forms with a character doubled, because it has a special meaning (`$$` in compose, `{{` in templates and
/// formats, `%%`, quotes), with `+` for a space, and with a quote as shells write it inside quotes.
fn doubled(text: &[u8]) -> Vec<Bytes> {
    const RULES: [(u8, &[u8]); 9] = [
        (b'$', b"$$"),
        (b'%', b"%%"),
        (b'{', b"{{"),
        (b'}', b"}}"),
        (b'\'', b"''"),
        (b'\'', b"'\\''"),
        (b'\'', b"'\"'\"'"),
        (b'"', b"\"\""),
        (b' ', b"+"),
    ];
    let mut forms: Vec<Bytes> =
        RULES.iter().filter(|(symbol, _)| text.contains(symbol)).map(|rule| replaced(text, &[*rule])).collect();
    if text.contains(&b'{') && text.contains(&b'}') {
        forms.push(replaced(text, &[(b'{', b"{{"), (b'}', b"}}")]));
    }
    forms
}

/// The escapes in JSON strings: of most programs, then of PHP, Go and .NET.
const JSON: [&[(u8, &[u8])]; 4] = [
    &[(b'"', b"\\\""), (b'\\', b"\\\\"), (b'\n', b"\\n"), (b'\t', b"\\t")],
    &[(b'"', b"\\\""), (b'\\', b"\\\\"), (b'\n', b"\\n"), (b'\t', b"\\t"), (b'/', b"\\/")],
    &[
        (b'"', b"\\\""),
        (b'\\', b"\\\\"),
        (b'\n', b"\\n"),
        (b'\t', b"\\t"),
        (b'<', b"\\u003c"),
        (b'>', b"\\u003e"),
        (b'&', b"\\u0026"),
    ],
    &[
        (b'"', b"\\u0022"),
        (b'\\', b"\\\\"),
        (b'\n', b"\\n"),
        (b'\t', b"\\t"),
        (b'<', b"\\u003C"),
        (b'>', b"\\u003E"),
        (b'&', b"\\u0026"),
        (b'\'', b"\\u0027"),
        (b'+', b"\\u002B"),
        (b'`', b"\\u0060"),
    ],
];

/// Returns the text with some bytes replaced.
fn replaced(text: &[u8], symbols: &[(u8, &[u8])]) -> Bytes {
    let longest = symbols.iter().map(|(_, instead)| instead.len()).max().unwrap_or(1);
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * longest));
    for byte in text {
        match symbols.iter().find(|(symbol, _)| symbol == byte) {
            Some((_, instead)) => bytes.extend_from_slice(instead),
            None => bytes.push(*byte),
        }
    }
    bytes
}

/// Percent-encodes a text, as in a part of a URL.
fn percent(text: &[u8]) -> Bytes {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escaped = Zeroizing::new(Vec::with_capacity(text.len() * 3));
    for byte in text {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            escaped.push(*byte);
        } else {
            escaped.push(b'%');
            escaped.extend_from_slice(&codec::hex(&[*byte], DIGITS));
        }
    }
    escaped
}
