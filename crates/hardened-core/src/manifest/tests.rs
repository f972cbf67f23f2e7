//! The manifest as a whole: it reads back as it was written, in one order, and errors say what is wrong.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::document::Version;
use crate::{
    origin::{Origin, OriginPattern},
    rule::Level,
    tier::Tier,
};

/// A document with every member.
fn full() -> Manifest {
    let texts = |texts: &[&str]| texts.iter().map(|text| HttpToken::from(*text)).collect::<Vec<_>>();
    let mut promises = Promises {
        cors: vec![CorsPromise {
            group: "cors".to_owned(),
            any_origin: false,
            origins: vec![Origin::parse("https://app.example.com").unwrap()],
            patterns: vec![OriginPattern::parse("https://*.example.com").unwrap()],
            credentials: true,
            methods: texts(&["PUT", "DELETE"]),
            headers: texts(&["content-type", "authorization"]),
            exposed_headers: texts(&["etag"]),
            max_age_seconds: Some(600),
            preflight_status: Some(200),
        }],
        errors: Some(ErrorPromise { server_errors: "application/problem+json".to_owned() }),
        hosts: Some(HostPromise { allowed: vec!["api.example.com".to_owned()], this_machine: false }),
        tokens: vec![TokenPromise {
            group: "jwt".to_owned(),
            algorithms: vec!["HS256".to_owned()],
            issuer: Some("https://issuer.example.com/".to_owned()),
            audience: None,
            lifetime_seconds: Some(900),
            leeway_seconds: Some(60),
            withheld: vec!["audience".to_owned()],
        }],
        cookies: Some(vec![CookiePromise {
            group: "session".to_owned(),
            name: "__Host-session".into(),
            secure: true,
            http_only: true,
            same_site: SameSite::Lax,
            domain: Some("example.com".to_owned()),
            lifetime_seconds: 43_200,
        }]),
        databases: vec![DatabasePromise { group: "database".to_owned(), transport: Transport::VerifyFull }],
        connections: Some(vec![ConnectionPromise {
            group: "cache".to_owned(),
            service: "redis".to_owned(),
            transport: Transport::Require,
        }]),
        limits: Some(LimitPromise { request_body_bytes: Some(2_097_152), ..LimitPromise::default() }),
        ..Promises::default()
    };
    promises
        .health_check("/readyz", HealthContract::Ready)
        .health_check("/health", HealthContract::Deep)
        .hidden_docs("/docs")
        .shown_docs("/openapi.json")
        .header("X-Frame-Options", "DENY")
        .own("retention.days", 30);
    let setting = |name: &str, state, source| SettingEntry {
        name: name.to_owned(),
        variables: vec![name.to_ascii_uppercase()],
        kind: "key".to_owned(),
        secret: true,
        state,
        value: None,
        withheld: false,
        source,
    };
    Manifest {
        schema_version: Version,
        service: Service { name: Some("billing".to_owned()), version: Some("1.2.3".to_owned()) },
        tier: TierAndWhy { value: Tier::Production, evidence: vec!["ENVIRONMENT=production".to_owned()] },
        settings: vec![
            setting("jwt_secret", SettingState::Set, Some(SourceKind::NamedFile)),
            setting("api_key", SettingState::Assumed, None),
        ],
        rules: vec![RuleEntry {
            code: "http-hsts".to_owned(),
            level: Level::Warn,
            outcome: RuleOutcome::NotHeld,
            subjects: vec!["http".to_owned()],
        }],
        waivers: vec![WaiverEntry {
            code: "http-hsts".to_owned(),
            subject: "http".to_owned(),
            reason: Some("the proxy sets it".to_owned()),
            used: true,
        }],
        promises,
        routes: Some(vec![
            Route { path: "/tasks".into(), method: "POST".into(), token: Some(true) },
            Route { path: "/tasks".into(), method: "GET".into(), token: None },
        ]),
    }
}

#[test]
fn a_document_is_read_back_as_it_was_written() {
    let manifest = full().sorted();
    let text = manifest.to_json();
    assert_eq!(Manifest::parse(&text), Ok(manifest.clone()));
    assert_eq!(Manifest::parse(&text).unwrap().to_json(), text);
    assert_eq!(manifest.clone().sorted(), manifest);
}

#[test]
fn one_configuration_is_one_text_whatever_its_order() {
    let mut other = full();
    other.settings.reverse();
    other.routes.as_mut().unwrap().reverse();
    let policy = &mut other.promises.cors[0];
    policy.methods.reverse();
    policy.headers.reverse();
    policy.headers.push("content-type".into());
    other.promises.health.reverse();
    assert_eq!(other.sorted().to_json(), full().sorted().to_json());
}

/// The full document with one piece of its text replaced.
fn with(old: &str, new: &str) -> String {
    let text = full().sorted().to_json();
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replace(old, new)
}

#[test]
fn what_is_wrong_is_said_with_line_member_and_what_is_expected() {
    for (document, expected) in [
        ("", "malformed: line 1: must be JSON: EOF while parsing a value".to_owned()),
        ("{\n  \"schema_version\": 1", "malformed: line 2: must be JSON: EOF while parsing an object".to_owned()),
        ("[]", "malformed: line 1: must be an object".to_owned()),
        ("{}", "missing: line 1: the member `schema_version`".to_owned()),
        (
            "{\n\n\"schema_version\": \"1\"}",
            "malformed: line 3: schema_version: must be a whole number from 0 to 65535".to_owned(),
        ),
        (
            "{\n\"schema_version\": 2, \"more\": []}",
            "malformed: line 2: schema_version: version 2; must be 1: use a release of hardened that reads it"
                .to_owned(),
        ),
        ("{\"schema_version\": 1}", "missing: line 1: the member `service`".to_owned()),
    ] {
        assert_eq!(Manifest::parse(document).unwrap_err().to_string(), expected, "{document}");
    }
    for (old, new, expected) in [
        (
            "\"value\": \"production\"",
            "\"value\": \"hunter2\"",
            "malformed: tier.value: must be one of development, test, preview, production",
        ),
        (
            "\"credentials\": true",
            "\"credentials\": \"hunter2\"",
            "malformed: promises.cors[0].credentials: must be true or false",
        ),
        ("\"credentials\": true,", "", "missing: promises.cors[0]: the member `credentials`"),
        (
            "\"credentials\": true",
            "\"credentials\": true, \"credentials\": false",
            "malformed: promises.cors[0].credentials: must appear once",
        ),
        (
            "\"https://app.example.com\"",
            "\"https://app.example.com/\"",
            "malformed: promises.cors[0].origins[0]: must be a web origin such as https://app.example.com",
        ),
        (
            "\"path\": \"/health\"",
            "\"path\": \"//evil.example\"",
            "malformed: promises.health[0].path: must be a path that begins with one slash, such as /health",
        ),
        (
            "\"contract\": \"deep\"",
            "\"contract\": \"shallow\"",
            "malformed: promises.health[0].contract: must be one of deep, live, ready",
        ),
        (
            "\"max_age_seconds\": 600",
            "\"max_age_seconds\": -1",
            "malformed: promises.cors[0].max_age_seconds: must be a whole number from 0",
        ),
        (
            "\"transport\": \"verify-full\"",
            "\"transport\": [\"verify-full\"]",
            "malformed: promises.databases[0].transport: must be one of disable, prefer, require, verify-ca, verify-full",
        ),
        (
            "\"x-frame-options\": \"DENY\"",
            "\"x-frame-options\": 5",
            "malformed: promises.headers.values.x-frame-options: must be text",
        ),
        (
            "\"outcome\": \"not-held\"",
            "\"outcome\": true",
            "malformed: rules[0].outcome: must be one of held, not-held, not-judged",
        ),
        (
            "\"state\": \"set\"",
            "\"state\": \"hunter2, expected x\"",
            "malformed: settings[1].state: must be one of set, default, unset, assumed",
        ),
    ] {
        let document = with(old, new);
        let error = Manifest::parse(&document).unwrap_err();
        let line = error.line().unwrap();
        let told = error.to_string().replace(&format!("line {line}: "), "");
        assert_eq!(told, expected);
        let around: Vec<&str> = document.lines().skip(line.saturating_sub(2)).take(2).collect();
        let is_there = around.iter().any(|line| !new.is_empty() && line.contains(new));
        assert!(is_there || told.starts_with("missing"), "{expected}: {around:?}");
    }
}

#[test]
fn a_member_that_is_not_known_is_ignored_and_one_that_may_be_absent_is_not_asked_for() {
    let later = with("\"promises\": {", "\"attested\": {\"by\": [1, {}]}, \"promises\": { \"quota\": 5,");
    assert_eq!(Manifest::parse(&later), Ok(full().sorted()));
    let bare = r#"{"schema_version": 1, "service": {}, "tier": {"value": "test", "evidence": []}, "settings": [], "rules": [],
        "waivers": [], "promises": {"cors": [], "health": [], "tokens": [], "databases": [], "own": {}}}"#;
    let read = Manifest::parse(bare).unwrap();
    assert_eq!((read.tier.value, read.routes, read.promises), (Tier::Test, None, Promises::default()));
}

/// Whatever a text is cut or changed to, reading it returns a document or an error.
#[test]
fn no_text_ends_in_a_panic() {
    let text = full().sorted().to_json();
    for end in 0..text.len() {
        assert!(Manifest::parse(&text[..end]).is_err() || text[end..].trim().is_empty(), "{end}");
    }
    for at in (0..text.len()).step_by(3) {
        for symbol in ["\"", "{", "]", ":", "ü", "\n", "\\", "\u{0}"] {
            let _ = Manifest::parse(&format!("{}{symbol}{}", &text[..at], &text[at..]));
        }
    }
    let deep = "[".repeat(100_000);
    assert!(Manifest::parse(&deep).is_err() && Route::of_openapi(&deep).is_err());
}

#[test]
fn a_promise_of_an_inner_group_has_the_path_of_its_place() {
    let mut promises = Promises::default();
    promises.header("x-frame-options", "DENY").shown_docs("/docs").health_check("/health", HealthContract::Live);
    promises.of_group("eu", |promises| {
        promises.of_group("jwt", |promises| promises.tokens.push(TokenPromise::default()));
        promises.own("retention", "30 days");
        promises
            .header("X-Frame-Options", "SAMEORIGIN")
            .hidden_docs("/docs")
            .health_check("/health", HealthContract::Deep);
    });
    assert_eq!(promises.tokens[0].group, "eu.jwt");
    assert_eq!(promises.own.keys().collect::<Vec<_>>(), ["eu.retention"]);
    // A later promise replaces an earlier one.
    assert_eq!(promises.headers.unwrap().values["x-frame-options"], "SAMEORIGIN");
    let docs = promises.docs.unwrap();
    assert_eq!((docs.hidden, docs.shown), (vec![UrlPath::from("/docs")], vec![]));
    assert_eq!(promises.health, [HealthPromise { path: "/health".into(), contract: HealthContract::Deep }]);
}

/// The schema describes exactly the members of the document.
#[test]
fn the_schema_describes_every_member() {
    fn compare(schema: &serde_json::Value, value: &serde_json::Value, path: &str) {
        let schema = schema["anyOf"].get(0).unwrap_or(schema);
        match value {
            serde_json::Value::Object(members) => {
                let described = |name: &String| match schema["properties"].get(name) {
                    Some(schema) => schema.clone(),
                    None => schema["additionalProperties"].clone(),
                };
                for (name, value) in members {
                    assert!(described(name).is_object(), "{path}.{name} is not described");
                    compare(&described(name), value, &format!("{path}.{name}"));
                }
                for name in schema["properties"].as_object().into_iter().flat_map(serde_json::Map::keys) {
                    assert!(members.contains_key(name), "{path} has no {name}");
                    assert!(schema["properties"][name]["description"].is_string(), "{path}.{name}");
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| compare(&schema["items"], item, path)),
            _ => {}
        }
    }
    let document = serde_json::to_value(full()).unwrap();
    compare(&Manifest::json_schema(), &document, "");
}
