//! Every family against targets that answer everything the same way or not at all: no check that has a control passes.

use std::{net::SocketAddr, time::Duration};

use crate::common::{
    auth::Issuer,
    cors::{APP, TOKEN, policy},
    hostile, manifest,
    runs::lines,
    serve, small, target,
    tls::{Authority, DAY, serve_tls},
};
use futures_util::future::{BoxFuture, join_all};
use hardened_core::manifest::{ErrorPromise, HealthContract, HostPromise, LimitPromise, Manifest};
use hardened_verify::{Builder, Credential, Family, Profile, User, Verification, Verifier};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Returns a manifest with a promise of every kind.
fn everything() -> Manifest {
    let mut manifest = manifest();
    let promises = &mut manifest.promises;
    promises.health_check("/health", HealthContract::Deep).health_check("/livez", HealthContract::Live);
    promises.health_check("/readyz", HealthContract::Ready).hidden_docs("/docs").shown_docs("/guide");
    promises.header("x-content-type-options", "nosniff");
    promises.cors = vec![policy(&[APP])];
    promises.hosts = Some(HostPromise { allowed: vec!["api.example.com".to_owned()], this_machine: false });
    promises.errors = Some(ErrorPromise { server_errors: "application/problem+json".to_owned() });
    promises.limits = Some(LimitPromise { request_body_bytes: Some(1000), ..LimitPromise::default() });
    manifest
}

/// What the verifier knows about a target.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Known {
    /// A token, and a path that needs it.
    Token,
    /// A complete profile, of a service with paths or with GraphQL.
    Paths,
    GraphQl,
}

const PATHS: &str = r#"
    writes = true
    [isolation]
    collection = "/tasks"
    create = { text = "{{canary}}" }
    search = "/tasks?q={{canary}}"
    nested = ["/tasks/{id}/comments"]
    owner = "owner_id"
"#;

const GRAPHQL: &str = r#"
    writes = true
    [isolation.graphql]
    create = 'mutation { add(text: "{{canary}}") { id } }'
    read = 'query { note(id: "{{id}}") { text } }'
    update = 'mutation { change(id: "{{id}}", text: "{{canary}}") { id } }'
    delete = 'mutation { remove(id: "{{id}}") { id } }'
    list = 'query { notes { text } }'
    search = 'query { notes(of: "{{canary}}") { text } }'
    nested = ['query { comments(id: "{{id}}") { text } }']
    id = "/data/add/id"
"#;

fn prepared(builder: Builder, known: Known) -> Builder {
    let bearer = |token| Credential::bearer(token).unwrap();
    let builder = builder.credential(User::A, bearer(TOKEN));
    let profile = match known {
        Known::Token => return builder.protected_path("/tasks"),
        Known::Paths => PATHS,
        Known::GraphQl => GRAPHQL,
    };
    let profile = Profile::parse(profile, "hardened.verify.toml").unwrap();
    builder.profile(profile).credential(User::B, bearer("another-token")).manifest(everything()).deep(true)
}

fn assert_nothing_shown(verification: &Verification, name: &str) {
    let lines = lines(verification);
    let passed = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "pass");
    let passed: Vec<_> = passed.filter(|outcome| outcome.check().needs_control()).map(ToString::to_string).collect();
    assert!(passed.is_empty(), "{name}: {passed:#?}\n{lines}");
    assert!([1, 3].contains(&verification.exit_status()), "{name}\n{lines}");
}

#[tokio::test(start_paused = true)]
async fn a_target_that_answers_everything_alike_shows_nothing() {
    let (deadline, token) = (Duration::from_secs(20), Issuer::new().token());
    for hostile in hostile::ALL {
        for known in [Known::Token, Known::Paths, Known::GraphQl] {
            let (router, _) = hostile.target();
            let builder = prepared(target(router), known).deadline(deadline);
            // The token is a JSON Web Token, so that every token check has something to forge.
            let builder = builder.credential(User::A, Credential::bearer(&token).unwrap());
            let verification = builder.build().unwrap().run().await;
            assert_nothing_shown(&verification, hostile.name);
            assert!(verification.took() <= deadline + Duration::from_secs(1), "{}", hostile.name);
            // No isolation check was skipped.
            let isolation = verification.outcomes().iter().filter(|it| it.check().family() == Family::Isolation);
            let skipped = isolation.filter(|outcome| outcome.verdict().name() == "skipped").count();
            assert!(known == Known::Token || skipped == 0, "{}: {verification}", hostile.name);
        }
    }
}

/// How a target handles each connection.
type Behaviour = fn(TcpStream) -> BoxFuture<'static, ()>;

const DRIPS: Behaviour = |mut stream| {
    Box::pin(async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    })
};

const SILENT: Behaviour =
    |mut stream| Box::pin(async move { while stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {} });

const CLOSES: Behaviour = |stream| Box::pin(async move { drop(stream) });

const GARBAGE: Behaviour = |mut stream| {
    Box::pin(async move {
        let _ = stream.read(&mut [0; 1024]).await;
        let _ = stream.write_all(b"\x00\xff\x16\x03 garbage\r\n\r\n\xfe").await;
    })
};

async fn behaves(behaviour: Behaviour) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(behaviour(stream));
        }
    });
    address
}

fn at(url: &str, address: SocketAddr, authority: &Authority) -> Builder {
    Verifier::builder(url).unwrap().resolve(address).ca(authority.pem().as_bytes()).unwrap().plain_port(address.port())
}

#[tokio::test]
async fn a_target_that_breaks_the_protocol_shows_nothing() {
    const PLAIN: &str = "http://api.example.com";
    const SECURE: &str = "https://api.example.com";
    let authority = Authority::new();
    let plain: SocketAddr = serve(small()).await.trim_start_matches("http://").parse().unwrap();
    let secure = serve_tls(small(), &authority.issue("api.example.com", 90 * DAY)).await;
    let other = serve_tls(small(), &authority.issue("other.example.com", 90 * DAY)).await;
    let expired = serve_tls(small(), &authority.issue_expired("api.example.com")).await;
    let mut targets = vec![
        ("TLS on a plain port", PLAIN, secure),
        ("no TLS", SECURE, plain),
        ("a certificate for another name", SECURE, other),
        ("an expired certificate", SECURE, expired),
    ];
    for (name, behaviour) in
        [("a byte a second", DRIPS), ("no answer", SILENT), ("a closed connection", CLOSES), ("garbage", GARBAGE)]
    {
        let address = behaves(behaviour).await;
        targets.extend([(name, PLAIN, address), (name, SECURE, address)]);
    }
    let runs = targets.iter().map(|(name, url, address)| {
        let builder = prepared(at(url, *address, &authority), Known::Paths);
        let builder = builder.deadline(Duration::from_secs(1)).request_timeout(Duration::from_millis(200));
        async move { (name, builder.build().unwrap().run().await) }
    });
    for (name, verification) in join_all(runs).await {
        assert_nothing_shown(&verification, name);
    }
}

#[tokio::test]
async fn a_healthy_service_passes_in_the_same_table() {
    let verification = prepared(target(small()), Known::Token).build().unwrap().run().await;
    let passed = verification.outcomes().iter().filter(|outcome| outcome.verdict().name() == "pass");
    assert!(passed.filter(|outcome| outcome.check().needs_control()).count() > 20, "{verification}");
}
