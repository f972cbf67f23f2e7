//! The certificate, old versions of TLS, and responses over `http:`.

use std::net::SocketAddr;

use crate::common::{
    always, assert_healthy, failed, of, page, serve, small,
    tls::{Authority, Certificate, DAY, serve_old_tls, serve_tls},
    verdict,
};
use axum::{
    Router,
    http::{HeaderMap, StatusCode},
    response::IntoResponse as _,
};
use hardened_verify::{Builder, Credential, Error, Family, Verification, Verifier};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};

const NAME: &str = "api.example.com";

/// Returns a verifier that reaches the target by its name at this address.
fn at(address: SocketAddr, authority: &Authority) -> Builder {
    let builder = Verifier::builder(&format!("https://{NAME}")).unwrap().resolve(address);
    builder.ca(authority.pem().as_bytes()).unwrap()
}

async fn run(builder: Builder) -> Verification {
    builder.only(&[Family::Reach, Family::Tls]).build().unwrap().run().await
}

/// Serves over `http:` and returns the port.
async fn plain(router: Router) -> u16 {
    serve(router).await.rsplit(':').next().unwrap().parse().unwrap()
}

/// Returns a port that nothing listens on.
async fn closed() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

async fn with(authority: &Authority, certificate: &Certificate) -> Verification {
    let address = serve_tls(small(), certificate).await;
    run(at(address, authority).plain_port(closed().await)).await
}

#[tokio::test]
async fn a_certificate_must_last_fourteen_days() {
    let authority = Authority::new();
    let hour = DAY / 24;
    assert_healthy(&with(&authority, &authority.issue(NAME, 14 * DAY + hour)).await);
    for lasts in [14 * DAY - hour, hour] {
        let verification = with(&authority, &authority.issue(NAME, lasts)).await;
        assert_eq!(failed(&verification), ["tls-certificate"], "{lasts:?}");
    }
    let reason = of(&with(&authority, &authority.issue(NAME, 9 * DAY + hour)).await, "tls-certificate")[0].to_string();
    assert!(reason.contains("expires within 10 d"), "{reason}");
}

#[tokio::test]
async fn a_certificate_that_clients_refuse_is_a_finding_and_nothing_else_is_shown() {
    let authority = Authority::new();
    for (certificate, reason) in [
        (authority.issue_expired(NAME), "has expired"),
        (authority.issue("other.example.com", 90 * DAY), "for another name"),
        (Authority::new().issue(NAME, 90 * DAY), "not trusted"),
    ] {
        let verification = with(&authority, &certificate).await;
        assert_eq!(failed(&verification), ["reach-answers", "tls-certificate"], "{reason}");
        assert!(of(&verification, "tls-certificate")[0].to_string().contains(reason), "{verification}");
        assert_eq!(verdict(&verification, "tls-old-versions"), "inconclusive");
        assert_eq!(verdict(&verification, "tls-http"), "inconclusive");
    }
}

#[tokio::test]
async fn old_versions_of_tls_must_be_refused() {
    let authority = Authority::new();
    let address = serve_old_tls(small(), &authority.issue(NAME, 90 * DAY)).await;
    let verification = run(at(address, &authority).plain_port(closed().await)).await;
    assert_eq!(failed(&verification), ["tls-old-versions"]);
    assert!(verification.to_string().contains("TLS 1.0"), "{verification}");
}

#[tokio::test]
async fn http_may_lead_to_https_and_nowhere_else() {
    let authority = Authority::new();
    let address = serve_tls(small(), &authority.issue(NAME, 90 * DAY)).await;
    let to = |status: StatusCode, to: &'static str| always(move || (status, [("location", to)]).into_response());
    for (router, expected) in [
        (to(StatusCode::PERMANENT_REDIRECT, "https://api.example.com/health"), "pass"),
        (to(StatusCode::FOUND, "HTTPS://api.example.com/"), "pass"),
        (to(StatusCode::FOUND, "http://api.example.com/login"), "fail"),
        (to(StatusCode::FOUND, "/login"), "fail"),
        (small(), "fail"),
        (always(|| page(401, "text/plain", "")), "fail"),
        (always(|| page(404, "text/plain", "")), "pass"),
        (always(|| page(426, "text/plain", "")), "pass"),
        (always(|| page(502, "text/plain", "")), "inconclusive"),
    ] {
        let verification = run(at(address, &authority).plain_port(plain(router).await)).await;
        assert_eq!(verdict(&verification, "tls-http"), expected);
        assert_eq!(verdict(&verification, "tls-certificate"), "pass");
    }
    let url = format!("https://{NAME}:{}", address.port());
    let of_own_port = Verifier::builder(&url).unwrap().resolve(address).ca(authority.pem().as_bytes()).unwrap();
    assert_eq!(verdict(&run(of_own_port).await, "tls-http"), "skipped");
}

#[tokio::test]
async fn a_service_without_tls_is_a_finding_on_a_public_network_only() {
    let address: SocketAddr = serve(small()).await.trim_start_matches("http://").parse().unwrap();
    for (host, expected) in [("api.example.com", "fail"), ("api.internal", "skipped"), ("127.0.0.1", "skipped")] {
        let builder = Verifier::builder(&format!("http://{host}:{}", address.port())).unwrap().resolve(address);
        assert_eq!(verdict(&run(builder).await, "tls-certificate"), expected, "{host}");
    }
    let authority = Authority::new();
    let verification = run(at(address, &authority)).await;
    assert_eq!(failed(&verification), ["reach-answers", "tls-certificate"]);
    assert!(verification.to_string().contains("does not speak TLS"), "{verification}");
}

#[tokio::test]
async fn an_untrusted_certificate_is_accepted_only_with_a_reason_that_the_report_shows() {
    let address = serve_tls(small(), &Authority::new().issue("other.example.com", DAY)).await;
    let builder = || at(address, &Authority::new());
    assert!(matches!(builder().insecure(" "), Err(Error::Insecure(_))));
    let verification = run(builder().insecure("the staging host has no name yet").unwrap()).await;
    assert_eq!(verdict(&verification, "reach-answers"), "pass");
    assert_eq!(verdict(&verification, "tls-certificate"), "skipped");
    assert!(verification.to_string().contains("the staging host has no name yet"), "{verification}");
}

#[tokio::test]
async fn configured_headers_are_not_sent_over_an_insecure_connection() {
    let key = || Credential::header("x-gateway-key".parse().unwrap(), "k").unwrap();
    let authority = Authority::new();
    let address = serve_tls(needs_key(), &authority.issue(NAME, 90 * DAY)).await;
    let verification = run(at(address, &authority).header(key())).await;
    assert_eq!(verdict(&verification, "reach-missing-path"), "pass", "{verification}");
    let insecure = at(address, &authority).insecure("a test").unwrap().header(key());
    assert!(matches!(insecure.build(), Err(Error::Header(_))));
    let plain = Verifier::builder("http://api.example.com").unwrap().header(key());
    assert!(matches!(plain.build(), Err(Error::Header(_))));
}

/// Returns a service that responds with 404 to requests with the key and with 500 to others.
fn needs_key() -> Router {
    Router::new().fallback(|headers: HeaderMap| async move {
        if headers.get("x-gateway-key").is_some_and(|key| key == "k") {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    })
}

#[tokio::test]
async fn connections_go_through_the_proxy() {
    let authority = Authority::new();
    let address = serve_tls(small(), &authority.issue(NAME, 90 * DAY)).await;
    let proxy = proxy_to(address).await;
    let builder = Verifier::builder(&format!("https://{NAME}")).unwrap().ca(authority.pem().as_bytes()).unwrap();
    let verification = run(builder.proxy(&proxy).unwrap()).await;
    assert_eq!(verdict(&verification, "reach-answers"), "pass", "{verification}");
    assert_eq!(verdict(&verification, "tls-certificate"), "pass");
    // Behind a proxy that refuses to connect to port 80, it is unknown whether the port is closed.
    assert_eq!(verdict(&verification, "tls-http"), "inconclusive");
}

/// Starts a proxy that connects to this address for port 443 of the target and refuses everything else.
async fn proxy_to(address: SocketAddr) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut client, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(client.read_u8().await.unwrap());
                }
                if head.starts_with(format!("CONNECT {NAME}:443 ").as_bytes()) {
                    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                    let mut server = TcpStream::connect(address).await.unwrap();
                    let _ = copy_bidirectional(&mut client, &mut server).await;
                } else {
                    client.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n").await.unwrap();
                }
            });
        }
    });
    url
}

#[test]
fn unusable_certificates_and_proxies_are_refused_before_anything_is_sent() {
    let builder = || Verifier::builder("https://api.example.com").unwrap();
    for pem in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        assert!(matches!(builder().ca(pem.as_bytes()), Err(Error::Ca(_))), "{pem}");
    }
    for proxy in ["", "proxy", "https://proxy", "socks5://proxy", "http://user:word@proxy"] {
        assert!(matches!(builder().proxy(proxy), Err(Error::Proxy(_))), "{proxy}");
    }
    assert!(builder().proxy("http://proxy:3128").is_ok());
}
