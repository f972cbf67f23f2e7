//! Sends the same requests through our layer, through tower-http's layer with the same settings, and through the conversion.
//!
//! Every allowed difference has a name and a reason. Each of them must occur, and no other may.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use hardened::{
    Tier,
    cors::CorsPolicy,
    origin::{Origin, OriginPattern},
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders};

use crate::cors::support::{all, headers, send};

/// The name of each allowed difference, and its reason.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "options-for-the-service",
        "tower-http answers every OPTIONS itself; one without Origin and Access-Control-Request-Method is not a preflight",
    ),
    ("several-origins", "tower-http takes the first of several Origin headers; browsers send one, so we deny several"),
    ("denied-gets-nothing", "tower-http sends a denied or missing origin everything but Access-Control-Allow-Origin"),
    ("denied-preflight-403", "tower-http answers a denied preflight with the status of an allowed one"),
    ("policy-has-the-last-word", "tower-http keeps the service's own CORS headers where the policy sets none"),
    ("vary-is-merged", "tower-http repeats Origin even if the service's Vary has it, or is *"),
    ("preflight-varies-with-what-it-asks", "our answer depends on the method and headers that are asked for"),
];

struct Settings {
    origins: &'static [&'static str],
    credentials: bool,
    methods: &'static [&'static str],
    headers: &'static [&'static str],
    expose: &'static [&'static str],
    max_age: Option<u64>,
}

#[rustfmt::skip]
const POLICIES: &[Settings] = &[
    Settings { origins: &["https://a.example"], credentials: false, methods: &[], headers: &[], expose: &[], max_age: None },
    Settings { origins: &["https://a.example", "https://b.example"], credentials: true, methods: &["PUT"], headers: &["content-type"], expose: &["etag", "x-id"], max_age: Some(600) },
    Settings { origins: &["https://a.example"], credentials: true, methods: &["PUT", "DELETE"], headers: &["x-id", "authorization"], expose: &[], max_age: Some(0) },
    Settings { origins: &["https://*.p.example", "https://a.example"], credentials: true, methods: &["PATCH"], headers: &["content-type"], expose: &["etag"], max_age: None },
    Settings { origins: &[], credentials: false, methods: &["PUT"], headers: &["content-type"], expose: &["etag"], max_age: Some(60) },
    Settings { origins: &[], credentials: false, methods: &["*"], headers: &["*"], expose: &["*"], max_age: None },
];

impl Settings {
    fn ours(&self) -> CorsPolicy {
        let mut policy =
            CorsPolicy::builder().allow_methods(self.methods).allow_headers(self.headers).expose_headers(self.expose);
        policy = if self.origins.is_empty() { policy.allow_any_origin() } else { policy.allow_origins(self.origins) };
        policy = if self.credentials { policy.allow_credentials() } else { policy };
        policy = self.max_age.map(Duration::from_secs).into_iter().fold(policy, |policy, age| policy.max_age(age));
        policy.build(Tier::Production).unwrap()
    }

    fn theirs(&'static self) -> CorsLayer {
        let names = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<HeaderName>>();
        let methods = self.methods.iter().map(|name| name.parse::<Method>().unwrap());
        let exact = self.origins.iter().map(|origin| HeaderValue::from_static(origin));
        let origins = match self.origins {
            [] => AllowOrigin::any(),
            list if list.iter().any(|origin| origin.contains('*')) => {
                AllowOrigin::predicate(move |origin, _| origin.to_str().is_ok_and(|origin| self.allows(origin)))
            }
            _ => AllowOrigin::list(exact),
        };
        let layer = CorsLayer::new().allow_origin(origins).allow_credentials(self.credentials);
        let layer =
            layer.allow_methods(AllowMethods::list(methods)).allow_headers(AllowHeaders::list(names(self.headers)));
        let layer = layer.expose_headers(ExposeHeaders::list(names(self.expose)));
        self.max_age.into_iter().fold(layer, |layer, age| layer.max_age(Duration::from_secs(age)))
    }
}

impl Settings {
    /// Decides with the parsers, not with the code that runs for each request.
    fn allows(&self, origin: &str) -> bool {
        let pattern = |pattern: &&str| OriginPattern::parse(pattern).unwrap();
        let matches = |origin: &Origin| self.origins.iter().map(&pattern).any(|pattern| pattern.matches(origin));
        self.origins.is_empty() || Origin::parse(origin).is_ok_and(|origin| matches(&origin))
    }

    fn allows_method(&self, method: &str) -> bool {
        ["GET", "HEAD", "POST"].contains(&method) || self.methods.contains(&method) || self.methods == ["*"]
    }

    fn allows_headers(&self, lines: &[String]) -> bool {
        let name = |name: &str| self.headers.contains(&name.trim().to_ascii_lowercase().as_str());
        self.headers == ["*"]
            || lines.iter().flat_map(|line| line.split(',')).all(|it| it.trim().is_empty() || name(it))
    }
}

/// A request, and the headers with which the service responds.
#[derive(Debug, Clone)]
struct Case {
    method: Method,
    request: HeaderMap,
    service: HeaderMap,
}

/// The response, in comparable form.
#[derive(Debug, Clone, PartialEq)]
struct Outcome {
    status: u16,
    by_service: bool,
    headers: BTreeMap<String, Vec<String>>,
}

impl Case {
    fn through<L>(&self, layer: &L) -> Outcome
    where
        L: tower::Layer<crate::cors::support::Fixed>,
        L::Service: tower::Service<Request<()>, Response = http::Response<String>, Error = std::convert::Infallible>,
    {
        let mut request = Request::new(());
        (*request.method_mut(), *request.headers_mut()) = (self.method.clone(), self.request.clone());
        let answer = send(layer, request, &self.service);
        let names: BTreeSet<_> = answer.headers().keys().map(|name| name.as_str().to_owned()).collect();
        Outcome {
            status: answer.status().as_u16(),
            by_service: !answer.body().is_empty(),
            headers: names.into_iter().map(|name| (name.clone(), all(answer.headers(), &name))).collect(),
        }
    }

    fn all(&self, name: &str) -> Vec<String> {
        all(&self.request, name)
    }
}

/// Returns the outcome that ours must have: tower-http's, with every allowed difference applied. Records their names.
fn expected(settings: &'static Settings, case: &Case, names: &mut BTreeSet<&'static str>) -> Outcome {
    let layer = settings.theirs();
    let mut case = case.clone();
    let (origins, methods) = (case.all("origin"), case.all("access-control-request-method"));
    let listed = !settings.origins.is_empty();
    let preflight = case.method == Method::OPTIONS && !origins.is_empty() && !methods.is_empty();
    if case.method == Method::OPTIONS && !preflight {
        names.insert("options-for-the-service");
        case.method = Method::GET;
    }
    if origins.len() > 1 && listed {
        names.insert("several-origins");
        case.request.insert("origin", HeaderValue::from_static("https://denied.example"));
    }
    let mut outcome = case.through(&layer);
    let allowed = !listed || origins.len() == 1 && settings.allows(&origins[0]);
    if preflight {
        let asked = case.all("access-control-request-headers");
        let granted = methods.len() == 1 && settings.allows_method(&methods[0]) && settings.allows_headers(&asked);
        preflight_differences(&mut outcome, allowed && granted, listed, names);
    } else {
        answer_differences(&mut outcome, settings, allowed, names);
    }
    if listed && outcome.by_service {
        merge_vary(&mut outcome, &case.service, names);
    }
    outcome
}

fn preflight_differences(outcome: &mut Outcome, allowed: bool, listed: bool, names: &mut BTreeSet<&'static str>) {
    if !allowed {
        names.insert("denied-preflight-403");
        outcome.status = 403;
        outcome.headers.retain(|name, _| !name.starts_with("access-control-"));
    }
    names.insert("preflight-varies-with-what-it-asks");
    let asked = "access-control-request-method, access-control-request-headers";
    let vary = if listed { format!("origin, {asked}") } else { asked.to_owned() };
    outcome.headers.insert("vary".to_owned(), vec![vary]);
}

fn answer_differences(outcome: &mut Outcome, settings: &Settings, allowed: bool, names: &mut BTreeSet<&'static str>) {
    let mut remove = |outcome: &mut Outcome, header: &str, difference| {
        if outcome.headers.remove(header).is_some() {
            names.insert(difference);
        }
    };
    let own = |header: &str| match header {
        "access-control-allow-credentials" => !settings.credentials,
        "access-control-expose-headers" => settings.expose.is_empty(),
        _ => false,
    };
    for header in ["access-control-allow-methods", "access-control-allow-private-network"] {
        remove(outcome, header, "policy-has-the-last-word");
    }
    for header in ["access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers"] {
        match allowed {
            false => remove(outcome, header, "denied-gets-nothing"),
            true if own(header) => remove(outcome, header, "policy-has-the-last-word"),
            true => {}
        }
    }
}

fn merge_vary(outcome: &mut Outcome, service: &HeaderMap, names: &mut BTreeSet<&'static str>) {
    let own = all(service, "vary");
    let named = own.iter().flat_map(|line| line.split(',')).map(str::trim);
    if named.into_iter().any(|name| name == "*" || name.eq_ignore_ascii_case("origin")) {
        names.insert("vary-is-merged");
        outcome.headers.insert("vary".to_owned(), own);
    }
}

/// A generator of the same pseudo-random numbers in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ (mixed >> 31)) as usize % bound
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn lines(
        &mut self,
        name: &'static str,
        counts: &[usize],
        from: &[&'static str],
    ) -> Vec<(&'static str, &'static str)> {
        let count = counts[self.below(counts.len())];
        (0..count).map(|_| (name, self.pick(from))).collect()
    }

    #[rustfmt::skip]
    fn case(&mut self) -> Case {
        let origins = ["https://a.example", "https://b.example", "https://x.p.example", "https://p.example", "null",
            "https://evil.example", "https://a.example.evil.example", "http://a.example", "", "https://A.example"];
        let methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "put", "", "PURGE"];
        let lists = ["content-type", "x-id,authorization", "content-type, x-id", "x-evil", "", "Content-Type,"];
        let mut request = self.lines("origin", &[0, 1, 1, 1, 1, 2], &origins);
        request.extend(self.lines("access-control-request-method", &[0, 1, 1, 1, 2], &methods));
        request.extend(self.lines("access-control-request-headers", &[0, 1, 1, 2], &lists));
        let mut service = self.lines("vary", &[0, 0, 1, 2], &["origin", "accept-encoding", "*", "Accept, Origin"]);
        service.extend(self.lines("access-control-allow-origin", &[0, 0, 0, 1], &["*", "https://evil.example"]));
        service.extend(self.lines("access-control-allow-credentials", &[0, 0, 0, 1], &["true"]));
        service.extend(self.lines("access-control-expose-headers", &[0, 0, 0, 1], &["*", "x-own"]));
        service.extend(self.lines("access-control-allow-methods", &[0, 0, 0, 1], &["*"]));
        service.extend(self.lines("access-control-allow-private-network", &[0, 0, 0, 1], &["true"]));
        service.extend(self.lines("etag", &[0, 1], &["x"]));
        let bytes = |pairs: Vec<(&'static str, &'static str)>| headers(pairs.into_iter().map(|(name, value)| (name, value.as_bytes())));
        Case {
            method: self.pick(&["OPTIONS", "OPTIONS", "OPTIONS", "GET", "POST", "DELETE", "HEAD"]).parse().unwrap(),
            request: bytes(request),
            service: bytes(service),
        }
    }
}

#[test]
fn tower_http_differs_only_in_the_named_ways() {
    let (mut numbers, mut names) = (Numbers(7), BTreeSet::new());
    for settings in POLICIES {
        let policy = settings.ours();
        for _ in 0..3000 {
            let case = numbers.case();
            let ours = case.through(&policy.layer());
            assert_eq!(ours, expected(settings, &case, &mut names), "{:?} {case:?}", settings.origins);
        }
    }
    let documented: BTreeSet<_> = DIFFERENCES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, documented, "each named difference must occur");
}

#[test]
fn the_converted_policy_behaves_like_tower_http_with_the_same_settings() {
    let mut numbers = Numbers(11);
    for settings in POLICIES {
        let (converted, theirs) = (CorsLayer::from(&settings.ours()), settings.theirs());
        for _ in 0..3000 {
            let case = numbers.case();
            assert_eq!(case.through(&converted), case.through(&theirs), "{:?} {case:?}", settings.origins);
        }
    }
}
