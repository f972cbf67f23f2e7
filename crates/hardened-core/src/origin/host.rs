//! Host names and addresses. Origins, `ALLOWED_HOSTS` and the hosts of requests share this parser.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A parsed host.
///
/// Hosts must be parsed before they are compared: `evil.com/.example.com` ends like a host below `example.com`, but is not
/// a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host<'a> {
    /// An ASCII name in any case, without a final dot.
    Name(&'a str),
    /// An IP address.
    Address(IpAddr),
}

impl<'a> Host<'a> {
    /// Parses a host as it appears in URLs and in the `Host` header, with IPv6 addresses in brackets. Accepts any case and
    /// drops one final dot.
    pub fn parse(text: &'a str) -> Option<Self> {
        if let Some(inner) = text.strip_prefix('[') {
            let address: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
            return Some(Self::Address(address.into()));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        if let Ok(address) = name.parse::<Ipv4Addr>() {
            return Some(Self::Address(address.into()));
        }
        (is_name(name.as_bytes()) && !ends_in_number(name)).then_some(Self::Name(name))
    }

    /// Parses the host of an authority and ignores a valid port. User information makes the authority invalid.
    pub fn of_authority(authority: &'a str) -> Option<Self> {
        let (host, port) = authority.split_at_checked(port_start(authority))?;
        let is_port = match port.strip_prefix(':') {
            // A colon without a port is valid: RFC 3986 §3.2.3.
            Some(digits) => {
                digits.is_empty() || digits.bytes().all(|digit| digit.is_ascii_digit()) && digits.parse::<u16>().is_ok()
            }
            None => true,
        };
        if is_port { Self::parse(host) } else { None }
    }

    /// Parses a host only if it has the spelling that browsers send.
    pub(super) fn canonical(text: &'a str) -> Option<Self> {
        let host = Self::parse(text)?;
        let is_canonical = match host {
            Self::Name(name) => name == text && is_domain(name.as_bytes()) && is_idna(name),
            Self::Address(IpAddr::V4(address)) => address.to_string() == text,
            Self::Address(IpAddr::V6(address)) => serialize(address) == text,
        };
        is_canonical.then_some(host)
    }

    /// Returns whether the host is a name below a domain, at any depth.
    pub fn is_below(self, domain: &str) -> bool {
        let Self::Name(name) = self else { return false };
        let Some((labels, end)) = name.len().checked_sub(domain.len()).and_then(|at| name.split_at_checked(at)) else {
            return false;
        };
        end.eq_ignore_ascii_case(domain) && labels.ends_with('.')
    }

    /// Returns whether the host can only be the machine itself: `localhost` and names below it (RFC 6761 §6.3), loopback
    /// addresses, and unspecified addresses.
    pub fn is_loopback(self) -> bool {
        match self {
            Self::Name(name) => name.eq_ignore_ascii_case("localhost") || self.is_below("localhost"),
            Self::Address(address) => {
                let address = address.to_canonical();
                address.is_loopback() || address.is_unspecified()
            }
        }
    }
}

/// Returns where the host of an authority ends: at the colon before the port, or at the end of the text.
pub(super) fn port_start(authority: &str) -> usize {
    match authority.rfind(':') {
        Some(colon) if !authority.get(colon..).is_some_and(|port| port.contains(']')) => colon,
        _ => authority.len(),
    }
}

/// The maximum length of a domain in DNS, without the final dot.
pub(super) const MAX_DOMAIN: usize = 253;

/// Returns whether a name has at most 253 bytes and labels of 1 to 63 letters, digits, hyphens and underscores. Underscores
/// are not allowed in host names ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1)), but many real names have them.
fn is_name(name: &[u8]) -> bool {
    let is_label = |label: &[u8]| {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (1..=63).contains(&label.len()) && label.iter().all(plain)
    };
    (1..=MAX_DOMAIN).contains(&name.len()) && name.split(|byte| *byte == b'.').all(is_label)
}

/// Returns whether a name is a valid domain in lower case.
pub fn is_domain(name: &[u8]) -> bool {
    is_name(name) && !name.iter().any(u8::is_ascii_uppercase)
}

/// Serialises an address as the URL standard does: all in hexadecimal. The standard library writes the last four bytes of a
/// mapped address in decimal.
fn serialize(address: Ipv6Addr) -> String {
    url::Host::<&str>::Ipv6(address).to_string()
}

/// Returns whether browsers read a name as an IPv4 address, in any spelling:
/// [URL standard](https://url.spec.whatwg.org/#ends-in-a-number-checker).
fn ends_in_number(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    let hexadecimal = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let after_0x = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    last.bytes().all(|digit| digit.is_ascii_digit()) || after_0x.is_some_and(hexadecimal)
}

/// Returns whether browsers leave the Punycode labels of a domain, if there are any, unchanged.
fn is_idna(domain: &str) -> bool {
    let encoded = domain.split('.').any(|label| label.starts_with("xn--"));
    !encoded || matches!(url::Host::parse(domain), Ok(url::Host::Domain(same)) if same == domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_authority_is_read_or_it_is_none() {
        for (authority, host) in [
            ("api.example.com", Some(Host::Name("api.example.com"))),
            ("API.example.com.:8443", Some(Host::Name("API.example.com"))),
            ("api_internal:1", Some(Host::Name("api_internal"))),
            ("api.example.com:", Some(Host::Name("api.example.com"))),
            ("api.example.com:0", Some(Host::Name("api.example.com"))),
            ("127.0.0.1:65535", Some(Host::Address([127, 0, 0, 1].into()))),
            ("[::1]:80", Some(Host::Address(Ipv6Addr::LOCALHOST.into()))),
            ("[::1]", Some(Host::Address(Ipv6Addr::LOCALHOST.into()))),
            ("", None),
            (".", None),
            (":80", None),
            ("a..example.com", None),
            (".example.com", None),
            ("example.com..", None),
            ("evil.com/.example.com", None),
            ("evil.com#.example.com", None),
            ("evil.com?.example.com", None),
            ("evil.com\\.example.com", None),
            ("evil.com%2f.example.com", None),
            ("evil.com@a.example.com", None),
            ("user:pass@a.example.com", None),
            ("evil.com, a.example.com", None),
            ("evil.com a.example.com", None),
            ("evil.com:80.example.com", None),
            ("evil.com:80:80", None),
            ("evil.com:http", None),
            ("evil.com:+80", None),
            ("evil.com:65536", None),
            ("evil.com:123456", None),
            ("a*.example.com", None),
            ("*.example.com", None),
            ("\u{e9}.example.com", None),
            ("::1", None),
            ("[::1", None),
            ("::1]", None),
            ("[::1]x", None),
            ("[::1%25eth0]", None),
            ("[evil.com].example.com", None),
            ("2130706433", None),
            ("0x7f.1", None),
            ("127.1", None),
            ("127.0.0.0x1", None),
            ("127.0.0.0X1", None),
            ("256.0.0.1", None),
        ] {
            assert_eq!(Host::of_authority(authority), host, "{authority}");
        }
    }

    #[test]
    fn a_name_is_below_a_domain_when_whole_labels_stand_before_it() {
        for (host, below) in [
            ("a.example.com", true),
            ("A.B.Example.COM", true),
            ("example.com", false),
            ("aexample.com", false),
            ("example.com.evil.test", false),
            ("com", false),
        ] {
            assert_eq!(Host::parse(host).unwrap().is_below("example.com"), below, "{host}");
        }
    }
}
