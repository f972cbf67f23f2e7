//! Determines who can reach a server, from its name or address.

use std::net::IpAddr;

use crate::groups::url::{Endpoint, private};

/// The network of a server, which decides who can reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Network {
    /// A Unix socket on the service's own machine.
    Socket,
    /// The service's own machine, over the network.
    Own,
    /// The encrypted network of a platform.
    Encrypted(&'static str),
    /// A private network, in which nobody can listen without access to it.
    Private,
    /// The internet: anyone can reach the server.
    Public,
}

impl Network {
    /// Returns the network of an endpoint.
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        match endpoint {
            Endpoint::Socket(_) => Self::Socket,
            _ if endpoint.is_loopback() => Self::Own,
            Endpoint::Address(address) => of_address(address.to_canonical()),
            Endpoint::Name(_) => of_name(endpoint.name().unwrap_or_default()),
        }
    }
}

/// Returns the network of an address: RFC 1918, RFC 6598, RFC 3927, RFC 4193 and RFC 4291; Fly.io's network is `fdaa::/16`:
/// <https://fly.io/docs/networking/private-networking/>.
fn of_address(address: IpAddr) -> Network {
    let is_private = match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            address.is_private() || address.is_link_local() || first == 100 && (64..128).contains(&second)
        }
        IpAddr::V6(address) => match address.segments() {
            [0xfdaa, ..] => return Network::Encrypted("fly"),
            _ => address.is_unique_local() || address.is_unicast_link_local(),
        },
    };
    if is_private { Network::Private } else { Network::Public }
}

fn of_name(name: &str) -> Network {
    if let Some(platform) = private::platform(name) {
        return Network::Encrypted(platform);
    }
    // <https://fly.io/docs/upstash/redis/>: only the organisation's machines resolve it, to an address in their network.
    if name.starts_with("fly-") && name.ends_with(".upstash.io") {
        return Network::Encrypted("fly");
    }
    if !name.contains('.') || PRIVATE.iter().any(|suffix| name.ends_with(suffix)) || is_in_a_cloud_of_ones_own(name) {
        return Network::Private;
    }
    Network::Public
}

/// The suffixes that no resolver on the internet knows: names that ICANN and the IETF reserve (`.internal`, RFC 6762,
/// RFC 8375), those of Kubernetes' Services and Consul, and those of company networks (RFC 6762 Appendix G).
const PRIVATE: [&str; 10] =
    [".internal", ".local", ".localdomain", ".home.arpa", ".svc", ".consul", ".intranet", ".private", ".corp", ".lan"];

/// Returns whether a name is an Amazon cache or a private endpoint of Azure, which only the owner's network can reach.
fn is_in_a_cloud_of_ones_own(name: &str) -> bool {
    is_amazons_cache(name) || name.contains(".privatelink.")
}

/// Returns whether a name is an Amazon cache. Clusters can only be reached from inside a VPC, whose security groups
/// decide who may connect: <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/accessing-elasticache.html>. The
/// same holds for MemoryDB.
fn is_amazons_cache(name: &str) -> bool {
    let name = name.strip_suffix(".cn").unwrap_or(name);
    name.ends_with(".amazonaws.com") && (name.contains(".cache.amazonaws.") || name.contains(".memorydb."))
}

/// Returns whether the vendor's network decides who may connect, so that a server without a password is the vendor's own
/// setup: Amazon's caches, and Render's Key Value (<https://render.com/docs/key-value>), whose names are `red-` and an
/// identifier of 20 characters.
pub(super) fn is_guarded_by_its_vendor(endpoint: &Endpoint) -> bool {
    let is_identifier = |id: &str| id.len() == 20 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    endpoint.name().is_some_and(|name| is_amazons_cache(name) || name.strip_prefix("red-").is_some_and(is_identifier))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::url::Codes;

    #[test]
    fn every_endpoint_is_in_its_network() {
        for (text, network) in [
            ("/run/redis.sock", Network::Socket),
            ("localhost", Network::Own),
            ("127.0.0.1", Network::Own),
            ("::1", Network::Own),
            ("redis.railway.internal", Network::Encrypted("railway")),
            ("shop-cache.internal", Network::Encrypted("fly")),
            ("shop-cache.flycast", Network::Encrypted("fly")),
            ("fly-late-waterfall-1133.upstash.io", Network::Encrypted("fly")),
            ("fdaa:0:6d6b:0:1::3", Network::Encrypted("fly")),
            ("redis", Network::Private),
            ("red-cabcdefghijklmnopqrs", Network::Private),
            ("10.0.0.1", Network::Private),
            ("172.16.0.1", Network::Private),
            ("172.32.0.1", Network::Public),
            ("192.168.1.1", Network::Private),
            ("100.64.0.1", Network::Private),
            ("100.63.255.255", Network::Public),
            ("100.128.0.1", Network::Public),
            ("169.254.1.1", Network::Private),
            ("::ffff:10.0.0.1", Network::Private),
            ("fd12::1", Network::Private),
            ("fe80::1", Network::Private),
            ("2001:db8::1", Network::Public),
            ("8.8.8.8", Network::Public),
            ("redis.default.svc.cluster.local", Network::Private),
            ("redis.default.svc", Network::Private),
            ("ip-10-0-0-1.ec2.internal", Network::Private),
            ("shop.abc123.0001.use1.cache.amazonaws.com", Network::Private),
            ("clustercfg.shop.abc123.memorydb.us-east-1.amazonaws.com", Network::Private),
            ("shop.privatelink.redis.cache.windows.net", Network::Private),
            ("shop.redis.cache.windows.net", Network::Public),
            ("us1-cool-shark-12345.upstash.io", Network::Public),
            ("ec2-1-2-3-4.compute-1.amazonaws.com", Network::Public),
            ("cache.amazonaws.com.evil.example", Network::Public),
            ("redis.internal.example.com", Network::Public),
            ("cache.example.com", Network::Public),
        ] {
            let endpoint = Endpoint::parse(text, &Codes::DATABASE).unwrap();
            assert_eq!(Network::of(&endpoint), network, "{text}");
        }
    }

    #[test]
    fn only_a_vendors_own_names_are_guarded_by_it() {
        for (name, guarded) in [
            ("red-cabcdefghijklmnopqrs", true),
            ("master.shop.abc123.use1.cache.amazonaws.com", true),
            ("shop.serverless.use1.cache.amazonaws.com", true),
            ("clustercfg.shop.abc123.memorydb.us-east-1.amazonaws.com", true),
            ("shop.abc123.cache.amazonaws.com.cn", true),
            ("red-cache", false),
            ("redis", false),
            ("red-cabcdefghijklmnopqrs.oregon-keyvalue.render.com", false),
            ("shop.abc123.rds.amazonaws.com", false),
        ] {
            let endpoint = Endpoint::parse(name, &Codes::DATABASE).unwrap();
            assert_eq!(is_guarded_by_its_vendor(&endpoint), guarded, "{name}");
        }
    }
}
