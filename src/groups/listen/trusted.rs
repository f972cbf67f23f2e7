//! The setting that says which proxies are trusted to name the client.

use std::{fmt, net::IpAddr, num::NonZeroU8};

use super::network::{Network, NetworkError};
use crate::{Setting, Violation, message, rule, schema::Kind};

/// The proxies that are trusted to name the client, as they are set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Trusted {
    /// No proxy is trusted: the client is the peer of the connection.
    Nobody,
    /// The proxy of the platform that the service runs on.
    Platform,
    /// This number of proxies, whatever their addresses are.
    Hops(NonZeroU8),
    /// The proxies with these addresses.
    Listed(Vec<Proxy>),
}

/// One entry of a list of proxies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proxy {
    /// The networks of this machine.
    Loopback,
    /// The private networks.
    Private,
    /// Every address.
    Everybody,
    /// One network.
    Network(Network),
}

/// The maximum number of proxies in front. A larger number is a typing error.
const MOST_HOPS: u8 = 16;

impl Proxy {
    fn networks(&self) -> &[Network] {
        match self {
            Self::Loopback => &Network::LOOPBACK,
            Self::Private => &Network::PRIVATE,
            Self::Everybody => &Network::ALL,
            Self::Network(network) => std::slice::from_ref(network),
        }
    }

    /// Returns whether the entry includes an address. A Unix socket, which has no address, belongs to this machine.
    pub(crate) fn has(&self, address: Option<IpAddr>) -> bool {
        match address {
            Some(address) => self.networks().iter().any(|network| network.contains(address)),
            None => matches!(self, Self::Loopback | Self::Everybody),
        }
    }

    fn parse(text: &str) -> Result<Self, Violation> {
        match text.to_ascii_lowercase().as_str() {
            "loopback" => return Ok(Self::Loopback),
            "private" => return Ok(Self::Private),
            "*" => return Ok(Self::Everybody),
            _ => {}
        }
        Network::parse(text).map(Self::Network).map_err(|error| match error {
            NetworkError::HostBits => Violation::malformed("must be a network; the address has bits set beyond the prefix length")
                .remedy("set the first address of the network, such as 10.0.0.0/8, or the address without a length"),
            NetworkError::Malformed => Violation::malformed(
                "must be none, platform, a number of proxies from 1 to 16, or addresses and networks such as 10.0.0.0/8",
            )
            .remedy("set the addresses of the proxies; loopback and private are names of those networks"),
        })
    }
}

impl Setting for Trusted {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "none" => return Ok(Self::Nobody),
            "platform" => return Ok(Self::Platform),
            _ => {}
        }
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            let hops = text.parse().ok().and_then(NonZeroU8::new).filter(|hops| hops.get() <= MOST_HOPS);
            return hops.map(Self::Hops).ok_or_else(|| {
                Violation::malformed("must be a number of proxies from 1 to 16")
                    .remedy("set none if there is no proxy in front")
            });
        }
        let proxies = text.split(',').map(str::trim).map(Proxy::parse).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::Listed(proxies))
    }

    fn flaws(&self) -> Vec<Violation> {
        let Self::Listed(proxies) = self else { return Vec::new() };
        let mut networks = proxies.iter().flat_map(Proxy::networks);
        let Some(network) = networks.find(|network| network.is_everybodys()) else { return Vec::new() };
        let fact = match network.prefix() {
            0 => message!("every client is trusted as a proxy, so each can claim any address"),
            prefix => message!(
                "a trusted network of length /",
                prefix,
                " includes clients, and each of them can claim any address"
            ),
        };
        vec![Violation::new(rule::HTTP_PROXIES_ALL, fact)]
    }
}

/// Writes the setting in the form in which it is read.
impl fmt::Display for Trusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str("none"),
            Self::Platform => f.write_str("platform"),
            Self::Hops(hops) => write!(f, "{hops}"),
            Self::Listed(proxies) => {
                for (index, proxy) in proxies.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { ", " })?;
                    match proxy {
                        Proxy::Loopback => f.write_str("loopback")?,
                        Proxy::Private => f.write_str("private")?,
                        Proxy::Everybody => f.write_str("*")?,
                        Proxy::Network(network) => write!(f, "{network}")?,
                    }
                }
                Ok(())
            }
        }
    }
}

/// The header in which a proxy names the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, hardened_derive::Setting)]
pub(crate) enum ClientHeader {
    /// A list that each proxy extends on the right.
    XForwardedFor,
    /// The list of RFC 7239.
    Forwarded,
    /// One address, as nginx and Railway set it.
    XRealIp,
    /// One address, as Cloudflare sets it.
    CfConnectingIp,
    /// One address, as Akamai and Cloudflare's enterprise plan set it.
    TrueClientIp,
    /// One address, as Fly.io sets it.
    FlyClientIp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_nobody_the_platforms_a_number_or_networks() {
        for (text, expected) in [
            ("none", Some("none")),
            ("platform", Some("platform")),
            (" 1 ", Some("1")),
            ("16", Some("16")),
            ("10.0.0.0/8", Some("10.0.0.0/8")),
            ("10.0.0.0/8,::1", Some("10.0.0.0/8, ::1")),
            ("loopback, private", Some("loopback, private")),
            ("NONE", Some("none")),
            ("Platform", Some("platform")),
            ("Loopback, PRIVATE", Some("loopback, private")),
            ("*", Some("*")),
            ("", None),
            ("0", None),
            ("17", None),
            ("256", None),
            ("-1", None),
            ("true", None),
            ("all", None),
            ("10.0.0.0/8,", None),
            ("10.0.0.1/8", None),
            ("proxy.example.com", None),
            ("10.0.0.1:80", None),
            ("none, 10.0.0.1", None),
            ("platform, 10.0.0.1", None),
        ] {
            assert_eq!(Trusted::parse(text).ok().map(|read| read.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_network_of_everybody_is_told() {
        for (text, told) in [
            ("*", true),
            ("0.0.0.0/0", true),
            ("::/0", true),
            ("10.0.0.1, ::/0", true),
            ("0.0.0.0/1, 128.0.0.0/1", true),
            ("10.0.0.1, 2000::/3", true),
            ("::ffff:0:0/96", true),
            ("3.0.0.0/8, 2600::/16", false),
            ("fc00::/7", false),
            ("private", false),
            ("none", false),
            ("1", false),
        ] {
            assert_eq!(!Trusted::parse(text).unwrap().flaws().is_empty(), told, "{text}");
        }
    }
}
