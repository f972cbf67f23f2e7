//! Runs the families of checks against one target.

use std::{path::Path, sync::Arc, time::SystemTime};

use bytes::Bytes;
use hardened_core::verification::{Left, Sent};
use http::HeaderValue;
use http_body::Body;
use tokio::time::Instant;
use tower_service::Service;

use crate::{
    builder::Builder,
    check::Family,
    cleanup,
    credentials::User,
    error::Error,
    family,
    ledger::{Journal, Ledger},
    options::Options,
    recipe,
    target::Target,
    transport::{InProcess, Transport},
    verification::Verification,
};

/// Checks one live service from outside.
pub struct Verifier {
    pub(crate) options: Options,
    pub(crate) transport: Arc<dyn Transport>,
}

impl Verifier {
    /// Begins with the base URL of a live service, such as `https://api.example.com`.
    ///
    /// # Errors
    ///
    /// When it is not an `https:` or `http:` URL of a host, or has a user, a password or a query.
    pub fn builder(url: &str) -> Result<Builder, Error> {
        Target::parse(url).map(Builder::over_socket)
    }

    /// Begins with a service in this process. It is asked without a socket, in the name of `url`, from which its own
    /// origin is derived.
    ///
    /// # Errors
    ///
    /// As [`builder`](Self::builder).
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
        Ok(Builder::in_process(target, Arc::new(transport)))
    }

    /// Runs all checks.
    pub async fn run(self) -> Verification {
        let (started, begin) = (SystemTime::now(), Instant::now());
        let Self { options, transport } = self;
        let families = options.families.clone();
        let (target, tier, remarks) = (options.target.clone(), options.tier(), options.remarks.clone());
        let service = options.manifest.as_ref().map(|manifest| manifest.service.clone());
        let mut remarks = remarks;
        let mut context = options.context(Some(transport));
        let outcomes = match &mut context {
            Ok(context) => {
                let outcomes = family::run(context, &families).await;
                cleanup::all(context).await;
                remarks.extend(context.ledger.finish().map(|path| remark(&path)));
                outcomes
            }
            Err(reason) => family::none(&families, &reason.to_string()),
        };
        let left_behind = context.as_ref().map(|context| context.ledger.left()).unwrap_or_default();
        let sent = context.map(|context| context.prober.budget().sent()).unwrap_or_default();
        let target = format!("{}{}", target.origin(), target.base());
        Verification {
            target,
            tier,
            service: service.as_ref().and_then(|service| service.name.clone()),
            version: service.and_then(|service| service.version),
            started,
            took: begin.elapsed(),
            remarks,
            left_behind,
            sent,
            outcomes,
        }
    }

    /// Removes what a run left that was killed, and returns what could not be removed. The journal is removed when it can
    /// help no more. The profile must be the one of that run.
    ///
    /// # Errors
    ///
    /// When the journal is of another target.
    pub async fn cleanup(self, journal: Journal) -> Result<Vec<Left>, Error> {
        let Self { options, transport } = self;
        if journal.target() != format!("{}{}", options.target.origin(), options.target.base()) {
            return Err(Error::Journal("it is of another target"));
        }
        let mut context = options.context(Some(transport))?;
        context.ledger = Ledger::resume(&journal);
        recipe::sign_in(&mut context, &User::BOTH, &journal.accounts()).await;
        cleanup::all(&context).await;
        let left = context.ledger.left();
        if !left.iter().any(|left| left.removable) {
            journal.remove();
        }
        Ok(left)
    }

    /// Returns every request that a run against a healthy target sends, and sends none.
    pub async fn plan(self) -> Vec<(Family, Sent)> {
        let families = self.options.families.clone();
        match self.options.context(None) {
            Ok(mut context) => {
                family::run(&mut context, &families).await;
                cleanup::all(&context).await;
                context.prober.planned()
            }
            Err(_) => Vec::new(),
        }
    }
}

fn remark(journal: &Path) -> String {
    format!(
        "something could not be removed from the target; `hardened verify --cleanup {}` tries again",
        journal.display()
    )
}
