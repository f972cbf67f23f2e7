//! `Access-Control-Expose-Headers`: which response headers a page may read.

use http::HeaderName;

use super::header_name::known;
use crate::{Violation, message, rule};

/// Returns the rule that exposing a name breaks: see [forbidden response-header
/// name](https://fetch.spec.whatwg.org/#forbidden-response-header-name).
pub(super) fn prohibited(name: &HeaderName) -> Option<Violation> {
    if let Some(entry) = known(name, &["set-cookie", "set-cookie2"]) {
        return Some(Violation::new(rule::CORS_SET_COOKIE_EXPOSED, message!("browsers do not let pages read ", entry)));
    }
    let found = match name.as_str() {
        "origin" => Some("origin"),
        name if name.starts_with("access-control-") => Some("access-control-*"),
        _ => None,
    };
    found
        .map(|entry| Violation::new(rule::CORS_HEADER_FORBIDDEN, message!(entry, " is not a header for pages to read")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_page_can_read_is_prohibited() {
        for (name, code) in [
            ("set-cookie", Some("cors-set-cookie-exposed")),
            ("set-cookie2", Some("cors-set-cookie-exposed")),
            ("origin", Some("cors-header-forbidden")),
            ("access-control-allow-origin", Some("cors-header-forbidden")),
            ("x-request-id", None),
            ("etag", None),
            ("content-length", None),
        ] {
            let found = prohibited(&HeaderName::from_static(name)).map(|violation| violation.rule().code());
            assert_eq!(found, code, "{name}");
        }
    }
}
