//! Limits attempts for each client, and for each client with each account.

use std::{
    future::poll_fn,
    net::IpAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};

use tokio::time::timeout;

use super::{
    answer::TooManyAttempts,
    in_process::InProcess,
    store::{Attempt, AttemptKey, AttemptStore, Quota},
};
use crate::{auth::Attempts, layers::ClientAddress, listen::TrustedProxies};

/// Limits attempts to sign in, to sign up, to get a token, or to do anything else that attackers try by guessing.
///
/// There are two limits: one for each client over all accounts, which [`layer`](Self::layer) applies, and one for each
/// client with each account, which a handler applies by [`account`](Self::account). No limit counts an account alone,
/// because anyone could then lock its owner out.
///
/// ```
/// use axum::{Router, extract::State, routing::post};
/// use hardened::{
///     Config, Http,
///     auth::Attempts,
///     layers::{AttemptLimit, ClientAddress, TooManyAttempts},
///     listen::TrustedProxies,
/// };
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(nested)]
///     http: Http,
///     #[config(nested)]
///     proxies: TrustedProxies,
///     #[config(nested)]
///     attempts: Attempts,
/// }
///
/// fn app(settings: &Settings) -> Router {
///     let limit = AttemptLimit::new("sign-in", &settings.attempts, &settings.proxies);
///     Router::new()
///         .route("/sign-in", post(sign_in).layer(limit.layer()))
///         .with_state(limit)
///         .layer(settings.http.layer().clients(&settings.proxies))
/// }
///
/// async fn sign_in(
///     State(limit): State<AttemptLimit>,
///     client: ClientAddress,
///     name: String,
/// ) -> Result<&'static str, TooManyAttempts> {
///     // Before the account is looked up, so that the answer says nothing about it.
///     limit.account(client, &name).await?;
///     Ok("…")
/// }
/// ```
///
/// Attempts are counted in this process, or by [`shared_by`](Self::shared_by) in a store that several processes share.
///
/// An attacker with many addresses has as many limits. Nothing is limited if the client is unknown: behind a platform's
/// proxy with `TRUSTED_PROXIES` unset (see the finding `http-proxies-unset`), or if the server does not set
/// [`PeerAddress`](crate::layers::PeerAddress), which is logged once as an error.
#[derive(Debug)]
pub struct AttemptLimit<S = InProcess> {
    shared: Arc<Shared<S>>,
}

/// The time that a store may take. It is short because a user is waiting to sign in.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug)]
struct Shared<S> {
    name: &'static str,
    per_client: Quota,
    per_account: Quota,
    /// Whether every request seems to come from the platform's proxy.
    clients_are_hidden: bool,
    store: S,
    /// Counts the attempts that the store fails to count.
    instead: InProcess,
    has_told: AtomicBool,
}

impl<S> Clone for AttemptLimit<S> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl AttemptLimit {
    /// Creates a limit. Its name appears in response headers: use letters, digits and hyphens.
    #[must_use]
    pub fn new(name: &'static str, attempts: &Attempts, proxies: &TrustedProxies) -> Self {
        Self::shared_by(InProcess::new(), name, attempts, proxies)
    }
}

impl<S: AttemptStore> AttemptLimit<S> {
    /// Creates a limit that counts in a store. While the store fails or takes longer than a second, this process
    /// counts. Waiting for the store needs a tokio runtime with its timer.
    #[must_use]
    pub fn shared_by(store: S, name: &'static str, attempts: &Attempts, proxies: &TrustedProxies) -> Self {
        let shared = Shared {
            name,
            per_client: attempts.per_client(),
            per_account: attempts.per_account(),
            clients_are_hidden: proxies.hides_clients(),
            store,
            instead: InProcess::new(),
            has_told: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Counts an attempt of a client at an account. Call it before looking the account up, with the name in a normal
    /// form: in lower case, if account names are not case-sensitive.
    ///
    /// # Errors
    ///
    /// [`TooManyAttempts`] if the client has no attempts left.
    pub async fn account(
        &self,
        client: impl Into<Option<ClientAddress>> + Send,
        account: &str,
    ) -> Result<(), TooManyAttempts> {
        let Some(client) = self.known(client.into()) else { return Ok(()) };
        let key = AttemptKey::new(self.shared.name, client, Some(account));
        match self.count(&key, self.shared.per_account).await {
            Attempt::Allowed { .. } => Ok(()),
            Attempt::Refused { wait } => Err(TooManyAttempts { wait }),
        }
    }

    /// Counts an attempt of a client. Returns `None` if the client is unknown.
    pub(super) async fn client(&self, client: Option<ClientAddress>) -> Option<Attempt> {
        let key = AttemptKey::new(self.shared.name, self.known(client)?, None);
        Some(self.count(&key, self.shared.per_client).await)
    }

    pub(super) fn name(&self) -> &'static str {
        self.shared.name
    }

    pub(super) fn per_client(&self) -> Quota {
        self.shared.per_client
    }

    fn known(&self, client: Option<ClientAddress>) -> Option<IpAddr> {
        if self.shared.clients_are_hidden {
            return None;
        }
        if client.is_none() && !self.shared.has_told.swap(true, Ordering::Relaxed) {
            tracing::error!(limit = self.shared.name, "attempts are not limited, because {}", ClientAddress::UNKNOWN);
        }
        client.map(|client| client.ip())
    }

    async fn count(&self, key: &AttemptKey, quota: Quota) -> Attempt {
        let limit = self.shared.name;
        match self.ask(key, quota).await {
            Some(Ok(attempt)) => return attempt,
            Some(Err(error)) => {
                tracing::error!(limit, %error, "the store does not count attempts; this process counts them")
            }
            None => tracing::error!(limit, "the store takes too long to count attempts; this process counts them"),
        }
        self.shared.instead.count(key, quota)
    }

    /// Asks the store. Returns `None` if it takes too long.
    async fn ask(&self, key: &AttemptKey, quota: Quota) -> Option<Result<Attempt, S::Error>> {
        let mut answer = pin!(self.shared.store.attempt(key, quota));
        // The in-process store answers at once, so this needs no timer.
        match poll_fn(|context| Poll::Ready(answer.as_mut().poll(context))).await {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => timeout(PATIENCE, answer).await.ok(),
        }
    }
}
