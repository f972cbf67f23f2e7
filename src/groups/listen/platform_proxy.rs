//! The proxies of platforms, and the header in which each names the client.

use super::trusted::ClientHeader;
use crate::{load::Reader, tier::PLATFORMS};

/// The proxy of one platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlatformProxy {
    /// The identifier of the platform.
    id: &'static str,
    /// The header in which the proxy names the client, if the platform's documentation says so.
    pub(crate) header: Option<ClientHeader>,
    /// Whether the proxy extends the first of several header lines, so that a client's second line would come last.
    pub(crate) extends_the_first_line: bool,
}

const fn proxy(id: &'static str, header: Option<ClientHeader>) -> PlatformProxy {
    PlatformProxy { id, header, extends_the_first_line: false }
}

/// The platforms on which requests reach the service through the platform's proxy.
///
/// Not listed: AWS Lambda, containers of AWS, and Kubernetes, where a load balancer may or may not be in front.
const PROXIES: [PlatformProxy; 10] = [
    // https://fly.io/docs/networking/request-headers/
    proxy("fly", Some(ClientHeader::FlyClientIp)),
    // https://devcenter.heroku.com/articles/http-routing#heroku-headers. The router appends the client's address to the
    // first line: https://jetmind.github.io/2016/03/31/heroku-forwarded.html
    PlatformProxy { extends_the_first_line: true, ..proxy("heroku", Some(ClientHeader::XForwardedFor)) },
    // https://docs.railway.com/networking/public-networking/specs-and-limits
    proxy("railway", Some(ClientHeader::XRealIp)),
    // https://vercel.com/docs/headers/request-headers: Vercel overwrites the header, so no client can forge it.
    proxy("vercel", Some(ClientHeader::XForwardedFor)),
    // These platforms have a proxy, but their documentation does not say which of several addresses is the client's. Render
    // has two proxies; on Cloud Run and Azure it depends on what the operator puts in front.
    proxy("render", None),
    proxy("google-cloud-run", None),
    proxy("azure-app-service", None),
    proxy("azure-container-apps", None),
    proxy("cloud-foundry", None),
    proxy("koyeb", None),
];

impl PlatformProxy {
    /// Returns the platform's name for people.
    pub(crate) fn platform(self) -> &'static str {
        PLATFORMS.iter().find(|platform| platform.id == self.id).map_or(self.id, |platform| platform.name)
    }

    /// Returns the proxy of the platform that the service runs on, if that platform is known to have one.
    pub(crate) fn here(reader: &Reader<'_>) -> Option<Self> {
        PROXIES.into_iter().find(|proxy| reader.is_on(proxy.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_with_a_proxy_is_one_that_is_recognised() {
        for proxy in PROXIES {
            assert!(PLATFORMS.iter().any(|platform| platform.id == proxy.id), "{}", proxy.id);
        }
    }
}
