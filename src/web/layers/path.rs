//! Compares paths in every way that a router could read them.

use std::{borrow::Cow, sync::Arc};

/// A set of paths, each with everything below it.
#[derive(Debug, Clone)]
pub(super) struct Prefixes {
    all: Arc<[&'static str]>,
    /// A bit for each first letter, which rules out most other paths without a comparison.
    initials: u32,
}

impl Prefixes {
    pub(super) fn new(all: impl IntoIterator<Item = &'static str>) -> Self {
        let all: Arc<[_]> = all.into_iter().collect();
        Self { initials: all.iter().fold(0, |initials, prefix| initials | initial(prefix)), all }
    }

    pub(super) fn and(&self, path: &'static str) -> Self {
        Self::new(self.all.iter().copied().chain([path]))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Returns whether a router could read a path as one of these, or as one below them.
    ///
    /// Routers differ: some decode percent signs, merge slashes, resolve dots, drop parameters after a semicolon or ignore
    /// case, and proxies may do so before them. A path that passes through one of these counts too: `/docs/..` reaches a route
    /// `/docs/{*rest}`. This harms no honest client, because browsers and libraries resolve `..` before they send it.
    pub(super) fn could_have(&self, path: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        if is_plain(path) {
            return self.have(path);
        }
        let (path, climbs) = simplified(path);
        self.have(&path) || climbs && self.all.iter().any(|prefix| could_become(&path, prefix))
    }

    /// Returns whether a path is one of these or below one, in its plainest spelling.
    pub(super) fn plainly_have(&self, path: &str) -> bool {
        !self.is_empty() && is_plain(path) && self.have(path)
    }

    /// Ignores case, as some file systems and routers do.
    fn have(&self, path: &str) -> bool {
        let bytes = path.as_bytes();
        self.initials & initial(path) != 0
            && self.all.iter().any(|prefix| {
                // Compares the length first, because that rules out most paths.
                let ends = bytes.len() >= prefix.len() && matches!(bytes.get(prefix.len()), None | Some(b'/'));
                ends && bytes.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
            })
    }
}

/// Returns a bit for the letter after the first slash, or all bits if there is none.
fn initial(path: &str) -> u32 {
    match path.as_bytes().get(1).map(u8::to_ascii_lowercase) {
        Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
        Some(_) => 1 << 26,
        None => u32::MAX,
    }
}

/// Returns whether the segments of a prefix appear among those of a path, in order. Resolving `..` only drops segments,
/// so this finds everything that a router can resolve to, however it is escaped.
fn could_become(path: &str, prefix: &str) -> bool {
    let mut segments = path.split('/');
    prefix.split('/').all(|wanted| segments.any(|segment| segment.eq_ignore_ascii_case(wanted)))
}

/// Returns whether all routers read a path alike: it has no escapes, parameters or empty segments, and no segment ends
/// with a dot.
fn is_plain(path: &str) -> bool {
    let odd = |pair: &[u8]| {
        matches!(pair, [b'%' | b'\\' | b';', _] | [_, b'%' | b'\\' | b';'] | [b'/' | b'.', b'/'] | [b'/', b'.'])
    };
    !path.as_bytes().windows(2).any(odd) && !path.ends_with('.')
}

/// Undoes everything that a router could undo, except `..`. Returns the segments, and whether there was a `..`.
fn simplified(path: &str) -> (String, bool) {
    let decoded = decoded(path.as_bytes());
    let text = String::from_utf8_lossy(&decoded);
    let (mut simple, mut climbs) = (String::with_capacity(text.len() + 1), false);
    for segment in text.split(['/', '\\']).map(named) {
        match segment {
            Segment::Same => {}
            Segment::Up => climbs = true,
            Segment::Name(name) => {
                simple.push('/');
                simple.push_str(name);
            }
        }
    }
    (simple, climbs)
}

/// The meaning of one path segment.
enum Segment<'a> {
    /// No change of the path: the segment is empty or `.`.
    Same,
    /// The parent: the segment is `..`.
    Up,
    Name(&'a str),
}

/// Strips what follows a name: parameters (`;v=1`), an escaped query or fragment, a NUL, and the dots and blanks that
/// Windows drops.
fn named(segment: &str) -> Segment<'_> {
    let name = segment.split([';', '?', '#', '\0']).next().unwrap_or_default();
    match name.trim_end_matches(['.', ' ']) {
        "" if name.trim_matches(' ').len() > 1 => Segment::Up,
        "" => Segment::Same,
        name => Segment::Name(name),
    }
}

/// Decodes in one pass until nothing is left to decode: a decoded byte can complete another escape (`%2564`).
fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.contains(&b'%') {
        return Cow::Borrowed(bytes);
    }
    let mut decoded = Vec::with_capacity(bytes.len());
    for byte in bytes {
        decoded.push(*byte);
        while let Some((rest, byte)) =
            decoded.split_last_chunk::<3>().and_then(|(rest, last)| Some((rest.len(), escaped(*last)?)))
        {
            decoded.truncate(rest);
            decoded.push(byte);
        }
    }
    Cow::Owned(decoded)
}

fn escaped(bytes: [u8; 3]) -> Option<u8> {
    let [b'%', high, low] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_hidden_however_a_router_could_read_it() {
        let prefixes = Prefixes::new(["/docs", "/v3/api-docs"]);
        for (path, below) in [
            ("/docs", true),
            ("/docs/", true),
            ("/docs/index.html", true),
            ("/docs;v=1", true),
            ("/docs;v=1/index.html", true),
            ("/;x/docs", true),
            ("/DOCS", true),
            ("//docs", true),
            ("///docs", true),
            ("/./docs", true),
            ("/x/../docs", true),
            ("/x/..;/docs", true),
            ("/x/..;v=1/docs", true),
            ("/x/y/../../docs", true),
            ("/x%2Fy/../docs", true),
            ("/docs/..", true),
            ("/docs/../x", true),
            ("/docs/%2e%2e", true),
            ("/docs/%2e%2e/", true),
            ("/docs/.%2e/x", true),
            ("/docs/x/../..", true),
            ("/docs/x/../../y", true),
            ("/docs%2f..", true),
            ("/docs%252f..%252fx", true),
            ("/docs\\..", true),
            ("/x\\..\\docs", true),
            ("/docs.", true),
            ("/docs./x", true),
            ("/docs%20", true),
            ("/docs%00.html", true),
            ("/docs%3Fx", true),
            ("/docs%23x", true),
            ("/%64ocs", true),
            ("/%64%6F%63%73/", true),
            ("/%2564ocs", true),
            ("/%252564ocs", true),
            ("/%25%36%34ocs", true),
            ("/%%36%34ocs", true),
            ("/docs%2Findex.html", true),
            ("/%2Fdocs", true),
            ("/docs%3Bv=1", true),
            ("\\docs", true),
            ("/%5Cdocs", true),
            ("/v3/api-docs", true),
            ("/v3//api-docs/swagger-config", true),
            ("/V3%2Fapi-docs", true),
            ("/v3/x/../api-docs", true),
            ("/v3/x%2Fy/../api-docs", true),
            ("/v3/api-docs/../x", true),
            ("/api-docs/../v3", false),
            ("/v3", false),
            ("/v3/users", false),
            ("/api-docs/x", false),
            ("/documents", false),
            ("/docs.html", false),
            ("/docs-of-users", false),
            ("/api/docs", false),
            ("/api//docs", false),
            ("/files/docs", false),
            ("/files/a%2Fdocs", false),
            ("/files/a.b/..c/docs", false),
            ("/.well-known/docs", false),
            ("/", false),
            ("", false),
            ("*", false),
            ("/%", false),
            ("/%zz", false),
            ("/%64", false),
            ("/dé", false),
            ("/x/..", false),
        ] {
            assert_eq!(prefixes.could_have(path), below, "{path}");
        }
    }

    #[test]
    fn only_the_plain_spelling_of_a_path_is_shown_as_documentation() {
        for (path, below) in [
            ("/docs", true),
            ("/docs/index.html", true),
            ("/docs/../users", false),
            ("/x/../docs", false),
            ("/%64ocs", false),
            ("/documents", false),
        ] {
            assert_eq!(Prefixes::new(["/docs"]).plainly_have(path), below, "{path}");
        }
    }

    #[test]
    fn whatever_a_prefix_begins_with_it_is_found() {
        for prefix in ["", "/", "/a", "/z/y", "/.well-known", "/_doc", "/9", "/\u{e9}t\u{e9}"] {
            let prefixes = Prefixes::new(["/other", prefix]);
            for path in [prefix.to_owned(), prefix.to_ascii_uppercase(), format!("{prefix}/x")] {
                assert!(prefixes.have(&path), "{prefix:?} {path:?}");
            }
        }
        assert!(!Prefixes::new(["/docs"]).have("/"));
    }

    #[test]
    fn no_prefix_hides_nothing() {
        assert!(!Prefixes::new([]).could_have("/docs"));
    }

    #[test]
    fn a_path_of_many_nested_escapes_is_read_in_one_go() {
        let path = format!("/{}64ocs", "%25".repeat(20_000).replace("%25%25", "%2525"));
        assert!(!Prefixes::new(["/nothing"]).could_have(&path));
        assert!(Prefixes::new(["/docs"]).could_have(&format!("/%{}64ocs", "25".repeat(30_000))));
    }
}
