//! `Vary`: the request headers that a response depends on.

use http::{HeaderMap, HeaderValue, header};

/// The header that every response depends on if a policy lists origins. This includes the response to a request without
/// `Origin`: a cache must not return it to a request with one
/// ([Fetch](https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches)).
pub(super) const ORIGIN: HeaderValue = HeaderValue::from_static("origin");

/// The headers that a preflight response depends on.
pub(super) const PREFLIGHT: HeaderValue =
    HeaderValue::from_static("origin, access-control-request-method, access-control-request-headers");

/// The headers that a preflight response depends on if any origin is allowed.
pub(super) const PREFLIGHT_ANY: HeaderValue =
    HeaderValue::from_static("access-control-request-method, access-control-request-headers");

/// Adds `Origin` to the service's `Vary`, unless it is already there.
#[inline]
pub(super) fn merge(headers: &mut HeaderMap) {
    // A full map is left as it is: `append` would panic.
    if !headers.get_all(header::VARY).iter().any(names_origin) {
        let _ = headers.try_append(header::VARY, ORIGIN);
    }
}

/// Returns whether a value names `Origin` or `*`.
fn names_origin(value: &HeaderValue) -> bool {
    let names = value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    names.into_iter().any(|name| name == b"*" || name.eq_ignore_ascii_case(b"origin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_is_added_once() {
        for (before, after) in [
            (&[][..], &["origin"][..]),
            (&["accept-encoding"], &["accept-encoding", "origin"]),
            (&["accept-encoding, Origin"], &["accept-encoding, Origin"]),
            (&["accept-encoding", "ORIGIN"], &["accept-encoding", "ORIGIN"]),
            (&["*"], &["*"]),
            (&["origin-agent-cluster"], &["origin-agent-cluster", "origin"]),
            (&[""], &["", "origin"]),
        ] {
            let mut headers = HeaderMap::new();
            for value in before {
                headers.append(header::VARY, HeaderValue::from_static(value));
            }
            merge(&mut headers);
            let values: Vec<_> = headers.get_all(header::VARY).iter().collect();
            assert_eq!(values, after, "{before:?}");
        }
    }
}
