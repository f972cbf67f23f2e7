//! How each program splits a URL, without its scheme, into hosts, ports and parameters.

use std::net::IpAddr;

/// A host and its port, as written in the URL.
pub(super) struct Server<'t> {
    pub(super) host: &'t str,
    pub(super) port: &'t str,
}

/// Returns the servers and the parameters, or `None` if the program cannot read the URL.
pub(super) type Split = fn(&str) -> Option<(Vec<Server<'_>>, &str)>;

/// The first `@` ends the password, unless there is a `/` before it.
pub(super) fn libpq(text: &str) -> Option<(Vec<Server<'_>>, &str)> {
    let mut rest = match text.split_once(['@', '/']) {
        Some((userinfo, rest)) if text.get(userinfo.len()..)?.starts_with('@') => rest,
        _ => text,
    };
    let mut servers = Vec::new();
    loop {
        let host;
        if let Some(bracketed) = rest.strip_prefix('[') {
            (host, rest) = bracketed.split_once(']').filter(|(host, _)| !host.is_empty())?;
        } else {
            (host, rest) = before(rest, &[':', '/', '?', ',']);
        }
        let port;
        (port, rest) = match rest.strip_prefix(':') {
            Some(port) => before(port, &['/', '?', ',']),
            None => ("", rest),
        };
        servers.push(Server { host, port });
        match rest.strip_prefix(',') {
            Some(next) => rest = next,
            None if rest.is_empty() || rest.starts_with(['/', '?']) => return Some((servers, query(rest))),
            None => return None,
        }
    }
}

/// Python's `urlparse`; then the first `@` ends the password.
pub(super) fn asyncpg(text: &str) -> Option<(Vec<Server<'_>>, &str)> {
    let (authority, rest) = before(text, &['/', '?', '#']);
    if authority.contains('[') != authority.contains(']') {
        return None;
    }
    let hosts = authority.split_once('@').map_or(authority, |(_, hosts)| hosts);
    if hosts.is_empty() {
        return Some((Vec::new(), query(before(rest, &['#']).0)));
    }
    let mut servers = Vec::new();
    for text in hosts.split(',') {
        servers.push(match text.strip_prefix('[') {
            None if text.is_empty() => return None,
            None => server(text),
            // Only a port after the brackets counts.
            Some(bracketed) => {
                let (host, rest) = bracketed.split_once(']').filter(|(host, _)| !host.is_empty())?;
                let port = rest.strip_prefix(':').unwrap_or_default();
                let digits =
                    port.len().saturating_sub(port.trim_start_matches(|digit: char| digit.is_ascii_digit()).len());
                Server { host, port: port.get(..digits)? }
            }
        });
    }
    Some((servers, query(before(rest, &['#']).0)))
}

/// A regular expression that is not anchored at the end: it ignores any text that no longer matches.
pub(super) fn sqlalchemy(text: &str) -> Option<(Vec<Server<'_>>, &str)> {
    let (user, rest) = before(text, &[':', '/']);
    let password = rest.strip_prefix(':').and_then(|password| password.split_once('@'));
    let rest = match (password, user.rfind('@')) {
        (Some((_, rest)), _) => rest,
        (None, Some(at)) => text.get(at..)?.strip_prefix('@')?,
        (None, None) => text,
    };
    let (authority, path) = before(rest, &['/', '?']);
    let bracketed = authority.strip_prefix('[').and_then(|inner| inner.rsplit_once(']'));
    let (host, behind) = match bracketed.filter(|(host, _)| !host.is_empty()) {
        Some(parts) => parts,
        None => before(authority, &[':']),
    };
    let Some(port) = behind.strip_prefix(':') else {
        let parameters = if behind.is_empty() { query(path) } else { "" };
        return Some((vec![Server { host, port: "" }], parameters));
    };
    // A number must follow the colon.
    (!port.is_empty()).then(|| (vec![Server { host, port }], query(path)))
}

/// The WHATWG's URL: the last `@` before the path ends the password.
pub(super) fn node_postgres(text: &str) -> Option<(Vec<Server<'_>>, &str)> {
    const FORBIDDEN: [char; 7] = ['<', '>', '\\', '^', '|', ']', '['];
    let (authority, rest) = before(text, &['/', '?', '#']);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let parameters = query(before(rest, &['#']).0);
    // An address keeps its brackets here, and no resolver accepts it with them.
    if host.is_empty() || host.starts_with('[') {
        return Some((Vec::new(), parameters));
    }
    let server = server(host);
    (!server.host.contains(FORBIDDEN)).then(|| (vec![server], parameters))
}

/// Go's `net/url`: the last `@` before the path ends the password.
pub(super) fn net_url(text: &str) -> Option<(Vec<Server<'_>>, &str)> {
    let (authority, rest) = before(text, &['/', '?', '#']);
    let (userinfo, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    let in_both = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:%".contains(&byte);
    let in_host = |byte: u8| in_both(byte) || byte >= 0x80 || b"[]<>\"".contains(&byte);
    if !userinfo.bytes().all(|byte| in_both(byte) || byte == b'@') || !hosts.bytes().all(in_host) {
        return None;
    }
    let servers = hosts.split(',').filter(|host| !host.is_empty()).map(|text| {
        // Brackets are removed at both ends, even a single one.
        let address = text.trim_matches(['[', ']']);
        let has_no_port = !text.contains(':') || address.parse::<IpAddr>().is_ok();
        if has_no_port { Server { host: address, port: "" } } else { bracketed_server(text) }
    });
    Some((servers.collect(), query(before(rest, &['#']).0)))
}

/// The first `@` ends the password, wherever it is.
pub(super) fn tokio_postgres(text: &str) -> Option<(Vec<Server<'_>>, &str)> {
    let rest = text.split_once('@').map_or(text, |(_, rest)| rest);
    let (hosts, rest) = before(rest, &['/', '?']);
    let mut servers = Vec::new();
    for text in hosts.split(',').filter(|_| !hosts.is_empty()) {
        servers.push(match text.strip_prefix('[') {
            None => server(text),
            Some(bracketed) => {
                let (host, rest) = bracketed.split_once(']')?;
                let port = if rest.is_empty() { rest } else { rest.strip_prefix(':')? };
                Server { host, port }
            }
        });
    }
    Some((servers, query(rest)))
}

/// Splits a text before the first of these characters.
fn before<'t>(text: &'t str, ends: &[char]) -> (&'t str, &'t str) {
    text.split_at_checked(text.find(ends).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// Returns the parameters in the text after the hosts.
fn query(rest: &str) -> &str {
    rest.split_once('?').map_or("", |(_, query)| query)
}

/// Splits a server at the colon after the brackets.
fn bracketed_server(text: &str) -> Server<'_> {
    match text.strip_prefix('[').and_then(|inner| inner.split_once("]:")) {
        Some((host, port)) => Server { host, port },
        None => server(text),
    }
}

/// Splits a server at its first colon.
fn server(text: &str) -> Server<'_> {
    let (host, port) = text.split_once(':').unwrap_or((text, ""));
    Server { host, port }
}
