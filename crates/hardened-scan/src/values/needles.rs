//! Every form of a value that can be searched for as it is: the encodings of all of it.
//!
//! What a program may do to a part of a value (an escape in the middle, a string in two pieces) has too many forms to
//! list, and is left to [`reading`](super::reading).

use zeroize::Zeroizing;

use super::{
    codec::{self, BASE32, BASE32_SMALL, BASE64, BASE64_URL},
    form::{Form, Piece},
    secret::Value,
};

/// The fewest bytes of a needle: that of the shortest value.
const SHORTEST: usize = super::form::SHORTEST;
/// The exotic forms of longer values are not searched: a key in base32 is short.
const MAX_EXOTIC: usize = 512;

type Bytes = Zeroizing<Vec<u8>>;

/// One form of one value.
pub(crate) struct Needle {
    pub(crate) bytes: Bytes,
    /// Which value it is of.
    pub(crate) value: usize,
    pub(crate) form: Form,
}

impl Needle {
    /// Whether a program may have broken it into pieces, or escaped a part of it.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.form, Form::Plain | Form::Base64 | Form::Hex)
    }
}

/// All forms of all values, each once.
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
            // The base64 of what the value encodes is the value, less its last digit.
            let is_part = || form == Form::Base64 && value.bytes.windows(bytes.len()).any(|part| part == &bytes[..]);
            let is_known = || is_part() || needles.iter().skip(first).any(|other| other.bytes == bytes);
            if bytes.len() >= SHORTEST && !is_known() {
                needles.push(Needle { bytes, value: index, form });
            }
        }
    }
    needles
}

/// The forms of one text, the plainest first.
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

/// The three alignments in both alphabets.
fn base64(text: &[u8]) -> impl Iterator<Item = Bytes> {
    [BASE64, BASE64_URL]
        .into_iter()
        .flat_map(move |alphabet| (0..3).map(move |before| codec::core(text, alphabet, before)))
}

/// In UTF-16, little-endian and big-endian; none if it is not text.
fn utf16(text: &[u8]) -> Option<[Bytes; 2]> {
    let text = std::str::from_utf8(text).ok()?;
    Some(
        [u16::to_le_bytes, u16::to_be_bytes].map(|bytes| Zeroizing::new(text.encode_utf16().flat_map(bytes).collect())),
    )
}

/// With a character twice that stands for itself only so: `$$` in compose, `{{` in templates and formats, `%%`, quotes;
/// with `+` for a space; with a quote as shells have it inside of quotes.
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

/// What a JSON string has in the place of a character: as most programs write it, then PHP, Go and .NET.
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

/// The text with other bytes in the place of some.
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

/// As a part of a URL holds it.
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
