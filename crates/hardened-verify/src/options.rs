//! The options of a run, and the context that is made from them.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};

use hardened_core::{
    manifest::{Manifest, TokenPromise},
    tier::Tier,
};
use http::StatusCode;
use tokio::time::Instant;

use crate::{
    budget::{Budget, MOST_REQUESTS},
    check::Family,
    context::Context,
    credentials::{Credentials, SigningKey},
    error::Error,
    interrupt::Interrupt,
    ledger::Ledger,
    openapi::OpenApi,
    policy::Policy,
    prober::Prober,
    profile::Profile,
    progress::{Observer, Progress},
    target::Target,
    transport::Transport,
};

/// The default time that one request may take.
const REQUEST_TIME: Duration = Duration::from_secs(10);

/// The default time that a whole run may take.
const DEADLINE: Duration = Duration::from_secs(60);

/// How many requests are reserved for the cleanup.
const KEPT: u32 = 8;

/// The options of a run that do not depend on the transport.
pub(crate) struct Options {
    pub(crate) target: Target,
    /// The tier that the caller names.
    pub(crate) tier: Option<Tier>,
    pub(crate) manifest: Option<Manifest>,
    pub(crate) remarks: Vec<String>,
    pub(crate) most_requests: u32,
    pub(crate) at_once: usize,
    pub(crate) deadline: Duration,
    pub(crate) request_time: Duration,
    pub(crate) families: Vec<Family>,
    pub(crate) interrupted: Interrupt,
    pub(crate) credentials: Credentials,
    pub(crate) profile: Profile,
    pub(crate) openapi: OpenApi,
    pub(crate) journal: Option<PathBuf>,
    pub(crate) protected_path: Option<String>,
    pub(crate) policy: Option<Policy>,
    pub(crate) tokens: Option<TokenPromise>,
    pub(crate) signing_key: Option<SigningKey>,
    pub(crate) public_keys: Option<serde_json::Value>,
    pub(crate) refusals: Vec<StatusCode>,
    pub(crate) unasked: BTreeSet<String>,
    pub(crate) deep: bool,
    pub(crate) slow: bool,
    pub(crate) observer: Observer,
}

impl Options {
    pub(crate) fn new(target: Target) -> Self {
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

    /// Returns the tier in which the target is judged.
    pub(crate) fn tier(&self) -> Tier {
        let of_manifest = self.manifest.as_ref().map(|manifest| manifest.tier.value);
        self.tier.or(of_manifest).unwrap_or(Tier::Production)
    }

    pub(crate) fn context(self, transport: Option<Arc<dyn Transport>>) -> Result<Context, Error> {
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

/// Returns the rules for tokens, if the service has exactly one group of them.
fn sole(mut rules: Vec<TokenPromise>) -> Option<TokenPromise> {
    rules.pop().filter(|_| rules.is_empty())
}
