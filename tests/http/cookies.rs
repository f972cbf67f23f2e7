//! The session cookie: its attributes in each tier, and the requests that have a session.

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderValue, Request, header, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse},
    routing::{get, post},
};
use hardened::{
    Config, Environment, Loaded, Loader, Refusal, Tier,
    auth::{Session, SessionCookie, SessionSettings, SessionTooLarge},
    manifest::SameSite,
    rule,
};
use http_body_util::BodyExt as _;
use test_support::KEY;
use tower::ServiceExt as _;

fn environment(tier: &str, variables: &[(&'static str, &str)]) -> Environment {
    let environment = Environment::empty().set("ENVIRONMENT", tier).set("SESSION_COOKIE_KEY", KEY);
    variables.iter().fold(environment, |environment, (name, value)| environment.set(*name, *value))
}

fn load(tier: &str, variables: &[(&'static str, &str)]) -> Result<Loaded<SessionSettings>, Refusal> {
    Loader::new().environment(environment(tier, variables)).load()
}

/// Returns the name and attributes of the cookie, without its value.
fn shape(settings: &SessionSettings) -> String {
    let set = settings.cookie().set("user-7").unwrap();
    let (name, rest) = set.to_str().unwrap().split_once('=').unwrap();
    let (_, attributes) = rest.split_once("; ").unwrap();
    format!("{name}; {attributes}")
}

#[test]
fn the_attributes_are_the_strictest_unless_something_else_is_set() {
    for (variables, expected) in [
        (&[][..], "__Host-session; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200"),
        (&[("SESSION_COOKIE_NAME", "shop")], "__Host-shop; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200"),
        (&[("SESSION_COOKIE_LIFETIME", "1h")], "__Host-session; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=3600"),
        (
            &[("SESSION_COOKIE_SAME_SITE", "strict")],
            "__Host-session; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=43200",
        ),
        (
            &[("SESSION_COOKIE_SAME_SITE", "none")],
            "__Host-session; HttpOnly; SameSite=None; Secure; Path=/; Max-Age=43200",
        ),
    ] {
        for tier in ["development", "test", "preview", "production"] {
            let settings = load(tier, variables).unwrap();
            assert_eq!(shape(&settings), expected, "{tier} {variables:?}");
        }
    }
}

#[test]
fn a_cookie_for_a_domain_gives_up_the_prefix_of_one_host_and_takes_a_waiver() {
    let variables = [("SESSION_COOKIE_DOMAIN", "Example.com")];
    assert!(
        load("production", &variables).unwrap_err().report().refuses("http-cookie-domain", "SESSION_COOKIE_DOMAIN")
    );
    let loader = Loader::new().environment(environment("production", &variables));
    let waived = loader.waive(rule::HTTP_COOKIE_DOMAIN, "SESSION_COOKIE_DOMAIN", "shop and blog share the sign-in");
    let settings = waived.load::<SessionSettings>().unwrap();
    let expected = "__Secure-session; HttpOnly; SameSite=Lax; Secure; Path=/; Domain=example.com; Max-Age=43200";
    assert_eq!(shape(&settings), expected);
    assert_eq!(Loaded::report(&settings).waivers()[0].reason(), "shop and blog share the sign-in");
}

#[test]
fn a_cookie_without_secure_is_for_development_and_test_only() {
    let variables = [("SESSION_COOKIE_SECURE", "false")];
    for tier in ["development", "test"] {
        let settings = load(tier, &variables).unwrap();
        assert_eq!(shape(&settings), "session; HttpOnly; SameSite=Lax; Path=/; Max-Age=43200", "{tier}");
        let report = Loaded::report(&settings);
        assert!(report.findings().iter().any(|finding| finding.code() == "http-cookie-insecure"), "{report}");
    }
    for tier in ["preview", "production", "something else"] {
        let loader = Loader::new().environment(environment(tier, &variables));
        let waived = loader.waive(rule::HTTP_COOKIE_INSECURE, "SESSION_COOKIE_SECURE", "the network is ours");
        let refusal = waived.load::<SessionSettings>().unwrap_err();
        assert!(refusal.report().refuses("http-cookie-insecure", "SESSION_COOKIE_SECURE"), "{tier}: {refusal}");
    }
}

#[test]
fn a_cookie_for_other_sites_is_secure() {
    let variables = [("SESSION_COOKIE_SAME_SITE", "none"), ("SESSION_COOKIE_SECURE", "false")];
    let refusal = load("development", &variables).unwrap_err();
    assert!(refusal.report().findings().iter().any(|finding| finding.code() == "setting-inconsistent"), "{refusal}");
}

#[test]
fn clearing_has_the_attributes_of_setting() {
    let clear = load("production", &[]).unwrap().cookie().clear();
    assert_eq!(clear, "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0");
}

#[derive(Debug, Config)]
struct Two {
    #[config(nested)]
    users: SessionSettings,
    #[config(nested, prefix = "ADMIN_")]
    admins: SessionSettings,
}

#[test]
fn two_groups_promise_two_cookies_whose_values_cannot_be_exchanged() {
    let other_key: String = KEY.chars().rev().collect();
    let environment = environment("production", &[("ADMIN_SESSION_COOKIE_NAME", "admin")])
        .set("ADMIN_SESSION_COOKIE_KEY", &other_key)
        .set("ADMIN_SESSION_COOKIE_SAME_SITE", "strict");
    let settings = Loader::new().environment(environment).load::<Two>().unwrap();
    let promised = Loaded::manifest(&settings).promises.cookies.unwrap();
    let promised: Vec<_> = promised.iter().map(|it| (it.group.as_str(), it.name.as_str(), it.same_site)).collect();
    let expected = [("admins", "__Host-admin", SameSite::Strict), ("users", "__Host-session", SameSite::Lax)];
    assert_eq!(promised, expected);
    let (users, admins) = (settings.users.cookie(), settings.admins.cookie());
    let set = users.set("user-7").unwrap();
    let value = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap().1.to_owned();
    let request = |name: &str| [(header::COOKIE, HeaderValue::from_str(&format!("{name}={value}")).unwrap())];
    assert_eq!(users.read(&request("__Host-session").into_iter().collect()).unwrap().value(), "user-7");
    assert!(admins.read(&request("__Host-admin").into_iter().collect()).is_none());
}

#[test]
fn nothing_shows_the_key_or_a_session() {
    let settings = load("production", &[]).unwrap();
    let cookie = settings.cookie();
    let set = cookie.set("CaNaRy7").unwrap();
    let sent = HeaderValue::from_bytes(set.as_bytes().split(|byte| *byte == b';').next().unwrap()).unwrap();
    let session = cookie.read(&[(header::COOKIE, sent)].into_iter().collect()).unwrap();
    assert_eq!(session.value(), "CaNaRy7");
    let manifest = Loaded::manifest(&settings).to_json();
    let table = Loaded::table(&settings).to_string();
    for text in [format!("{:?}", &*settings), format!("{cookie:?}"), format!("{session:?}"), manifest, table] {
        assert!(!text.contains("CaNaRy7") && !text.contains(KEY), "{text}");
    }
    assert!(set.is_sensitive() && format!("{set:?}") == "Sensitive");
}

fn app(cookie: SessionCookie) -> Router {
    async fn sign_in(State(cookie): State<SessionCookie>, value: String) -> Result<impl IntoResponse, SessionTooLarge> {
        Ok(AppendHeaders([(SET_COOKIE, cookie.set(&value)?)]))
    }
    async fn me(session: Session) -> String {
        session.value().to_owned()
    }
    async fn greeting(session: Option<Session>) -> String {
        session.map_or_else(|| "stranger".to_owned(), |session| session.value().to_owned())
    }
    Router::new()
        .route("/sign-in", post(sign_in))
        .route("/me", get(me))
        .route("/greeting", get(greeting))
        .with_state(cookie)
}

async fn ask(app: &Router, path: &str, cookie: &str) -> (u16, String) {
    let request = Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_handler_gets_the_session_and_a_request_without_one_gets_401() {
    let app = app(load("production", &[]).unwrap().cookie());
    let request = Request::post("/sign-in").body(Body::from("user-7")).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    let set = response.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    let cookie = set.split(';').next().unwrap().to_owned();
    assert_eq!(ask(&app, "/me", &cookie).await, (200, "user-7".to_owned()));
    assert_eq!(ask(&app, "/greeting", &format!("theme=dark; {cookie}")).await, (200, "user-7".to_owned()));
    let without_prefix = cookie.trim_start_matches("__Host-").to_owned();
    for hostile in
        ["", "theme=dark", "__Host-session=", "__Host-session=x", &cookie[..cookie.len() - 2], &without_prefix]
    {
        assert_eq!(ask(&app, "/me", hostile).await, (401, String::new()), "{hostile}");
        assert_eq!(ask(&app, "/greeting", hostile).await, (200, "stranger".to_owned()), "{hostile}");
    }
    // A second cookie with another value: someone else set it.
    assert_eq!(ask(&app, "/me", &format!("{cookie}; __Host-session=x")).await.0, 401);
    let large = Request::post("/sign-in").body(Body::from("x".repeat(4096))).unwrap();
    assert_eq!(app.clone().oneshot(large).await.unwrap().status(), 500);
}

#[test]
fn a_start_in_each_tier_needs_a_good_key() {
    for tier in Tier::ALL {
        let environment = Environment::empty().set("ENVIRONMENT", tier.name());
        let refusal = Loader::new().environment(environment).load::<SessionSettings>().unwrap_err();
        assert!(refusal.report().refuses("secret-missing", "SESSION_COOKIE_KEY"), "{refusal}");
    }
}
