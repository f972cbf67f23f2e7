//! The promises of the service in words, with the checks that cover each of them.

use hardened_core::manifest::{
    CookiePromise, CorsPromise, DocsPromise, HealthContract, HealthPromise, HostPromise, LimitPromise, Manifest,
    TokenPromise, Transport,
};

use crate::{
    facts::Facts,
    report::{Promise, Standing},
};

/// The maximum number of documentation paths to name.
const MAX_PATHS: usize = 3;

/// Returns every promise of a manifest.
pub(crate) fn promises(manifest: &Manifest, facts: &Facts) -> Vec<Promise> {
    let promises = &manifest.promises;
    let mut list = List { facts, entries: Vec::new() };
    promises.cors.iter().for_each(|policy| list.add("cors", origins(policy), CORS));
    promises.tokens.iter().for_each(|rules| list.add("tokens", tokens(rules, manifest), TOKENS));
    promises.cookies.iter().flatten().for_each(|cookie| list.add("cookies", cookies(cookie), &["cookies-promised"]));
    promises.health.iter().for_each(|check| health(check, &mut list));
    promises.databases.iter().for_each(|database| {
        let text = format!("the connection to the database is {}", transport(database.transport));
        list.add_untried(
            "database",
            text,
            "a verification does not see the connection between a service and its database",
        );
    });
    promises.connections.iter().flatten().for_each(|connection| {
        let text = format!("the connection to {} is {}", connection.service, transport(connection.transport));
        list.add_untried(
            "connection",
            text,
            "a verification does not see the connection between a service and another server",
        );
    });
    promises.hosts.iter().for_each(|it| list.add("hosts", hosts(it), &["hosts-foreign"]));
    promises.docs.iter().for_each(|it| docs(it, &mut list));
    if let Some(errors) = &promises.errors {
        let text = format!("every server error has the body {}, without internal details", errors.server_errors);
        list.add("errors", text, &["errors-body", "errors-stack-trace", "errors-driver-text"]);
    }
    promises.limits.iter().for_each(|it| limits(it, &mut list));
    for (name, value) in promises.headers.iter().flat_map(|headers| &headers.values) {
        list.add("headers", format!("every answer has {name}: {value}"), &["drift-headers"]);
    }
    for (name, value) in &promises.own {
        list.add_untried("own", format!("{name}: {value}"), "no check knows what it means");
    }
    list.entries
}

const CORS: &[&str] = &["cors-allowed-origin", "cors-foreign-origin", "cors-any-credentials"];

const TOKENS: &[&str] = &[
    "tokens-missing",
    "tokens-none",
    "tokens-unsigned",
    "tokens-tampered",
    "tokens-foreign-key",
    "tokens-embedded-key",
    "tokens-remote-key",
    "tokens-expired",
];

struct List<'a> {
    facts: &'a Facts,
    entries: Vec<Promise>,
}

impl List<'_> {
    fn add(&mut self, about: &str, text: String, checks: &[&str]) {
        let measures: Vec<_> = checks.iter().map(|check| self.facts.measure(check)).collect();
        let all = |wanted| measures.iter().all(|it| it.standing == wanted);
        let seen = if measures.iter().any(|it| it.standing == Standing::NotHeld) {
            Standing::NotHeld
        } else if all(Standing::Held) {
            Standing::Held
        } else if all(Standing::NotShown) {
            Standing::NotShown
        } else {
            Standing::InPart
        };
        self.entries.push(Promise {
            about: about.to_owned(),
            text,
            seen,
            checks: checks.iter().map(|check| (*check).to_owned()).collect(),
            evidence: measures.iter().map(|it| format!("{} {}", it.code, it.standing.name())).collect(),
        });
    }

    fn add_untried(&mut self, about: &str, text: String, reason: &str) {
        let (seen, evidence) = (Standing::NotShown, vec![format!("not tried: {reason}")]);
        self.entries.push(Promise { about: about.to_owned(), text, seen, checks: Vec::new(), evidence });
    }
}

fn origins(policy: &CorsPromise) -> String {
    let origins = policy.origins.iter().map(ToString::to_string);
    let origins: Vec<_> = origins.chain(policy.patterns.iter().map(ToString::to_string)).collect();
    let credentials = if policy.credentials { "with" } else { "without" };
    if policy.any_origin {
        format!("pages of every origin can read responses, {credentials} credentials")
    } else if origins.is_empty() {
        "pages of no other origin can read responses".to_owned()
    } else {
        format!(
            "pages of {} can read responses, {credentials} credentials that browsers add; pages of no other origin can",
            origins.join(", ")
        )
    }
}

fn tokens(rules: &TokenPromise, manifest: &Manifest) -> String {
    let is_shared = rules.algorithms.iter().any(|algorithm| algorithm.starts_with("HS"));
    let who = if is_shared {
        "anyone who knows a key of the service can create one, and nobody else"
    } else {
        "anyone who has the private key of the issuer can create one, and nobody else"
    };
    let begin = format!("{}.", rules.group);
    let keys = manifest.settings.iter().filter(|it| it.secret && it.name.starts_with(&begin));
    let keys: Vec<_> = keys.filter_map(|it| it.variables.first().cloned()).collect();
    let keys = if keys.is_empty() { String::new() } else { format!(" (keys: {})", keys.join(", ")) };
    let required = |name: &str, value: &Option<String>| match value {
        Some(value) => format!(", with the {name} {value}"),
        None if rules.withheld.iter().any(|withheld| withheld == name) => {
            format!(", with an {name} that is not shown here")
        }
        None => String::new(),
    };
    let lifetime = rules.lifetime_seconds.map(|it| format!(", for at most {it} s")).unwrap_or_default();
    format!(
        "a token is accepted only if it is signed with {}{}{}{lifetime}; {who}{keys}",
        rules.algorithms.join(", "),
        required("issuer", &rules.issuer),
        required("audience", &rules.audience),
    )
}

fn cookies(cookie: &CookiePromise) -> String {
    let secure = if cookie.secure { "over TLS only" } else { "without TLS too" };
    let scripts = if cookie.http_only { "hidden from scripts" } else { "readable by scripts" };
    let hosts = cookie.domain.as_ref().map(|domain| format!(", and to every host below {domain}")).unwrap_or_default();
    format!(
        "the cookie {} is sent {secure}{hosts}, {scripts}, with SameSite={}, for at most {} s",
        cookie.name,
        cookie.same_site.name(),
        cookie.lifetime_seconds,
    )
}

fn health(check: &HealthPromise, list: &mut List<'_>) {
    const UNTRIED: &str = "a verification does not stop the database of a live service";
    let path = &check.path;
    match check.contract {
        HealthContract::Deep => {
            let text = format!("{path} checks the database, and answers 200 while the service works");
            list.add("health", text, &["health-works", "health-honest"]);
            let text = format!("while the database is down, {path} answers 503 with a code for the reason");
            list.add_untried("health", text, UNTRIED);
        }
        HealthContract::Ready => {
            let text = format!("{path} answers 200 while the service should get requests");
            list.add("health", text, &["health-ready"]);
            let text = format!("while the database is down or the service stops, {path} answers 503");
            list.add_untried("health", text, UNTRIED);
        }
        _ => {
            list.add("health", format!("{path} answers 200 while the process is alive"), &["health-live"]);
            let text =
                format!("while the database is down, {path} still answers 200, so that nothing restarts the process");
            list.add_untried("health", text, UNTRIED);
        }
    }
}

fn transport(transport: Transport) -> &'static str {
    match transport {
        Transport::Disable => "not encrypted",
        Transport::Prefer => "encrypted only if the server offers it",
        Transport::Require => "encrypted; the database server is not verified",
        Transport::VerifyCa => "encrypted; the server has a certificate of the given authority, for any host",
        _ => "encrypted; the server has a certificate of a trusted authority for its host",
    }
}

fn hosts(hosts: &HostPromise) -> String {
    let own = if hosts.this_machine { ", and the names and addresses of the machine itself" } else { "" };
    format!("only requests for these hosts are answered: {}{own}", hosts.allowed.join(", "))
}

fn docs(docs: &DocsPromise, list: &mut List<'_>) {
    let paths = |paths: &[hardened_core::manifest::UrlPath]| {
        let named = paths.iter().take(MAX_PATHS).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let more = paths.len().saturating_sub(MAX_PATHS);
        if more == 0 { named } else { format!("{named} and {more} more paths that the manifest lists") }
    };
    if !docs.hidden.is_empty() {
        let text = format!("the API documentation is hidden at {}", paths(&docs.hidden));
        list.add("docs", text, &["docs-hidden"]);
    }
    if !docs.shown.is_empty() {
        let text = format!("the API documentation is public at {}", paths(&docs.shown));
        list.add("docs", text, &["docs-shown"]);
    }
}

fn limits(limits: &LimitPromise, list: &mut List<'_>) {
    let mut add = |value: Option<u64>, text: &str, check: Option<&str>| {
        let Some(value) = value else { return };
        let text = text.replace('#', &value.to_string());
        match check {
            Some(check) => list.add("limits", text, &[check]),
            None => list.add_untried("limits", text, "no check tries it"),
        }
    };
    add(limits.request_body_bytes, "the body of a request has at most # bytes", Some("limits-body"));
    add(limits.request_header_bytes, "the headers of a request have at most # bytes", Some("limits-header"));
    add(limits.header_read_ms, "the headers of a request arrive within # ms", None);
    add(limits.request_ms, "the head of a response is sent within # ms", None);
    add(limits.idle_ms, "an idle connection is closed after # ms", None);
    add(limits.connections, "there are at most # connections", None);
    add(limits.requests_in_flight, "at most # requests are answered at a time", None);
}
