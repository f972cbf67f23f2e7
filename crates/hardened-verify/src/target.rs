//! The target of a run: an origin, and the base path of its routes.

use std::net::IpAddr;

use http::{Uri, uri::Authority};

use crate::error::Error;

/// Domains that do not exist on the Internet.
const PRIVATE_DOMAINS: [&str; 5] = [".internal", ".local", ".localhost", ".home.arpa", ".test"];

/// The base URL of a live service.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    is_https: bool,
    authority: Authority,
    /// The base path: empty, or with a slash at the beginning and not at the end.
    base: String,
}

impl Target {
    /// Parses a URL such as `https://api.example.com` or `http://127.0.0.1:8000/v1`.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let form = Error::Target("must be a URL such as https://api.example.com");
        let uri: Uri = text.trim().parse().map_err(|_| form)?;
        let is_https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(Error::Target("must begin with https:// or http://")),
        };
        let authority = uri.authority().cloned().ok_or(Error::Target("must name a host"))?;
        if authority.as_str().contains('@') {
            return Err(Error::Target("must not contain a user or password; use --header or a profile"));
        }
        if uri.query().is_some() {
            return Err(Error::Target("must not have a query"));
        }
        let base = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { is_https, authority, base })
    }

    pub(crate) fn is_https(&self) -> bool {
        self.is_https
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Returns the host, without the brackets around an IPv6 address.
    pub(crate) fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }

    pub(crate) fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(if self.is_https { 443 } else { 80 })
    }

    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Returns the origin as a browser writes it.
    pub(crate) fn origin(&self) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        let host = self.authority.host().to_ascii_lowercase();
        match self.authority.port_u16() {
            Some(port) if port != if self.is_https { 443 } else { 80 } => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        }
    }

    /// Returns the path and query of a header `Location`, if it is on this host. Some servers write the whole URL.
    pub(crate) fn path_at<'l>(&self, location: &'l str) -> Option<&'l str> {
        let path = match location.split_once("://") {
            Some((_, rest)) => {
                let (authority, path) = rest.split_at(rest.find('/')?);
                let host = authority.parse::<Authority>().ok()?;
                host.host().eq_ignore_ascii_case(self.authority.host()).then_some(path)?
            }
            None => location,
        };
        (path.starts_with('/') && !path.starts_with("//")).then_some(path)
    }

    /// Returns whether the host is in a private network: an address that is not routed on the Internet, a name without a
    /// dot, or a name in a private domain.
    pub(crate) fn is_private(&self) -> bool {
        let host = self.host().trim_end_matches('.').to_ascii_lowercase();
        match host.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private() || address.is_link_local(),
            Ok(IpAddr::V6(address)) => {
                address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
            }
            Err(_) => !host.contains('.') || PRIVATE_DOMAINS.iter().any(|domain| host.ends_with(domain)),
        }
    }

    /// Returns whether the target is on this machine, so that nobody on the network can read the traffic.
    pub(crate) fn is_loopback(&self) -> bool {
        match self.host().parse::<IpAddr>() {
            Ok(address) => address.is_loopback(),
            Err(_) => self.host().eq_ignore_ascii_case("localhost"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_on_the_same_host_is_a_path() {
        let target = Target::parse("https://api.example.com:8443").unwrap();
        for (location, path) in [
            ("/docs/", Some("/docs/")),
            ("https://API.example.com:8443/docs/?x=1", Some("/docs/?x=1")),
            ("http://api.example.com/docs/", Some("/docs/")),
            ("//other.example/docs/", None),
            ("https://other.example/docs/", None),
            ("https://api.example.com.other.example/docs/", None),
            ("https://api.example.com", None),
            ("https://api.example.com//other.example", None),
            ("docs/", None),
            ("", None),
        ] {
            assert_eq!(target.path_at(location), path, "{location}");
        }
    }

    #[test]
    fn a_target_is_an_http_url_of_a_host() {
        for (text, origin, base, is_loopback) in [
            ("https://api.example.com", "https://api.example.com", "", false),
            ("https://API.example.com:443/", "https://api.example.com", "", false),
            ("http://127.0.0.1:8000/v1/", "http://127.0.0.1:8000", "/v1", true),
            ("http://[::1]:8000", "http://[::1]:8000", "", true),
            ("http://localhost", "http://localhost", "", true),
            ("https://localhost.example.com:8443", "https://localhost.example.com:8443", "", false),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!((target.origin().as_str(), target.base()), (origin, base), "{text}");
            assert_eq!(target.is_loopback(), is_loopback, "{text}");
        }
        for text in
            ["", "api.example.com", "ftp://a", "https://", "https://a:b@c", "https://a/?x=1", "/tasks", "https:// a"]
        {
            assert!(Target::parse(text).is_err(), "{text}");
        }
    }
}
