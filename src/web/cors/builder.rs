//! The builder of a policy.

use std::time::Duration;

use http::{HeaderMap, StatusCode, header};

use hardened_core::{journal::Journal, report::Waived};

use super::{
    CorsPolicy,
    allow_headers::{self, AllowHeaders},
    allow_methods::{AllowMethods, Methods},
    allow_origin::{AllowOrigin, Draft, List, Mistake},
    compiled::Compiled,
    decision::TRUE,
    expose_headers,
    header_name::Names,
    preflight, vary,
};
use crate::{
    Refusal, Report, Tier, Violation,
    finding::{Name, Severity},
    rule,
};

impl CorsPolicy {
    /// Starts a policy. You must decide which origins it allows. Everything else has a safe default: no credentials,
    /// only the methods and headers that the standard allows every page, no exposed headers, and preflight responses
    /// that browsers cache for five seconds.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }
}

/// Builds a [`CorsPolicy`]: start with [`CorsPolicy::builder`] and finish with [`build`](Self::build).
///
/// No method fails or stops at a mistake; `build` reports all of them. Lists from several calls add up.
#[derive(Debug, Clone, Default)]
#[must_use = "a policy does nothing until `build` is called"]
pub struct PolicyBuilder {
    pub(super) origins: Draft,
    any_origin: bool,
    credentials: bool,
    methods: Methods,
    headers: Names,
    expose: Names,
    max_age: Option<Duration>,
    status: Option<u16>,
}

impl PolicyBuilder {
    /// Allows these origins and patterns: `https://app.example.com`, `https://*.example.com`. See
    /// [`OriginPattern`](crate::origin::OriginPattern) for the syntax.
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `origin-malformed`, `origin-path`, `origin-case`, `origin-port`, `origin-unicode`,
    /// `origin-address`, `origin-trailing-dot`, `origin-userinfo`, `origin-null`, `origin-any`, `origin-pattern`,
    /// `origin-public-suffix`, `origin-scheme`, and in Preview and Production `origin-insecure` and `origin-loopback`.
    pub fn allow_origins(mut self, origins: impl IntoIterator<Item: AsRef<str>>) -> Self {
        origins.into_iter().for_each(|origin| self.origins.push(origin.as_ref(), None));
        self
    }

    /// Allows any origin. Only for a public service, because every page on the web can then read its responses.
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `cors-any-origin-credentials` together with
    /// [`allow_credentials`](Self::allow_credentials), and `origin-any` together with a list of origins.
    pub fn allow_any_origin(mut self) -> Self {
        self.any_origin = true;
        self
    }

    /// Lets browsers send cookies and HTTP authentication, and lets pages read the responses. If pages set the
    /// `Authorization` header themselves, use [`allow_headers`](Self::allow_headers) instead.
    pub fn allow_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Allows these methods in addition to `GET`, `HEAD` and `POST`, which the standard allows every page. `*` means
    /// every method. Accepts strings and [`http::Method`].
    ///
    /// ```
    /// use hardened::{Tier, cors::CorsPolicy};
    /// use http::{Method, header::{CONTENT_TYPE, ETAG}};
    ///
    /// let policy = CorsPolicy::builder()
    ///     .allow_origins(["https://app.acme.io"])
    ///     .allow_methods([Method::PUT, Method::DELETE])
    ///     .allow_headers([CONTENT_TYPE])
    ///     .expose_headers([ETAG])
    ///     .build(Tier::Production)?;
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `cors-method-malformed`, `cors-method-forbidden` (`CONNECT`, `TRACE`, `TRACK`), and
    /// `cors-wildcard-credentials` for `*` together with credentials.
    pub fn allow_methods(mut self, methods: impl IntoIterator<Item: AsRef<str>>) -> Self {
        methods.into_iter().for_each(|method| self.methods.push(method.as_ref()));
        self
    }

    /// Allows pages to set these request headers (strings or [`http::HeaderName`]). JSON requests need `content-type`.
    /// `*` means every name except `authorization`, which must be named.
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `cors-header-malformed`, `cors-header-forbidden`, and `cors-wildcard-credentials` for
    /// `*` together with credentials.
    pub fn allow_headers(mut self, names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        names.into_iter().for_each(|name| self.headers.push(name.as_ref(), allow_headers::prohibited));
        self
    }

    /// Lets pages read these response headers (strings or [`http::HeaderName`]), in addition to the few that the
    /// standard exposes. `*` means every name.
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `cors-header-malformed`, `cors-header-forbidden`, `cors-set-cookie-exposed`, and
    /// `cors-wildcard-credentials` for `*` together with credentials.
    pub fn expose_headers(mut self, names: impl IntoIterator<Item: AsRef<str>>) -> Self {
        names.into_iter().for_each(|name| self.expose.push(name.as_ref(), expose_headers::prohibited));
        self
    }

    /// Sets how long browsers may cache a preflight response, in whole seconds. Zero disables caching; by default
    /// browsers cache it for five seconds.
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `cors-max-age` above 86,400 s; a note, `cors-max-age-capped`, above 7,200 s.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// Sets the status of an allowed preflight, 200 by default. A denied preflight gets 403.
    ///
    /// # Errors
    ///
    /// At [`build`](Self::build): `cors-preflight-status` outside 200 to 299.
    pub fn preflight_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Checks everything for a tier and builds the policy.
    ///
    /// ```
    /// use hardened::{Tier, cors::CorsPolicy};
    ///
    /// let refusal = CorsPolicy::builder()
    ///     .allow_origins(["https://app.example.com/", "http://localhost:3000"])
    ///     .allow_methods(["patch"])
    ///     .build(Tier::Production)
    ///     .unwrap_err();
    /// for (code, subject) in [("origin-path", "origins"), ("origin-loopback", "origins"), ("cors-method-malformed", "methods")] {
    ///     assert!(refusal.report().has(code, subject));
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// A [`Refusal`] with **every** mistake: see the methods above, and `cors-origins-missing`.
    pub fn build(self, tier: Tier) -> Result<CorsPolicy, Refusal> {
        let mut journal = Journal::new(tier);
        for mistake in self.mistakes() {
            match mistake.waived(tier, &Name::declared("origins")) {
                Some(waived) => journal.accept(waived),
                None => {
                    let subject = mistake.violation.field().unwrap_or("origins");
                    journal.report(subject.into(), mistake.violation);
                }
            }
        }
        let report = journal.finish();
        if report.is_refusal() { Err(Refusal::of(report)) } else { Ok(self.finish(report)) }
    }

    /// Returns everything that is wrong with the origins and with the other choices.
    pub(super) fn mistakes(&self) -> Vec<Mistake> {
        let origins = self.origins.mistakes().iter().cloned();
        origins.chain(self.choices().into_iter().map(Mistake::from)).collect()
    }

    fn choices(&self) -> Vec<Violation> {
        let mut found = self.combinations();
        found.extend(self.methods.mistakes("methods"));
        found.extend(self.headers.mistakes("headers"));
        found.extend(self.expose.mistakes("expose"));
        found.extend(self.max_age.and_then(preflight::judge_max_age));
        found.extend(self.status.and_then(|status| preflight::judge_status(status).err()));
        found
    }

    /// Returns what is wrong with combinations of choices.
    fn combinations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        let lists = [(self.methods.any, "methods"), (self.headers.any, "headers"), (self.expose.any, "expose")];
        for (_, list) in lists.into_iter().filter(|(has_star, _)| *has_star && self.credentials) {
            let fact = "\"*\" has no effect when credentials are allowed";
            found.push(Violation::new(rule::CORS_WILDCARD_CREDENTIALS, fact).about(list));
        }
        if self.any_origin && !self.origins.is_empty() {
            let fact = "both allow_any_origin() and a list of origins are given";
            found.push(Violation::new(rule::ORIGIN_ANY, fact).remedy("keep one of the two").about("any_origin"));
        }
        if !self.any_origin && self.origins.is_empty() {
            let fact = "the policy does not allow any origin";
            found.push(Violation::new(rule::CORS_ORIGINS_MISSING, fact).about("origins"));
        }
        if self.any_origin && self.credentials {
            let fact = "both any origin and credentials are allowed";
            found.push(Violation::new(rule::CORS_ANY_ORIGIN_CREDENTIALS, fact).about("any_origin"));
        }
        found
    }

    /// Builds the policy from choices that have been judged.
    pub(super) fn finish(self, report: Report) -> CorsPolicy {
        let origins = if self.any_origin {
            AllowOrigin::Any
        } else {
            AllowOrigin::List(List::new(self.origins.patterns().to_vec()))
        };
        let mut inner = Compiled {
            origins,
            credentials: self.credentials,
            methods: AllowMethods::new(&self.methods),
            headers: AllowHeaders::new(&self.headers),
            expose: self.expose.value(),
            max_age: self.max_age,
            status: self.status.and_then(|status| preflight::judge_status(status).ok()).unwrap_or(StatusCode::OK),
            granted: HeaderMap::new(),
            place: 0,
            denied: HeaderMap::new(),
            report,
        };
        inner.prepare();
        CorsPolicy(inner.into())
    }
}

impl Compiled {
    /// Prepares the responses to preflights.
    fn prepare(&mut self) {
        let (vary, origin) = match &self.origins {
            AllowOrigin::Any => (vary::PREFLIGHT_ANY, "*"),
            AllowOrigin::List(_) => (vary::PREFLIGHT, ""),
        };
        let origin = http::HeaderValue::from_static(origin);
        let headers = [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, Some(origin)),
            (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, self.credentials.then_some(TRUE)),
            (header::ACCESS_CONTROL_ALLOW_METHODS, self.methods.value.clone()),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, self.headers.value.clone()),
            (header::ACCESS_CONTROL_MAX_AGE, self.max_age.and_then(preflight::max_age_value)),
        ];
        self.granted = headers.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        self.granted.insert(header::VARY, vary.clone());
        self.place = self.granted.keys().position(|name| name == header::ACCESS_CONTROL_ALLOW_ORIGIN).unwrap_or(0);
        self.denied.insert(header::VARY, vary);
    }
}

/// A rule that needs no waiver in this tier is not listed among the waivers.
impl Mistake {
    pub(super) fn waived(&self, tier: Tier, subject: &Name) -> Option<Waived> {
        let reason = self.accepted.as_ref()?;
        let bound = Severity::of(self.violation.rule().level(tier)).is_some_and(|severity| severity > Severity::Note);
        (bound && reason.applies_in(tier))
            .then(|| Waived::new(self.violation.rule(), subject.clone(), reason.text(), true))
    }
}
