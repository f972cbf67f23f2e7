//! The tower layer around a service.

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
/// From the outside to the inside: [`Clients`], so that everything else knows who asks; [`SecurityHeaders`], so that they stand on every response; [`AllowedHosts`]; what
/// [`with`](Self::with) plugs in, such as CORS, so that it sees no request for a foreign host and stands on every
/// error; [`DocsGate`]; [`Problems`], nearest to the service.
///
/// In axum it belongs last, `Router::layer` after every route, for it covers only the routes above it. Inside a nested
/// router it would not see the full path.
///
/// Cheap to clone: the policies are shared.
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
    /// Puts another layer, such as CORS, in the middle. It sees only requests for allowed hosts, and its headers are
    /// set on the 404 of hidden documentation and on every replaced error.
    pub fn with<Q>(self, layer: Q) -> HttpLayer<Q> {
        let Self { clients, headers, hosts, plugged: _, docs, problems } = self;
        HttpLayer { clients, headers, hosts, plugged: layer, docs, problems }
    }

    /// Says which proxies are believed about the client. Without it, the client is the one that connects.
    pub fn clients(mut self, proxies: &TrustedProxies) -> Self {
        self.clients = Clients::new(proxies);
        self
    }

    /// Hides one more path and everything below it, where documentation is hidden. A final slash does not count.
    pub fn docs_path(mut self, path: &'static str) -> Self {
        let path = path.trim_end_matches('/');
        self.docs = self.docs.path(path);
        self.headers = self.headers.docs_path(path);
        self
    }

    /// Logs the first 1,024 bytes of each replaced body, if it is text and available without waiting.
    ///
    /// What an error says can hold a secret, which then stands in the log: off unless asked for.
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
