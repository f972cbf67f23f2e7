//! The requests that test whether a protection holds. Each has a positive control, because a service that does not answer
//! would seem protected.

use super::{
    Protection,
    app::{ACCOUNT_ATTEMPTS, CLIENT_ATTEMPTS, ORIGIN, TEXT, USER},
    ask::Ask,
};
use crate::server::Answer;

/// Returns whether a protection holds, as far as a client can see.
pub async fn holds(protection: Protection, ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    let hello = ask(Ask::get("/")).await;
    assert_eq!((hello.status, hello.body.as_str()), (200, "hello"), "{protection:?}");
    match protection {
        Protection::Hosts => hosts(ask).await,
        Protection::Docs => docs(ask).await,
        Protection::Headers => headers(ask).await,
        Protection::Cors => cors(ask).await,
        Protection::Errors => errors(ask).await,
        Protection::Health => health(ask).await,
        Protection::Client => client(ask).await,
        Protection::Https => https(ask).await,
        Protection::Session => session(ask).await,
        Protection::AttemptsOfClient => attempts_of_client(ask).await,
        Protection::Attempts => attempts(ask).await,
        Protection::Serve => limits(ask).await,
    }
}

async fn hosts(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    let foreign = ask(Ask::get("/").to("evil.example")).await;
    let odd = ask(Ask::get("/").to("evil.example/.api.example.com")).await;
    // A framework may have made it part of the request target, which then names a foreign host.
    foreign.status == 421 && matches!(odd.status, 400 | 421)
}

async fn docs(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    for path in ["/docs", "/docs/", "//docs", "/%64ocs", "/x/../docs"] {
        let page = ask(Ask::get(path)).await;
        if page.status != 404 || !page.body.is_empty() {
            return false;
        }
    }
    true
}

async fn headers(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    for asked in [Ask::get("/"), Ask::get("/docs"), Ask::get("/fails")] {
        let answer = ask(asked).await;
        let is_sniffed = answer.header("x-content-type-options") != Some("nosniff");
        if is_sniffed || answer.header("content-security-policy").is_none() || answer.header("server").is_some() {
            return false;
        }
    }
    true
}

async fn cors(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    const ALLOWED: (&str, &str) = ("origin", ORIGIN);
    const DENIED: (&str, &str) = ("origin", "https://evil.example");
    const POST: (&str, &str) = ("access-control-request-method", "POST");
    let preflight = Ask { method: "OPTIONS", ..Ask::get("/") };
    let (allowed, denied) = (ask(Ask::get("/").with(&[ALLOWED])).await, ask(Ask::get("/").with(&[DENIED])).await);
    let (first, refused) = (ask(preflight.with(&[ALLOWED, POST])).await, ask(preflight.with(&[DENIED, POST])).await);
    let reader = |answer: &Answer| answer.header("access-control-allow-origin").map(str::to_owned);
    [&allowed, &first].into_iter().all(|answer| reader(answer).as_deref() == Some(ORIGIN))
        && [&denied, &refused].into_iter().all(|answer| reader(answer).is_none())
        && refused.status == 403
}

async fn errors(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    let answer = ask(Ask::get("/fails")).await;
    assert_eq!(answer.status, 500);
    !answer.body.contains(TEXT) && answer.header("content-type") == Some("application/problem+json")
}

async fn health(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    let answer = ask(Ask::get("/readyz").to("10.42.0.7:8080")).await;
    answer.status == 200 && answer.body.contains(r#""status":"ok""#)
}

async fn client(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    const CHAIN: &[(&str, &str)] = &[("x-forwarded-for", "198.51.100.1, 203.0.113.7")];
    ask(Ask::get("/client").with(CHAIN)).await.body == "203.0.113.7"
}

async fn https(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    const CLEAR: &[(&str, &str)] = &[("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "http")];
    const TLS: &[(&str, &str)] = &[("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", "https")];
    let (sent, answered) = (ask(Ask::get("/").with(CLEAR)).await, ask(Ask::get("/").with(TLS)).await);
    assert_eq!(answered.status, 200);
    sent.status == 308 && sent.header("location") == Some("https://api.example.com/")
}

async fn session(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    let begun = ask(Ask::post("/session", "")).await;
    let Some((cookie, attributes)) = begun.header("set-cookie").and_then(|set| set.split_once(';')) else {
        return false;
    };
    let with = |cookie: String| {
        // The leak is harmless, because a test is short.
        let headers: &'static [(&str, &str)] = vec![("cookie", &*cookie.leak())].leak();
        Ask::get("/me").with(headers)
    };
    let (same, tampered) = (ask(with(cookie.to_owned())).await, ask(with(format!("{cookie}A"))).await);
    let is_guarded = ["Secure", "HttpOnly"].into_iter().all(|attribute| attributes.contains(attribute));
    is_guarded && same.body == USER && tampered.status == 401 && ask(Ask::get("/me")).await.status == 401
}

async fn attempts_of_client(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    const ONE: &[(&str, &str)] = &[("x-forwarded-for", "203.0.113.20")];
    const OTHER: &[(&str, &str)] = &[("x-forwarded-for", "203.0.113.21")];
    let mut statuses = Vec::new();
    for client in [[ONE; CLIENT_ATTEMPTS].as_slice(), &[ONE, OTHER]].concat() {
        statuses.push(ask(Ask::post("/token", "").with(client)).await.status);
    }
    statuses == [200, 200, 200, 429, 200]
}

async fn attempts(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    let mut statuses = Vec::new();
    for _ in 0..=ACCOUNT_ATTEMPTS {
        statuses.push(ask(Ask::post("/sign-in", "anna")).await.status);
    }
    let other = ask(Ask::post("/sign-in", "bert")).await;
    let (last, before) = statuses.split_last().unwrap();
    *last == 429 && before.iter().all(|status| *status == 200) && other.status == 200
}

async fn limits(ask: &impl AsyncFn(Ask) -> Answer) -> bool {
    const LARGE: &str = include_str!("holds.rs");
    assert!(LARGE.len() > super::app::BODY);
    ask(Ask::post("/echo", "small")).await.body == "small" && ask(Ask::post("/echo", LARGE)).await.status == 413
}
