//! The endpoint of a server: a socket, an address or a name.

use std::{fmt, net::IpAddr};

use super::Codes;
use crate::{Violation, message};

/// The endpoint of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// The directory of a Unix socket.
    Socket(String),
    /// An IP address.
    Address(IpAddr),
    /// A name, in lower case.
    Name(String),
}

impl Endpoint {
    /// Parses the name of a host, an address, or the path of a socket's directory.
    ///
    /// # Errors
    ///
    /// Returns a violation for several hosts, or for a text that is not a host.
    pub(crate) fn parse(text: &str, codes: &Codes) -> Result<Self, Violation> {
        if text.starts_with('/') {
            return Ok(Self::Socket(text.to_owned()));
        }
        if text.contains(',') {
            return Err(Violation::new(codes.multi_host, "several hosts separated by commas; must be one"));
        }
        let bare = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Self::Address(address));
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        if text.is_empty() || text.starts_with('.') || text.contains("..") || !text.bytes().all(plain) {
            let fact = "the host contains invalid characters";
            let remedy = "correct the host; write an international name as Punycode (xn--…)";
            return Err(Violation::new(codes.malformed, fact).remedy(remedy));
        }
        // Resolvers also accept 127.1 and 0x7f000001 as addresses.
        match url::Host::parse(text) {
            Ok(url::Host::Ipv4(address)) => Ok(Self::Address(address.into())),
            Ok(_) => Ok(Self::Name(text.to_ascii_lowercase())),
            Err(_) => Err(Violation::new(codes.malformed, "the host is neither a name nor an address")),
        }
    }

    /// Returns whether the text means the service's own machine, over the network. Another name may also lead there: see
    /// [`is_own_address`].
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            Self::Socket(_) => false,
            Self::Address(address) => is_own_address(*address),
            Self::Name(_) => self.name().is_some_and(|name| NAMES.contains(&name) || name.ends_with(".localhost")),
        }
    }

    /// Returns whether the endpoint is a Unix socket.
    pub(crate) fn is_socket(&self) -> bool {
        matches!(self, Self::Socket(_))
    }

    /// Returns the name, if the endpoint is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name.trim_end_matches('.')),
            _ => None,
        }
    }

    /// Returns whether the endpoint is a name below a domain such as `.neon.tech`.
    pub(crate) fn is_below(&self, suffix: &str) -> bool {
        self.name().is_some_and(|name| name.ends_with(suffix))
    }
}

/// Returns whether an address is that of the machine itself.
pub(crate) fn is_own_address(address: IpAddr) -> bool {
    let address = address.to_canonical();
    address.is_loopback() || address.is_unspecified()
}

/// The names of the machine itself in the `/etc/hosts` that Debian, Red Hat, SUSE and Alpine install.
const NAMES: [&str; 10] = [
    "localhost",
    "localhost.localdomain",
    "localhost4",
    "localhost4.localdomain4",
    "localhost6",
    "localhost6.localdomain6",
    "ip6-localhost",
    "ip6-loopback",
    "ipv6-localhost",
    "ipv6-loopback",
];

/// Writes an IPv6 address without brackets.
impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Socket(text) | Self::Name(text) => f.write_str(text),
            Self::Address(address) => write!(f, "{address}"),
        }
    }
}

/// Parses a port.
///
/// # Errors
///
/// Returns a violation for a text that is not a port.
pub(crate) fn port(text: &str, codes: &Codes) -> Result<u16, Violation> {
    match text.parse() {
        Ok(number @ 1..) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(number),
        _ => {
            Err(Violation::new(codes.malformed, message!("the port must be a whole number from ", 1, " to ", u16::MAX)))
        }
    }
}

/// Splits `host:port`; the host may be in brackets.
pub(crate) fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port).filter(|port| !port.is_empty())),
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_the_own_machine_is_loopback() {
        for (text, loopback) in [
            ("localhost", true),
            ("LOCALHOST", true),
            ("localhost.", true),
            ("db.localhost", true),
            ("ip6-localhost", true),
            ("ip6-loopback", true),
            ("IPv6-Loopback.", true),
            ("localhost4.localdomain4", true),
            ("localhost6.localdomain6", true),
            ("localhost4.example", false),
            ("127.0.0.1", true),
            ("127.1", true),
            ("2130706433", true),
            ("0x7f.0.0.1", true),
            ("0.0.0.0", true),
            ("::1", true),
            ("[::1]", true),
            ("::ffff:127.0.0.1", true),
            ("::", true),
            ("/var/run/postgresql", false),
            ("10.0.0.1", false),
            ("localhost.example.com", false),
            ("my_db", false),
        ] {
            assert_eq!(
                Endpoint::parse(text, &Codes::DATABASE).map(|endpoint| endpoint.is_loopback()),
                Ok(loopback),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in [
            "",
            "h1,h2",
            "h\u{200b}",
            "b\u{fc}cher.example",
            "a b",
            "1.2.3.4.5",
            "h!",
            "[::1",
            "a:b",
            "a..b",
            ".a",
            "..",
        ] {
            assert!(Endpoint::parse(text, &Codes::DATABASE).is_err(), "{text}");
        }
    }

    #[test]
    fn a_port_is_split_off_and_bounded() {
        for (text, host, number) in [
            ("h", "h", None),
            ("h:", "h", None),
            ("h:5", "h", Some("5")),
            ("[::1]:5", "[::1]", Some("5")),
            ("[::1]", "[::1]", None),
        ] {
            assert_eq!(split_port(text), (host, number));
        }
        for (text, expected) in
            [("1", true), ("65535", true), ("0", false), ("65536", false), ("+1", false), ("99999999999", false)]
        {
            assert_eq!(port(text, &Codes::DATABASE).is_ok(), expected, "{text}");
        }
    }
}
