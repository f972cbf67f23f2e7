//! The settings group for the proxies that are trusted to name the client.

use super::{
    platform_proxy::PlatformProxy,
    trusted::{ClientHeader, Trusted},
};
use crate::web::layers::client::policy::{Believed, ClientPolicy};
use crate::{Violation, finding::Reported, load::Reader, message, rule};

/// The proxies in front of the service that are trusted to name the client, for services whose handlers or limits need to
/// know the client.
///
/// Variables: `TRUSTED_PROXIES`, `TRUSTED_PROXY_HEADER`.
///
/// | `TRUSTED_PROXIES` | meaning |
/// |---|---|
/// | unset, `none` | no proxy is trusted: the client is the peer of the connection |
/// | `platform` | the proxy of Fly.io, Heroku, Railway or Vercel, in the header that the platform documents |
/// | `1`, `2`, … `16` | this number of proxies is in front, whatever their addresses are |
/// | `10.0.0.0/8, 192.0.2.7` | proxies with these addresses; `loopback` and `private` are words for those networks |
/// | `*` | every peer is trusted as a proxy |
///
/// Only one header is read: the platform's, or `TRUSTED_PROXY_HEADER` (`x-forwarded-for` unless it is set to
/// `forwarded`, `x-real-ip`, `cf-connecting-ip`, `true-client-ip` or `fly-client-ip`). A list in it is read from right
/// to left, up to the first address that is not a proxy's.
///
/// ```
/// use hardened::{Config, Http, layers::HttpLayer, listen::TrustedProxies};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested)]
///     http: Http,
///     #[config(nested)]
///     proxies: TrustedProxies,
/// }
///
/// fn layer(settings: &Settings) -> HttpLayer {
///     settings.http.layer().clients(&settings.proxies)
/// }
/// ```
///
/// What it cannot guarantee: with a number, or with `platform`, anyone who reaches the service without going through
/// the proxy is believed too.
///
/// # Errors
///
/// Loading refuses with `setting-malformed` for anything else, such as a host name, a port or `10.0.0.1/8`. In Preview and
/// Production it also refuses with `http-proxies-platform` if the value is `platform` but the platform or its header is not
/// known, and warns with `http-proxies-unset` on a platform with a proxy. It warns with `http-proxies-all` in every tier.
#[derive(Debug, hardened_derive::Config)]
#[config(check = proxied(trusted, header, platform))]
pub struct TrustedProxies {
    /// The proxies in front that may name the client: none, platform, their number, or their addresses and networks.
    #[config(env = "TRUSTED_PROXIES", show)]
    trusted: Option<Trusted>,
    /// The header in which the proxies name the client; if not set, the platform's, or else x-forwarded-for.
    #[config(env = "TRUSTED_PROXY_HEADER")]
    header: Option<ClientHeader>,
    #[config(with = Platform::read)]
    platform: Platform,
}

/// The proxy of the platform that the service runs on.
#[derive(Debug, Clone, Copy)]
struct Platform(Option<PlatformProxy>);

impl Platform {
    /// Returns the proxy of the platform. It reads no setting: the variables of the platform decide.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        reader.judges(&["http-proxies-"]);
        Ok(Self(PlatformProxy::here(reader)))
    }

    /// Returns the header in which the platform's proxy names the client.
    fn header(self) -> Option<ClientHeader> {
        self.0.and_then(|proxy| proxy.header)
    }
}

/// Checks that behind a platform's proxy, the service knows whom to believe about the client.
fn proxied(trusted: &Option<Trusted>, header: &Option<ClientHeader>, platform: &Platform) -> Result<(), Violation> {
    match (trusted, platform.0, header.or(platform.header())) {
        (None, Some(proxy), _) => Err(unset(proxy)),
        (Some(Trusted::Platform), None, _) => {
            let fact =
                "the platform's proxy is trusted, but the service does not run on a platform whose proxy is known";
            Err(Violation::new(rule::HTTP_PROXIES_PLATFORM, fact)
                .remedy("set TRUSTED_PROXIES to the number of proxies in front, or to their addresses"))
        }
        (Some(Trusted::Platform), Some(proxy), None) => {
            let fact = message!(
                "the documentation of ",
                proxy.platform(),
                " does not say in which header its proxy names the client"
            );
            Err(Violation::new(rule::HTTP_PROXIES_PLATFORM, fact).remedy(
                "set TRUSTED_PROXIES to the number of proxies in front, or name the header in TRUSTED_PROXY_HEADER",
            ))
        }
        _ => Ok(()),
    }
}

/// Returns the violation for a platform's proxy while no proxy is trusted.
fn unset(proxy: PlatformProxy) -> Violation {
    let fact = message!(
        "the proxy of ",
        proxy.platform(),
        " connects to the service, so every request seems to come from the proxy"
    );
    Violation::new(rule::HTTP_PROXIES_UNSET, fact).remedy(match proxy.header {
        Some(_) => "set TRUSTED_PROXIES=platform",
        None => "set TRUSTED_PROXIES to the number of proxies in front",
    })
}

impl TrustedProxies {
    /// Returns the policy for finding the client's address.
    pub(crate) fn policy(&self) -> ClientPolicy {
        let header = self.header.unwrap_or(ClientHeader::XForwardedFor);
        match (&self.trusted, self.header.or(self.platform.header())) {
            (Some(Trusted::Hops(hops)), _) => {
                ClientPolicy::Believes { who: Believed::Hops(hops.get().into()), header, one_line: false }
            }
            (Some(Trusted::Listed(proxies)), _) => {
                ClientPolicy::Believes { who: Believed::Listed(proxies.clone()), header, one_line: false }
            }
            (Some(Trusted::Platform), Some(header)) => {
                let one_line = self.platform.0.is_some_and(|proxy| proxy.extends_the_first_line);
                ClientPolicy::Believes { who: Believed::Hops(1), header, one_line }
            }
            // `platform` without a known header comes here only in tiers where the rule does not refuse the start.
            (None | Some(Trusted::Nobody | Trusted::Platform), _) => ClientPolicy::Nobody,
        }
    }

    /// Returns whether requests come through a proxy that the service was not told about, so that all seem to come from
    /// one client.
    #[cfg(feature = "attempts")]
    pub(crate) fn hides_clients(&self) -> bool {
        self.platform.0.is_some() && self.trusted.is_none()
    }
}
