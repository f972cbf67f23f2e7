//! Property tests of the relations that the fuzz targets check for longer.

use proptest::{collection::vec, prelude::*, sample::select};

use crate::cors::relations;

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "https", "http", "HTTPS", "file", "capacitor", "://", ":", "/", "//", "*.", "*", ".", "..", "-", "_", "@", "[", "]",
    "[::1]", "[0:0::1]", "::ffff:1.2.3.4", "127.0.0.1", "0x7f", "1", "0", "00", "80", "443", "8443", "65535", "65536",
    "example", "com", "co.uk", "localhost", "xn--", "xn--bcher-kva", "b\u{fc}cher", "App", "a", "?", "#", "\\", "%", "%41",
    " ", "\t", "\n", "`", "null", "\u{3002}", "\u{200d}", ",", ";", "\"",
];

fn text() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..9).prop_map(|pieces| pieces.concat())
}

/// Texts that are more often origins.
fn likely() -> impl Strategy<Value = String> {
    let scheme = select(&["https://", "http://", "tauri://", "Https://"][..]);
    let tail = select(&["", ":80", ":443", ":8443", ":0", "/", ".", ":"][..]);
    (scheme, vec(select(PIECES), 1..4), tail)
        .prop_map(|(scheme, host, tail)| format!("{scheme}{}{tail}", host.join(".")))
}

fn list() -> impl Strategy<Value = Vec<Vec<u8>>> {
    #[rustfmt::skip]
    let piece = select(&[
        "content-type", "Content-Type", "authorization", "x-request-id", "x-evil", ",", ", ", " ,", "\t", " ", "", ",,",
        ";", "*", "content-typ", "\u{fc}", ",,,,,,,,",
    ][..]);
    vec(vec(piece, 0..8).prop_map(|pieces| pieces.concat().into_bytes()), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_accepted_origin_is_what_browsers_send(text in prop_oneof![text(), likely(), any::<String>()]) {
        relations::origin(&text);
    }

    #[test]
    fn a_policy_allows_what_its_pattern_matches(domain in text(), origin in prop_oneof![text(), likely()]) {
        relations::pattern(&format!("https://*.{domain}"), &origin);
        relations::pattern("https://*.preview.example.com", &origin);
        relations::pattern("https://*.example.com:8443", &format!("https://{domain}.example.com:8443"));
        relations::pattern(&origin, &origin);
    }

    #[test]
    fn a_header_list_is_parsed_as_a_simple_parser_parses_it(lines in list()) {
        relations::header_list(&lines.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }
}
