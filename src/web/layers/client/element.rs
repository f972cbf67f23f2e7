//! Parses the addresses that proxies write in headers.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Parses an address with or without brackets, port and zone: `203.0.113.9`, `203.0.113.9:4711`, `2001:db8::1`,
/// `[2001:db8::1]:4711`, `fe80::1%eth0`. Returns `None` for anything else, such as `unknown` or `_hidden` (RFC 7239 §6).
pub(super) fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches([' ', '\t']);
    let read = text.parse().ok().or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()));
    let read = read.or_else(|| ipv6(text).map(IpAddr::V6))?;
    Some(read.to_canonical())
}

/// Parses an IPv6 address in brackets, or with a zone. The zone is dropped: it means nothing on another machine (RFC 6874).
fn ipv6(text: &str) -> Option<Ipv6Addr> {
    let bare = match text.strip_prefix('[') {
        Some(rest) => {
            let (bare, port) = rest.split_once(']')?;
            let is_port = port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
            if !port.is_empty() && !is_port {
                return None;
            }
            bare
        }
        None => text,
    };
    let bare = match bare.split_once('%') {
        Some((_, "")) => return None,
        Some((bare, _)) => bare,
        None => bare,
    };
    bare.parse().ok()
}

/// One element of `Forwarded`.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    /// The address of the client, if the element contains one.
    pub(super) client: Option<IpAddr>,
    /// Whether the client used `https:`.
    pub(super) secure: Option<bool>,
}

/// Parses one line of `Forwarded` (RFC 7239 §4). A malformed part becomes an element without an address and ends the line:
/// otherwise a client's unclosed quote could hide what the proxy appended, while the client's own elements were believed.
pub(super) fn forwarded(line: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut rest = line;
    loop {
        let Some((element, behind)) = next_element(rest) else {
            elements.push(Element::default());
            return elements;
        };
        elements.push(element);
        match behind {
            Some(behind) => rest = behind,
            None => return elements,
        }
    }
}

/// Parses the first element. Returns it with the text after its comma, or `None` if it is malformed.
fn next_element(text: &str) -> Option<(Element, Option<&str>)> {
    let mut element = Element::default();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        // Empty pairs are allowed.
        if !rest.starts_with([';', ',']) && !rest.is_empty() {
            let (name, value) = rest.split_once('=')?;
            let (value, behind) = value_of(value)?;
            if name.eq_ignore_ascii_case("for") {
                element.client = address(&value);
            } else if name.eq_ignore_ascii_case("proto") {
                element.secure = secure(&value);
            }
            rest = behind.trim_start_matches([' ', '\t']);
        }
        match rest.split_at_checked(1) {
            None => return Some((element, None)),
            Some((";", behind)) => rest = behind,
            Some((",", behind)) => return Some((element, Some(behind))),
            Some(_) => return None,
        }
    }
}

/// Parses a token or a quoted string. Returns it with the rest of the text.
fn value_of(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',', ' ', '\t', '"']).unwrap_or(text.len());
        return Some((text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

/// Returns whether a scheme is `https`, or `None` if it is neither `https` nor `http`.
pub(super) fn secure(scheme: &str) -> Option<bool> {
    let scheme = scheme.trim_matches([' ', '\t']);
    match () {
        () if scheme.eq_ignore_ascii_case("https") => Some(true),
        () if scheme.eq_ignore_ascii_case("http") => Some(false),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_have_brackets_a_port_and_a_zone() {
        for (text, expected) in [
            ("203.0.113.9", Some("203.0.113.9")),
            (" 203.0.113.9\t", Some("203.0.113.9")),
            ("203.0.113.9:4711", Some("203.0.113.9")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("[2001:db8::1]", Some("2001:db8::1")),
            ("[2001:db8::1]:4711", Some("2001:db8::1")),
            ("fe80::1%eth0", Some("fe80::1")),
            ("[fe80::1%25eth0]:80", Some("fe80::1")),
            ("::ffff:203.0.113.9", Some("203.0.113.9")),
            ("unknown", None),
            ("_hidden", None),
            ("203.0.113.256", None),
            ("203.0.113.9:", None),
            ("203.0.113.9:65536", None),
            ("[2001:db8::1", None),
            ("[2001:db8::1]x", None),
            ("[203.0.113.9]", None),
            ("fe80::1%", None),
            ("0x7f.1", None),
            ("203.0.113.9 evil", None),
            ("", None),
        ] {
            assert_eq!(address(text).map(|read| read.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn forwarded_is_read_as_its_grammar_says() {
        let of = |text: &str, secure| Element { client: text.parse().ok(), secure };
        let nobody = Element::default();
        for (line, expected) in [
            ("for=203.0.113.9", vec![of("203.0.113.9", None)]),
            ("For=203.0.113.9;Proto=HTTPS;by=10.0.0.1", vec![of("203.0.113.9", Some(true))]),
            ("proto=http; for=203.0.113.9", vec![of("203.0.113.9", Some(false))]),
            (r#"for="[2001:db8::1]:4711", for=203.0.113.9"#, vec![of("2001:db8::1", None), of("203.0.113.9", None)]),
            (r#"for="2\03.0.113.9""#, vec![of("203.0.113.9", None)]),
            ("for=unknown, for=203.0.113.9", vec![nobody, of("203.0.113.9", None)]),
            ("host=a.example;;for=203.0.113.9", vec![of("203.0.113.9", None)]),
            (r#"host="a,b;c";for=203.0.113.9"#, vec![of("203.0.113.9", None)]),
            ("", vec![nobody]),
            (",", vec![nobody, nobody]),
            (r#"for=", for=203.0.113.9"#, vec![nobody]),
            (r#"for=198.51.100.1, for=", for=203.0.113.9"#, vec![of("198.51.100.1", None), nobody]),
            ("for", vec![nobody]),
            ("for=203.0.113.9 evil", vec![nobody]),
            (r#"for="203.0.113.9"x"#, vec![nobody]),
        ] {
            assert_eq!(forwarded(line), expected, "{line}");
        }
    }
}
