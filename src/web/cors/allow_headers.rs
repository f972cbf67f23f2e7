//! `Access-Control-Allow-Headers`: which headers a page may set.

use std::cmp::Ordering;

use http::{HeaderName, HeaderValue};

use super::header_name::{Names, known};
use crate::{Violation, message, rule};

/// The headers that a policy allows pages to set, in addition to those that the standard always allows.
#[derive(Debug)]
pub(super) struct AllowHeaders {
    any: bool,
    /// In lower case, sorted by length and then alphabetically.
    names: Vec<Box<[u8]>>,
    /// The number of bytes above which no browser can have sent the list.
    limit: usize,
    pub(super) value: Option<HeaderValue>,
}

/// The number of empty elements that a list may have: RFC 9110 requires a recipient to accept "a reasonable number"
/// ([section 5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
const EMPTY_ELEMENTS: usize = 16;

impl AllowHeaders {
    pub(super) fn new(allowed: &Names) -> Self {
        let mut names: Vec<Box<[u8]>> = allowed.list.iter().map(|name| name.as_str().as_bytes().into()).collect();
        names.sort_unstable_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
        let limit = 64 + 2 * names.iter().map(|name| name.len() + 1).sum::<usize>();
        Self { any: allowed.any, names, limit, value: allowed.value() }
    }

    /// Returns whether every name in the lines of `Access-Control-Request-Headers` is allowed.
    ///
    /// Browsers send one line of sorted lower-case names without white space. Proxies may rewrite it, so several lines,
    /// spaces and tabs around the commas, a few empty elements and upper case are accepted. The allowed names bound the
    /// work, not the length of the request.
    pub(super) fn allow<'r>(&self, lines: impl Iterator<Item = &'r [u8]>) -> bool {
        if self.any {
            return true;
        }
        let (mut left, mut empty) = (self.limit, EMPTY_ELEMENTS);
        for line in lines {
            match left.checked_sub(line.len()) {
                Some(rest) => left = rest,
                None => return false,
            }
            for name in line.split(|byte| *byte == b',').map(trim) {
                match empty.checked_sub(usize::from(name.is_empty())) {
                    Some(rest) => empty = rest,
                    None => return false,
                }
                if !name.is_empty() && !self.contains(name) {
                    return false;
                }
            }
        }
        true
    }

    /// Compares a name as it is first, because browsers send names in lower case.
    fn contains(&self, name: &[u8]) -> bool {
        let find = |in_order: &dyn Fn(&[u8]) -> Ordering| {
            self.names.binary_search_by(|known| known.len().cmp(&name.len()).then_with(|| in_order(known))).is_ok()
        };
        let lower = || name.iter().map(u8::to_ascii_lowercase);
        find(&|known| known.cmp(name))
            || name.iter().any(u8::is_ascii_uppercase) && find(&|known| known.iter().copied().cmp(lower()))
    }
}

/// Strips optional white space ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.3)).
fn trim(mut name: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = name {
        name = rest;
    }
    name
}

/// Returns the rule that allowing a name breaks: see [forbidden
/// request-header](https://fetch.spec.whatwg.org/#forbidden-request-header).
pub(super) fn prohibited(name: &HeaderName) -> Option<Violation> {
    let found = known(name, FORBIDDEN).or_else(|| {
        let starts = |prefix: &&&str| name.as_str().starts_with(**prefix);
        ["proxy-", "sec-", "access-control-"].iter().find(starts).copied()
    });
    found.map(|entry| Violation::new(rule::CORS_HEADER_FORBIDDEN, message!("browsers do not let pages set ", entry)))
}

#[rustfmt::skip]
const FORBIDDEN: &[&str] = &[
    "accept-charset", "accept-encoding", "connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect",
    "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn allowing(names: &[&str]) -> AllowHeaders {
        let mut allowed = Names::default();
        names.iter().for_each(|name| allowed.push(name, prohibited));
        AllowHeaders::new(&allowed)
    }

    #[test]
    fn a_list_is_allowed_when_each_of_its_names_is() {
        let headers = allowing(&["content-type", "X-Request-Id", "authorization"]);
        let (many, padded, long) = (",".repeat(16), " ".repeat(64), "content-type,".repeat(5042));
        for (lines, allowed) in [
            (&["content-type"][..], true),
            (&["authorization,content-type,x-request-id"], true),
            (&["authorization", "content-type"], true),
            (&["Content-Type"], true),
            (&["content-type, \tx-request-id"], true),
            (&["content-type,,x-request-id"], true),
            (&[""], true),
            (&[], true),
            (&[&many[..15]], true),
            (&[&many], false),
            (&[&padded], true),
            (&[&long], false),
            (&["content-type,x-evil"], false),
            (&["content-type x-request-id"], false),
            (&["content-type;x-request-id"], false),
            (&["content-typ"], false),
            (&["content-types"], false),
            (&["*"], false),
            (&["content-type\u{b}"], false),
            (&["c\u{f6}ntent-type"], false),
        ] {
            assert_eq!(headers.allow(lines.iter().map(|line| line.as_bytes())), allowed, "{lines:?}");
        }
    }

    #[test]
    fn a_name_that_no_page_can_set_is_prohibited() {
        for name in FORBIDDEN.iter().chain(&["proxy-authorization", "sec-fetch-site", "access-control-allow-origin"]) {
            assert!(prohibited(&HeaderName::from_static(name)).is_some(), "{name}");
        }
        for name in ["authorization", "content-type", "user-agent", "x-sec-token", "if-match", "range"] {
            assert!(prohibited(&HeaderName::from_static(name)).is_none(), "{name}");
        }
    }
}
