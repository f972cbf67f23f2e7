//! Paths as a router could understand them.

use std::borrow::Cow;

/// Whether a path is one of these, or below one.
///
/// Routers differ: some decode percent signs, merge slashes, resolve dots or ignore case. A path that any of them could
/// take for one of these is one.
pub(super) fn is_below(path: &str, prefixes: &[&'static str]) -> bool {
    if prefixes.is_empty() {
        return false;
    }
    let path = resolved(path);
    prefixes.iter().any(|prefix| {
        // The end first: it tells most paths apart without a comparison.
        let bytes = path.as_bytes();
        let ends = bytes.len() >= prefix.len() && matches!(bytes.get(prefix.len()), None | Some(b'/' | b';'));
        ends && bytes.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    })
}

fn resolved(path: &str) -> Cow<'_, str> {
    let plain = |pair: &[u8]| !matches!(pair, [b'%', _] | [_, b'%'] | [b'/', b'/' | b'.'] | [_, b'\\'] | [b'\\', _]);
    if path.as_bytes().windows(2).all(plain) { Cow::Borrowed(path) } else { Cow::Owned(resolve(path)) }
}

/// Decodes until nothing is left to decode (proxies decode too), then resolves slashes and dots.
fn resolve(path: &str) -> String {
    let mut bytes = path.as_bytes().to_vec();
    for _ in 0..3 {
        bytes = decode(&bytes);
    }
    let text = String::from_utf8_lossy(&bytes).replace('\\', "/");
    let mut segments = Vec::new();
    for segment in text.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

fn decode(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        match escaped(rest) {
            Some(byte) => {
                decoded.push(byte);
                rest = rest.get(3..).unwrap_or_default();
            }
            None => {
                decoded.push(*first);
                rest = after;
            }
        }
    }
    decoded
}

fn escaped(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_below_another_however_it_is_written() {
        for (path, below) in [
            ("/docs", true),
            ("/docs/", true),
            ("/docs/index.html", true),
            ("/docs;v=1", true),
            ("/DOCS", true),
            ("//docs", true),
            ("/./docs", true),
            ("/x/../docs", true),
            ("/%64ocs", true),
            ("/%64%6F%63%73/", true),
            ("/%2564ocs", true),
            ("/docs%2Findex.html", true),
            ("/docs%3Bv=1", true),
            ("\\docs", true),
            ("/documents", false),
            ("/docs.html", false),
            ("/docs-of-users", false),
            ("/api/docs", false),
            ("/", false),
            ("", false),
            ("*", false),
            ("/%", false),
            ("/%zz", false),
            ("/%64", false),
            ("/dé", false),
            ("/docs/../x", false),
        ] {
            assert_eq!(is_below(path, &["/docs"]), below, "{path}");
        }
    }

    #[test]
    fn no_prefix_hides_nothing() {
        assert!(!is_below("/docs", &[]));
    }
}
