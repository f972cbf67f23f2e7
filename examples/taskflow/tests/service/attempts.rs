//! Tests of the limits of attempts.

use hardened_testing::valid_env;
use serde_json::{Value, json};
use taskflow::Settings;

use crate::{
    harness::{PASSWORD, Service, on_own_machine},
    server::{Answer, exchange},
};

/// Starts a service behind a proxy on this machine, with these limits for a client and for an account.
async fn behind_a_proxy(per_client: &str, per_account: &str) -> Service {
    let environment = valid_env::<Settings>().set("TRUSTED_PROXIES", "loopback").set("ATTEMPTS_WINDOW", "24h");
    on_own_machine(environment.set("ATTEMPTS_PER_CLIENT", per_client).set("ATTEMPTS_PER_ACCOUNT", per_account)).await
}

/// Sends a request as the proxy forwards it from a client.
async fn from(client: &str, service: &Service, path: &str, body: &Value) -> Answer {
    let (body, kind) = (body.to_string(), "Content-Type: application/json");
    let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{kind}\r\n");
    let rest = format!("X-Forwarded-For: {client}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    exchange(service.address, &format!("{head}{rest}")).await
}

#[tokio::test]
async fn one_client_has_so_many_attempts_at_each_route_and_others_have_their_own() {
    let service = behind_a_proxy("3", "3").await;
    for path in ["/sign-in", "/sign-up"] {
        for left in ["2", "1", "0"] {
            let answer = from("203.0.113.9", &service, path, &json!({})).await;
            let name = path.trim_start_matches('/');
            assert_eq!(answer.status, 422, "{path}");
            assert_eq!(answer.header("ratelimit"), Some(format!("\"{name}\";r={left}").as_str()), "{path}");
        }
        let refused = from("203.0.113.9", &service, path, &json!({})).await;
        assert_eq!((refused.status, refused.header("content-type")), (429, Some("application/problem+json")));
        let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=8 * 60 * 60).contains(&wait), "{wait}");
        assert_eq!(from("203.0.113.10", &service, path, &json!({})).await.status, 422, "{path}");
    }
    // Routes at which nothing can be guessed are not limited.
    assert_eq!(from("203.0.113.9", &service, "/tasks", &json!({})).await.status, 401);
}

#[tokio::test]
async fn one_client_has_so_many_attempts_at_an_account_whether_it_exists_or_not() {
    let service = behind_a_proxy("1000", "2").await;
    let ada = json!({ "email": "ada@example.com", "password": PASSWORD });
    assert_eq!(from("198.51.100.1", &service, "/sign-up", &ada).await.status, 202);
    let mut refusals = Vec::new();
    for spellings in [["ada@example.com", " ADA@Example.com "], ["eve@example.com", "Eve@example.COM"]] {
        let attempt = |email| json!({ "email": email, "password": "a guess of somebody else" });
        for email in spellings {
            assert_eq!(from("203.0.113.9", &service, "/sign-in", &attempt(email)).await.status, 401, "{email}");
        }
        let refused = from("203.0.113.9", &service, "/sign-in", &attempt(spellings[0])).await;
        assert_eq!(refused.status, 429, "{spellings:?}");
        assert_eq!(refused.header("content-type"), Some("application/problem+json"));
        assert!(refused.header("retry-after").is_some(), "{spellings:?}");
        refusals.push(refused.body);
    }
    assert_eq!(refusals[0], refusals[1]);
    // Other clients are not locked out.
    assert_eq!(from("198.51.100.1", &service, "/sign-in", &ada).await.status, 200);
}

#[tokio::test]
async fn a_client_without_a_trusted_proxy_gets_no_attempts_by_names_that_it_gives_itself() {
    let environment = valid_env::<Settings>().set("ATTEMPTS_PER_CLIENT", "2").set("ATTEMPTS_WINDOW", "24h");
    let service = on_own_machine(environment).await;
    for (client, status) in [("203.0.113.1", 422), ("203.0.113.2", 422), ("203.0.113.3", 429), ("203.0.113.4", 429)] {
        assert_eq!(from(client, &service, "/sign-in", &json!({})).await.status, status, "{client}");
    }
}
