//! Tests of complete results: the vectors, the boundaries, and properties that hold for any text.

use serde_json::Value;

use crate::{
    Blemish, Encoding, Flaw, Position, ReferenceKind,
    check::{CREDENTIAL, KEY, Text, check_credential, check_key},
    decode::decode,
    strength,
};

/// Examples collected for this crate. Published keys are in base64.
const VECTORS: &str = include_str!("data/vectors.json");

struct Vector {
    id: String,
    kind: String,
    value: Vec<u8>,
    accepted: bool,
}

fn vectors() -> Vec<Vector> {
    let rows: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    rows.iter()
        .map(|row| Vector {
            id: text(row, "id").unwrap(),
            kind: text(row, "kind").unwrap(),
            value: text(row, "value").map_or_else(
                || {
                    let encoded = text(row, "base64").unwrap();
                    decode(encoded.as_bytes(), Encoding::Base64).unwrap().to_vec()
                },
                String::into_bytes,
            ),
            accepted: text(row, "expect").unwrap() == "accept",
        })
        .collect()
}

fn judge(vector: &Vector) -> Vec<Flaw> {
    let value = &vector.value[..];
    match vector.kind.as_str() {
        "jwt_hs384" => check_key(value, 48),
        "jwt_hs512" => check_key(value, 64),
        "file_secret" => {
            let line = value.strip_suffix(b"\n").unwrap_or(value);
            check_key(line.strip_suffix(b"\r").unwrap_or(line), 32)
        }
        _ => check_key(value, 32),
    }
}

#[test]
fn every_vector_has_its_verdict() {
    let wrong: Vec<String> = vectors()
        .iter()
        .filter_map(|vector| {
            let flaws = judge(vector);
            (flaws.is_empty() != vector.accepted).then(|| format!("{}: {:?}", vector.id, flaws))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A text of 4,096 characters without a pattern, from which keys of each length are cut.
fn strong(length: usize) -> String {
    let vector = vectors().into_iter().find(|vector| vector.id == "s039");
    let text = String::from_utf8(vector.unwrap().value).unwrap();
    text.chars().cycle().take(length).collect()
}

fn flaws(key: &str) -> Vec<Flaw> {
    check_key(key.as_bytes(), 32)
}

#[test]
fn a_key_has_the_length_of_its_hash_at_least() {
    for (required, bytes, short) in
        [(32, 31, true), (32, 32, false), (48, 47, true), (48, 48, false), (64, 63, true), (64, 64, false)]
    {
        let key = strong(bytes);
        let expected = short.then_some(Flaw::TooShort { bytes, required });
        assert_eq!(check_key(key.as_bytes(), required).first().copied(), expected);
    }
}

#[test]
fn a_key_has_4096_bytes_at_most() {
    assert!(check_key(strong(4096).as_bytes(), 32).is_empty());
    let too_long = [Flaw::TooLong { bytes: 4097 }];
    assert_eq!(flaws(&strong(4097)), too_long);
    assert_eq!(flaws(&"a".repeat(4097)), too_long);
    assert_eq!(check_key(&vec![0xff; 1 << 20], 32).first().copied(), Some(Flaw::TooLong { bytes: 1 << 20 }));
}

#[test]
fn a_key_has_144_bits_by_its_length_at_least() {
    let digits = "05895887113595611728270617880225052633461686901101601393412754273";
    let hex = "3b94a0642847fd7be8d722da09c2c8687d3e9b06b61825a1";
    for (key, bits) in [(&digits[..43], Some(142)), (&digits[..44], None), (&hex[..35], Some(140)), (&hex[..36], None)]
    {
        let expected = bits.map(|bits| Flaw::FewBits { bits, required: 144, decoded: None });
        assert_eq!(check_key(key.as_bytes(), 32).first().copied(), expected, "{key}");
    }
}

#[test]
fn the_bits_of_encoded_text_count_too() {
    // Base64 of 32 random hexadecimal digits: 128 bits in 44 characters.
    let key = "ZmRkMDFlYzY2MDBkMzk5MjEzM2E1MGZlMDI1N2NkZmU=";
    let decoded = Some(Encoding::Base64);
    let expected = Flaw::FewBits { bits: 128, required: 144, decoded };
    assert_eq!(flaws(key), [expected]);
}

#[test]
fn each_flaw_is_reported_alone_where_it_explains_the_others() {
    let blemish = |blemish, position| Flaw::Blemish { blemish, position };
    for (key, expected) in [
        ("short", vec![Flaw::TooShort { bytes: 5, required: 32 }]),
        ("changeme", vec![Flaw::Placeholder]),
        ("${JWT_SECRET}", vec![Flaw::Template]),
        ("op://vault/item/field", vec![Flaw::Reference(ReferenceKind::SecretStore)]),
        ("https://vault.example.com/v1/x", vec![Flaw::Reference(ReferenceKind::Url)]),
        ("{\"key\":\"G2PHdwPWESBqWuRNacXwy\"}", vec![Flaw::Json]),
        ("-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n", vec![Flaw::Pem]),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.G2PHdwPWESBqWuRNacX", vec![Flaw::Token]),
        ("adc274e5-9954-4572-b941-1f7de96caca0", vec![Flaw::Uuid]),
        (" \"changeme\"", vec![Flaw::Placeholder, blemish(Blemish::WhiteSpace, Position::Start)]),
        (
            "G2PHdwPWESBqWuRNacXw\ny/Q1V1SNVnWIjEBjsgX9TXY= ",
            vec![blemish(Blemish::WhiteSpace, Position::End), blemish(Blemish::Control, Position::Inside)],
        ),
    ] {
        assert_eq!(flaws(key), expected, "{key:?}");
    }
}

#[test]
fn a_predictable_key_is_reported_with_the_bits_that_remain() {
    for (key, encoding) in [
        ("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9", None),
        ("01234567890123456789012345678901", None),
        ("MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3", Some(Encoding::Base64)),
    ] {
        let [Flaw::Predictable { bits: 10..80, required: 128, decoded }] = flaws(key)[..] else {
            panic!("{key}: {:?}", flaws(key));
        };
        assert_eq!(decoded, encoding, "{key}");
    }
}

#[test]
fn bytes_that_are_no_text_are_no_key() {
    let bytes: Vec<u8> = (0..48_u8).map(|at| at.wrapping_mul(73) | 0x80).collect();
    assert_eq!(check_key(&bytes, 32).first().copied(), Some(Flaw::NotText));
    let all: Vec<u8> = (0..=u8::MAX).collect();
    assert_eq!(check_key(&all, 32).first().copied(), Some(Flaw::NotText));
    assert_eq!(check_credential(&all).first().copied(), Some(Flaw::NotText));
}

#[test]
fn one_character_is_no_key_whichever_it_is() {
    for byte in 0..=u8::MAX {
        assert!(!check_key(&[byte; 48], 32).is_empty(), "{byte}");
    }
}

#[test]
fn no_length_makes_one_character_a_key() {
    for length in [32, 33, 255, 4095, 4096] {
        assert!(!check_key("k".repeat(length).as_bytes(), 32).is_empty(), "{length}");
    }
}

#[test]
fn a_weak_text_stays_weak_however_often_it_is_encoded() {
    let mut key = "dogs-ate-my-homework-yesterday-again".to_owned();
    for times in 1..=4 {
        key = encoded(key.as_bytes());
        let flaw = check_key(key.as_bytes(), 32).first().copied();
        let decoded = Some(Encoding::Base64);
        let found = matches!(flaw, Some(Flaw::Predictable { decoded: found, .. }) if found == decoded);
        assert!(found, "encoded {times} times: {flaw:?}");
    }
    let mut deep = "A".to_owned();
    while deep.len() < 4096 {
        deep = encoded(deep.as_bytes());
        let _ = check_key(deep.as_bytes(), 32);
    }
}

#[test]
fn a_credential_is_judged_by_what_it_is_not_by_its_strength() {
    for text in [
        "",
        "x7",
        "hunter2",
        "correct horse battery staple",
        "sk_live_WGHpjc8XDqTH3B2HhOo2fcJzKUU0a6cxE6wlplW3",
        "adc274e5-9954-4572-b941-1f7de96caca0",
        "https://hooks.example.com/services/T00/B00/x7Kq",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.G2PHdwPWESBqWuRNacX",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQ\r\n-----END PRIVATE KEY-----\n",
        "$ecret123",
        "mastodon-2020",
        "Example-Corp-2024",
        "test",
        "p%w",
    ] {
        assert_eq!(check_credential(text.as_bytes()).first().copied(), None, "{text}");
    }
    assert!(check_credential(strong(100_000).as_bytes()).is_empty());
    for (text, expected) in [
        ("password", Flaw::Placeholder),
        ("<token>", Flaw::Placeholder),
        ("****", Flaw::Placeholder),
        ("$DB_PASSWORD", Flaw::Template),
        ("arn:aws:secretsmanager:eu-west-1:1:secret:x", Flaw::Reference(ReferenceKind::SecretStore)),
        ("/run/secrets/db", Flaw::Reference(ReferenceKind::File)),
        ("{\"password\": \"x\"}", Flaw::Json),
        ("abc\n", Flaw::Blemish { blemish: Blemish::WhiteSpace, position: Position::End }),
        ("'hunter2'", Flaw::Blemish { blemish: Blemish::Quotes, position: Position::Around }),
        ("hun\0ter", Flaw::Blemish { blemish: Blemish::Control, position: Position::Inside }),
    ] {
        assert_eq!(check_credential(text.as_bytes()).first().copied(), Some(expected), "{text:?}");
    }
}

#[test]
fn a_published_key_is_found_below_one_encoding() {
    let published = vectors().into_iter().find(|vector| vector.id == "s203").unwrap();
    let once = encoded(&published.value);
    let expected = Flaw::Published { decoded: Some(Encoding::Base64) };
    assert_eq!(flaws(&once), [expected]);
    let hex: String = published.value.iter().map(|byte| format!("{byte:02X}")).collect();
    let expected = Flaw::Published { decoded: Some(Encoding::Hex) };
    assert_eq!(flaws(&hex), [expected]);
    assert_eq!(check_credential(once.as_bytes()).len(), 1);
}

/// Encodes base64, for the tests only.
fn encoded(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let filled = [0, 1, 2].map(|at| u32::from(group.get(at).copied().unwrap_or(0)));
        let bits = filled[0] << 16 | filled[1] << 8 | filled[2];
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= group.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// Keys as generators produce them. `cargo xtask keys` tests millions.
mod generated {
    use super::{check_key, encoded};

    /// SplitMix64, which is good enough to draw letters.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut bits = self.0;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            bits ^ (bits >> 31)
        }

        fn bytes(&mut self, count: usize) -> Vec<u8> {
            (0..count).map(|_| (self.next() >> 56) as u8).collect()
        }

        fn of(&mut self, alphabet: &[u8], count: usize) -> String {
            let size = alphabet.len() as u64;
            let mut letter = || char::from(alphabet[(self.next() % size) as usize]);
            (0..count).map(|_| letter()).collect()
        }
    }

    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const DJANGO: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The keys whose random part looks most like words or typed text, from 40,000 of each kind.
    #[test]
    fn words_before_a_generated_key_are_no_flaw() {
        for key in [
            "taskflow-production-session-b91wu6Psntr2Oo-ruu3mOk4a-NG1T57-L4Wa4n1h_c4",
            "taskflowproductionTv14SeU2aYIZOI16zThzLjeArn3PELAV",
            "taskflowproductione23tflarwangmovrow0c7p5oatso534d",
            "taskflowproductione0jul7h32vfratkktastj44cabqu4jdl",
            "TaskflowProductionSessionKey86qdifj1rnxgkktmavjtjbhq3jof1m5g",
            "TaskflowProductionSessionKeyxh2y1k162fryfz1y5wfl49f03akdnuw0",
            "TaskflowProductionSessionKey8072mnjyo6ehi2oagntsxsmg6lpspmtghogpawss",
        ] {
            assert_eq!(check_key(key.as_bytes(), 32), [], "{key}");
        }
    }

    #[test]
    fn no_generated_key_is_refused() {
        let printable: Vec<u8> = (b'!'..=b'~').collect();
        let mut random = Random(20_250_311);
        for _ in 0..1_000 {
            let url_safe = encoded(&random.bytes(32)).replace('+', "-").replace('/', "_");
            for key in [
                encoded(&random.bytes(32)),
                encoded(&random.bytes(48)),
                hex(&random.bytes(32)),
                hex(&random.bytes(64)),
                url_safe.trim_end_matches('=').to_owned(),
                random.of(LETTERS, 32),
                random.of(LETTERS, 40),
                random.of(LETTERS, 64),
                random.of(&LETTERS[..36], 36),
                random.of(&LETTERS[..36], 32),
                random.of(DJANGO, 50),
                random.of(&printable, 32),
                random.of(b"0123456789", 64),
                format!("base64:{}", encoded(&random.bytes(32))),
                format!("sk_live_{}", random.of(LETTERS, 40)),
                format!("taskflow-production-session-{}", url_safe.trim_end_matches('=')),
                format!("taskflow-production-session-{}", random.of(&LETTERS[..36], 32)),
                format!("TaskflowProductionSessionKey{}", random.of(LETTERS, 40)),
            ] {
                let flaw = check_key(key.as_bytes(), 32).first().copied();
                assert_eq!(flaw, None, "{key}");
            }
        }
    }
}

mod relations {
    use proptest::prelude::*;

    use std::ops::RangeInclusive;

    use super::{CREDENTIAL, KEY, Text, check_credential, check_key, strength};

    /// Texts that are close to what the rules look for: words, marks, encodings, and anything else.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        let near = "(secret|key|your-|changeme|[$][{]|\\}|\"|'|\\{\"a\":|=|\n| |<|>|[a-z0-9]{8}|[A-Za-z0-9+/]{32}|é|\u{200b}|/run/|20240131|qwerty|aaaa){0,8}";
        prop_oneof![
            near.prop_map(String::into_bytes),
            proptest::collection::vec(any::<u8>(), 0..200),
            "\\PC{0,80}".prop_map(String::into_bytes),
        ]
    }

    /// Characters drawn uniformly. A character class of a regular expression is not: each of its ranges is equally likely.
    fn drawn_from(alphabet: &'static [u8], length: RangeInclusive<usize>) -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(alphabet), length)
            .prop_map(|characters| characters.into_iter().map(char::from).collect())
    }

    proptest! {
        #[test]
        fn any_text_has_a_verdict(text in text(), required in 0_usize..80) {
            let _ = check_key(&text, required);
            let _ = check_credential(&text);
        }

        #[test]
        fn the_order_of_the_checks_decides_nothing(
            text in text(),
            key in Just(KEY.to_vec()).prop_shuffle(),
            credential in Just(CREDENTIAL.to_vec()).prop_shuffle(),
        ) {
            let subject = Text::key(&text, 32);
            prop_assert_eq!(subject.judged_by(&key), subject.judged_by(KEY));
            let found = KEY.iter().any(|check| check(&subject).is_some());
            prop_assert_eq!(!subject.judged_by(KEY).is_empty(), found);
            let subject = Text::credential(&text);
            prop_assert_eq!(subject.judged_by(&credential), subject.judged_by(CREDENTIAL));
        }

        #[test]
        fn strength_never_falls_when_random_characters_are_appended(
            start in "(secret|key|[a-z]{1,6}|[A-Z]{2}|[0-9]{1,9}|2024|-|_|P@ss|qwe|aaaa){0,12}",
            random in "[!-~]{1,64}",
        ) {
            let longer = format!("{start}{random}");
            let (before, after) = (start.as_bytes(), longer.as_bytes());
            prop_assert!(strength::effective_bits(after) >= strength::effective_bits(before));
            prop_assert!(strength::nominal_bits(after) >= strength::nominal_bits(before));
        }

        #[test]
        fn a_strong_key_stays_strong_when_random_characters_are_appended(
            key in drawn_from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 43..=43),
            random in drawn_from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 1..=64),
        ) {
            prop_assert!(check_key(key.as_bytes(), 32).is_empty());
            let longer = format!("{key}{random}");
            prop_assert!(check_key(longer.as_bytes(), 32).is_empty());
        }
    }
}
