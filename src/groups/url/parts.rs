//! Splits a URL into user, host, database and parameters.
//!
//! A password with an unescaped `@`, `/`, `#` or `?` moves the place where the host begins, and programs disagree about
//! it: `postgres://u:p@a/b@h/db` is host `a` for one driver and host `h` for another, which then gets the password.
//! This module therefore tries every `@` as the end of the password, and the reading without a password. If only one
//! reading has a plausible host, it is used; if several have one, the URL is refused. No reading is preferred.

use super::Codes;
use crate::{Violation, message};

/// The parts of a URL after its scheme, as written; empty if absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UrlParts<'t> {
    /// User and password.
    pub(crate) userinfo: &'t str,
    /// Host and port.
    pub(crate) authority: &'t str,
    /// The path, without its first slash.
    pub(crate) path: &'t str,
    /// The parameters, without the question mark.
    pub(crate) query: &'t str,
}

impl<'t> UrlParts<'t> {
    /// Splits the text after the scheme.
    ///
    /// # Errors
    ///
    /// Returns a violation for an ambiguous URL with several readings, or for a malformed one without any.
    pub(crate) fn read(text: &'t str, codes: &Codes) -> Result<Self, Violation> {
        let without_user = std::iter::once(("", text));
        let mut readings = without_user.chain(ends_of_password(text)).filter(|(_, rest)| is_plausible(rest));
        let Some((userinfo, rest)) = readings.next() else { return Err(without_host(text, codes)) };
        if readings.next().is_some() {
            let fact = "the password contains a character that is not percent-encoded, so the host could begin in several places";
            return Err(Violation::new(codes.ambiguous, fact));
        }
        Self::split(userinfo, rest, codes)
    }

    fn split(userinfo: &'t str, rest: &'t str, codes: &Codes) -> Result<Self, Violation> {
        if rest.contains('#') {
            let fact = "unexpected # after the host";
            return Err(Violation::new(codes.malformed, fact).remedy("write # as %23, or remove it"));
        }
        let (endpoint, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = endpoint.split_once('/').unwrap_or((endpoint, ""));
        if path.contains(['/', '@']) {
            let fact = message!(codes.path, " contains a / or @ that is not percent-encoded");
            let remedy = message!("write / as %2F and @ as %40 in ", codes.path, ", or correct it");
            return Err(Violation::new(codes.malformed, fact).remedy(remedy));
        }
        if path.contains('=') {
            let fact = message!(codes.path, " contains a =, as parameters do");
            let remedy = message!("begin the parameters with ?, or write = as %3D in ", codes.path);
            return Err(Violation::new(codes.malformed, fact).remedy(remedy));
        }
        if path.ends_with(['"', '\'', '`', ';', ',']) {
            let fact = message!(codes.path, " ends with a quote, a semicolon or a comma");
            let remedy = message!("remove it, or percent-encode it if it is a part of ", codes.path);
            return Err(Violation::new(codes.malformed, fact).remedy(remedy));
        }
        Ok(Self { userinfo, authority, path, query })
    }

    /// Returns the user and the password, split at the first colon.
    pub(crate) fn credentials(&self) -> (&'t str, &'t str) {
        self.userinfo.split_once(':').unwrap_or((self.userinfo, ""))
    }
}

/// Returns the text before and after each `@`.
fn ends_of_password(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('@').filter_map(|(at, _)| {
        let (userinfo, rest) = text.split_at_checked(at)?;
        Some((userinfo, rest.strip_prefix('@')?))
    })
}

/// Returns whether a text could begin with a host. The check is lenient, because every reading of another program counts.
fn is_plausible(text: &str) -> bool {
    let authority = text.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.is_empty() {
        return text.starts_with(['/', '?']);
    }
    authority.split(',').all(is_host_with_port)
}

fn is_host_with_port(text: &str) -> bool {
    let of_host = |symbol: char| symbol.is_alphanumeric() || matches!(symbol, '.' | '-' | '_' | '%');
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((address, port)) = text.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        return address.chars().all(|symbol| of_host(symbol) || symbol == ':')
            && is_port(port.strip_prefix(':').unwrap_or(port));
    }
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    host.chars().all(of_host) && is_port(port)
}

fn without_host(text: &str, codes: &Codes) -> Violation {
    let fact = if text.contains('@') {
        "the text after the last @ is not a host with a port"
    } else {
        "missing @ between the password and the host"
    };
    Violation::new(codes.malformed, fact)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns user and password, host and port, path, and parameters.
    fn parts(text: &str) -> Result<[&str; 4], &'static str> {
        let parts = UrlParts::read(text, &Codes::DATABASE).map_err(|violation| violation.rule().code())?;
        Ok([parts.userinfo, parts.authority, parts.path, parts.query])
    }

    #[test]
    fn the_only_reading_is_found() {
        for (text, expected) in [
            ("u:p@h:1/db?a=b", ["u:p", "h:1", "db", "a=b"]),
            ("u:p@h", ["u:p", "h", "", ""]),
            ("h/db", ["", "h", "db", ""]),
            ("u:p@ss@h/db", ["u:p@ss", "h", "db", ""]),
            ("u:p#w@h/db", ["u:p#w", "h", "db", ""]),
            ("u:p/w@h/db", ["u:p/w", "h", "db", ""]),
            ("u:p?w@h/db", ["u:p?w", "h", "db", ""]),
            ("u:p:w@h/db", ["u:p:w", "h", "db", ""]),
            ("u:p@/db?host=/s", ["u:p", "", "db", "host=/s"]),
            ("u:p@[::1]:5/db", ["u:p", "[::1]:5", "db", ""]),
            ("u@server:p@h/db", ["u@server:p", "h", "db", ""]),
            ("/db", ["", "", "db", ""]),
            ("u:p@%2Fsocket/db", ["u:p", "%2Fsocket", "db", ""]),
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
        for text in [
            "u:p@h:x/db",
            "u:p@h!/db",
            "u:secret",
            "u:p@h/db#f",
            "u:p@h/db/x",
            "u:p@h/db&sslmode=require",
            "u:p@h/db;",
            "u:p@h/db,",
            "u:p@h/db\"",
            "u:p@h/db'?a=b",
            "u:p@",
            "@",
            "",
            "u:p@[::1/db",
        ] {
            assert_eq!(parts(text), Err("database-malformed"), "{text}");
        }
    }
}
