//! The promises of groups, nested groups, and groups that a service defines itself.

use std::sync::Arc;

use hardened::{
    BetterAuth, Config, CorsSettings, Environment, Http, Jwt, Loader, ProductionConfig,
    auth::Jwks,
    finding::Reported,
    load::Reader,
    manifest::{HealthContract, Promises, Transport},
    rule,
    schema::Schema,
};

use super::{VARIABLES, environment, manifest};

/// A group with one promise.
#[derive(Debug, Config)]
#[config(promises = promised)]
struct Inner {
    /// What it promises.
    word: String,
}

fn promised(inner: &Inner, promises: &mut Promises) {
    promises.own("word", &inner.word);
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct Outer {
    #[config(nested)]
    plain: Inner,
    #[config(nested, prefix = "BOXED_")]
    boxed: Box<Inner>,
    #[config(nested, prefix = "SHARED_")]
    shared: Arc<Inner>,
    #[config(nested, prefix = "GIVEN_")]
    given: Option<Inner>,
    #[config(nested, prefix = "ABSENT_")]
    absent: Option<Inner>,
    #[config(nested, prefix = "DEEP_")]
    deep: Deep,
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct Deep {
    #[config(nested)]
    r#type: Inner,
}

#[test]
fn the_derive_forwards_to_every_group_that_is_there() {
    let variables = [("WORD", "a"), ("BOXED_WORD", "b"), ("SHARED_WORD", "c"), ("GIVEN_WORD", "d"), ("DEEP_WORD", "e")];
    let own = manifest::<Outer>(environment(&variables)).promises.own;
    let own: Vec<_> = own.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(
        own,
        [("boxed.word", "b"), ("deep.type.word", "e"), ("given.word", "d"), ("plain.word", "a"), ("shared.word", "c")]
    );
}

/// A group that implements `Config` by hand, with its promises.
#[derive(Debug)]
struct ByHand;

impl Config for ByHand {
    const SCHEMA: &'static Schema = &Schema::new("ByHand", "Nothing.", &[]);

    fn read(_: &mut Reader<'_>) -> Result<Self, Reported> {
        Ok(Self)
    }

    fn promise(&self, promises: &mut Promises) {
        promises.health_check("healthz", HealthContract::Live).header("X-Frame-Options", "SAMEORIGIN");
    }
}

#[derive(Debug, Config)]
#[config(promises = overruled)]
#[allow(dead_code, reason = "declared, and never read")]
struct WithHand {
    #[config(nested)]
    by_hand: ByHand,
    #[config(nested)]
    http: Http,
}

fn overruled(_: &WithHand, promises: &mut Promises) {
    promises.header("referrer-policy", "same-origin").shown_docs("/docs");
}

#[test]
fn a_later_promise_replaces_an_earlier_one() {
    let promises = manifest::<WithHand>(Environment::empty().set("ENVIRONMENT", "production")).promises;
    assert_eq!(promises.health[0].path.as_str(), "/healthz");
    let headers = promises.headers.unwrap();
    assert_eq!(headers.values["x-frame-options"], "DENY");
    assert_eq!(headers.values["referrer-policy"], "same-origin");
    assert!(headers.software_hidden);
    let docs = promises.docs.unwrap();
    assert!(docs.hidden.iter().any(|path| path.as_str() == "/redoc"));
    assert_eq!((docs.hidden.contains(&"/docs".into()), docs.shown), (false, vec!["/docs".into()]));
}

#[test]
fn a_promise_that_looks_like_a_secret_is_not_printed() {
    for (word, shown) in [
        ("30 days", "30 days"),
        ("postgres://app:hunter2@db/app", "(not shown: looks like a secret)"),
        ("AKIAIOSFODNN7EXAMPLE", "(not shown: looks like a secret)"),
    ] {
        let promises = manifest::<Inner>(environment(&[("WORD", word)])).promises;
        assert_eq!(promises.own["word"], shown);
    }
}

#[derive(Debug, Config)]
#[allow(dead_code, reason = "declared, and never read")]
struct Several {
    #[config(nested)]
    jwt: Jwt,
    #[config(nested, prefix = "PARTNER_")]
    partner: Jwks,
    #[config(nested)]
    cors: CorsSettings,
    #[config(nested, prefix = "ADMIN_")]
    admin: CorsSettings,
}

#[test]
fn several_groups_of_one_type_are_told_apart_by_their_place() {
    let environment = environment(&VARIABLES)
        .set("ADMIN_CORS_ORIGINS", "https://admin.acme.io")
        .set("PARTNER_JWT_ISSUER", "https://partner.acme.io/")
        .set("PARTNER_JWT_AUDIENCE", "orders")
        .set("PARTNER_JWT_JWKS_URL", "https://partner.acme.io/jwks.json");
    let promises = manifest::<Several>(environment).promises;
    let policies: Vec<_> =
        promises.cors.iter().map(|policy| (policy.group.as_str(), policy.origins[0].as_str())).collect();
    assert_eq!(policies, [("admin", "https://admin.acme.io"), ("cors", "https://app.acme.io")]);
    let tokens: Vec<_> = promises
        .tokens
        .iter()
        .map(|rules| {
            (rules.group.as_str(), rules.algorithms.join(","), rules.audience.as_deref(), rules.leeway_seconds)
        })
        .collect();
    assert_eq!(
        tokens,
        [("jwt", "HS256".to_owned(), None, Some(60)), ("partner", "RS256".to_owned(), Some("orders"), None)]
    );
}

#[test]
fn the_database_promises_the_encryption_that_is_enforced() {
    for (tier, url, transport) in [
        ("production", "postgres://app:8sd7f6asd5@db.acme.io/app", Some(Transport::Require)),
        ("production", "postgres://app:8sd7f6asd5@db.acme.io/app?sslmode=verify-full", Some(Transport::VerifyFull)),
        ("development", "postgres://app:8sd7f6asd5@localhost/app", Some(Transport::Prefer)),
        ("development", "postgres://app:8sd7f6asd5@localhost/app?sslmode=disable", Some(Transport::Disable)),
        ("development", "postgres://app@/app?host=/run/postgresql", None),
    ] {
        let promises =
            manifest::<hardened::Database>(environment(&[("ENVIRONMENT", tier), ("DATABASE_URL", url)])).promises;
        let told: Vec<_> = promises.databases.iter().map(|database| database.transport).collect();
        assert_eq!(told, Vec::from_iter(transport), "{tier} {url}");
    }
}

#[test]
fn hosts_and_errors_are_promised_where_they_are_judged() {
    for (variables, hosts, errors) in [
        (&[("ENVIRONMENT", "production")][..], None, true),
        (
            &[("ENVIRONMENT", "production"), ("ALLOWED_HOSTS", "API.acme.io,*.acme.io,10.0.0.1")],
            Some((&["*.acme.io", "10.0.0.1", "api.acme.io"][..], false)),
            true,
        ),
        (&[("ENVIRONMENT", "test")], Some((&[], true)), false),
    ] {
        let promises = manifest::<Http>(environment(variables)).promises;
        let told = promises.hosts.map(|hosts| (hosts.allowed, hosts.this_machine));
        let hosts = hosts.map(|(names, local)| (names.iter().map(|name| (*name).to_owned()).collect(), local));
        assert_eq!((told, promises.errors.is_some()), (hosts, errors), "{variables:?}");
    }
    let loader = Loader::new().environment(environment(&[("ENVIRONMENT", "production")]));
    let loader = loader.waive(rule::HTTP_ERROR_BODY, "http", "a gateway does").waive(
        rule::DOCS_PUBLIC,
        "/docs",
        "they are public",
    );
    let promises = hardened::Loaded::manifest(&loader.load::<Http>().unwrap()).promises;
    assert_eq!(promises.errors, None);
    assert_eq!(promises.docs.unwrap().shown, ["/docs".into()]);
}

/// The control of the tests above: without a group that promises something, nothing is promised.
#[test]
fn a_group_without_promises_adds_nothing() {
    let promises = manifest::<BetterAuth>(environment(&[("BETTER_AUTH_SECRET", test_support::KEY)])).promises;
    assert_eq!(promises, Promises::default());
    let environment = environment(&VARIABLES)
        .set("BETTER_AUTH_SECRET", "a9f3c1d7e5b8024697f1e3d5c7b9a8f6041b2d3c4e5f60718293a4b5c6d7e8f9");
    let preset = manifest::<ProductionConfig>(environment).promises;
    assert_eq!((preset.cors.len(), preset.tokens.len(), preset.databases.len()), (1, 1, 1));
    assert!(preset.headers.is_some() && preset.health.is_empty());
}
