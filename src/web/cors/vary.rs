//! `Vary`: on which headers of the request the answer depends.

use http::{HeaderMap, HeaderValue, header};

/// What every answer depends on under a policy that lists origins: also one to a request without `Origin`, which a
/// cache must not give to a request with it ([Fetch](https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches)).
pub(super) const ORIGIN: HeaderValue = HeaderValue::from_static("origin");

/// What the answer to a preflight depends on.
pub(super) const PREFLIGHT: HeaderValue =
    HeaderValue::from_static("origin, access-control-request-method, access-control-request-headers");

/// What the answer to a preflight depends on where any origin is allowed.
pub(super) const PREFLIGHT_ANY: HeaderValue =
    HeaderValue::from_static("access-control-request-method, access-control-request-headers");

/// Adds `Origin` to what the service says, unless it says so already.
#[inline]
pub(super) fn merge(headers: &mut HeaderMap) {
    // A map that can hold no more is left as it is: it panics otherwise.
    if !headers.get_all(header::VARY).iter().any(names_origin) {
        let _ = headers.try_append(header::VARY, ORIGIN);
    }
}

/// Whether a value has `Origin` or `*` among its names.
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
