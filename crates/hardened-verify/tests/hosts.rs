//! Requests for foreign hosts, and requests that are too large or too slow.

use crate::common::{assert_healthy, failed, manifest, page, serve, small, verdict, verify};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Request},
    http::StatusCode,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::post,
};
use hardened_core::manifest::{HostPromise, LimitPromise, Manifest};
use hardened_verify::{Family, Verification, Verifier};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Returns a service that reads bodies at one path, up to a limit.
fn service(limit: usize) -> Router {
    let parse = |body: Bytes| async move {
        if serde_json::from_slice::<serde_json::Value>(&body).is_ok() {
            StatusCode::CREATED
        } else {
            StatusCode::BAD_REQUEST
        }
    };
    small().route("/tasks", post(parse)).layer(DefaultBodyLimit::max(limit))
}

/// Returns a service that responds with `answer` to requests for a host other than 127.0.0.1.
fn foreign(answer: impl Fn(&str) -> Response + Clone + Send + Sync + 'static) -> Router {
    service(1000).layer(from_fn(move |request: Request, next: Next| {
        let host = request.headers()["host"].to_str().unwrap().to_owned();
        let answer = (!host.starts_with("127.0.0.1")).then(|| answer(&host));
        async move {
            match answer {
                Some(answer) => answer,
                None => next.run(request).await,
            }
        }
    }))
}

fn refuses() -> Router {
    foreign(|_| StatusCode::MISDIRECTED_REQUEST.into_response())
}

/// Returns a manifest that promises the host of the service and limits of bodies and headers.
fn promises(body: u64, header: Option<u64>) -> Manifest {
    let mut manifest = manifest();
    manifest.promises.hosts = Some(HostPromise { allowed: vec!["127.0.0.1".to_owned()], this_machine: false });
    manifest.promises.limits =
        Some(LimitPromise { request_body_bytes: Some(body), request_header_bytes: header, ..LimitPromise::default() });
    manifest
}

async fn promised(router: Router, manifest: Manifest) -> Verification {
    let builder = Verifier::builder(&serve(router).await).unwrap().only(&[Family::Hosts]);
    builder.manifest(manifest).protected_path("/tasks").build().unwrap().run().await
}

#[tokio::test]
async fn a_service_that_enforces_its_limits_passes() {
    let verification = promised(refuses(), promises(1000, None)).await;
    assert_healthy(&verification);
    assert_eq!(verification.count("pass"), 3, "{verification}");
}

#[tokio::test]
async fn each_limit_that_is_not_enforced_is_found_by_its_check() {
    assert_eq!(failed(&promised(service(1000), promises(1000, None)).await), ["hosts-foreign"]);
    assert_eq!(failed(&promised(refuses(), promises(999, None)).await), ["limits-body"]);
    assert_eq!(failed(&promised(refuses(), promises(1000, Some(16_384))).await), ["limits-header"]);
}

#[tokio::test]
async fn a_link_to_a_foreign_host_is_a_finding_without_any_promise() {
    let links = foreign(|host| (StatusCode::FOUND, [("location", format!("https://{host}/login"))]).into_response());
    let run = |router| async move {
        let url = serve(router).await;
        Verifier::builder(&url).unwrap().only(&[Family::Hosts]).build().unwrap().run().await
    };
    assert_eq!(failed(&run(links).await), ["hosts-foreign"]);
    let verification = run(service(1000)).await;
    assert_healthy(&verification);
    assert_eq!(verdict(&verification, "hosts-foreign"), "skipped");
    assert_eq!(verdict(&verification, "limits-body"), "skipped");
    assert_eq!(verdict(&verification, "limits-header"), "pass");
}

#[tokio::test]
async fn a_refusal_by_a_proxy_is_a_refusal_and_its_welcome_page_shows_nothing() {
    for (status, expected) in [(400, "pass"), (403, "pass"), (200, "inconclusive"), (502, "inconclusive")] {
        let verification = promised(foreign(move |_| page(status, "text/html", "")), promises(1000, None)).await;
        assert_eq!(verdict(&verification, "hosts-foreign"), expected, "{status}");
    }
}

#[tokio::test]
async fn host_and_limit_checks_are_skipped_in_process_without_a_promise() {
    let verification = verify(small(), Family::Hosts).await;
    for check in ["hosts-foreign", "limits-body", "limits-header", "limits-slow"] {
        assert_eq!(verdict(&verification, check), "skipped", "{check}");
    }
}

/// Starts a server that closes a connection as soon as it reads an incomplete request head.
async fn impatient() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut bytes = [0; 4096];
                while let Ok(read @ 1..) = stream.read(&mut bytes).await {
                    if !bytes[..read].ends_with(b"\r\n\r\n") {
                        return;
                    }
                    let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").await;
                }
            });
        }
    });
    url
}

#[tokio::test]
async fn a_request_is_held_open_only_with_permission() {
    for (slow, expected, sent) in [(false, "skipped", 0), (true, "pass", 1)] {
        let builder = Verifier::builder(&impatient().await).unwrap().only(&[Family::Hosts]).slow(slow);
        let verification = builder.build().unwrap().run().await;
        assert_eq!(verdict(&verification, "limits-slow"), expected, "{verification}");
        // Two controls, a foreign host, and large headers.
        assert_eq!(verification.sent()[&Family::Hosts], 4 + sent);
    }
}

#[tokio::test]
async fn a_route_that_reads_no_body_shows_no_limit() {
    let builder = Verifier::builder(&serve(refuses()).await).unwrap().only(&[Family::Hosts]);
    let verification = builder.manifest(promises(1000, None)).build().unwrap().run().await;
    assert_eq!(verdict(&verification, "limits-body"), "skipped", "{verification}");
}
