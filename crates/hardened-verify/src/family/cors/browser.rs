//! Decides what a browser lets a page do, exactly as the
//! [Fetch standard](https://fetch.spec.whatwg.org/#http-cors-protocol) does.

use std::fmt;

use http::{
    HeaderMap, HeaderName, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN,
    },
};

/// Whether the page sends its request with cookies and HTTP authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credentials {
    Omitted,
    Included,
}

/// The request that a page wants to send: a method in upper case, and the names of headers that are not safelisted, in
/// lower case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) method: &'a str,
    pub(super) headers: &'a [&'a str],
}

/// The reason why a browser does not send a request after its preflight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denied {
    Origin,
    Status(u16),
    Malformed,
    Method,
    Header,
}

impl fmt::Display for Denied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Origin => f.write_str("the preflight response does not allow the origin"),
            Self::Status(status) => write!(f, "the preflight is answered with {status}, not with 200 to 299"),
            Self::Malformed => f.write_str("the preflight response has a malformed list"),
            Self::Method => f.write_str("the preflight response does not allow the method"),
            Self::Header => f.write_str("the preflight response does not allow the request headers"),
        }
    }
}

/// Returns whether a page of an origin may read an answer:
/// [CORS check](https://fetch.spec.whatwg.org/#concept-cors-check).
pub(super) fn may_read(headers: &HeaderMap, origin: &str, credentials: Credentials) -> bool {
    let Some(allowed) = get(headers, &ACCESS_CONTROL_ALLOW_ORIGIN) else { return false };
    if credentials == Credentials::Omitted && allowed == b"*" {
        return true;
    }
    allowed == origin.as_bytes()
        && (credentials == Credentials::Omitted
            || get(headers, &ACCESS_CONTROL_ALLOW_CREDENTIALS).is_some_and(|value| value == b"true"))
}

/// Decides whether a browser sends the request after this answer to its preflight:
/// [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch).
pub(super) fn may_send(
    status: StatusCode,
    headers: &HeaderMap,
    origin: &str,
    credentials: Credentials,
    wanted: Wanted<'_>,
) -> Result<(), Denied> {
    if !may_read(headers, origin, credentials) {
        return Err(Denied::Origin);
    }
    if !status.is_success() {
        return Err(Denied::Status(status.as_u16()));
    }
    let methods = list(headers, &ACCESS_CONTROL_ALLOW_METHODS).ok_or(Denied::Malformed)?;
    let names = list(headers, &ACCESS_CONTROL_ALLOW_HEADERS).ok_or(Denied::Malformed)?;
    let is_any = |list: &[String]| credentials == Credentials::Omitted && list.iter().any(|item| item == "*");
    let is_safelisted = matches!(wanted.method, "GET" | "HEAD" | "POST");
    if !is_safelisted && !is_any(&methods) && !methods.iter().any(|method| method == wanted.method) {
        return Err(Denied::Method);
    }
    let is_allowed = |name: &&&str| {
        let is_named = names.iter().any(|allowed| allowed.eq_ignore_ascii_case(name));
        is_named || is_any(&names) && !name.eq_ignore_ascii_case("authorization")
    };
    if wanted.headers.iter().all(|name| is_allowed(&name)) { Ok(()) } else { Err(Denied::Header) }
}

/// Returns the value of a header, joining several: [get](https://fetch.spec.whatwg.org/#concept-header-list-get).
pub(super) fn get(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<u8>> {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| value.as_bytes().trim_ascii()).collect();
    (!values.is_empty()).then(|| values.join(b", ".as_slice()))
}

/// Returns the tokens of a list header; `None` if one of them is not a token:
/// [extract header list values](https://fetch.spec.whatwg.org/#extract-header-list-values).
fn list(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<String>> {
    let text = String::from_utf8(get(headers, name).unwrap_or_default()).ok()?;
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| item.bytes().all(is_token_byte).then(|| item.to_owned())).collect()
}

/// Returns whether a token may contain the byte (RFC 9110, section 5.6.2).
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{
        Credentials::{Included, Omitted},
        *,
    };
    use http::HeaderValue;

    const PAGE: &str = "https://app.example.com";

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let lines =
            lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
        lines.collect()
    }

    #[test]
    fn a_page_reads_what_names_its_origin_to_the_byte() {
        const ORIGIN: &str = "access-control-allow-origin";
        const COOKIES: &str = "access-control-allow-credentials";
        type Line = (&'static str, &'static str);
        let table: &[(&str, &[Line], &str, bool, bool)] = &[
            ("no header", &[], PAGE, false, false),
            ("another header alone", &[(COOKIES, "true")], PAGE, false, false),
            ("the origin", &[(ORIGIN, PAGE)], PAGE, true, false),
            ("the origin with credentials", &[(ORIGIN, PAGE), (COOKIES, "true")], PAGE, true, true),
            ("space around", &[(ORIGIN, " https://app.example.com ")], PAGE, true, false),
            ("upper case of true", &[(ORIGIN, PAGE), (COOKIES, "True")], PAGE, true, false),
            ("true twice", &[(ORIGIN, PAGE), (COOKIES, "true"), (COOKIES, "true")], PAGE, true, false),
            ("one for true", &[(ORIGIN, PAGE), (COOKIES, "1")], PAGE, true, false),
            ("any", &[(ORIGIN, "*")], PAGE, true, false),
            ("any with credentials", &[(ORIGIN, "*"), (COOKIES, "true")], PAGE, true, false),
            ("any twice", &[(ORIGIN, "*"), (ORIGIN, "*")], PAGE, false, false),
            ("the origin twice", &[(ORIGIN, PAGE), (ORIGIN, PAGE)], PAGE, false, false),
            ("a list", &[(ORIGIN, "https://app.example.com, https://b.example.com")], PAGE, false, false),
            ("a list with spaces", &[(ORIGIN, "https://app.example.com https://b.example.com")], PAGE, false, false),
            ("a slash at the end", &[(ORIGIN, "https://app.example.com/")], PAGE, false, false),
            ("another case", &[(ORIGIN, "https://APP.example.com")], PAGE, false, false),
            ("the port of the scheme", &[(ORIGIN, "https://app.example.com:443")], PAGE, false, false),
            ("another scheme", &[(ORIGIN, "http://app.example.com")], PAGE, false, false),
            ("a pattern", &[(ORIGIN, "https://*.example.com")], PAGE, false, false),
            ("null for a page", &[(ORIGIN, "null")], PAGE, false, false),
            ("null for null", &[(ORIGIN, "null"), (COOKIES, "true")], "null", true, true),
            ("any for null", &[(ORIGIN, "*")], "null", true, false),
            ("an empty value", &[(ORIGIN, "")], PAGE, false, false),
        ];
        for (case, lines, origin, omitted, included) in table {
            let headers = headers(lines);
            assert_eq!(may_read(&headers, origin, Omitted), *omitted, "{case}");
            assert_eq!(may_read(&headers, origin, Included), *included, "{case}, with credentials");
        }
    }

    #[test]
    fn a_request_follows_a_preflight_that_allows_all_of_it() {
        const METHODS: &str = "access-control-allow-methods";
        const HEADERS: &str = "access-control-allow-headers";
        let put = Wanted { method: "PUT", headers: &["content-type"] };
        let get = Wanted { method: "GET", headers: &["authorization"] };
        let plain = Wanted { method: "POST", headers: &[] };
        type Line = (&'static str, &'static str);
        type Row = (&'static str, u16, &'static [Line], Wanted<'static>, Result<(), Denied>, Result<(), Denied>);
        let table: &[Row] = &[
            ("all", 204, &[(METHODS, "PUT"), (HEADERS, "content-type")], put, Ok(()), Ok(())),
            ("lists", 200, &[(METHODS, "GET,PUT ,"), (HEADERS, "x, Content-Type")], put, Ok(()), Ok(())),
            ("two lines", 200, &[(METHODS, "GET"), (METHODS, "PUT"), (HEADERS, "content-type")], put, Ok(()), Ok(())),
            (
                "a method in lower case",
                200,
                &[(METHODS, "put"), (HEADERS, "content-type")],
                put,
                Err(Denied::Method),
                Err(Denied::Method),
            ),
            ("no method", 200, &[(HEADERS, "content-type")], put, Err(Denied::Method), Err(Denied::Method)),
            ("no header", 200, &[(METHODS, "PUT")], put, Err(Denied::Header), Err(Denied::Header)),
            ("any", 200, &[(METHODS, "*"), (HEADERS, "*")], put, Ok(()), Err(Denied::Method)),
            ("any header is not authorization", 200, &[(HEADERS, "*")], get, Err(Denied::Header), Err(Denied::Header)),
            ("authorization by name", 200, &[(HEADERS, "*, Authorization")], get, Ok(()), Ok(())),
            ("nothing needed", 204, &[], plain, Ok(()), Ok(())),
            (
                "not a list",
                204,
                &[(METHODS, "PUT; DELETE"), (HEADERS, "content-type")],
                put,
                Err(Denied::Malformed),
                Err(Denied::Malformed),
            ),
            (
                "a redirect",
                301,
                &[(METHODS, "PUT"), (HEADERS, "content-type")],
                put,
                Err(Denied::Status(301)),
                Err(Denied::Status(301)),
            ),
            (
                "refused",
                403,
                &[(METHODS, "PUT"), (HEADERS, "content-type")],
                put,
                Err(Denied::Status(403)),
                Err(Denied::Status(403)),
            ),
        ];
        for (case, status, lines, wanted, omitted, included) in table {
            let mut headers = headers(lines);
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static(PAGE));
            headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            let status = StatusCode::from_u16(*status).unwrap();
            assert_eq!(may_send(status, &headers, PAGE, Omitted, *wanted), *omitted, "{case}");
            assert_eq!(may_send(status, &headers, PAGE, Included, *wanted), *included, "{case}, with credentials");
        }
        let nothing = may_send(StatusCode::OK, &HeaderMap::new(), PAGE, Omitted, plain);
        assert_eq!(nothing, Err(Denied::Origin));
    }
}
