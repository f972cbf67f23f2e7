//! Runs the families of checks against one target.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use hardened_core::{
    manifest::{CorsPromise, Manifest, TokenPromise},
    origin::OriginPattern,
    tier::Tier,
    verification::{Left, Sent},
};
use http::{HeaderValue, StatusCode};
use http_body::Body;
use tokio::time::Instant;
use tower_service::Service;

use crate::{
    budget::{Budget, MOST_REQUESTS},
    check::Family,
    cleanup,
    connection::Connection,
    context::Context,
    credentials::{Credential, Credentials, SigningKey, User},
    error::Error,
    family,
    interrupt::Interrupt,
    ledger::{Journal, Ledger},
    openapi::OpenApi,
    policy::Policy,
    prober::Prober,
    profile::Profile,
    progress::{Observer, Progress},
    recipe,
    target::Target,
    transport::{InProcess, Transport},
    verification::Verification,
};

/// The time that one request may take, unless the caller says otherwise.
const REQUEST_TIME: Duration = Duration::from_secs(10);

/// The time that a whole run may take, unless the caller says otherwise.
const DEADLINE: Duration = Duration::from_secs(60);

/// How many requests are kept for removing what was written.
const KEPT: u32 = 8;

fn remark(journal: &Path) -> String {
    format!(
        "something could not be removed from the target; `hardened verify --cleanup {}` tries again",
        journal.display()
    )
}

/// Checks one live service from outside.
pub struct Verifier {
    options: Options,
    transport: Arc<dyn Transport>,
}

/// How a run goes, before it begins.
pub struct Builder {
    options: Options,
    reach: Reach,
}

/// What a run needs to know, whatever the transport.
struct Options {
    target: Target,
    /// The one that the caller names.
    tier: Option<Tier>,
    manifest: Option<Manifest>,
    remarks: Vec<String>,
    most_requests: u32,
    at_once: usize,
    deadline: Duration,
    request_time: Duration,
    families: Vec<Family>,
    interrupted: Interrupt,
    credentials: Credentials,
    profile: Profile,
    openapi: OpenApi,
    journal: Option<PathBuf>,
    protected_path: Option<String>,
    policy: Option<Policy>,
    tokens: Option<TokenPromise>,
    signing_key: Option<SigningKey>,
    public_keys: Option<serde_json::Value>,
    refusals: Vec<StatusCode>,
    unasked: BTreeSet<String>,
    deep: bool,
    slow: bool,
    observer: Observer,
}

enum Reach {
    Socket(Connection),
    InProcess(Arc<dyn Transport>),
}

impl Verifier {
    /// Begins with the base URL of a live service, such as `https://api.example.com`.
    ///
    /// # Errors
    ///
    /// When it is not an `https:` or `http:` URL of a host, or has a user, a password or a query.
    pub fn builder(url: &str) -> Result<Builder, Error> {
        let reach = Reach::Socket(Connection::default());
        Ok(Builder { options: Options::new(Target::parse(url)?), reach })
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
        Ok(Builder { options: Options::new(target), reach: Reach::InProcess(Arc::new(transport)) })
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

impl Options {
    fn new(target: Target) -> Self {
        Self {
            target,
            tier: None,
            manifest: None,
            remarks: Vec::new(),
            most_requests: MOST_REQUESTS,
            at_once: 8,
            deadline: DEADLINE,
            request_time: REQUEST_TIME,
            families: Family::ALL.to_vec(),
            interrupted: Interrupt::default(),
            credentials: Credentials::default(),
            profile: Profile::default(),
            openapi: OpenApi::default(),
            journal: None,
            protected_path: None,
            policy: None,
            tokens: None,
            signing_key: None,
            public_keys: None,
            refusals: Vec::new(),
            unasked: BTreeSet::new(),
            deep: false,
            slow: false,
            observer: Observer::default(),
        }
    }

    /// The tier that the target is judged in.
    fn tier(&self) -> Tier {
        let of_manifest = self.manifest.as_ref().map(|manifest| manifest.tier.value);
        self.tier.or(of_manifest).unwrap_or(Tier::Production)
    }

    fn context(self, transport: Option<Arc<dyn Transport>>) -> Result<Context, Error> {
        let tier = self.tier();
        let writes = self.profile.writes;
        let is_rehearsal = transport.is_none();
        let budget = Budget::of(self.most_requests, self.deep);
        let observer = self.observer.clone();
        let sending = Arc::new(move |family| observer.tell(&Progress::Sent(family)));
        let prober = Prober::new(
            transport,
            if writes { budget.keep(KEPT) } else { budget },
            self.at_once,
            Instant::now() + self.deadline,
            self.request_time,
            self.interrupted,
            sending,
        );
        let prober = if writes { prober.keep_time() } else { prober }.with_headers(self.profile.headers.clone());
        let url = format!("{}{}", self.target.origin(), self.target.base());
        let mut context = Context::new(self.target, prober, tier)?;
        if let Some(path) = self.journal.filter(|_| !is_rehearsal) {
            context.ledger = Ledger::with_journal(path, &url, &self.profile.file);
        }
        let promised = self.manifest.as_ref().and_then(|manifest| Policy::promised(&manifest.promises.cors));
        let said = self.profile.cors.clone();
        context.policy = self.policy.or(said).or(promised);
        context.tokens = self.tokens.or_else(|| sole(self.manifest.as_ref()?.promises.tokens.clone()));
        context.refusals = [self.refusals, self.profile.refused.clone(), vec![StatusCode::UNAUTHORIZED]]
            .into_iter()
            .find(|statuses| !statuses.is_empty())
            .unwrap_or_default();
        context.manifest = self.manifest;
        context.credentials = self.credentials;
        context.openapi = self.openapi.below(context.target.base());
        context.profile = self.profile;
        context.protected_path = self.protected_path;
        context.signing_key = self.signing_key;
        context.public_keys = self.public_keys;
        context.unasked = self.unasked;
        context.deep = self.deep;
        context.slow = self.slow || context.profile.slow;
        context.observer = self.observer;
        Ok(context)
    }
}

impl Builder {
    /// Judges as in this tier. The default is that of the manifest, and without one Production, the strictest.
    #[must_use]
    pub fn tier(mut self, tier: Tier) -> Self {
        self.options.tier = Some(tier);
        self
    }

    /// Sends at most this many requests; the default is 160.
    #[must_use]
    pub fn max_requests(mut self, most: u32) -> Self {
        self.options.most_requests = most;
        self
    }

    /// Sends at most this many requests at once; the default is 8.
    #[must_use]
    pub fn concurrency(mut self, at_once: usize) -> Self {
        self.options.at_once = at_once;
        self
    }

    /// Ends after this time, whatever the target does; the default is 60 s.
    #[must_use]
    pub fn deadline(mut self, time: Duration) -> Self {
        self.options.deadline = time;
        self
    }

    /// Waits this long for one answer; the default is 10 s.
    #[must_use]
    pub fn request_timeout(mut self, time: Duration) -> Self {
        self.options.request_time = time;
        self
    }

    /// Runs only these families.
    #[must_use]
    pub fn only(mut self, families: &[Family]) -> Self {
        self.options.families.retain(|family| families.contains(family));
        self
    }

    /// Does not ask these checks, named by their identifiers.
    #[must_use]
    pub fn skip(mut self, checks: impl IntoIterator<Item: Into<String>>) -> Self {
        self.options.unasked.extend(checks.into_iter().map(Into::into));
        self
    }

    /// Acts as a user with this credential.
    #[must_use]
    pub fn credential(mut self, user: User, credential: Credential) -> Self {
        self.options.credentials.set(user, credential);
        self
    }

    /// Names a path that answers users only, such as `/tasks`: what tokens are tried on.
    #[must_use]
    pub fn protected_path(mut self, path: impl Into<String>) -> Self {
        self.options.protected_path = Some(path.into());
        self
    }

    /// Says what is known of the service: its users, its routes, and what may be written.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.options.profile = profile;
        self
    }

    /// Takes the routes of the service from its OpenAPI document. What the profile says goes before it.
    #[must_use]
    pub fn openapi(mut self, openapi: OpenApi) -> Self {
        self.options.openapi = openapi;
        self
    }

    /// Writes down in this file what is written on the target, before it is: [`Verifier::cleanup`] removes it should the
    /// run be killed. The file must not exist. It is made when something is written, and removed when nothing is left.
    #[must_use]
    pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
        self.options.journal = Some(path.into());
        self
    }

    /// Names the origins, and patterns such as `https://*.example.com`, whose pages may read answers, instead of those
    /// that the manifest promises.
    #[must_use]
    pub fn allowed_origins(mut self, origins: impl IntoIterator<Item = OriginPattern>) -> Self {
        self.options.policy = Some(Policy::of_patterns(origins));
        self
    }

    /// Judges by this CORS policy, instead of the one that the manifest promises.
    #[must_use]
    pub fn cors(mut self, promise: CorsPromise) -> Self {
        self.options.policy = Policy::promised(&[promise]);
        self
    }

    /// Judges tokens by these rules, instead of those that the manifest promises.
    #[must_use]
    pub fn tokens(mut self, promise: TokenPromise) -> Self {
        self.options.tokens = Some(promise);
        self
    }

    /// Signs tokens with this key, an HMAC secret, to try expired ones and others that only the issuer can make.
    ///
    /// It is never sent. [`build`](Self::build) refuses it unless the target is on loopback, or its manifest says that it
    /// is not Production.
    #[must_use]
    pub fn signing_key(mut self, key: impl Into<Vec<u8>>) -> Self {
        self.options.signing_key = Some(SigningKey(key.into()));
        self
    }

    /// Names the public keys of the issuer, as a JSON Web Key Set (RFC 7517), where the target itself does not offer them at
    /// `/.well-known/jwks.json`. Nothing is fetched from another host.
    ///
    /// # Errors
    ///
    /// When it is not a key set.
    pub fn public_keys(mut self, key_set: &str) -> Result<Self, Error> {
        let set: serde_json::Value = serde_json::from_str(key_set).map_err(|_| Error::PublicKeys)?;
        if !set.get("keys").is_some_and(serde_json::Value::is_array) {
            return Err(Error::PublicKeys);
        }
        self.options.public_keys = Some(set);
        Ok(self)
    }

    /// Names the statuses with which the service refuses a request without a valid token, instead of 401.
    #[must_use]
    pub fn refusals(mut self, statuses: impl IntoIterator<Item = StatusCode>) -> Self {
        self.options.refusals = statuses.into_iter().collect();
        self
    }

    /// Tries everything that is known, not only what is likely: up to 120 more requests.
    #[must_use]
    pub fn deep(mut self, deep: bool) -> Self {
        self.options.deep = deep;
        self
    }

    /// Also begins one request and does not end it, to see whether the target does: for up to 75 s, so that the deadline has
    /// to be later.
    #[must_use]
    pub fn slow(mut self, slow: bool) -> Self {
        self.options.slow = slow;
        self
    }

    /// Compares with what a release promised, and judges as in its tier.
    #[must_use]
    pub fn manifest(mut self, manifest: Manifest) -> Self {
        self.options.manifest = Some(manifest);
        self
    }

    /// Connects to this address instead of the one that the name of the host resolves to.
    #[must_use]
    pub fn resolve(mut self, instead: SocketAddr) -> Self {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.address = Some(instead);
        }
        self
    }

    /// Asks over `http:` on this port whether an `https:` target answers there. The default is 80, where the URL of the
    /// target does not name a port.
    #[must_use]
    pub fn plain_port(mut self, port: u16) -> Self {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.plain_port = Some(port);
        }
        self
    }

    /// Trusts the certificates of a PEM file, instead of those that this machine trusts.
    ///
    /// # Errors
    ///
    /// When it is not PEM, or has no certificate.
    pub fn ca(mut self, pem: &[u8]) -> Result<Self, Error> {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.trust(pem)?;
        }
        Ok(self)
    }

    /// Accepts every certificate. The reason appears in the report, and no credential is sent, except to this machine.
    ///
    /// # Errors
    ///
    /// When the reason is empty.
    pub fn insecure(mut self, reason: impl Into<String>) -> Result<Self, Error> {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.accept_every_certificate(reason.into())?;
        }
        Ok(self)
    }

    /// Connects through a proxy (HTTP `CONNECT`), such as `http://proxy.example.com:3128`.
    ///
    /// # Errors
    ///
    /// When it is not an `http:` URL of a host, or has a user or password.
    pub fn proxy(mut self, url: &str) -> Result<Self, Error> {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.through(url)?;
        }
        Ok(self)
    }

    /// Sends a header with every request over a socket, such as the key of a gateway in front. It is never shown.
    #[must_use]
    pub fn header(mut self, header: Credential) -> Self {
        if let Reach::Socket(connection) = &mut self.reach {
            connection.header(header);
        }
        self
    }

    /// Tells what happens while the run lasts.
    #[must_use]
    pub fn observe(mut self, observe: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        self.options.observer = Observer::new(observe);
        self
    }

    /// Returns what ends the run early.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        self.options.interrupted.clone()
    }

    /// Makes the verifier. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When the certificates that this machine trusts cannot be read, headers would be sent where others can hear them, or a
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

    /// Whether tokens may be signed: the target is on this machine, or its manifest says that it is not Production.
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

/// The rules of tokens, where the service has one group of them.
fn sole(mut rules: Vec<TokenPromise>) -> Option<TokenPromise> {
    rules.pop().filter(|_| rules.is_empty())
}
