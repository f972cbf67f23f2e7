//! IP networks.

use std::{fmt, net::IpAddr};

/// An IP network in CIDR form (RFC 4632, RFC 4291 §2.3): `10.0.0.0/8`, `fd00::/8`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Network {
    base: IpAddr,
    prefix: u32,
}

/// The error in the text of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NetworkError {
    /// The address is invalid, or the prefix length is not a number that fits the address.
    Malformed,
    /// Bits are set after the prefix: `10.0.0.1/8`.
    HostBits,
}

impl Network {
    /// The networks of this machine itself.
    pub(crate) const LOOPBACK: [Self; 2] = [Self::v4([127, 0, 0, 0], 8), Self::v6([0, 0, 0, 0, 0, 0, 0, 1], 128)];

    /// Private networks: RFC 1918, link-local (RFC 3927, RFC 4291 §2.5.6) and unique local addresses (RFC 4193).
    pub(crate) const PRIVATE: [Self; 6] = [
        Self::v4([10, 0, 0, 0], 8),
        Self::v4([172, 16, 0, 0], 12),
        Self::v4([192, 168, 0, 0], 16),
        Self::v4([169, 254, 0, 0], 16),
        Self::v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7),
        Self::v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10),
    ];

    /// Every address.
    pub(crate) const ALL: [Self; 2] = [Self::v4([0; 4], 0), Self::v6([0; 8], 0)];

    const fn v4([a, b, c, d]: [u8; 4], prefix: u32) -> Self {
        Self { base: IpAddr::V4(std::net::Ipv4Addr::new(a, b, c, d)), prefix }
    }

    const fn v6([a, b, c, d, e, f, g, h]: [u16; 8], prefix: u32) -> Self {
        Self { base: IpAddr::V6(std::net::Ipv6Addr::new(a, b, c, d, e, f, g, h)), prefix }
    }

    /// Parses a network or a single address.
    pub(crate) fn parse(text: &str) -> Result<Self, NetworkError> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let base: IpAddr = address.parse().map_err(|_| NetworkError::Malformed)?;
        let bits = width(base);
        let prefix = match length {
            None => bits,
            Some(length) if length.bytes().all(|byte| byte.is_ascii_digit()) => {
                length.parse().ok().filter(|prefix| *prefix <= bits).ok_or(NetworkError::Malformed)?
            }
            Some(_) => return Err(NetworkError::Malformed),
        };
        let host_bits = bits - prefix;
        let has_host_bits = number(base).checked_shl(128 - host_bits).unwrap_or(0) != 0;
        if has_host_bits { Err(NetworkError::HostBits) } else { Ok(Self { base, prefix }.canonical()) }
    }

    /// Turns IPv4 addresses in IPv6 form (`::ffff:10.0.0.0/104`) into IPv4 addresses, as is done with those of clients.
    fn canonical(self) -> Self {
        match (self.base.to_canonical(), self.prefix.checked_sub(MAPPED)) {
            (base @ IpAddr::V4(_), Some(prefix)) if self.base.is_ipv6() => Self { base, prefix },
            _ => self,
        }
    }

    /// Returns whether an address is in the network. An IPv4 address in IPv6 form counts as IPv4.
    pub(crate) fn contains(self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        width(address) == width(self.base) && self.prefix_of(address) == self.prefix_of(self.base)
    }

    /// Returns whether the network has addresses of more than one owner. Nobody owns a larger part of the internet than
    /// a /8, or a /16 of IPv6 (the regional registries have a /12). A private network belongs to those who use it.
    pub(crate) fn is_everybodys(self) -> bool {
        let longest = if self.base.is_ipv4() { 8 } else { 16 };
        let is_private = Self::PRIVATE.iter().any(|one| one.prefix <= self.prefix && one.contains(self.base));
        self.prefix < longest && !is_private
    }

    /// Returns the length of the prefix, in bits.
    pub(crate) const fn prefix(self) -> u32 {
        self.prefix
    }

    /// Returns the leading bits of an address of the same family.
    fn prefix_of(self, address: IpAddr) -> u128 {
        number(address).checked_shr(width(address) - self.prefix).unwrap_or(0)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prefix == width(self.base) {
            write!(f, "{}", self.base)
        } else {
            write!(f, "{}/{}", self.base, self.prefix)
        }
    }
}

/// The prefix length of `::ffff:0:0/96` (RFC 4291 §2.5.5.2).
const MAPPED: u32 = 96;

const fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_bits().into(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_an_address_with_a_length_and_no_bits_behind_it() {
        for (text, expected) in [
            ("10.0.0.0/8", Ok("10.0.0.0/8")),
            ("10.1.2.3", Ok("10.1.2.3")),
            ("10.1.2.3/32", Ok("10.1.2.3")),
            ("0.0.0.0/0", Ok("0.0.0.0/0")),
            ("fd00::/8", Ok("fd00::/8")),
            ("::1", Ok("::1")),
            ("::/0", Ok("::/0")),
            ("2001:db8::1/128", Ok("2001:db8::1")),
            ("::ffff:10.1.2.3", Ok("10.1.2.3")),
            ("::ffff:10.1.2.3/128", Ok("10.1.2.3")),
            ("::ffff:10.0.0.0/104", Ok("10.0.0.0/8")),
            ("::ffff:0:0/96", Ok("0.0.0.0/0")),
            ("::ffff:10.0.0.1/104", Err(NetworkError::HostBits)),
            ("::ffff:0:0/95", Err(NetworkError::HostBits)),
            ("::fffe:0:0/95", Ok("::fffe:0:0/95")),
            ("10.0.0.1/8", Err(NetworkError::HostBits)),
            ("0.0.0.1/0", Err(NetworkError::HostBits)),
            ("::1/0", Err(NetworkError::HostBits)),
            ("fd00::1/64", Err(NetworkError::HostBits)),
            ("10.0.0.0/33", Err(NetworkError::Malformed)),
            ("::/129", Err(NetworkError::Malformed)),
            ("10.0.0.0/", Err(NetworkError::Malformed)),
            ("10.0.0.0/+8", Err(NetworkError::Malformed)),
            ("10.0.0/8", Err(NetworkError::Malformed)),
            ("10.0.0.0/8/8", Err(NetworkError::Malformed)),
            ("fe80::1%eth0", Err(NetworkError::Malformed)),
            ("", Err(NetworkError::Malformed)),
        ] {
            let read = Network::parse(text).map(|network| network.to_string());
            assert_eq!(read, expected.map(str::to_owned), "{text}");
        }
    }

    #[test]
    fn a_network_that_is_larger_than_any_owners_is_everybodys() {
        for (network, expected) in [
            ("0.0.0.0/0", true),
            ("0.0.0.0/1", true),
            ("128.0.0.0/1", true),
            ("2.0.0.0/7", true),
            ("3.0.0.0/8", false),
            ("10.0.0.0/8", false),
            ("::/0", true),
            ("2000::/3", true),
            ("2a00::/12", true),
            ("2600::/15", true),
            ("2600::/16", false),
            ("fc00::/7", false),
            ("fd00::/8", false),
            ("fe80::/10", false),
            ("::ffff:0:0/96", true),
        ] {
            assert_eq!(Network::parse(network).unwrap().is_everybodys(), expected, "{network}");
        }
    }

    #[test]
    fn an_address_is_in_the_network_with_its_leading_bits() {
        for (network, address, expected) in [
            ("10.0.0.0/8", "10.255.255.255", true),
            ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("::ffff:10.0.0.0/104", "10.0.0.1", true),
            ("::ffff:10.0.0.0/104", "11.0.0.0", false),
            ("::ffff:10.1.2.3", "::ffff:10.1.2.3", true),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("172.16.0.0/12", "172.31.255.255", true),
            ("172.16.0.0/12", "172.32.0.0", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "203.0.113.9", false),
            ("fd00::/8", "fdff::1", true),
            ("fd00::/8", "fe00::1", false),
            ("::1", "::1", true),
        ] {
            let contains = Network::parse(network).unwrap().contains(address.parse().unwrap());
            assert_eq!(contains, expected, "{network} {address}");
        }
    }
}
