//! The state that all families of one run share.

use std::{collections::BTreeSet, sync::OnceLock};

use hardened_core::{
    manifest::{Manifest, Promises, TokenPromise},
    tier::Tier,
};
use http::{Method, StatusCode};

use hardened_core::verification::Exchange;

use crate::{
    answer::{Answer, NoAnswer},
    calls::Calls,
    canary,
    check::Family,
    control::{Batch, Expectation},
    credentials::{Credentials, SigningKey, User},
    error::Error,
    ledger::Ledger,
    openapi::OpenApi,
    policy::Policy,
    prober::Prober,
    profile::Profile,
    progress::Observer,
    request::Request,
    target::Target,
    template::Values,
};

/// The reason why a path with the placeholder `{{user}}` cannot be requested.
const UNNAMED: &str = "the identifier of the user is not known; name its place as `user` in [sign_up] or [sign_in]";

/// The shared state of one run.
pub(crate) struct Context {
    pub(crate) target: Target,
    pub(crate) prober: Prober,
    /// The promises of the release.
    pub(crate) manifest: Option<Manifest>,
    /// The tier of the target, which says how strictly it is judged.
    pub(crate) tier: Tier,
    /// The credentials that the caller gave, or that the users got by signing in.
    pub(crate) credentials: Credentials,
    /// The record of what the run writes on the target.
    pub(crate) ledger: Ledger,
    /// The caller's description of the service.
    pub(crate) profile: Profile,
    /// The routes that an OpenAPI document describes; their paths are below the base of the target.
    pub(crate) openapi: OpenApi,
    /// A path that needs a credential, if the caller names one.
    pub(crate) protected_path: Option<String>,
    /// The CORS policy that the target promises, if it is known.
    pub(crate) policy: Option<Policy>,
    /// The rules for tokens that the target promises, if they are known.
    pub(crate) tokens: Option<TokenPromise>,
    /// The key that tokens are signed with, if the caller gives it.
    pub(crate) signing_key: Option<SigningKey>,
    /// The public keys of the issuer, if the caller gives them.
    pub(crate) public_keys: Option<serde_json::Value>,
    /// The statuses with which the target refuses a request without a valid token.
    pub(crate) refusals: Vec<StatusCode>,
    /// The identifiers of the checks that the caller skips.
    pub(crate) unasked: BTreeSet<String>,
    /// Whether to try all known attacks, not only the likely ones.
    pub(crate) deep: bool,
    /// Whether to hold a request open, as a slow client does.
    pub(crate) slow: bool,
    /// The observer that receives the events of the run.
    pub(crate) observer: Observer,
    /// The results of the family `reach`, which runs before the others.
    found: OnceLock<Found>,
    /// Twelve random letters that no path of the target contains.
    nonce: String,
}

/// What the first requests found out about the target.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// The answer to a path that cannot exist, if it is a success: pages must then be judged by their content.
    pub(crate) catch_all: Option<CatchAll>,
    /// A path that succeeds, and not because of a catch-all: the control for checks that something is absent.
    pub(crate) known_path: Option<String>,
}

/// The page that a target serves for paths that do not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CatchAll {
    pub(crate) status: StatusCode,
    media_type: String,
    length: usize,
}

impl CatchAll {
    /// Returns the catch-all if the answer to a random path is a success.
    pub(crate) fn of(answer: &Answer) -> Option<Self> {
        let (status, length) = (answer.status, answer.body.len());
        status.is_success().then(|| Self { status, media_type: answer.media_type(), length })
    }

    /// Returns whether an answer appears to be this page. Its length may differ a little, because it may repeat the path.
    pub(crate) fn is(&self, answer: &Answer) -> bool {
        let difference = self.length.abs_diff(answer.body.len());
        self.status == answer.status && self.media_type == answer.media_type() && difference <= 16 + self.length / 10
    }

    /// Returns whether an answer has another media type than the catch-all, which shows that the path exists. A different
    /// length alone does not show this.
    pub(crate) fn is_distinct(&self, answer: &Answer) -> bool {
        self.media_type != answer.media_type() && !answer.media_type().is_empty()
    }
}

impl Context {
    pub(crate) fn new(target: Target, prober: Prober, tier: Tier) -> Result<Self, Error> {
        let nonce = canary::letters(12)?;
        let credentials = Credentials::default();
        Ok(Self {
            target,
            prober,
            manifest: None,
            tier,
            credentials,
            ledger: Ledger::default(),
            profile: Profile::default(),
            openapi: OpenApi::default(),
            protected_path: None,
            policy: None,
            tokens: None,
            signing_key: None,
            public_keys: None,
            refusals: vec![StatusCode::UNAUTHORIZED],
            unasked: BTreeSet::new(),
            deep: false,
            slow: false,
            observer: Observer::default(),
            found: OnceLock::new(),
            nonce,
        })
    }

    /// Returns the promises of the manifest, if there is one.
    pub(crate) fn promises(&self) -> Option<&Promises> {
        self.manifest.as_ref().map(|manifest| &manifest.promises)
    }

    /// Returns a path below the base of the target.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.target.base())
    }

    /// Returns a path that cannot exist on the target.
    pub(crate) fn random_path(&self) -> String {
        self.path(&format!("/{}", self.nonce))
    }

    /// Returns the random letters of this run.
    pub(crate) fn nonce(&self) -> &str {
        &self.nonce
    }

    pub(crate) fn found(&self) -> &Found {
        static NOTHING: Found = Found { catch_all: None, known_path: None };
        self.found.get().unwrap_or(&NOTHING)
    }

    pub(crate) fn set_found(&self, found: Found) {
        // Only the first family sets it, and only once.
        let _ = self.found.set(found);
    }

    /// Returns the control for checks that something is absent: a public path, or else one that user A can read.
    pub(crate) fn known(&self) -> Result<Request, String> {
        if let Some(path) = &self.profile.known {
            return Ok(Request::get(self.path(path)));
        }
        if let Some(path) = &self.found().known_path {
            return Ok(Request::get(path.clone()));
        }
        if self.prober.is_rehearsal() {
            return Ok(Request::get(self.path("/")));
        }
        if let Some(path) = self.openapi.readable(false) {
            return Ok(Request::get(self.path(path)));
        }
        match self.protected() {
            // There is no public path.
            Ok(request) if self.credentials.a.is_some() => Ok(self.as_user(request)),
            _ => Err("no path is known that has a successful response; name one in `known` of the profile".to_owned()),
        }
    }

    /// Returns the origin of a page that calls the target: an allowed one, or else the target's own.
    pub(crate) fn page_origin(&self) -> String {
        let allowed = self.policy.as_ref().map(|policy| policy.members(&self.nonce)).unwrap_or_default();
        allowed.first().map_or_else(|| self.target.origin(), ToString::to_string)
    }

    /// Returns the expectation for a known path: a success that is not the catch-all page.
    pub(crate) fn known_answers(&self) -> Expectation {
        let catch_all = self.found().catch_all.clone();
        Box::new(move |answer| {
            if !answer.status.is_success() {
                Err(format!("was answered with {}", answer.status.as_u16()))
            } else if catch_all.as_ref().is_some_and(|all| !all.is_distinct(answer)) {
                Err("was answered like a path that does not exist".to_owned())
            } else {
                Ok(())
            }
        })
    }

    /// Returns a request that succeeds for a user and must be refused without a credential: the control for the checks of
    /// tokens. The request does not carry a credential yet.
    pub(crate) fn protected(&self) -> Result<Request, String> {
        let said = self.protected_path.as_deref().or(self.profile.protected.as_deref());
        if said.is_none()
            && self.profile.isolation.graphql().is_some()
            && let Some(list) = self.calls_of(User::A)?.list
        {
            return Ok(list.request(self.target.base(), "", ""));
        }
        let told = said.or_else(|| self.openapi.readable(true)).or_else(|| self.profile.isolation.collection());
        match told {
            Some(path) => {
                let path = self.named(User::A).fill_path(path).map_err(|_| UNNAMED.to_owned())?;
                Ok(Request::get(self.path(&path)))
            }
            None => Err("no route that needs a token is known; name `protected` in the profile".to_owned()),
        }
    }

    /// Returns the values for the placeholders of a user.
    pub(crate) fn named(&self, user: User) -> Values {
        let name = self.credentials.name(user).or(self.prober.is_rehearsal().then_some("rehearsal"));
        name.map_or_else(Values::default, |name| Values::default().with("user", name))
    }

    /// Adds the credential of user A to a request, if there is one.
    pub(crate) fn as_user(&self, request: Request) -> Request {
        match &self.credentials.a {
            Some(credential) => credential.on(request, User::A.who()),
            None => request,
        }
    }

    /// Returns the requests for the resource whose items belong to single users, from the profile and, for what it does not
    /// say, from the OpenAPI document.
    pub(crate) fn calls(&self) -> Result<Calls, String> {
        let said = &self.profile.isolation;
        match said.graphql() {
            Some(documents) => Ok(Calls::of_graphql(documents)),
            None => said.or(self.openapi.resource(said.collection())).map(Calls::of_paths),
        }
    }

    /// Returns the requests of one user for the resource.
    pub(crate) fn calls_of(&self, user: User) -> Result<Calls, String> {
        self.calls()?.of_user(&self.named(user)).ok_or_else(|| UNNAMED.to_owned())
    }

    /// Opens a batch with its control.
    pub(crate) async fn batch(
        &self,
        family: Family,
        control: Request,
        expectation: Expectation,
    ) -> Result<Batch<'_>, String> {
        Batch::open(&self.prober, family, control, expectation).await
    }

    /// Sends a request outside a batch.
    pub(crate) async fn send(&self, family: Family, request: Request) -> (Exchange, Result<Answer, NoAnswer>) {
        self.prober.send(family, request).await
    }

    /// Sends a GET request for a path below the base of the target.
    pub(crate) async fn get(&self, family: Family, path: &str) -> (Exchange, Result<Answer, NoAnswer>) {
        self.send(family, Request::new(Method::GET, self.path(path))).await
    }
}
