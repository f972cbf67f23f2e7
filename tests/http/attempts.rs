//! The limit on sign-in attempts.

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
async fn a_client_has_a_limit_for_each_account_and_one_for_all_accounts() {
    let settings = load(FEW);
    let app = app(&settings, limit(&settings));
    for (client, account, expected) in [
        ("203.0.113.9", "ada", 401),
        ("203.0.113.9", "ada", 401),
        ("203.0.113.9", "ada", 401),
        ("203.0.113.9", "ada", 429),
        ("203.0.113.9", "bob", 401),
        // The sixth attempt of the client: the refused fourth one counts too.
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
    // Six in a minute: one every ten seconds.
    for (wait, expected) in [(0, 429), (9, 429), (1, 401), (0, 429), (10, 401), (0, 429)] {
        tokio::time::advance(Duration::from_secs(wait)).await;
        let account = format!("after {wait}");
        assert_eq!(attempt(&app, Some("203.0.113.9"), &account).await.status(), expected, "{wait}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_response_says_when_to_retry_and_nothing_about_the_account() {
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
async fn nothing_is_limited_if_the_client_is_not_known() {
    let hidden = [FEW, &[("FLY_APP_NAME", "shop")]].concat();
    let known = [FEW, &[("FLY_APP_NAME", "shop"), ("TRUSTED_PROXIES", "none")]].concat();
    for (variables, client, expected) in [
        (&hidden[..], Some("203.0.113.9"), 401),
        (FEW, None, 401),
        // The operator says that there is no proxy.
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

/// A shared store that counts its calls, and returns the given result after this many milliseconds.
#[derive(Debug)]
struct Remote(Arc<AtomicUsize>, Result<Attempt, &'static str>, u64);

impl AttemptStore for Remote {
    type Error = &'static str;

    async fn attempt(&self, _: &AttemptKey, _: Quota) -> Result<Attempt, &'static str> {
        self.0.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(self.2)).await;
        self.1
    }
}

#[tokio::test(start_paused = true)]
async fn a_shared_store_counts_and_this_process_counts_while_the_store_does_not_answer() {
    const REFUSED: Result<Attempt, &str> = Ok(Attempt::Refused { wait: Duration::from_secs(7) });
    for (says, after, expected) in [
        (REFUSED, 0, [429, 429, 429, 429]),
        (REFUSED, 999, [429, 429, 429, 429]),
        (Ok(Attempt::Allowed { remaining: 0 }), 0, [200, 200, 200, 200]),
        (Err("no connection"), 0, [200, 200, 200, 429]),
        // A store that hangs does not keep people from signing in.
        (REFUSED, 1001, [200, 200, 200, 429]),
        (REFUSED, 1_000_000, [200, 200, 200, 429]),
    ] {
        let settings = load(&[("ATTEMPTS_PER_CLIENT", "3")]);
        let asked = Arc::default();
        let store = Remote(Arc::clone(&asked), says, after);
        let limit = AttemptLimit::shared_by(store, "sign-in", &settings.attempts, &settings.proxies);
        let app = Router::new()
            .route("/sign-in", post(|| async {}).layer(limit.layer()))
            .layer(settings.http.layer().clients(&settings.proxies));
        for expected in expected {
            assert_eq!(attempt(&app, Some("203.0.113.9"), "").await.status(), expected, "{says:?} {after}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 4);
    }
}

/// The store of this process needs no runtime.
#[test]
fn attempts_are_counted_without_a_runtime() {
    let settings = load(FEW);
    let limit = limit(&settings);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let peer = PeerAddress::from("203.0.113.9".parse::<IpAddr>().unwrap());
    let client = hardened::layers::Clients::new(&settings.proxies).client(peer, &http::HeaderMap::new());
    for expected in [true, true, true, false] {
        let counted = std::pin::pin!(limit.account(client, "ada")).poll(&mut context).map(|counted| counted.is_ok());
        assert_eq!(counted, std::task::Poll::Ready(expected));
    }
}

#[tokio::test(start_paused = true)]
async fn the_response_describes_each_limit_that_a_request_meets() {
    let settings = load(FEW);
    let others = load(&[("ATTEMPTS_PER_CLIENT", "9")]);
    let (inner, outer) = (limit(&settings), AttemptLimit::new("all", &others.attempts, &others.proxies));
    let app = Router::new()
        .route("/sign-in", post(|| async {}).layer(inner.layer()))
        .layer(outer.layer())
        .layer(settings.http.layer().clients(&settings.proxies));
    let mut answers = Vec::new();
    for _ in 0..10 {
        let answer = attempt(&app, Some("203.0.113.9"), "").await;
        let all = |name| -> Vec<_> {
            answer.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
        };
        answers.push((answer.status().as_u16(), all("ratelimit-policy"), all("ratelimit"), all("retry-after")));
    }
    let both = vec![r#""sign-in";q=6;w=60"#.to_owned(), r#""all";q=9;w=60"#.to_owned()];
    let told = |at: usize| (answers[at].0, &answers[at].1, answers[at].2.join(", "), answers[at].3.concat());
    assert_eq!(told(0), (200, &both, r#""sign-in";r=5, "all";r=8"#.to_owned(), String::new()));
    assert_eq!(told(6), (429, &both, r#""sign-in";r=0;t=10, "all";r=2"#.to_owned(), "10".to_owned()));
    // The outer limit refuses the request before it reaches the inner one.
    assert_eq!(told(9), (429, &both[1..].to_vec(), r#""all";r=0;t=7"#.to_owned(), "7".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_grpc_call_ends_with_a_grpc_status_and_any_other_request_with_429() {
    use axum::http::Version;
    let settings = load(FEW);
    let app = app(&settings, limit(&settings));
    for _ in 0..6 {
        attempt(&app, Some("203.0.113.9"), "ada").await;
    }
    for (version, kind, is_call) in [
        (Version::HTTP_2, "application/grpc", true),
        (Version::HTTP_2, "application/grpc+proto", true),
        (Version::HTTP_2, "application/grpc-web", false),
        (Version::HTTP_2, "application/json", false),
        (Version::HTTP_11, "application/grpc", false),
    ] {
        let request =
            Request::post("/sign-in").version(version).header("host", "a.example").header("content-type", kind);
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(PeerAddress::from("203.0.113.9".parse::<IpAddr>().unwrap()));
        let response = app.clone().oneshot(request).await.unwrap();
        let text = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let expected =
            if is_call { (200, Some("8"), "application/grpc") } else { (429, None, "application/problem+json") };
        assert_eq!(response.status(), expected.0, "{version:?} {kind}");
        assert_eq!(text("grpc-status").as_deref(), expected.1, "{version:?} {kind}");
        assert_eq!(text("content-type").as_deref(), Some(expected.2), "{version:?} {kind}");
        assert_eq!(text("retry-after").as_deref(), Some("10"), "{version:?} {kind}");
        assert_eq!(text("ratelimit").as_deref(), Some(r#""sign-in";r=0;t=10"#), "{version:?} {kind}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body.is_empty(), is_call, "{version:?} {kind}");
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
        // However long the window is, all attempts may come within one minute.
        (&[("ATTEMPTS_PER_ACCOUNT", "100"), ("ATTEMPTS_WINDOW", "24h")], &[]),
        (&[("ATTEMPTS_PER_ACCOUNT", "101"), ("ATTEMPTS_WINDOW", "24h")], &["http-attempts ATTEMPTS_PER_ACCOUNT"]),
        (&[("ATTEMPTS_PER_ACCOUNT", "1"), ("ATTEMPTS_WINDOW", "600ms")], &["setting-malformed ATTEMPTS_WINDOW"]),
        (&[("ATTEMPTS_PER_ACCOUNT", "2"), ("ATTEMPTS_WINDOW", "1s")], &["http-attempts ATTEMPTS_PER_ACCOUNT"]),
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
