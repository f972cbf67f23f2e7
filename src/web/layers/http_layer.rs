//! The tower layer that protects a service.

use tower_layer::{Identity, Layer};

use super::{
    client::{Clients, ClientsService},
    docs::{DocsGate, DocsGateService},
    headers::{SecurityHeaders, SecurityHeadersService},
    hosts::{AllowedHosts, AllowedHostsService},
    problems::{Problems, ProblemsService},
};
use crate::{Http, listen::TrustedProxies};

impl Http {
    /// Returns one tower layer that protects requests and responses.
    ///
    /// ```
    /// use hardened::{Environment, Http, Loader};
    /// use tower_layer::Layer;
    ///
    /// let settings = Loader::new().environment(Environment::empty()).load::<Http>()?;
    /// # let service = ();
    /// let service = settings.layer().layer(service);
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    ///
    /// With axum: `Router::new().route(…).layer(settings.http.layer())`.
    pub fn layer(&self) -> HttpLayer {
        HttpLayer::new(self)
    }
}

/// One tower layer with everything that [`Http`] does for requests and responses: see [`Http::layer`].
///
/// From the outside to the inside: [`Clients`], so that everything else knows the client; [`SecurityHeaders`], so that
/// they are on every response; [`AllowedHosts`]; the layer of [`with`](Self::with), such as CORS, so that it sees only
/// requests for allowed hosts and its headers are on every error; [`DocsGate`]; [`Problems`], nearest to the service.
///
/// In axum, add it last, with `Router::layer` after every route, because it covers only the routes above it. Inside a
/// nested router it would not see the full path.
///
/// Cloning is cheap because clones share the policies.
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it wraps a service"]
pub struct HttpLayer<P = Identity> {
    clients: Clients,
    pub(super) headers: SecurityHeaders,
    pub(super) hosts: AllowedHosts,
    plugged: P,
    pub(super) docs: DocsGate,
    problems: Problems,
}

impl HttpLayer {
    fn new(http: &Http) -> Self {
        Self {
            clients: Clients::nobody(),
            headers: SecurityHeaders::new(&http.protections),
            hosts: AllowedHosts::new(http.host_policy()),
            plugged: Identity::new(),
            docs: DocsGate::new(&http.protections),
            problems: Problems::new(&http.protections),
        }
    }
}

impl<P> HttpLayer<P> {
    /// Puts another layer, such as CORS, in the middle. It sees only requests for allowed hosts, and its headers are on
    /// the 404 of hidden documentation and on every replaced error.
    pub fn with<Q>(self, layer: Q) -> HttpLayer<Q> {
        let Self { clients, headers, hosts, plugged: _, docs, problems } = self;
        HttpLayer { clients, headers, hosts, plugged: layer, docs, problems }
    }

    /// Trusts these proxies to name the client. Without it, the client is the peer of the connection.
    pub fn clients(mut self, proxies: &TrustedProxies) -> Self {
        self.clients = Clients::new(proxies);
        self
    }

    /// Adds a path of documentation with everything below it: hidden or public, like the others. A final slash is ignored.
    pub fn docs_path(mut self, path: &'static str) -> Self {
        let path = path.trim_end_matches('/');
        self.docs = self.docs.path(path);
        self.headers = self.headers.docs_path(path);
        self
    }

    /// Logs the first bytes of each replaced body, at most 1,024, if they are available without waiting.
    ///
    /// Off by default because an error message can contain a secret, which the log would then contain too.
    pub fn log_replaced_bodies(mut self) -> Self {
        self.problems = self.problems.log_replaced_bodies();
        self
    }
}

impl<S, P> Layer<S> for HttpLayer<P>
where
    P: Layer<DocsGateService<ProblemsService<S>>>,
{
    type Service = ClientsService<SecurityHeadersService<AllowedHostsService<P::Service>>>;

    fn layer(&self, inner: S) -> Self::Service {
        let inner = self.docs.layer(self.problems.layer(inner));
        self.clients.layer(self.headers.layer(self.hosts.layer(self.plugged.layer(inner))))
    }
}
