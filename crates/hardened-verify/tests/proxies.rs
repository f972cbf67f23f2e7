//! A service behind nginx and Caddy: healthy, and with a front end that changes what the service promised.

use std::{fs, time::SystemTime};

use crate::common::{
    assert_healthy,
    cors::{APP, Api, TOKEN, policy},
    failed, manifest, page, serve,
    tls::{Authority, Certificate, DAY},
    verdict,
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::{Next, from_fn},
    response::IntoResponse as _,
};
use hardened_core::manifest::{HealthContract, Manifest};
use hardened_verify::{Builder, Credential, Family, User, Verification, Verifier};
use test_support::front::{Front, Place, start};

const NAME: &str = "api.example.com";

const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
];

/// Returns a healthy service with the health check of the library, security headers and a CORS policy.
fn service() -> Router {
    Api::default().router().layer(from_fn(|request: Request, next: Next| async move {
        let mut response = if request.uri().path() == "/health" && request.headers().get("origin").is_none() {
            let time = humantime::format_rfc3339_millis(SystemTime::now());
            let body = format!("{{\"status\":\"ok\",\"environment\":\"production\",\"timestamp\":\"{time}\"}}");
            page(200, "application/json", body).into_response()
        } else {
            next.run(request).await
        };
        for (name, value) in HEADERS {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }))
}

fn promised() -> Manifest {
    let mut manifest = manifest();
    for (name, value) in HEADERS {
        manifest.promises.header(name, value);
    }
    manifest.promises.health_check("/health", HealthContract::Deep).hidden_docs("/docs");
    manifest.promises.cors = vec![policy(&[APP])];
    manifest
}

fn families() -> Vec<Family> {
    let others = [Family::Tokens, Family::Isolation];
    Family::ALL.iter().copied().filter(|family| !others.contains(family)).collect()
}

fn prepared(front: &Front, url: &str, authority: &Authority) -> Builder {
    let builder = Verifier::builder(url).unwrap().resolve(front.secure).plain_port(front.plain);
    let builder = builder.ca(authority.pem().as_bytes()).unwrap().only(&families()).manifest(promised());
    builder.protected_path("/tasks").credential(User::A, Credential::bearer(TOKEN).unwrap())
}

fn write(place: &Place<'_>, certificate: &Certificate) {
    fs::write(place.folder.join("chain.pem"), &certificate.chain).unwrap();
    fs::write(place.folder.join("key.pem"), &certificate.key).unwrap();
}

/// Starts nginx with TLS, HTTP/2 and a redirect from `http:`. `everything` is added to the `http` block and `server` to the
/// server with TLS; in both, `BACK` is the URL of the service.
async fn nginx(everything: &str, server: &str, authority: &Authority) -> Option<Front> {
    let back = serve(service()).await;
    let certificate = authority.issue(NAME, 90 * DAY);
    start(
        "nginx",
        |file| vec!["-c".to_owned(), file.display().to_string(), "-e".to_owned(), "/dev/null".to_owned()],
        |place| {
            write(place, &certificate);
            let Place { secure, plain, folder } = place;
            let folder = folder.display();
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map(|name| format!("{name}_temp_path {folder}/{name};\n"))
                .concat();
            format!(
                "daemon off; master_process off; pid {folder}/pid;
                events {{}}
                http {{
                    access_log off; server_tokens off; {temporary} {everything}
                    proxy_set_header Host $host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    proxy_set_header X-Forwarded-Proto $scheme;
                    server {{ listen 127.0.0.1:{plain}; return 301 https://$host$request_uri; }}
                    server {{
                        listen 127.0.0.1:{secure} ssl http2; server_name {NAME};
                        ssl_certificate {folder}/chain.pem; ssl_certificate_key {folder}/key.pem;
                        {server}
                    }}
                }}"
            )
            .replace("FOLDER", &folder.to_string())
            .replace("BACK", &back)
        },
    )
}

async fn run(builder: Builder) -> Verification {
    builder.build().unwrap().run().await
}

async fn through(everything: &str, server: &str) -> Option<Verification> {
    let authority = Authority::new();
    let front = nginx(everything, server, &authority).await?;
    Some(run(prepared(&front, &format!("https://{NAME}"), &authority)).await)
}

#[tokio::test]
async fn a_healthy_service_behind_nginx_passes() {
    let modern = "ssl_protocols TLSv1.2 TLSv1.3;";
    let Some(verification) = through(modern, "location / { proxy_pass BACK; }").await else { return };
    assert_healthy(&verification);
    for check in ["tls-http", "tls-old-versions", "cors-allowed-origin", "drift-headers", "limits-header"] {
        assert_eq!(verdict(&verification, check), "pass", "{check}");
    }
}

#[tokio::test]
async fn a_healthy_service_below_a_path_passes() {
    let authority = Authority::new();
    let modern = "ssl_protocols TLSv1.2 TLSv1.3;";
    let Some(front) = nginx(modern, "location /v1/ { proxy_pass BACK/; }", &authority).await else { return };
    assert_healthy(&run(prepared(&front, &format!("https://{NAME}/v1"), &authority)).await);
}

#[tokio::test]
async fn a_front_end_that_speaks_old_tls_is_found() {
    let old = "ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers DEFAULT@SECLEVEL=0;";
    let Some(verification) = through(old, "location / { proxy_pass BACK; }").await else { return };
    assert_eq!(failed(&verification), ["tls-old-versions"]);
}

#[tokio::test]
async fn a_front_end_that_removes_a_header_is_found() {
    let strips = "location / { proxy_pass BACK; proxy_hide_header X-Content-Type-Options; }";
    let Some(verification) = through("ssl_protocols TLSv1.2 TLSv1.3;", strips).await else { return };
    assert_eq!(failed(&verification), ["headers-nosniff", "drift-headers x-content-type-options"]);
}

#[tokio::test]
async fn a_front_end_that_answers_the_health_check_itself_is_found() {
    let own = "location / { proxy_pass BACK; } location = /health { return 200 ok; }";
    let Some(verification) = through("ssl_protocols TLSv1.2 TLSv1.3;", own).await else { return };
    let failed = failed(&verification);
    for check in ["health-contract", "health-own-answer", "drift-headers x-frame-options"] {
        assert!(failed.iter().any(|failed| failed == check), "{check}: {failed:?}");
    }
}

#[tokio::test]
async fn a_cache_that_ignores_vary_is_found() {
    let cache = "ssl_protocols TLSv1.2 TLSv1.3; proxy_cache_path FOLDER/cache keys_zone=all:1m;";
    let keeps = "location / {
        proxy_pass BACK; proxy_cache all; proxy_cache_key $request_uri; proxy_cache_valid 200 401 404 1m;
        proxy_ignore_headers Vary Cache-Control Expires;
    }";
    let Some(verification) = through(cache, keeps).await else { return };
    let failed = failed(&verification);
    assert!(failed.iter().any(|check| check.starts_with("cors-")), "{failed:?}\n{verification}");
}

#[tokio::test]
async fn a_healthy_service_behind_caddy_passes() {
    let authority = Authority::new();
    let back = serve(service()).await;
    let certificate = authority.issue(NAME, 90 * DAY);
    let front = start(
        "caddy",
        |file| {
            ["run", "--adapter", "caddyfile", "--config"]
                .map(str::to_owned)
                .into_iter()
                .chain([file.display().to_string()])
                .collect()
        },
        |place| {
            write(place, &certificate);
            let Place { secure, plain, folder } = place;
            let folder = folder.display();
            format!(
                "{{\n admin off\n auto_https off\n}}\n
                http://{NAME}:{plain} {{\n bind 127.0.0.1\n redir https://{{host}}{{uri}} 308\n}}\n
                https://{NAME}:{secure} {{\n bind 127.0.0.1\n tls {folder}/chain.pem {folder}/key.pem\n reverse_proxy {back}\n}}\n"
            )
        },
    );
    let Some(front) = front else { return };
    assert!(front.folder().exists());
    assert_healthy(&run(prepared(&front, &format!("https://{NAME}"), &authority)).await);
}
