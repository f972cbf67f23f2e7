//! The builder of a run; its methods are in one file for each topic.

mod known;
mod limits;
mod reach;

use std::sync::Arc;

use bytes::Bytes;
use hardened_core::{manifest::Manifest, tier::Tier};
use http::HeaderValue;
use http_body::Body;
use tower_service::Service;

use crate::{
    connection::{Connection, Reach},
    error::Error,
    interrupt::Interrupt,
    options::Options,
    progress::{Observer, Progress},
    target::Target,
    transport::{InProcess, Transport},
    verifier::Verifier,
};

/// The options of a run before it begins.
pub struct Builder {
    options: Options,
    reach: Reach,
}

impl Verifier {
    /// Begins with the base URL of a live service, such as `https://api.example.com`.
    ///
    /// # Errors
    ///
    /// When it is not an `https:` or `http:` URL with a host, or has a user, a password or a query.
    pub fn builder(url: &str) -> Result<Builder, Error> {
        let options = Options::new(Target::parse(url)?);
        Ok(Builder { options, reach: Reach::Socket(Connection::default()) })
    }

    /// Begins with a service in this process. It is called without a socket, as if it were at `url`, and its own origin is
    /// derived from that URL.
    ///
    /// # Errors
    ///
    /// The same as for [`builder`](Self::builder).
    pub fn in_process<S, B, R>(service: S, url: &str) -> Result<Builder, Error>
    where
        S: Service<http::Request<B>, Response = http::Response<R>> + Clone + Send + 'static,
        S::Future: Send,
        B: From<Bytes> + Send + 'static,
        R: Body<Data: Into<Bytes> + Send> + Send + 'static,
    {
        let target = Target::parse(url)?;
        let host = HeaderValue::try_from(target.authority().as_str()).map_err(|_| Error::Target("must name a host"))?;
        let transport = InProcess::<S, B>::new(service, host);
        Ok(Builder { options: Options::new(target), reach: Reach::InProcess(Arc::new(transport)) })
    }
}

impl Builder {
    /// Calls this function with each event of the run.
    #[must_use]
    pub fn observe(mut self, observe: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        self.options.observer = Observer::new(observe);
        self
    }

    /// Returns the handle that ends the run early.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        self.options.interrupted.clone()
    }

    /// Makes the verifier. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When the certificates that this machine trusts cannot be read, headers would be sent where others can read them, or a
    /// signing key is not permitted.
    pub fn build(self) -> Result<Verifier, Error> {
        if self.options.signing_key.is_some() && !self.permits_signing() {
            return Err(Error::SigningKey);
        }
        let mut options = self.options;
        let transport: Arc<dyn Transport> = match self.reach {
            Reach::InProcess(transport) => transport,
            Reach::Socket(connection) => {
                options.remarks.extend(connection.remarks());
                connection.transport(&options.target)?
            }
        };
        Ok(Verifier { options, transport })
    }

    /// Returns whether tokens may be signed: the target is on this machine, or its manifest says that it is not Production.
    fn permits_signing(&self) -> bool {
        let is_here = match &self.reach {
            Reach::InProcess(_) => true,
            Reach::Socket(connection) => connection.address.is_none_or(|address| address.ip().is_loopback()),
        };
        let is_other = |manifest: &Manifest| manifest.tier.value != Tier::Production;
        let is_local = matches!(self.reach, Reach::InProcess(_)) || self.options.target.is_loopback();
        is_here && is_local || self.options.manifest.as_ref().is_some_and(is_other)
    }
}
