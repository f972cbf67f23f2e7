//! A name that requests may be addressed to.

use std::net::{IpAddr, Ipv6Addr};

use crate::{Kind, Rejection, Setting};

/// A host that requests may name: `api.example.com`, every name below one (`*.example.com`), or an IP address. Without
/// a port, which does not count.
///
/// ```
/// use hardened::{Setting, http::AllowedHost};
///
/// let host = AllowedHost::parse("api.example.com")?;
/// assert!(host.allows("API.example.com:8443"));
/// assert!(!host.allows("api.example.com.evil.example"));
/// # Ok::<(), hardened::Rejection>(())
/// ```
///
/// # Errors
///
/// `setting-malformed` for an origin or URL (`https://…`), a port, a path, `*` alone, and whatever is no host name. A
/// Unicode name is set in its ASCII form (`xn--…`), which is what clients send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost(Pattern);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    /// In lower case.
    Name(String),
    /// In lower case, with the leading dot.
    Below(String),
    Address(IpAddr),
}

impl AllowedHost {
    /// Whether an authority, as in the header `Host`, names this host. Case, port and one final dot do not count.
    #[must_use]
    pub fn allows(&self, authority: &str) -> bool {
        named_host(authority).is_some_and(|host| self.is(host))
    }

    /// Whether it is this host, without a port.
    pub(super) fn is(&self, host: &str) -> bool {
        match &self.0 {
            Pattern::Name(name) => host.eq_ignore_ascii_case(name),
            Pattern::Below(suffix) => {
                let start = host.len().checked_sub(suffix.len()).filter(|start| *start > 0);
                start.and_then(|start| host.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
            }
            Pattern::Address(address) => parse_address(host) == Some(*address),
        }
    }
}

impl Setting for AllowedHost {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Rejection> {
        let text = text.trim();
        if text == "*" {
            let fact = "a host is needed; * alone would allow every host";
            return Err(Rejection::malformed(fact).remedy("unset the variable: then no host is refused"));
        }
        if text.contains("://") {
            let fact = "a host is needed, not an address with a scheme";
            return Err(Rejection::malformed(fact).remedy("the host alone, such as api.example.com"));
        }
        pattern(text).map(Self).ok_or_else(|| {
            Rejection::malformed("a host without port and path: api.example.com, *.example.com, or an IP address")
        })
    }
}

fn pattern(text: &str) -> Option<Pattern> {
    if let Some(address) = parse_address(text) {
        return Some(Pattern::Address(address));
    }
    let text = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    match text.strip_prefix('*') {
        Some(suffix) => {
            let base = suffix.strip_prefix('.')?;
            (is_name(base) && base.contains('.')).then(|| Pattern::Below(suffix.to_owned()))
        }
        None => is_name(&text).then_some(Pattern::Name(text)),
    }
}

/// A host name of RFC 1123 §2.1, and the underscore that internal names have. One that ends in digits is an address
/// that was mistyped.
fn is_name(text: &str) -> bool {
    let label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        matches!(label.len(), 1..=63) && label.bytes().all(plain) && !label.starts_with('-') && !label.ends_with('-')
    };
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 253 && text.split('.').all(label) && !text.rsplit('.').next().is_some_and(is_number)
}

/// An IP address, an IPv6 one with or without brackets.
pub(super) fn parse_address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.parse().ok(),
    }
}

/// The host of an authority, without port and final dot; none for what is no authority.
pub(super) fn named_host(authority: &str) -> Option<&str> {
    let host = match authority.rfind(']') {
        Some(end) => {
            let (host, port) = authority.split_at(end + 1);
            (host.starts_with('[') && is_port(port)).then_some(host)?
        }
        None => match authority.find(':') {
            Some(colon) => {
                let (host, port) = authority.split_at(colon);
                is_port(port).then_some(host)?
            }
            None => authority,
        },
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// Nothing, or a colon and digits.
fn is_port(text: &str) -> bool {
    match text.strip_prefix(':') {
        Some(digits) => digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit()),
        None => text.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allowed_host_is_a_host_and_nothing_else() {
        for (text, accepted) in [
            ("api.example.com", true),
            ("API.Example.com.", true),
            ("localhost", true),
            ("api_internal", true),
            ("*.example.com", true),
            ("10.0.0.1", true),
            ("[::1]", true),
            ("::1", true),
            (" api.example.com ", true),
            ("xn--mnchen-3ya.example", true),
            ("*", false),
            ("*.com", false),
            ("*example.com", false),
            ("api.*.com", false),
            ("https://api.example.com", false),
            ("api.example.com:8080", false),
            ("api.example.com/", false),
            ("münchen.example", false),
            ("user@example.com", false),
            ("-a.example", false),
            ("a..example", false),
            ("256.0.0.1", false),
            ("", false),
            (".", false),
        ] {
            assert_eq!(AllowedHost::parse(text).is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn a_host_is_compared_as_a_whole_without_case_port_and_final_dot() {
        for (pattern, authority, allowed) in [
            ("api.example.com", "api.example.com", true),
            ("api.example.com", "API.EXAMPLE.COM", true),
            ("api.example.com", "api.example.com:443", true),
            ("api.example.com", "api.example.com:", true),
            ("api.example.com", "api.example.com.", true),
            ("api.example.com", "api.example.com.:80", true),
            ("api.example.com", "xapi.example.com", false),
            ("api.example.com", "api.example.com.evil.example", false),
            ("api.example.com", "evil.example@api.example.com", false),
            ("api.example.com", "api.example.com:80:80", false),
            ("api.example.com", "api.example.com:http", false),
            ("api.example.com", "", false),
            ("*.example.com", "a.example.com", true),
            ("*.example.com", "a.b.example.com:1", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", ".example.com", false),
            ("*.example.com", "notexample.com", false),
            ("*.example.com", "é.example.com", true),
            ("::1", "[::1]:8080", true),
            ("[::1]", "[0:0:0:0:0:0:0:1]", true),
            ("::1", "[::2]", false),
            ("::1", "[::1", false),
            ("127.0.0.1", "127.0.0.1:3000", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("127.0.0.1", "2130706433", false),
        ] {
            let host = AllowedHost::parse(pattern).unwrap();
            assert_eq!(host.allows(authority), allowed, "{pattern} {authority}");
        }
    }
}
