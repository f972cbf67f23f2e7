//! Every kind of change is classified as weaker, stronger or different.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use hardened_audit::diff;
use hardened_core::{manifest::Manifest, verification::Verification};
use serde_json::{Value, json};

const MANIFEST: &str = include_str!("../../../examples/taskflow/audit/manifest.json");

/// A place in a manifest, its new value, and the expected lines for the change and for its reversal.
type Row = (&'static str, Value, &'static [&'static str], &'static [&'static str]);

fn rows() -> Vec<Row> {
    let waiver = json!([{ "code": "http-hsts", "subject": "HTTP", "reason": "the proxy sets it", "used": true }]);
    vec![
        (
            "/tier/value",
            json!("development"),
            &["weaker tier: production → development"],
            &["stronger tier: development → production"],
        ),
        (
            "/promises/cors/0/origins",
            json!(["https://app.example.com", "https://b.example.com"]),
            &["weaker promises.cors.cors.origins: + https://b.example.com"],
            &["stronger promises.cors.cors.origins: - https://b.example.com"],
        ),
        (
            "/promises/cors/0/credentials",
            json!(true),
            &["weaker promises.cors.cors.credentials: false → true"],
            &["stronger promises.cors.cors.credentials: true → false"],
        ),
        (
            "/promises/cors/0/patterns",
            json!(["https://*.example.org"]),
            &["weaker promises.cors.cors.patterns: + https://*.example.org"],
            &["stronger promises.cors.cors.patterns: - https://*.example.org"],
        ),
        (
            "/promises/cors/0/methods",
            json!(["DELETE", "PATCH"]),
            &["stronger promises.cors.cors.methods: - PUT"],
            &["weaker promises.cors.cors.methods: + PUT"],
        ),
        (
            "/promises/headers/values",
            json!({ "x-frame-options": "SAMEORIGIN", "strict-transport-security": "max-age=600" }),
            &[
                "weaker promises.headers.cache-control: - no-store",
                "weaker promises.headers.strict-transport-security: max-age=31536000; includeSubDomains → max-age=600",
                "different promises.headers.x-frame-options: DENY → SAMEORIGIN",
            ],
            &[
                "stronger promises.headers.cache-control: + no-store",
                "stronger promises.headers.strict-transport-security: max-age=600 → max-age=31536000; includeSubDomains",
                "different promises.headers.x-frame-options: SAMEORIGIN → DENY",
            ],
        ),
        (
            "/promises/headers/software_hidden",
            json!(false),
            &["weaker promises.headers.software_shown: false → true"],
            &["stronger promises.headers.software_shown: true → false"],
        ),
        (
            "/promises/docs/shown",
            json!(["/docs"]),
            &["weaker promises.docs.shown: + /docs"],
            &["stronger promises.docs.shown: - /docs"],
        ),
        (
            "/promises/hosts",
            Value::Null,
            &["weaker promises.hosts: api.example.com → any host"],
            &["stronger promises.hosts: any host → api.example.com"],
        ),
        (
            "/promises/hosts/this_machine",
            json!(true),
            &["weaker promises.hosts.this_machine: false → true"],
            &["stronger promises.hosts.this_machine: true → false"],
        ),
        (
            "/promises/errors",
            Value::Null,
            &["weaker promises.errors.server_errors: - application/problem+json"],
            &["stronger promises.errors.server_errors: + application/problem+json"],
        ),
        (
            "/promises/tokens/0/lifetime_seconds",
            json!(3600),
            &["weaker promises.tokens.jwt.lifetime_seconds: 900 → 3600"],
            &["stronger promises.tokens.jwt.lifetime_seconds: 3600 → 900"],
        ),
        (
            "/promises/tokens/0/lifetime_seconds",
            Value::Null,
            &["weaker promises.tokens.jwt.lifetime_seconds: - 900"],
            &["stronger promises.tokens.jwt.lifetime_seconds: + 900"],
        ),
        (
            "/promises/tokens/0/algorithms",
            json!(["HS256", "HS384"]),
            &["weaker promises.tokens.jwt.algorithms: + HS384"],
            &["stronger promises.tokens.jwt.algorithms: - HS384"],
        ),
        (
            "/promises/tokens/0/audience",
            json!("taskflow"),
            &["stronger promises.tokens.jwt.audience: + taskflow"],
            &["weaker promises.tokens.jwt.audience: - taskflow"],
        ),
        (
            "/promises/tokens",
            json!([]),
            &["weaker promises.tokens.jwt: - signed with HS256"],
            &["different promises.tokens.jwt: + signed with HS256"],
        ),
        (
            "/promises/databases/0/transport",
            json!("prefer"),
            &["weaker promises.databases.database.transport: require → prefer"],
            &["stronger promises.databases.database.transport: prefer → require"],
        ),
        (
            "/promises/databases",
            json!([]),
            &["different promises.databases.database.transport: - require"],
            &["different promises.databases.database.transport: + require"],
        ),
        (
            "/promises/connections",
            json!([{ "group": "cache", "service": "redis", "transport": "disable" }]),
            &["different promises.connections.cache.redis.transport: + disable"],
            &["different promises.connections.cache.redis.transport: - disable"],
        ),
        (
            "/promises/limits/request_body_bytes",
            json!(32768),
            &["weaker promises.limits.request_body_bytes: 16384 → 32768"],
            &["stronger promises.limits.request_body_bytes: 32768 → 16384"],
        ),
        (
            "/promises/health",
            json!([{ "path": "/livez", "contract": "live" }, { "path": "/readyz", "contract": "ready" }]),
            &["different promises.health: - /health (deep)"],
            &["different promises.health: + /health (deep)"],
        ),
        (
            "/promises/cookies/0/secure",
            json!(false),
            &["weaker promises.cookies.session.without_tls: false → true"],
            &["stronger promises.cookies.session.without_tls: true → false"],
        ),
        (
            "/promises/cookies/0/http_only",
            json!(false),
            &["weaker promises.cookies.session.scripts: false → true"],
            &["stronger promises.cookies.session.scripts: true → false"],
        ),
        (
            "/promises/cookies/0/same_site",
            json!("none"),
            &["weaker promises.cookies.session.same_site: lax → none"],
            &["stronger promises.cookies.session.same_site: none → lax"],
        ),
        (
            "/promises/cookies/0/same_site",
            json!("strict"),
            &["stronger promises.cookies.session.same_site: lax → strict"],
            &["weaker promises.cookies.session.same_site: strict → lax"],
        ),
        (
            "/promises/cookies/0/domain",
            json!("example.com"),
            &["weaker promises.cookies.session.domain: + example.com"],
            &["stronger promises.cookies.session.domain: - example.com"],
        ),
        (
            "/promises/cookies/0/lifetime_seconds",
            json!(86_400),
            &["weaker promises.cookies.session.lifetime_seconds: 3600 → 86400"],
            &["stronger promises.cookies.session.lifetime_seconds: 86400 → 3600"],
        ),
        (
            "/promises/cookies",
            Value::Null,
            &["different promises.cookies.session.name: - __Host-session"],
            &["different promises.cookies.session.name: + __Host-session"],
        ),
        (
            "/promises/own",
            json!({ "region": "eu" }),
            &["different promises.own: + region = eu"],
            &["different promises.own: - region = eu"],
        ),
        ("/waivers", waiver, &["weaker waivers: + http-hsts for HTTP"], &["stronger waivers: - http-hsts for HTTP"]),
        (
            "/rules/0/outcome",
            json!("not-held"),
            &["weaker rules.tier-unknown: held → not-held"],
            &["stronger rules.tier-unknown: not-held → held"],
        ),
        (
            "/rules/0/outcome",
            json!("not-judged"),
            &["weaker rules.tier-unknown: held → not-judged"],
            &["different rules.tier-unknown: not-judged → held"],
        ),
        (
            "/rules/0/code",
            json!("tier-new"),
            &["weaker rules.tier-unknown: - held", "stronger rules.tier-new: + held"],
            &["weaker rules.tier-new: - held", "stronger rules.tier-unknown: + held"],
        ),
        (
            "/routes/0/token",
            json!(false),
            &["weaker routes.GET /tasks: users → anyone"],
            &["stronger routes.GET /tasks: anyone → users"],
        ),
        (
            "/routes/0/token",
            Value::Null,
            &["weaker routes.GET /tasks: users → not described"],
            &["stronger routes.GET /tasks: not described → users"],
        ),
        (
            "/settings/0/secret",
            json!(true),
            &["different settings.s.list: list, set → secret list, set"],
            &["weaker settings.s.list: secret list, set → list, set"],
        ),
        (
            "/settings/0/state",
            json!("unset"),
            &["different settings.s.list: list, set → list, unset"],
            &["different settings.s.list: list, unset → list, set"],
        ),
    ]
}

/// Returns the manifest of taskflow, extended with what the rows change.
fn manifest() -> Value {
    let mut manifest: Value = serde_json::from_str(MANIFEST).unwrap();
    manifest["routes"] = json!([{ "method": "GET", "path": "/tasks", "token": true }]);
    let headers = json!({
        "cache-control": "no-store", "x-frame-options": "DENY",
        "strict-transport-security": "max-age=31536000; includeSubDomains"
    });
    manifest["promises"]["headers"]["values"] = headers;
    manifest["promises"]["cookies"] = json!([{
        "group": "session", "name": "__Host-session", "secure": true, "http_only": true, "same_site": "lax",
        "domain": null, "lifetime_seconds": 3600
    }]);
    manifest["settings"] = json!([{ "name": "s.list", "variables": ["LIST"], "kind": "list", "secret": false, "state": "set", "withheld": false }]);
    manifest["rules"] = json!([{ "code": "tier-unknown", "level": "refuse", "outcome": "held", "subjects": [] }]);
    manifest
}

#[test]
fn every_kind_of_change_and_its_reversal_have_a_direction() {
    let told = |old: &Value, new: &Value| -> Vec<String> {
        let read = |value: &Value| Manifest::parse(&value.to_string()).unwrap();
        let text = diff::text(&diff::changes(&read(old), &read(new)));
        text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let old = manifest();
    assert_eq!(told(&old, &old), ["nothing changed"]);
    for (place, value, forth, back) in rows() {
        let mut new = old.clone();
        *new.pointer_mut(place).unwrap() = value;
        assert_eq!(told(&old, &new), forth, "{place}");
        assert_eq!(told(&new, &old), back, "{place}, back");
    }
}

#[test]
fn a_changed_reason_for_a_waiver_is_reported_as_different() {
    let mut old = manifest();
    old["waivers"] = json!([{ "code": "http-hsts", "subject": "HTTP", "reason": "the proxy sets it", "used": true }]);
    let mut new = old.clone();
    new["waivers"][0]["reason"] = json!("nobody needs it");
    let read = |value: &Value| Manifest::parse(&value.to_string()).unwrap();
    let text = diff::text(&diff::changes(&read(&old), &read(&new)));
    assert_eq!(text, "different  waivers.http-hsts for HTTP: the proxy sets it → nobody needs it\n");
}

#[test]
fn a_changed_verdict_is_judged_by_the_worst_case_of_its_check() {
    let made: Value = serde_json::from_str(include_str!("../../../examples/taskflow/audit/verification.json")).unwrap();
    // One check with a case for each verdict.
    let with = |verdicts: &[&str]| {
        let mut verification = made.clone();
        let outcomes = verdicts.iter().enumerate().map(|(case, verdict)| {
            let mut outcome = made["outcomes"][0].clone();
            outcome["check"] = json!("cors-foreign-origin");
            outcome["case"] = json!(case.to_string());
            outcome["verdict"] = json!(verdict);
            outcome
        });
        verification["outcomes"] = outcomes.collect();
        Verification::parse(&verification.to_string()).unwrap()
    };
    for (old, new, expected) in [
        (&["pass"][..], &["pass", "pass"][..], ""),
        (&["pass"], &["pass", "fail"], "weaker     live.cors-foreign-origin: pass → fail\n"),
        (&["pass"], &["skipped"], "weaker     live.cors-foreign-origin: pass → skipped\n"),
        (&["pass"], &[], "weaker     live.cors-foreign-origin: - pass\n"),
        (&["inconclusive"], &["fail"], "weaker     live.cors-foreign-origin: inconclusive → fail\n"),
        (&[], &["fail"], "weaker     live.cors-foreign-origin: + fail\n"),
        (&["skipped"], &["inconclusive"], "different  live.cors-foreign-origin: skipped → inconclusive\n"),
        (&["fail", "pass"], &["pass", "pass"], "stronger   live.cors-foreign-origin: fail → pass\n"),
        (&["fail"], &["skipped"], "stronger   live.cors-foreign-origin: fail → skipped\n"),
        (&[], &["pass"], "stronger   live.cors-foreign-origin: + pass\n"),
    ] {
        let changes = diff::verdicts(&with(old), &with(new));
        let text = if changes.is_empty() { String::new() } else { diff::text(&changes) };
        assert_eq!(text, expected, "{old:?} {new:?}");
    }
}
