//! Compares `hardened-verify` and the browser on the same services: both must agree on what is readable.

use std::net::{Ipv4Addr, TcpListener};

use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use hardened_core::manifest::{CorsPromise, HttpToken};
use hardened_verify::{Family, Outcome, Verification, Verifier};
use tokio::runtime::Runtime;

/// The headers of every answer; `PAGE` means the origin of the page.
pub(crate) type Headers = &'static [(&'static str, &'static str)];

const ORIGIN: &str = "access-control-allow-origin";
const COOKIES: &str = "access-control-allow-credentials";
const METHODS: &str = "access-control-allow-methods";
const NAMES: &str = "access-control-allow-headers";

/// The headers of a service that permits what it promises.
pub(crate) const HEALTHY: Headers = &[(ORIGIN, "PAGE"), (METHODS, "PUT"), (NAMES, "x-allowed")];

/// The headers of services, with a name for each.
pub(crate) const SAMPLES: &[(&str, Headers)] = &[
    ("nothing", &[]),
    ("the origin", &[(ORIGIN, "PAGE")]),
    ("the origin with credentials", &[(ORIGIN, "PAGE"), (COOKIES, "true")]),
    ("credentials in upper case", &[(ORIGIN, "PAGE"), (COOKIES, "True")]),
    ("credentials as a number", &[(ORIGIN, "PAGE"), (COOKIES, "1")]),
    ("any", &[(ORIGIN, "*")]),
    ("any with credentials", &[(ORIGIN, "*"), (COOKIES, "true")]),
    ("a slash at the end", &[(ORIGIN, "PAGE/")]),
    ("a list", &[(ORIGIN, "PAGE, https://app.example.com")]),
    ("the origin twice", &[(ORIGIN, "PAGE"), (ORIGIN, "PAGE")]),
    ("another origin", &[(ORIGIN, "https://app.example.com")]),
    ("null", &[(ORIGIN, "null")]),
    ("space around", &[(ORIGIN, "  PAGE ")]),
    ("a preflight", HEALTHY),
    ("a preflight in lists", &[(ORIGIN, "PAGE"), (METHODS, "GET, PUT,"), (NAMES, "X-Allowed, a")]),
    ("a preflight for any", &[(ORIGIN, "*"), (METHODS, "*"), (NAMES, "*")]),
    ("a method in lower case", &[(ORIGIN, "PAGE"), (METHODS, "put"), (NAMES, "x-allowed")]),
    ("a missing header", &[(ORIGIN, "PAGE"), (METHODS, "PUT")]),
    ("a malformed list", &[(ORIGIN, "PAGE"), (METHODS, "PUT; GET"), (NAMES, "x-allowed")]),
    ("any for cookies", &[(ORIGIN, "PAGE"), (COOKIES, "true"), (METHODS, "*"), (NAMES, "*")]),
];

/// Starts a service that answers everything with these headers. With `allows_null`, it also allows sandboxed pages.
pub(crate) fn serve(runtime: &Runtime, page: &str, headers: Headers, allows_null: bool) -> String {
    let page = page.to_owned();
    let answer = move |method: Method, asked: HeaderMap| {
        let page = page.clone();
        async move {
            let mut response: Response = match method {
                Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
                _ => "{\"status\":\"ok\"}".into_response(),
            };
            let is_null = asked.get(header::ORIGIN).is_some_and(|origin| origin == "null");
            for (name, value) in headers {
                let value = if is_null && allows_null { "null".to_owned() } else { value.replace("PAGE", &page) };
                let value = HeaderValue::from_str(&value).expect("is the value of a header");
                response.headers_mut().append(HeaderName::from_static(name), value);
            }
            response
        }
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.set_nonblocking(true).expect("does not block");
    let port = listener.local_addr().expect("has an address").port();
    let router = Router::new().route("/health", any(answer)).fallback(async || StatusCode::NOT_FOUND);
    runtime.spawn(async {
        let listener = tokio::net::TcpListener::from_std(listener).expect("is a listener");
        axum::serve(listener, router).await
    });
    format!("http://localhost:{port}")
}

/// Verifies CORS, with the page as the only allowed origin.
pub(crate) fn verify(runtime: &Runtime, service: &str, page: &str, credentials: bool) -> Verification {
    let promise = CorsPromise {
        group: "cors".to_owned(),
        origins: vec![page.parse().expect("is an origin")],
        credentials,
        methods: vec![HttpToken::from("PUT")],
        headers: vec![HttpToken::from("x-allowed")],
        ..CorsPromise::default()
    };
    let builder = Verifier::builder(service).expect("is a URL").only(&[Family::Cors]).cors(promise);
    runtime.block_on(builder.build().expect("is a verifier").run())
}

/// Returns whether a check passed in every case.
pub(crate) fn passes(verification: &Verification, check: &str) -> bool {
    let mut outcomes = verification.outcomes().iter().filter(|outcome| outcome.check().id() == check).peekable();
    assert!(outcomes.peek().is_some(), "there is no check {check}");
    outcomes.all(|outcome| outcome.verdict().name() == "pass")
}

/// Returns whether the verification found the null origin allowed; it must otherwise have found it denied.
pub(crate) fn null_is_allowed(verification: &Verification) -> bool {
    let null = |outcome: &&Outcome| outcome.check().id() == "cors-foreign-origin" && outcome.which() == Some("null");
    match verification.outcomes().iter().find(null).map(|outcome| outcome.verdict().name()) {
        Some("fail") => true,
        Some("pass") => false,
        other => panic!("the null origin was not judged: {other:?}"),
    }
}
