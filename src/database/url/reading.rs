//! Where user, host, database and parameters are in a URL.
//!
//! A password with an unescaped `@`, `/`, `#` or `?` moves the place where the host begins, and programs disagree about
//! it: `postgres://u:p@a/b@h/db` is host `a` for one driver and host `h` for another, which then gets the password.
//! Hence every `@` is tried as the end of the password, and so is a URL without any. Where exactly one reading has a host
//! that could be one, it is what was meant; where several have, the URL is refused. Nothing is preferred.

use std::ops::Range;

use crate::{Rejection, message, rule};

/// The parts of a URL behind its scheme, as ranges of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// User and password, encoded.
    pub(super) userinfo: Option<Range<usize>>,
    /// Host and port.
    pub(super) authority: Range<usize>,
    /// The path, without its first slash.
    pub(super) path: Option<Range<usize>>,
    /// The parameters, without the question mark.
    pub(super) query: Option<Range<usize>>,
}

/// Reads what stands behind the scheme.
///
/// # Errors
///
/// `database-ambiguous` with two readings or more, `database-malformed` with none.
pub(super) fn read(text: &str) -> Result<Reading, Rejection> {
    let candidates = std::iter::once(None).chain(text.match_indices('@').map(|(at, _)| Some(at)));
    let mut readings = candidates.filter(|at| is_plausible(behind(text, *at)));
    let Some(first) = readings.next() else { return Err(without_host(text)) };
    if readings.next().is_some() {
        let fact =
            "the password contains a character that is not percent-encoded, so the host could begin in several places";
        return Err(Rejection::new(rule::DATABASE_AMBIGUOUS, fact));
    }
    split(text, first)
}

fn behind(text: &str, at: Option<usize>) -> &str {
    text.get(at.map_or(0, |at| at.saturating_add(1))..).unwrap_or_default()
}

/// Whether a text could begin with a host: leniently, for every reading that another program could have counts.
fn is_plausible(text: &str) -> bool {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() {
        return text.starts_with(['/', '?']);
    }
    authority.split(',').all(is_host_with_port)
}

fn is_host_with_port(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, port)) => (address, port),
        None => text.split_at_checked(text.find(':').unwrap_or(text.len())).unwrap_or_default(),
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    let is_bracketed = text.starts_with('[');
    let of_host = |symbol: char| {
        symbol.is_alphanumeric() || matches!(symbol, '.' | '-' | '_' | '%') || is_bracketed && symbol == ':'
    };
    host.chars().all(of_host) && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn without_host(text: &str) -> Rejection {
    let fact = match text.contains('@') {
        true => "the text after the last @ is not a host with a port",
        false => "missing @ between the password and the host",
    };
    Rejection::new(rule::DATABASE_MALFORMED, fact)
}

/// Cuts at the one reading.
fn split(text: &str, at: Option<usize>) -> Result<Reading, Rejection> {
    let start = at.map_or(0, |at| at.saturating_add(1));
    let rest = text.get(start..).unwrap_or_default();
    if rest.contains('#') {
        let fact = message!("unexpected # after the host");
        return Err(Rejection::new(rule::DATABASE_MALFORMED, fact));
    }
    let (before, query) = cut(rest, '?');
    let (authority, path) = cut(before, '/');
    let offset = |range: Range<usize>| range.start.saturating_add(start)..range.end.saturating_add(start);
    if path.clone().is_some_and(|path| rest.get(path).unwrap_or_default().contains(['/', '@'])) {
        let fact = "the database name contains a / or @ that is not percent-encoded";
        return Err(Rejection::new(rule::DATABASE_MALFORMED, fact));
    }
    Ok(Reading {
        userinfo: at.map(|at| 0..at),
        authority: offset(0..authority.len()),
        path: path.map(offset),
        query: query.map(offset),
    })
}

/// What stands before the first of a character, and where the rest is.
fn cut(text: &str, separator: char) -> (&str, Option<Range<usize>>) {
    match text.find(separator) {
        Some(at) => (text.get(..at).unwrap_or_default(), Some(at.saturating_add(1)..text.len())),
        None => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// User and password, host and port, path, parameters.
    fn parts(text: &str) -> Result<[&str; 4], &'static str> {
        let reading = read(text).map_err(|rejection| rejection.rule().code())?;
        let at = |range: Option<Range<usize>>| range.map_or("-", |range| &text[range]);
        Ok([at(reading.userinfo), at(Some(reading.authority)), at(reading.path), at(reading.query)])
    }

    #[test]
    fn the_only_reading_is_found() {
        for (text, expected) in [
            ("u:p@h:1/db?a=b", ["u:p", "h:1", "db", "a=b"]),
            ("u:p@h", ["u:p", "h", "-", "-"]),
            ("h/db", ["-", "h", "db", "-"]),
            ("u:p@ss@h/db", ["u:p@ss", "h", "db", "-"]),
            ("u:p#w@h/db", ["u:p#w", "h", "db", "-"]),
            ("u:p/w@h/db", ["u:p/w", "h", "db", "-"]),
            ("u:p?w@h/db", ["u:p?w", "h", "db", "-"]),
            ("u:p:w@h/db", ["u:p:w", "h", "db", "-"]),
            ("u:p@/db?host=/s", ["u:p", "", "db", "host=/s"]),
            ("u:p@[::1]:5/db", ["u:p", "[::1]:5", "db", "-"]),
            ("u@server:p@h/db", ["u@server:p", "h", "db", "-"]),
            ("/db", ["-", "", "db", "-"]),
            ("u:p@%2Fsocket/db", ["u:p", "%2Fsocket", "db", "-"]),
        ] {
            assert_eq!(parts(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn two_readings_are_refused() {
        for text in [
            "u:p@a/b@h/db",
            "u:12/w@h/db",
            "u:12?w@h/db",
            "u:12#w@h/db",
            "u:p@a#b@h/db",
            "u:p@a?x=1@h/db",
            "u:p@/x@h/db",
            "u:p@h/db?application_name=a@b",
        ] {
            assert_eq!(parts(text), Err("database-ambiguous"), "{text}");
        }
    }

    #[test]
    fn no_reading_is_refused() {
        for text in ["u:p@h:x/db", "u:p@h!/db", "u:secret", "u:p@h/db#f", "u:p@h/db/x", "u:p@", "@", "", "u:p@[::1/db"]
        {
            assert_eq!(parts(text), Err("database-malformed"), "{text}");
        }
    }
}
