//! Finds a cookie in the headers of a request.

use http::{HeaderMap, header::COOKIE};

/// Returns the value of the cookie with this name. Returns `None` if there are several with different values, because
/// one of them is not ours.
///
/// The names and values of other cookies can be any bytes.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
    let mut values = pairs.filter_map(|pair| value_of(pair, name));
    let value = values.next()?;
    if !values.all(|other| other == value) {
        return None;
    }
    std::str::from_utf8(value).ok()
}

/// Returns the value of a `name=value` pair if it has this name, without the quotes around it (RFC 6265 §4.1.1).
fn value_of<'a>(pair: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let value = pair.trim_ascii().strip_prefix(name.as_bytes())?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii();
    Some(value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_only_where_it_is_one() {
        for (lines, expected) in [
            (&[&b"sid=1"[..]][..], Some("1")),
            (&[b"a=0; sid=1; b=2"], Some("1")),
            (&[b"a=0", b"sid=1"], Some("1")),
            (&[b"a=0;sid=1"], Some("1")),
            (&[b"a=0; sid = 1 "], Some("1")),
            (&[b"sid=\"1\""], Some("1")),
            (&[b"sid=a=b=="], Some("a=b==")),
            (&[b"sid="], Some("")),
            (&[b"sid=1; sid=1"], Some("1")),
            // Invalid cookies of other names do not matter.
            (&[b"a=\xff\xfe; sid=1"], Some("1")),
            (&[b"nothing; =; ; sid=1"], Some("1")),
            (&[b"sid=1; sid=2"], None),
            (&[b"sid=1", b"sid=2"], None),
            (&[b"SID=1"], None),
            (&[b"sid2=1"], None),
            (&[b"xsid=1"], None),
            (&[b"sid"], None),
            (&[b"sid=\xff"], None),
            (&[b"a=\"b; sid=1\""], Some("1\"")),
            (&[b""], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(COOKIE, HeaderValue::from_bytes(line).unwrap());
            }
            assert_eq!(cookie(&headers, "sid"), expected, "{lines:?}");
        }
    }
}
