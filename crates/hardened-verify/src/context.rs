//! What all families of one run share.

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

/// Why a path with the place `{{user}}` cannot be asked for.
const UNNAMED: &str = "the identifier of the user is not known; name its place as `user` in [sign_up] or [sign_in]";

/// One run.
pub(crate) struct Context {
    pub(crate) target: Target,
    pub(crate) prober: Prober,
    /// What the release promised.
    pub(crate) manifest: Option<Manifest>,
    /// The tier that the target is in: how strict it is judged.
    pub(crate) tier: Tier,
    /// The credentials that were given, or that a sign-in before the families brought.
    pub(crate) credentials: Credentials,
    /// What the run writes on the target.
    pub(crate) ledger: Ledger,
    /// What the caller says of the service.
    pub(crate) profile: Profile,
    /// The routes of the service, as far as a document tells; their paths are below the base of the target.
    pub(crate) openapi: OpenApi,
    /// A path that answers users only, where the caller names one.
    pub(crate) protected_path: Option<String>,
    /// The CORS policy that the target promises, as far as it is known.
    pub(crate) policy: Option<Policy>,
    /// The rules of tokens that the target promises, as far as they are known.
    pub(crate) tokens: Option<TokenPromise>,
    /// The key that tokens are signed with, where the caller gives it.
    pub(crate) signing_key: Option<SigningKey>,
    /// The public keys of the issuer, where the caller gives them.
    pub(crate) public_keys: Option<serde_json::Value>,
    /// The statuses that refuse a request without a valid token.
    pub(crate) refusals: Vec<StatusCode>,
    /// The checks that the caller does not want, by their identifiers.
    pub(crate) unasked: BTreeSet<String>,
    /// Whether everything that is known is tried, not only what is likely.
    pub(crate) deep: bool,
    /// Whether a request may be held open.
    pub(crate) slow: bool,
    /// Who is told what happens.
    pub(crate) observer: Observer,
    /// What the family `reach` found out; the others run after it.
    found: OnceLock<Found>,
    /// Twelve random letters that no path of the target has.
    nonce: String,
}

/// What is known of the target after the first requests.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// How it answers a path that it cannot have, where that is a success: pages are then judged by their content.
    pub(crate) catch_all: Option<CatchAll>,
    /// A path that is answered with success, and not by a catch-all: the control of checks that something is absent.
    pub(crate) known_path: Option<String>,
}

/// The answer to paths that do not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CatchAll {
    pub(crate) status: StatusCode,
    media_type: String,
    length: usize,
}

impl CatchAll {
    /// The answer to a random path, where it is a success.
    pub(crate) fn of(answer: &Answer) -> Option<Self> {
        let (status, length) = (answer.status, answer.body.len());
        status.is_success().then(|| Self { status, media_type: answer.media_type(), length })
    }

    /// Whether an answer is the same page, as far as can be seen: it may repeat the path.
    pub(crate) fn is(&self, answer: &Answer) -> bool {
        let difference = self.length.abs_diff(answer.body.len());
        self.status == answer.status && self.media_type == answer.media_type() && difference <= 16 + self.length / 10
    }

    /// Whether an answer is of another kind than the page for everything, so that it shows a path that exists. The length
    /// alone does not show it.
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

    /// What the manifest promises, where there is one.
    pub(crate) fn promises(&self) -> Option<&Promises> {
        self.manifest.as_ref().map(|manifest| &manifest.promises)
    }

    /// A path below the base of the target.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.target.base())
    }

    /// A path that the target cannot have.
    pub(crate) fn random_path(&self) -> String {
        self.path(&format!("/{}", self.nonce))
    }

    /// Random letters of this run.
    pub(crate) fn nonce(&self) -> &str {
        &self.nonce
    }

    pub(crate) fn found(&self) -> &Found {
        static NOTHING: Found = Found { catch_all: None, known_path: None };
        self.found.get().unwrap_or(&NOTHING)
    }

    pub(crate) fn set_found(&self, found: Found) {
        // Set once, by the first family.
        let _ = self.found.set(found);
    }

    /// The control of checks that something is absent: a path that everybody reads, or else one that user A reads.
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
            // Everything asks for a credential.
            Ok(request) if self.credentials.a.is_some() => Ok(self.as_user(request)),
            _ => {
                Err("no path is known that the target answers with success; name one in `known` of the profile"
                    .to_owned())
            }
        }
    }

    /// The origin of a page that calls the target: one that may, or else the target's own.
    pub(crate) fn page_origin(&self) -> String {
        let allowed = self.policy.as_ref().map(|policy| policy.members(&self.nonce)).unwrap_or_default();
        allowed.first().map_or_else(|| self.target.origin(), ToString::to_string)
    }

    /// What the answer of a known path must be: a success that is not the page for everything.
    pub(crate) fn known_answers(&self) -> Expectation {
        let catch_all = self.found().catch_all.clone();
        Box::new(move |answer| {
            if !answer.status.is_success() {
                Err(format!("was answered with {}", answer.status.as_u16()))
            } else if catch_all.as_ref().is_some_and(|all| !all.is_distinct(answer)) {
                Err("was answered as a path that does not exist".to_owned())
            } else {
                Ok(())
            }
        })
    }

    /// A request that is answered with success for a user, and must be refused without a credential: the control of checks
    /// about tokens. It is returned without any.
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
            None => Err("no route is known that needs a token; name `protected` in the profile".to_owned()),
        }
    }

    /// What places are filled with that are about a user.
    pub(crate) fn named(&self, user: User) -> Values {
        let name = self.credentials.name(user).or(self.prober.is_rehearsal().then_some("rehearsal"));
        name.map_or_else(Values::default, |name| Values::default().with("user", name))
    }

    /// A request in the name of user A, where there is a credential.
    pub(crate) fn as_user(&self, request: Request) -> Request {
        match &self.credentials.a {
            Some(credential) => credential.on(request, User::A.who()),
            None => request,
        }
    }

    /// The requests on the resource that belongs to one user each: what the profile says of it, and for the rest what the
    /// OpenAPI document tells.
    pub(crate) fn calls(&self) -> Result<Calls, String> {
        let said = &self.profile.isolation;
        match said.graphql() {
            Some(documents) => Ok(Calls::of_graphql(documents)),
            None => said.or(self.openapi.resource(said.collection())).map(Calls::of_paths),
        }
    }

    /// The requests of one user on the resource.
    pub(crate) fn calls_of(&self, user: User) -> Result<Calls, String> {
        self.calls()?.of_user(&self.named(user)).ok_or_else(|| UNNAMED.to_owned())
    }

    /// Opens a batch under a control.
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

    /// Asks for a path.
    pub(crate) async fn get(&self, family: Family, path: &str) -> (Exchange, Result<Answer, NoAnswer>) {
        self.send(family, Request::new(Method::GET, self.path(path))).await
    }
}
