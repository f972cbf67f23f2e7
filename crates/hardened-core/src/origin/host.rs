//! The host of an origin.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host in its canonical spelling.
pub(super) enum Host<'a> {
    /// A domain in ASCII and lower case, without a dot at the end.
    Domain(&'a str),
    /// An IP address; version 6 in brackets.
    Address(&'a str),
}

impl<'a> Host<'a> {
    /// Reads the canonical spelling and nothing else.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        if let Some(inner) = text.strip_prefix('[') {
            let address: Ipv6Addr = inner.strip_suffix(']')?.parse().ok()?;
            return (serialize(address) == text).then_some(Self::Address(text));
        }
        if let Ok(address) = text.parse::<Ipv4Addr>() {
            return (address.to_string() == text).then_some(Self::Address(text));
        }
        (is_domain(text.as_bytes()) && !ends_in_number(text) && is_idna(text)).then_some(Self::Domain(text))
    }

    pub(super) fn text(&self) -> &'a str {
        match self {
            Self::Domain(text) | Self::Address(text) => text,
        }
    }

    pub(super) fn is_domain(&self) -> bool {
        matches!(self, Self::Domain(_))
    }
}

/// As the URL standard writes an address: hexadecimal throughout, where the standard library writes the last four
/// bytes of a mapped address in decimal.
fn serialize(address: Ipv6Addr) -> String {
    url::Host::<&str>::Ipv6(address).to_string()
}

/// Labels of 1 to 63 lower-case letters, digits, hyphens and underscores, at most 253 bytes. Underscores are no part
/// of a host name ([RFC 1123](https://www.rfc-editor.org/rfc/rfc1123#section-2.1)) and of many real names.
#[must_use]
pub fn is_domain(name: &[u8]) -> bool {
    (1..=MAX_DOMAIN).contains(&name.len()) && name.split(|byte| *byte == b'.').all(is_label)
}

/// The longest domain that DNS can hold, without a dot at the end.
pub(super) const MAX_DOMAIN: usize = 253;

fn is_label(label: &[u8]) -> bool {
    let plain = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    (1..=63).contains(&label.len()) && label.iter().all(plain)
}

/// What browsers take for an IP address of version 4, in whatever spelling:
/// [URL standard](https://url.spec.whatwg.org/#ends-in-a-number-checker).
fn ends_in_number(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    let hexadecimal = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    last.bytes().all(|digit| digit.is_ascii_digit()) || last.strip_prefix("0x").is_some_and(hexadecimal)
}

/// Whether the Punycode labels, if there are any, are such that browsers leave them as they are.
fn is_idna(domain: &str) -> bool {
    let encoded = domain.split('.').any(|label| label.starts_with("xn--"));
    !encoded || matches!(url::Host::parse(domain), Ok(url::Host::Domain(same)) if same == domain)
}

/// Whether the host can only be the machine itself.
pub(super) fn is_loopback(host: &str) -> bool {
    let address = host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(host);
    match address.parse::<IpAddr>() {
        Ok(address) => {
            let address = address.to_canonical();
            address.is_loopback() || address.is_unspecified()
        }
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}
