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
            ClientHeader::XForwardedFor => walk(who, peer, &listed(headers), &schemes(headers)),
            ClientHeader::Forwarded => {
                let elements = elements(headers);
                let schemes: Vec<_> = elements.iter().map(|element| element.secure).collect();
                walk(who, peer, &elements.iter().map(|element| element.client).collect::<Vec<_>>(), &schemes)
            }
            ClientHeader::XRealIp => single(HeaderName::from_static("x-real-ip"), peer, headers),
            ClientHeader::CfConnectingIp => single(HeaderName::from_static("cf-connecting-ip"), peer, headers),
            ClientHeader::TrueClientIp => single(HeaderName::from_static("true-client-ip"), peer, headers),
            ClientHeader::FlyClientIp => single(HeaderName::from_static("fly-client-ip"), peer, headers),
        }
    }
}

/// From right to left, up to the first that is not a proxy. An element that names no address ends the way: what is on
/// its left, its sender may have made up.
fn walk(
    who: &Believed,
    peer: Option<IpAddr>,
    clients: &[Option<IpAddr>],
    schemes: &[Option<bool>],
) -> Option<ClientAddress> {
    let mut known = peer;
    let mut step = 1;
    for client in clients.iter().rev() {
        let Some(client) = client else { break };
        known = Some(*client);
        step += 1;
        if !who.is_proxy(step, known) {
            break;
        }
    }
    // A proxy that replaces the header leaves one scheme; others add one each.
    let at = schemes.len().saturating_sub((step - 1).max(1));
    known.map(|ip| ClientAddress { ip, secure: schemes.get(at).copied().flatten() })
}

/// The address in a header that holds one. A second line, or anything else, names nobody.
fn single(name: HeaderName, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<ClientAddress> {
    let mut lines = headers.get_all(name).iter();
    let first = lines.next().and_then(|line| line.to_str().ok());
    let named = if lines.next().is_none() { first.and_then(address) } else { None };
    let ip = named.or(peer)?;
    Some(ClientAddress { ip, secure: schemes(headers).last().copied().flatten() })
}

/// The addresses of `X-Forwarded-For`, from all its lines in their order.
fn listed(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let mut all = Vec::new();
    for line in headers.get_all(X_FORWARDED_FOR) {
        match line.to_str() {
            Ok(line) => all.extend(line.split(',').map(address)),
            Err(_) => all.push(None),
        }
    }
    all
}

/// The schemes of `X-Forwarded-Proto`.
fn schemes(headers: &HeaderMap) -> Vec<Option<bool>> {
    let lines = headers.get_all(X_FORWARDED_PROTO).iter();
    lines.flat_map(|line| line.to_str().unwrap_or_default().split(',').map(secure)).collect()
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
