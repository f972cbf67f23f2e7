//! The ways in which people generate keys.

use rand::RngExt;
use rand::rngs::StdRng;

/// One way to generate keys.
pub(crate) struct Generator {
    pub(crate) name: &'static str,
    /// The length of a key.
    pub(crate) bytes: usize,
    pub(crate) key: fn(&mut StdRng) -> String,
}

/// All generators, each named after the command that people type.
pub(crate) const GENERATORS: &[Generator] = &[
    Generator { name: "openssl rand -base64 32", bytes: 44, key: |rng| base64(&random::<32>(rng), BASE64, true) },
    Generator { name: "openssl rand -base64 48", bytes: 64, key: |rng| base64(&random::<48>(rng), BASE64, true) },
    Generator { name: "openssl rand -hex 32", bytes: 64, key: |rng| hex(&random::<32>(rng)) },
    Generator { name: "openssl rand -hex 64", bytes: 128, key: |rng| hex(&random::<64>(rng)) },
    Generator { name: "secrets.token_urlsafe(32)", bytes: 43, key: |rng| base64(&random::<32>(rng), URL_SAFE, false) },
    Generator { name: "62 letters and digits, 32", bytes: 32, key: |rng| letters(rng, ALPHANUMERIC, 32) },
    Generator { name: "62 letters and digits, 40", bytes: 40, key: |rng| letters(rng, ALPHANUMERIC, 40) },
    Generator { name: "62 letters and digits, 64", bytes: 64, key: |rng| letters(rng, ALPHANUMERIC, 64) },
    Generator { name: "lower case and digits, 36", bytes: 36, key: |rng| letters(rng, LOWER, 36) },
    Generator { name: "Django's alphabet, 50", bytes: 50, key: |rng| letters(rng, DJANGO, 50) },
    Generator { name: "printable ASCII, 32", bytes: 32, key: |rng| letters(rng, &PRINTABLE, 32) },
    Generator { name: "pwgen -s 32", bytes: 32, key: pwgen },
    Generator { name: "xxd -u, 32 bytes", bytes: 64, key: |rng| hex(&random::<32>(rng)).to_ascii_uppercase() },
    Generator { name: "lower-case letters, 40", bytes: 40, key: |rng| letters(rng, &LOWER[..26], 40) },
    Generator { name: "upper-case letters, 40", bytes: 40, key: |rng| letters(rng, &ALPHANUMERIC[..26], 40) },
    Generator { name: "letters of both cases, 40", bytes: 40, key: |rng| letters(rng, &ALPHANUMERIC[..52], 40) },
    Generator { name: "base32 of 32 bytes", bytes: 52, key: |rng| letters(rng, BASE32, 52) },
    Generator { name: "base32, lower case", bytes: 52, key: |rng| letters(rng, BASE32, 52).to_ascii_lowercase() },
    Generator { name: "base58, 44", bytes: 44, key: |rng| letters(rng, BASE58, 44) },
    Generator { name: "Crockford's base32, 52", bytes: 52, key: |rng| letters(rng, CROCKFORD, 52) },
    Generator { name: "nanoid(48)", bytes: 48, key: |rng| letters(rng, URL_SAFE, 48) },
    Generator { name: "uuidgen | sha256sum", bytes: 64, key: |rng| hex(&random::<32>(rng)) },
    Generator {
        name: "prefix, then hex of 32 bytes",
        bytes: 92,
        key: |rng| format!("taskflow-production-session-{}", hex(&random::<32>(rng))),
    },
    Generator {
        name: "prefix, then base64url of 32",
        bytes: 71,
        key: |rng| format!("taskflow-production-session-{}", base64(&random::<32>(rng), URL_SAFE, false)),
    },
];

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
/// `django.core.management.utils.get_random_secret_key`.
const DJANGO: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";
/// From `!` to `~`.
const PRINTABLE: [u8; 94] = {
    let mut printable = [0; 94];
    let mut at = 0;
    while at < printable.len() {
        printable[at] = b'!' + at as u8;
        at += 1;
    }
    printable
};

fn random<const N: usize>(rng: &mut StdRng) -> [u8; N] {
    std::array::from_fn(|_| rng.random())
}

fn letters(rng: &mut StdRng, alphabet: &[u8], length: usize) -> String {
    (0..length).map(|_| char::from(alphabet[rng.random_range(0..alphabet.len())])).collect()
}

/// A key with at least one capital letter and one digit, as `pwgen -s` ensures.
fn pwgen(rng: &mut StdRng) -> String {
    loop {
        let key = letters(rng, ALPHANUMERIC, 32);
        let has = |kind: fn(&u8) -> bool| key.as_bytes().iter().any(kind);
        if has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit) {
            return key;
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64(bytes: &[u8], alphabet: &[u8; 64], padded: bool) -> String {
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().chain([0; 2].iter()).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for at in 0..=group.len() {
            let digit = (bits >> (18 - 6 * at)) & 63;
            text.push(char::from(alphabet[digit as usize]));
        }
        if padded {
            text.extend(std::iter::repeat_n('=', 3 - group.len()));
        }
    }
    text
}
