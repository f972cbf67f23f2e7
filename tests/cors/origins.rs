//! Tests values of the `Origin` header against one policy.

use hardened::{Tier, cors::CorsPolicy};
use http::Method;

use crate::cors::support::{all, forwarded, has_protocol, headers};

fn policy() -> CorsPolicy {
    CorsPolicy::builder()
        .allow_origins([
            "https://app.example.com",
            "https://example.org:8443",
            "https://xn--bcher-kva.example",
            "https://under_score.example.com",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
            "http://[::1]:3000",
            "https://192.0.2.1",
            "https://*.preview.example.com",
            "https://*.example.net:8443",
            "http://*.localhost:5173",
        ])
        .dangerous()
        .origin("capacitor://localhost", "the mobile app")
        .dangerous()
        .origin("tauri://localhost", "the desktop app")
        .allow_credentials()
        .build(Tier::Development)
        .unwrap()
}

const ALLOWED: &[&str] = &[
    "https://app.example.com",
    "https://example.org:8443",
    "https://xn--bcher-kva.example",
    "https://under_score.example.com",
    "http://localhost:3000",
    "http://127.0.0.1:8080",
    "http://[::1]:3000",
    "https://192.0.2.1",
    "capacitor://localhost",
    "tauri://localhost",
    // Subdomains of a pattern, at any depth.
    "https://a.preview.example.com",
    "https://pr-7.preview.example.com",
    "https://a.b.preview.example.com",
    "https://a.b.c.d.e.f.g.preview.example.com",
    "https://feature_branch.preview.example.com",
    "https://0.preview.example.com",
    "https://xn--bcher-kva.preview.example.com",
    "https://preview.example.com.preview.example.com",
    "https://a.example.net:8443",
    "http://tenant.localhost:5173",
];

/// The name of each group, and its values.
const DENIED: &[(&str, &[&str])] = &[
    ("no origin at all", &["", " ", "\t", "x", "://", "https://", "https:", "https", "//app.example.com"]),
    ("null and stars", &["null", "NULL", "Null", "*", "https://*", "https://*.preview.example.com", "http://*"]),
    (
        "a prefix of an origin",
        &["https://app.example.co", "https://app.example", "https://app", "https://a", "h", "https://app.example.com:"],
    ),
    (
        "an origin as the prefix",
        &[
            "https://app.example.com.evil.example",
            "https://app.example.comevil.example",
            "https://app.example.com-evil.example",
            "https://app.example.com:8443.evil.example",
            "https://app.example.com@evil.example",
            "https://app.example.com/evil",
            "https://app.example.com%00.evil.example",
            "https://app.example.com%2eevil.example",
        ],
    ),
    (
        "an origin as the suffix",
        &[
            "https://evilapp.example.com",
            "https://evil-app.example.com",
            "https://evil.app.example.com",
            "https://evil.example/app.example.com",
            "https://evil.example?app.example.com",
            "https://evil.example#app.example.com",
            "https://evil.example\\app.example.com",
            "https://evil.example/https://app.example.com",
        ],
    ),
    ("a substring of an origin", &["app.example.com", "example.com", "https://example.com", "https://pp.example.com"]),
    (
        "a domain of a pattern, and what only ends like it",
        &[
            "https://preview.example.com",
            "https://.preview.example.com",
            "https://..preview.example.com",
            "https://a..preview.example.com",
            "https://evilpreview.example.com",
            "https://evil-preview.example.com",
            "https://a.preview.example.com.evil.example",
            "https://a.preview.example.com:8443",
            "https://a.preview.example.com:443",
            "https://a.example.net",
            "https://a.example.net:8444",
            "https://a.example.net:84430",
            "https://a.example.net:08443",
            "https://example.net:8443",
            "http://localhost:5173",
            "http://evillocalhost:5173",
        ],
    ),
    (
        "tricks in front of the domain of a pattern",
        &[
            "https://evil.example/.preview.example.com",
            "https://evil.example?.preview.example.com",
            "https://evil.example#.preview.example.com",
            "https://evil.example\\.preview.example.com",
            "https://evil.example@a.preview.example.com",
            "https://evil.example:443.preview.example.com",
            "https://evil.example:.preview.example.com",
            "https://evil.example`.preview.example.com",
            "https://evil.example{.preview.example.com",
            "https://evil.example}.preview.example.com",
            "https://evil.example|.preview.example.com",
            "https://evil.example^.preview.example.com",
            "https://evil.example\".preview.example.com",
            "https://evil.example'.preview.example.com",
            "https://evil.example!.preview.example.com",
            "https://evil.example$.preview.example.com",
            "https://evil.example&.preview.example.com",
            "https://evil.example(.preview.example.com",
            "https://evil.example,.preview.example.com",
            "https://evil.example;.preview.example.com",
            "https://evil.example=.preview.example.com",
            "https://evil.example+.preview.example.com",
            "https://evil.example~.preview.example.com",
            "https://evil.example%.preview.example.com",
            "https://evil.example%60.preview.example.com",
            "https://evil.example .preview.example.com",
            "https://evil.example\t.preview.example.com",
            "https://evil.example*.preview.example.com",
            "https://[::1].preview.example.com",
            "https://evil.example<.preview.example.com",
        ],
    ),
    (
        "another scheme",
        &[
            "http://app.example.com",
            "http://a.preview.example.com",
            "https://localhost:3000",
            "httpss://app.example.com",
            "ttps://app.example.com",
            "ftp://app.example.com",
            "ws://app.example.com",
            "wss://app.example.com",
            "file://app.example.com",
            "file://",
            "data:text/html,x",
            "blob:https://app.example.com/0",
            "javascript://app.example.com",
            "capacitor://app.example.com",
            "ionic://localhost",
            "https://localhost",
            "http://localhost",
            "tauri://localhost:3000",
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        ],
    ),
    (
        "another port",
        &[
            "https://app.example.com:443",
            "https://app.example.com:80",
            "https://app.example.com:8443",
            "https://app.example.com:0",
            "https://app.example.com:65536",
            "https://example.org",
            "https://example.org:843",
            "https://example.org:84433",
            "https://example.org:8443:8443",
            "http://localhost:3001",
            "http://localhost:30000",
            "http://localhost:3000/",
            "https://192.0.2.1:443",
        ],
    ),
    (
        "a dot or a slash at the end",
        &[
            "https://app.example.com.",
            "https://app.example.com/",
            "https://a.preview.example.com.",
            "http://localhost.:3000",
        ],
    ),
    (
        "upper case",
        &[
            "HTTPS://app.example.com",
            "Https://app.example.com",
            "https://APP.example.com",
            "https://app.Example.com",
            "https://app.example.COM",
            "https://A.preview.example.com",
            "https://a.Preview.example.com",
            "HTTPS://a.preview.example.com",
            "Capacitor://localhost",
        ],
    ),
    (
        "user information",
        &[
            "https://user@app.example.com",
            "https://user:pass@app.example.com",
            "https://@app.example.com",
            "https://:@app.example.com",
            "https://user@a.preview.example.com",
            "https://app.example.com:443@evil.example",
        ],
    ),
    (
        "other spellings of an address",
        &[
            "http://127.1:8080",
            "http://127.0.1:8080",
            "http://0177.0.0.1:8080",
            "http://0x7f.0.0.1:8080",
            "http://0x7f000001:8080",
            "http://2130706433:8080",
            "http://127.0.0.1.:8080",
            "http://127.000.000.001:8080",
            "http://127.0.0.2:8080",
            "http://[0:0:0:0:0:0:0:1]:3000",
            "http://[0000::1]:3000",
            "http://[::0001]:3000",
            "http://[::ffff:127.0.0.1]:3000",
            "http://[::1%25lo]:3000",
            "http://[::1]",
            "http://::1:3000",
            "http://[::1:3000",
            "https://192.0.2.01",
            "https://3221225985",
        ],
    ),
    (
        "Punycode and what looks alike",
        &[
            "https://XN--bcher-kva.example",
            "https://xn--bcher-kvA.example",
            "https://bucher.example",
            "https://xn--bcher-kva.example.evil.example",
            "https://xn--pp-8ga.example.com",
        ],
    ),
    (
        "white space",
        &[
            " https://app.example.com",
            "https://app.example.com ",
            "\thttps://app.example.com",
            "https://app.example.com\t",
            "https:// app.example.com",
            "https://app. example.com",
        ],
    ),
    (
        "several in one",
        &[
            "https://app.example.com https://app.example.com",
            "https://app.example.com,https://app.example.com",
            "https://app.example.com, https://evil.example",
            "https://evil.example https://app.example.com",
            "https://app.example.com;https://evil.example",
            "null, https://app.example.com",
        ],
    ),
];

#[test]
fn an_allowed_origin_is_answered_with_itself() {
    let policy = policy();
    for origin in ALLOWED {
        let answer = forwarded(&policy, Method::GET, &headers([("origin", origin.as_bytes())]));
        assert_eq!(all(&answer, "access-control-allow-origin"), [*origin]);
        assert_eq!(all(&answer, "access-control-allow-credentials"), ["true"], "{origin}");
        assert_eq!(all(&answer, "vary"), ["origin"], "{origin}");
    }
}

#[test]
fn every_other_origin_gets_no_header_of_the_protocol() {
    let policy = policy();
    for (group, origins) in DENIED {
        for origin in *origins {
            let answer = forwarded(&policy, Method::GET, &headers([("origin", origin.as_bytes())]));
            assert!(!has_protocol(&answer), "{group}: {origin:?}");
            assert_eq!(all(&answer, "vary"), ["origin"], "{group}: {origin:?}");
        }
    }
}

#[test]
fn there_are_at_least_150_vectors() {
    let denied: Vec<_> = DENIED.iter().flat_map(|(_, origins)| *origins).collect();
    let different: std::collections::BTreeSet<_> = denied.iter().copied().chain(ALLOWED).collect();
    assert_eq!(different.len(), denied.len() + ALLOWED.len(), "each value appears once");
    assert!(different.len() >= 150, "{}", different.len());
}

#[test]
fn bytes_that_are_not_text_and_huge_values_are_denied() {
    let policy = policy();
    let huge = "a".repeat(64 * 1024);
    let label = "a".repeat(64);
    let deep = format!("https://{}preview.example.com", "a.".repeat(120));
    for origin in [
        "https://app.example.com\u{e9}".as_bytes(),
        "https://b\u{fc}cher.example".as_bytes(),
        "https://\u{430}pp.example.com".as_bytes(),
        "https://evil\u{3002}preview.example.com".as_bytes(),
        b"https://a\xff.preview.example.com",
        b"\x80https://app.example.com",
        huge.as_bytes(),
        format!("https://{huge}.preview.example.com").as_bytes(),
        format!("https://app.example.com{huge}").as_bytes(),
        format!("https://{label}.preview.example.com").as_bytes(),
        deep.as_bytes(),
    ] {
        let answer = forwarded(&policy, Method::GET, &headers([("origin", origin)]));
        assert!(!has_protocol(&answer), "{:?}", String::from_utf8_lossy(&origin[..origin.len().min(80)]));
    }
}

#[test]
fn several_origin_headers_are_denied_even_if_each_is_allowed() {
    let policy = policy();
    for origins in [["https://app.example.com"; 2], ["https://app.example.com", "https://evil.example"]] {
        let request = headers(origins.map(|origin| ("origin", origin.as_bytes())));
        assert!(!has_protocol(&forwarded(&policy, Method::GET, &request)), "{origins:?}");
    }
}

#[test]
fn a_request_without_origin_gets_vary_alone() {
    let answer = forwarded(&policy(), Method::GET, &headers([]));
    assert_eq!(answer.len(), 1);
    assert_eq!(all(&answer, "vary"), ["origin"]);
}

#[test]
fn a_policy_for_any_origin_says_so_in_every_response_and_sets_no_vary() {
    let policy = CorsPolicy::builder().allow_any_origin().expose_headers(["etag"]).build(Tier::Production).unwrap();
    for origin in [&[][..], &["https://any.example"], &["null"], &["a", "b"]] {
        let request = headers(origin.iter().map(|origin| ("origin", origin.as_bytes())));
        let answer = forwarded(&policy, Method::GET, &request);
        assert_eq!(all(&answer, "access-control-allow-origin"), ["*"]);
        assert_eq!(all(&answer, "access-control-expose-headers"), ["etag"]);
        assert_eq!(answer.len(), 2, "{answer:?}");
    }
}
