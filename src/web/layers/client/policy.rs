//! Which address of a request is the client's.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName};

use super::{
    address::ClientAddress,
    element::{Element, address, forwarded, secure},
};
use crate::listen::{ClientHeader, Proxy};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Who is believed, and what is read of them.
#[derive(Debug, Clone)]
pub(crate) enum ClientPolicy {
    /// The client is the one that connects.
    Nobody,
    /// This header, from these.
    Believes {
        who: Believed,
        header: ClientHeader,
        /// Several lines of the header name nobody.
        one_line: bool,
    },
}

/// The proxies that are believed.
#[derive(Debug, Clone)]
pub(crate) enum Believed {
    /// So many, whatever their addresses are.
    Hops(usize),
    /// Those with these addresses.
    Listed(Vec<Proxy>),
}

impl Believed {
    /// Whether the one so many steps away from the service is a proxy. The peer is the first.
    fn is_proxy(&self, step: usize, address: Option<IpAddr>) -> bool {
        match self {
            Self::Hops(hops) => step <= *hops,
            Self::Listed(proxies) => proxies.iter().any(|proxy| proxy.has(address)),
        }
    }
}

impl ClientPolicy {
    /// The client of a request that comes from a peer; none where nobody with an address is known.
    pub(super) fn client(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<ClientAddress> {
        let unproxied = || peer.map(|ip| ClientAddress { ip, secure: None });
        let Self::Believes { who, header, one_line } = self else { return unproxied() };
        if !who.is_proxy(1, peer) || *one_line && headers.get_all(X_FORWARDED_FOR).iter().nth(1).is_some() {
            return unproxied();
        }
        match header {
            ClientHeader::XForwardedFor => walk(who, peer, listed(headers), schemes(headers)),
            ClientHeader::Forwarded => {
                let elements = || elements(headers).into_iter().rev();
                walk(who, peer, elements().map(|it| it.client), elements().map(|it| it.secure))
            }
            ClientHeader::XRealIp => single(HeaderName::from_static("x-real-ip"), peer, headers),
            ClientHeader::CfConnectingIp => single(HeaderName::from_static("cf-connecting-ip"), peer, headers),
            ClientHeader::TrueClientIp => single(HeaderName::from_static("true-client-ip"), peer, headers),
            ClientHeader::FlyClientIp => single(HeaderName::from_static("fly-client-ip"), peer, headers),
        }
    }
}

/// Through the addresses from right to left, up to the first that is not a proxy. An element that names no address ends the way:
/// what is on its left, its sender may have made up.
fn walk(
    who: &Believed,
    peer: Option<IpAddr>,
    clients: impl Iterator<Item = Option<IpAddr>>,
    schemes: impl Iterator<Item = Option<bool>>,
) -> Option<ClientAddress> {
    let mut known = peer;
    let mut step = 1;
    for client in clients {
        let Some(client) = client else { break };
        known = Some(client);
        step += 1;
        if !who.is_proxy(step, known) {
            break;
        }
    }
    // A proxy that replaces the header leaves one scheme; others add one each.
    let secure = schemes.take((step - 1).max(1)).last().flatten();
    known.map(|ip| ClientAddress { ip, secure })
}

/// The address in a header that holds one. A second line, or anything else, names nobody.
fn single(name: HeaderName, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<ClientAddress> {
    let mut lines = headers.get_all(name).iter();
    let first = lines.next().and_then(|line| line.to_str().ok());
    let named = if lines.next().is_none() { first.and_then(address) } else { None };
    let ip = named.or(peer)?;
    Some(ClientAddress { ip, secure: schemes(headers).next().flatten() })
}

/// The addresses of `X-Forwarded-For`, from the last one of its last line to the first one.
fn listed(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    from_the_end(headers, X_FORWARDED_FOR).map(address)
}

/// The schemes of `X-Forwarded-Proto` in the same order.
fn schemes(headers: &HeaderMap) -> impl Iterator<Item = Option<bool>> {
    from_the_end(headers, X_FORWARDED_PROTO).map(secure)
}

/// The elements of a list. A line that is not text is one element without text.
fn from_the_end(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().rev().flat_map(|line| line.to_str().unwrap_or_default().rsplit(','))
}

/// The elements of `Forwarded`, from all its lines in their order.
fn elements(headers: &HeaderMap) -> Vec<Element> {
    let mut all = Vec::new();
    for line in headers.get_all(http::header::FORWARDED) {
        match line.to_str() {
            Ok(line) => all.extend(forwarded(line)),
            Err(_) => all.push(Element::default()),
        }
    }
    all
}
