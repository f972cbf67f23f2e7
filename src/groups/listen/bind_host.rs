//! The address to listen on.

use std::net::{IpAddr, Ipv4Addr};

use hardened_core::origin::Host;

use crate::{Setting, Violation, rule, schema::Kind};

/// An IP address to listen on; `localhost` means 127.0.0.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BindHost(IpAddr);

impl BindHost {
    /// Returns the IP address.
    #[must_use]
    pub const fn address(self) -> IpAddr {
        self.0
    }
}

impl Setting for BindHost {
    const KIND: Kind = Kind::Address;

    fn parse(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("localhost") {
            return Ok(Self(IpAddr::V4(Ipv4Addr::LOCALHOST)));
        }
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        bare.parse().map(Self).map_err(|_| {
            let is_public = text.contains("://") || matches!(Host::parse(text), Some(Host::Name(_)));
            let fact = match is_public {
                true => "must be a bind address, not the public name of the service",
                false => "must be an IP address to listen on, without quotes and without a port",
            };
            Violation::malformed(fact).remedy(
                "set 0.0.0.0 or [::] behind a platform's proxy, or 127.0.0.1 for this machine alone; or unset it",
            )
        })
    }

    fn flaws(&self) -> Vec<Violation> {
        let is_loopback = self.0.to_canonical().is_loopback();
        let note = || Violation::new(rule::HTTP_LOOPBACK, "a loopback address, so only this machine can connect");
        is_loopback.then(note).into_iter().collect()
    }
}

/// Parses the text as the setting does.
impl std::str::FromStr for BindHost {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        <Self as Setting>::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_can_be_bound() {
        for (text, accepted) in [
            ("0.0.0.0", true),
            ("127.0.0.1", true),
            ("::", true),
            ("[::]", true),
            ("[::1]", true),
            ("localhost", true),
            (" 0.0.0.0 ", true),
            ("https://api.example.com", false),
            ("api.example.com", false),
            ("0.0.0.0:8080", false),
            ("[::", false),
            ("256.0.0.1", false),
        ] {
            assert_eq!(BindHost::parse(text).is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn an_address_that_only_this_machine_reaches_is_noted() {
        for (text, noted) in [
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("localhost", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("0.0.0.0", false),
            ("::", false),
            ("10.0.0.1", false),
        ] {
            assert_eq!(!BindHost::parse(text).unwrap().flaws().is_empty(), noted, "{text}");
        }
    }
}
