//! Relations that must hold for every input. The fuzz targets and the property tests assert the same ones.

use hardened::{
    Tier,
    cors::{CorsPolicy, Decision},
    origin::{Origin, OriginPattern},
};
use http::{HeaderMap, HeaderValue, Method, header};

/// Asserts that an accepted origin prints as the same text, parses as equal, and is what browsers would send, and that the
/// canonical form that is offered for a rejected text is an origin and another text.
pub(crate) fn origin(text: &str) {
    match Origin::parse(text) {
        Ok(origin) => {
            assert_eq!(origin.as_str(), text);
            assert_eq!(Origin::parse(origin.as_ref()).as_ref(), Ok(&origin));
            let port = origin.port().map(|port| format!(":{port}")).unwrap_or_default();
            assert_eq!(format!("{}://{}{port}", origin.scheme(), origin.host()), text);
            if origin.is_web() {
                let url = url::Url::parse(text).expect("what browsers send is a URL");
                assert_eq!(url.origin().ascii_serialization(), text);
            }
        }
        Err(error) => {
            assert!(!error.flaws().is_empty());
            if let Some(canonical) = error.canonical() {
                assert_ne!(canonical.as_str(), text);
                assert!(!canonical.as_str().contains('@'));
                assert_eq!(Origin::parse(canonical.as_str()).as_ref(), Ok(canonical));
            }
        }
    }
}

/// Asserts that an accepted pattern prints as the same text, and that a policy allows exactly the origins that it matches.
pub(crate) fn pattern(pattern: &str, origin: &str) {
    let Ok(parsed) = OriginPattern::parse(pattern) else { return };
    assert_eq!(parsed.to_string(), pattern);
    let policy = CorsPolicy::builder().allow_origins([pattern]).build(Tier::Development);
    let Ok(policy) = policy else { return };
    for candidate in [origin, &pattern.replacen('*', origin, 1), pattern] {
        let matches = Origin::parse(candidate).is_ok_and(|origin| parsed.matches(&origin));
        let allows = policy.allows(candidate.as_bytes());
        // Browsers send valid Punycode, so a policy does not validate it again.
        assert!(allows == matches || allows && candidate.contains("xn--"), "{pattern} {candidate}");
    }
}

/// The header names that the policy of [`header_list`] allows.
const ALLOWED: [&str; 3] = ["authorization", "content-type", "x-request-id"];

/// Asserts that a list of request headers is allowed exactly when a simple parser allows it, within the bounds on its length.
pub(crate) fn header_list(lines: &[&[u8]]) {
    let policy =
        CorsPolicy::builder().allow_origins(["https://app.example.com"]).allow_headers(ALLOWED).build(Tier::Production);
    let mut request = HeaderMap::new();
    request.insert(header::ORIGIN, HeaderValue::from_static("https://app.example.com"));
    request.insert(header::ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static("POST"));
    for line in lines {
        let Ok(value) = HeaderValue::from_bytes(line) else { return };
        request.append(header::ACCESS_CONTROL_REQUEST_HEADERS, value);
    }
    let Decision::Preflight(answer) = policy.expect("the policy is valid").decide(&Method::OPTIONS, &request) else {
        panic!("must be a preflight")
    };
    assert_eq!(answer.status() == 200, is_allowed(lines), "{lines:?}");
}

/// The simple parser.
fn is_allowed(lines: &[&[u8]]) -> bool {
    let limit = 64 + 2 * ALLOWED.iter().map(|name| name.len() + 1).sum::<usize>();
    let text: Vec<_> = lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    let names: Vec<_> =
        text.iter().flat_map(|line| line.split(',')).map(|name| name.trim_matches([' ', '\t'])).collect();
    let known = |name: &&&str| ALLOWED.contains(&name.to_ascii_lowercase().as_str());
    let empty = names.iter().filter(|name| name.is_empty()).count();
    lines.iter().map(|line| line.len()).sum::<usize>() <= limit
        && empty <= 16
        && names.iter().filter(known).count() + empty == names.len()
}
