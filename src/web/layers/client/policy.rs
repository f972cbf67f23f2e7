//! Determines which address of a request is that of the client.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName};

use super::{
    address::ClientAddress,
    element::{Element, address, forwarded, secure},
};
use crate::listen::{ClientHeader, Proxy};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Which proxies are trusted, and which of their headers is read.
#[derive(Debug, Clone)]
pub(crate) enum ClientPolicy {
    /// No proxy is trusted: the client is the peer of the connection.
    Nobody,
    /// One header is read, if it comes from a trusted proxy.
    Believes {
        who: Believed,
        header: ClientHeader,
        /// Whether several lines of `X-Forwarded-For` make the header untrusted.
        one_line: bool,
    },
}

/// The proxies that are trusted.
#[derive(Debug, Clone)]
pub(crate) enum Believed {
    /// This number of proxies, whatever their addresses are.
    Hops(usize),
    /// The proxies with these addresses.
    Listed(Vec<Proxy>),
}

impl Believed {
    /// Returns whether the sender at this distance from the service is a proxy. The peer is at step 1.
    fn is_proxy(&self, step: usize, address: Option<IpAddr>) -> bool {
        match self {
            Self::Hops(hops) => step <= *hops,
            Self::Listed(proxies) => proxies.iter().any(|proxy| proxy.has(address)),
        }
    }
}

impl ClientPolicy {
    /// Returns the client of a request from a peer, or `None` if no address is known.
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

/// Walks through the addresses from right to left, up to the first one that is not a proxy. An element without an
/// address ends the walk, because its sender may have made up everything to its left.
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
    // A proxy that replaces the header leaves one scheme; others append one each.
    let secure = schemes.take((step - 1).max(1)).last().flatten();
    known.map(|ip| ClientAddress { ip, secure })
}

/// Reads a header that contains one address. If it has a second line or is malformed, the client is the peer.
fn single(name: HeaderName, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<ClientAddress> {
    let mut lines = headers.get_all(name).iter();
    let first = lines.next().and_then(|line| line.to_str().ok());
    let named = if lines.next().is_none() { first.and_then(address) } else { None };
    let ip = named.or(peer)?;
    Some(ClientAddress { ip, secure: schemes(headers).next().flatten() })
}

/// Returns the addresses of `X-Forwarded-For`, from the last one of its last line to the first one.
fn listed(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    from_the_end(headers, X_FORWARDED_FOR).map(address)
}

/// Returns the schemes of `X-Forwarded-Proto` in the same order.
fn schemes(headers: &HeaderMap) -> impl Iterator<Item = Option<bool>> {
    from_the_end(headers, X_FORWARDED_PROTO).map(secure)
}

/// Returns the elements of a list from the last to the first. A line that is not text counts as one empty element.
fn from_the_end(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().rev().flat_map(|line| line.to_str().unwrap_or_default().rsplit(','))
}

/// Returns the elements of all lines of `Forwarded`, in order.
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
