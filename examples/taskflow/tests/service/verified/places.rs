//! Tests that a healthy service passes in each tier, over plain loopback, and over TLS behind nginx.

use std::{fs, net::SocketAddr};

use hardened::Loaded;
use hardened_verify::{Builder, Profile, Verification, Verifier};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use test_support::front::{self, Front, Place};

use super::{PROFILE, description};
use crate::harness::{self, Service};

const NAME: &str = "api.example.com";

/// Prepares a run as an operator does: with the manifest of this start, and two users who sign up.
fn prepared(url: &str, service: &Service) -> Builder {
    let profile = Profile::parse(PROFILE, "hardened.verify.toml").unwrap();
    let builder = Verifier::builder(url).unwrap().profile(profile).openapi(description());
    builder.manifest(Loaded::manifest(&service.settings))
}

async fn run(builder: Builder) -> Verification {
    builder.build().unwrap().run().await
}

#[track_caller]
fn assert_nothing_found(verification: &Verification) {
    let outcomes = verification.outcomes().iter();
    let bad = outcomes.filter(|outcome| !matches!(outcome.verdict().name(), "pass" | "skipped"));
    assert_eq!(bad.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(verification.count("pass") > 60 && verification.exit_status() == 0, "{verification}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_healthy_in_every_tier_over_plain_loopback() {
    let services = [
        harness::production_named("localhost").await,
        harness::preview_named("localhost").await,
        harness::own_machine().await,
    ];
    for service in services {
        let url = format!("http://localhost:{}", service.address.port());
        assert_nothing_found(&run(prepared(&url, &service).resolve(service.address)).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_healthy_over_tls() {
    let authority = Authority::new();
    for service in [harness::production_named(NAME).await, harness::preview_named(NAME).await] {
        let Some(front) = nginx(service.address, &authority) else { return };
        let builder = prepared(&format!("https://{NAME}"), &service).resolve(front.secure).plain_port(front.plain);
        let verification = run(builder.ca(authority.0.pem().as_bytes()).unwrap()).await;
        assert_nothing_found(&verification);
        for check in ["tls-certificate", "tls-http", "headers-hsts", "hosts-foreign", "isolation-read", "tokens-none"] {
            let of_check = verification.outcomes().iter().filter(|outcome| outcome.check().id() == check);
            assert!(of_check.clone().count() > 0, "{check}");
            of_check.for_each(|outcome| assert_eq!(outcome.verdict().name(), "pass", "{outcome}"));
        }
    }
}

/// A certificate authority.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    fn issue(&self, place: &Place<'_>) {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new([NAME.to_owned()]).unwrap();
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        fs::write(place.folder.join("chain.pem"), certificate.pem()).unwrap();
        fs::write(place.folder.join("key.pem"), key.serialize_pem()).unwrap();
    }
}

/// Starts nginx with a usual configuration: TLS, and a redirect from `http:`.
fn nginx(back: SocketAddr, authority: &Authority) -> Option<Front> {
    front::start(
        "nginx",
        |file| vec!["-c".to_owned(), file.display().to_string(), "-e".to_owned(), "/dev/null".to_owned()],
        |place| {
            authority.issue(place);
            let Place { secure, plain, folder } = place;
            let folder = folder.display();
            let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
                .map(|name| format!("{name}_temp_path {folder}/{name};"))
                .concat();
            format!(
                "daemon off; master_process off; pid {folder}/pid;
                events {{}}
                http {{
                    access_log off; server_tokens off; {temporary}
                    server {{ listen 127.0.0.1:{plain}; return 301 https://$host$request_uri; }}
                    server {{
                        listen 127.0.0.1:{secure} ssl http2; server_name {NAME};
                        ssl_protocols TLSv1.2 TLSv1.3;
                        ssl_certificate {folder}/chain.pem; ssl_certificate_key {folder}/key.pem;
                        location / {{ proxy_pass http://{back}; proxy_set_header Host $host; }}
                    }}
                }}"
            )
        },
    )
}
