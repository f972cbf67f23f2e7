//! The limit of attempts at signing in.

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Request, StatusCode},
    response::Response,
    routing::post,
};
use hardened::{
    Config, Environment, Http, Loaded, Loader,
    auth::Attempts,
    layers::{Attempt, AttemptKey, AttemptLimit, AttemptStore, ClientAddress, PeerAddress, Quota, TooManyAttempts},
    listen::TrustedProxies,
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    proxies: TrustedProxies,
    #[config(nested)]
    attempts: Attempts,
}

fn load(variables: &[(&'static str, &str)]) -> Loaded<Settings> {
    let environment =
        variables.iter().fold(Environment::empty(), |environment, (name, value)| environment.set(*name, *value));
    Loader::new().environment(environment).load().unwrap()
}

fn limit(settings: &Settings) -> AttemptLimit {
    AttemptLimit::new("sign-in", &settings.attempts, &settings.proxies)
}

/// A service in which only the account `ada` exists.
fn app(settings: &Settings, limit: AttemptLimit) -> Router {
    async fn sign_in(
        State(limit): State<AttemptLimit>,
        client: Option<axum::Extension<ClientAddress>>,
        account: String,
    ) -> Result<StatusCode, TooManyAttempts> {
        limit.account(client.map(|client| client.0), &account).await?;
        Ok(StatusCode::UNAUTHORIZED)
    }
    Router::new()
        .route("/sign-in", post(sign_in).layer(limit.layer()))
        .with_state(limit)
        .layer(settings.http.layer().clients(&settings.proxies))
}

async fn attempt(app: &Router, client: Option<&str>, account: &str) -> Response {
    let mut request =
        Request::post("/sign-in").header("host", "api.example.com").body(Body::from(account.to_owned())).unwrap();
    if let Some(client) = client {
        request.extensions_mut().insert(PeerAddress::from(client.parse::<IpAddr>().unwrap()));
    }
    app.clone().oneshot(request).await.unwrap()
}

const FEW: &[(&str, &str)] = &[("ATTEMPTS_PER_CLIENT", "6"), ("ATTEMPTS_PER_ACCOUNT", "3"), ("ATTEMPTS_WINDOW", "1m")];

#[tokio::test(start_paused = true)]
async fn a_client_may_try_an_account_so_often_and_all_accounts_so_often() {
    let settings = load(FEW);
    let app = app(&settings, limit(&settings));
    for (client, account, expected) in [
        ("203.0.113.9", "ada", 401),
        ("203.0.113.9", "ada", 401),
        ("203.0.113.9", "ada", 401),
        ("203.0.113.9", "ada", 429),
        ("203.0.113.9", "bob", 401),
        // The sixth of the client; the fourth was one as well.
        ("203.0.113.9", "bob", 401),
        ("203.0.113.9", "bob", 429),
        ("203.0.113.9", "eve", 429),
        // Others are not locked out.
        ("203.0.113.10", "ada", 401),
        ("2001:db8::1", "ada", 401),
        ("2001:db8::2", "ada", 401),
        ("2001:db8::3", "ada", 401),
        ("2001:db8::4", "ada", 429),
    ] {
        assert_eq!(attempt(&app, Some(client), account).await.status(), expected, "{client} {account}");
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_come_back_one_by_one() {
    let settings = load(FEW);
    let app = app(&settings, limit(&settings));
    for _ in 0..6 {
        attempt(&app, Some("203.0.113.9"), "someone").await;
    }
    // Six in a minute: one in ten seconds.
    for (wait, expected) in [(0, 429), (9, 429), (1, 401), (0, 429), (10, 401), (0, 429)] {
        tokio::time::advance(Duration::from_secs(wait)).await;
        let account = format!("after {wait}");
        assert_eq!(attempt(&app, Some("203.0.113.9"), &account).await.status(), expected, "{wait}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_answer_says_when_to_come_back_and_nothing_of_the_account() {
    let settings = load(FEW);
    let app = app(&settings, limit(&settings));
    let first = attempt(&app, Some("203.0.113.9"), "ada").await;
    let header = |response: &Response, name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header(&first, "ratelimit-policy"), r#""sign-in";q=6;w=60"#);
    assert_eq!(header(&first, "ratelimit"), r#""sign-in";r=5"#);
    let mut refused = Vec::new();
    for account in ["ada", "nobody"] {
        for _ in 0..6 {
            attempt(&app, Some("203.0.113.9"), account).await;
        }
        refused.push(attempt(&app, Some("203.0.113.9"), account).await);
    }
    let mut seen = Vec::new();
    for response in refused {
        assert_eq!(response.status(), 429);
        assert_eq!(header(&response, "retry-after"), "10");
        assert_eq!(header(&response, "ratelimit"), r#""sign-in";r=0;t=10"#);
        assert_eq!(header(&response, "content-type"), "application/problem+json");
        let headers = response.headers().clone();
        seen.push((headers, response.into_body().collect().await.unwrap().to_bytes()));
    }
    assert_eq!(seen[0], seen[1]);
    let document: serde_json::Value = serde_json::from_slice(&seen[0].1).unwrap();
    assert_eq!(document["status"], 429);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_limited_where_the_client_is_not_known() {
    let hidden = [FEW, &[("FLY_APP_NAME", "shop")]].concat();
    let known = [FEW, &[("FLY_APP_NAME", "shop"), ("TRUSTED_PROXIES", "none")]].concat();
    for (variables, client, expected) in [
        (&hidden[..], Some("203.0.113.9"), 401),
        (FEW, None, 401),
        // An operator who says that there is no proxy is believed.
        (&known[..], Some("203.0.113.9"), 429),
        (FEW, Some("203.0.113.9"), 429),
    ] {
        let settings = load(variables);
        let app = app(&settings, limit(&settings));
        for _ in 0..6 {
            attempt(&app, client, "ada").await;
        }
        assert_eq!(attempt(&app, client, "bob").await.status(), expected, "{variables:?}");
    }
}

/// Refuses, or fails.
#[derive(Debug)]
struct Remote(Arc<AtomicUsize>, Result<Attempt, &'static str>);

impl AttemptStore for Remote {
    type Error = &'static str;

    async fn attempt(&self, _: &AttemptKey, _: Quota) -> Result<Attempt, &'static str> {
        self.0.fetch_add(1, Ordering::Relaxed);
        self.1
    }
}

#[tokio::test(start_paused = true)]
async fn a_shared_store_counts_and_this_process_while_it_does_not_answer() {
    for (says, expected) in [
        (Ok(Attempt::Refused { wait: Duration::from_secs(7) }), [429, 429, 429, 429]),
        (Ok(Attempt::Allowed { remaining: 0 }), [200, 200, 200, 200]),
        (Err("no connection"), [200, 200, 200, 429]),
    ] {
        let settings = load(&[("ATTEMPTS_PER_CLIENT", "3")]);
        let asked = Arc::default();
        let store = Remote(Arc::clone(&asked), says);
        let limit = AttemptLimit::shared_by(store, "sign-in", &settings.attempts, &settings.proxies);
        let app = Router::new()
            .route("/sign-in", post(|| async {}).layer(limit.layer()))
            .layer(settings.http.layer().clients(&settings.proxies));
        for expected in expected {
            assert_eq!(attempt(&app, Some("203.0.113.9"), "").await.status(), expected, "{says:?}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 4);
    }
}

#[test]
fn only_a_window_and_numbers_that_limit_are_accepted() {
    for (variables, expected) in [
        (&[][..], &[][..]),
        (&[("ATTEMPTS_WINDOW", "1s"), ("ATTEMPTS_PER_ACCOUNT", "1")], &[]),
        (&[("ATTEMPTS_WINDOW", "24h")], &[]),
        (&[("ATTEMPTS_WINDOW", "999ms")], &["setting-malformed ATTEMPTS_WINDOW"]),
        (&[("ATTEMPTS_WINDOW", "25h")], &["setting-malformed ATTEMPTS_WINDOW"]),
        (&[("ATTEMPTS_PER_CLIENT", "0")], &["setting-malformed ATTEMPTS_PER_CLIENT"]),
        (&[("ATTEMPTS_PER_ACCOUNT", "0")], &["setting-malformed ATTEMPTS_PER_ACCOUNT"]),
        (&[("ATTEMPTS_PER_ACCOUNT", "100")], &[]),
        (&[("ATTEMPTS_PER_ACCOUNT", "101")], &["http-attempts ATTEMPTS_PER_ACCOUNT"]),
        (&[("ATTEMPTS_PER_ACCOUNT", "101"), ("ENVIRONMENT", "development")], &[]),
    ] {
        let environment =
            variables.iter().fold(Environment::empty(), |environment, (name, value)| environment.set(*name, *value));
        let outcome = Loader::new().environment(environment).load::<Attempts>();
        let report = match &outcome {
            Ok(attempts) => Loaded::report(attempts),
            Err(refusal) => refusal.report(),
        };
        let told: Vec<_> = report.findings().iter().map(|one| format!("{} {}", one.code(), one.subject())).collect();
        assert_eq!(told, expected, "{variables:?}");
    }
}
