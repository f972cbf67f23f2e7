//! Changes of the promises of a service.

use std::collections::BTreeMap;

use hardened_core::manifest::{
    CookiePromise, CorsPromise, DocsPromise, HostPromise, LimitPromise, Promises, SameSite, TokenPromise, Transport,
};

use super::change::{
    Change,
    Direction::{self, Different, Stronger, Weaker},
    limits, lists, values,
};

/// Adds every change of the promises.
pub(super) fn all(old: &Promises, new: &Promises, changes: &mut Vec<Change>) {
    cors(&old.cors, &new.cors, changes);
    headers(old, new, changes);
    docs(old.docs.clone().unwrap_or_default(), new.docs.clone().unwrap_or_default(), changes);
    hosts(old.hosts.as_ref(), new.hosts.as_ref(), changes);
    tokens(&old.tokens, &new.tokens, changes);
    cookies(old.cookies.as_deref().unwrap_or_default(), new.cookies.as_deref().unwrap_or_default(), changes);
    databases(old, new, changes);
    connections(old, new, changes);
    bounds(old.limits.clone().unwrap_or_default(), new.limits.clone().unwrap_or_default(), changes);
    let errors = |promises: &Promises| promises.errors.as_ref().map(|errors| errors.server_errors.clone());
    let direction = match (&old.errors, &new.errors) {
        (Some(_), None) => Weaker,
        (None, Some(_)) => Stronger,
        _ => Different,
    };
    values("promises.errors.server_errors", errors(old), errors(new), direction, changes);
    let health =
        |promises: &Promises| words(promises.health.iter().map(|it| format!("{} ({})", it.path, it.contract.name())));
    lists("promises.health", &health(old), &health(new), Different, changes);
    let own = |promises: &Promises| words(promises.own.iter().map(|(name, value)| format!("{name} = {value}")));
    lists("promises.own", &own(old), &own(new), Different, changes);
}

fn words(items: impl Iterator<Item = impl ToString>) -> Vec<String> {
    items.map(|item| item.to_string()).collect()
}

fn cors(old: &[CorsPromise], new: &[CorsPromise], changes: &mut Vec<Change>) {
    let nothing = CorsPromise::default();
    for group in groups(old.iter().map(|it| &it.group), new.iter().map(|it| &it.group)) {
        let of = |policies: &[CorsPromise]| policies.iter().find(|it| it.group == group).unwrap_or(&nothing).clone();
        let (old, new) = (of(old), of(new));
        let name = |member: &str| named("promises.cors", &group, member);
        flag(&name("any_origin"), old.any_origin, new.any_origin, changes);
        flag(&name("credentials"), old.credentials, new.credentials, changes);
        lists(&name("origins"), &words(old.origins.iter()), &words(new.origins.iter()), Weaker, changes);
        lists(&name("patterns"), &words(old.patterns.iter()), &words(new.patterns.iter()), Weaker, changes);
        lists(&name("methods"), &words(old.methods.iter()), &words(new.methods.iter()), Weaker, changes);
        lists(&name("headers"), &words(old.headers.iter()), &words(new.headers.iter()), Weaker, changes);
        let exposed = (&words(old.exposed_headers.iter()), &words(new.exposed_headers.iter()));
        lists(&name("exposed_headers"), exposed.0, exposed.1, Weaker, changes);
        let age = |age: Option<u64>| age.map(|seconds| format!("{seconds} s"));
        values(&name("max_age"), age(old.max_age_seconds), age(new.max_age_seconds), Different, changes);
    }
}

/// Adds a change of a flag that allows more if it is set.
fn flag(what: &str, old: bool, new: bool, changes: &mut Vec<Change>) {
    let direction = if new { Weaker } else { Stronger };
    values(what, Some(old.to_string()), Some(new.to_string()), direction, changes);
}

fn headers(old: &Promises, new: &Promises, changes: &mut Vec<Change>) {
    let (old, new) = (old.headers.clone().unwrap_or_default(), new.headers.clone().unwrap_or_default());
    for name in groups(old.values.keys(), new.values.keys()) {
        let (before, after) = (old.values.get(&name).cloned(), new.values.get(&name).cloned());
        let direction = match (&before, &after) {
            (Some(_), None) => Weaker,
            (None, Some(_)) => Stronger,
            (Some(before), Some(after)) if name == "strict-transport-security" => hsts(before, after),
            _ => Different,
        };
        values(&format!("promises.headers.{name}"), before, after, direction, changes);
    }
    flag("promises.headers.software_shown", !old.software_hidden, !new.software_hidden, changes);
}

/// Compares two values of `Strict-Transport-Security`: a shorter time is weaker.
fn hsts(before: &str, after: &str) -> Direction {
    let seconds = |value: &str| -> Option<u64> {
        value.split(';').find_map(|part| part.trim().strip_prefix("max-age=")).and_then(|text| text.parse().ok())
    };
    match (seconds(before), seconds(after)) {
        (Some(before), Some(after)) if after < before => Weaker,
        (Some(before), Some(after)) if after > before => Stronger,
        _ => Different,
    }
}

fn docs(old: DocsPromise, new: DocsPromise, changes: &mut Vec<Change>) {
    lists("promises.docs.shown", &words(old.shown.iter()), &words(new.shown.iter()), Weaker, changes);
    lists("promises.docs.hidden", &words(old.hidden.iter()), &words(new.hidden.iter()), Stronger, changes);
}

/// Compares the allowed hosts. Without the promise, the service answers for every host.
fn hosts(old: Option<&HostPromise>, new: Option<&HostPromise>, changes: &mut Vec<Change>) {
    match (old, new) {
        (Some(old), Some(new)) => {
            lists("promises.hosts.allowed", &old.allowed, &new.allowed, Weaker, changes);
            flag("promises.hosts.this_machine", old.this_machine, new.this_machine, changes);
        }
        (Some(old), None) => {
            changes.push(Change::new(
                "promises.hosts",
                Weaker,
                Some(old.allowed.join(", ")),
                Some("any host".to_owned()),
            ));
        }
        (None, Some(new)) => {
            changes.push(Change::new(
                "promises.hosts",
                Stronger,
                Some("any host".to_owned()),
                Some(new.allowed.join(", ")),
            ));
        }
        (None, None) => {}
    }
}

fn tokens(old: &[TokenPromise], new: &[TokenPromise], changes: &mut Vec<Change>) {
    for group in groups(old.iter().map(|it| &it.group), new.iter().map(|it| &it.group)) {
        let find = |rules: &[TokenPromise]| rules.iter().find(|it| it.group == group).cloned();
        let (before, after) = (find(old), find(new));
        let (Some(old), Some(new)) = (&before, &after) else {
            let direction = if after.is_none() { Weaker } else { Different };
            let word =
                |rules: Option<TokenPromise>| rules.map(|rules| format!("signed with {}", rules.algorithms.join(", ")));
            values(&named("promises.tokens", &group, ""), word(before), word(after), direction, changes);
            continue;
        };
        let name = |member: &str| named("promises.tokens", &group, member);
        lists(&name("algorithms"), &old.algorithms, &new.algorithms, Weaker, changes);
        let loosened = |old: &Option<String>, new: &Option<String>| match (old, new) {
            (Some(_), None) => Weaker,
            (None, Some(_)) => Stronger,
            _ => Different,
        };
        values(&name("issuer"), old.issuer.clone(), new.issuer.clone(), loosened(&old.issuer, &new.issuer), changes);
        let audience = loosened(&old.audience, &new.audience);
        values(&name("audience"), old.audience.clone(), new.audience.clone(), audience, changes);
        limits(&name("lifetime_seconds"), old.lifetime_seconds, new.lifetime_seconds, changes);
        limits(&name("leeway_seconds"), old.leeway_seconds, new.leeway_seconds, changes);
    }
}

fn cookies(old: &[CookiePromise], new: &[CookiePromise], changes: &mut Vec<Change>) {
    for group in groups(old.iter().map(|it| &it.group), new.iter().map(|it| &it.group)) {
        let find = |cookies: &[CookiePromise]| cookies.iter().find(|it| it.group == group).cloned();
        let (before, after) = (find(old), find(new));
        let name = |member: &str| named("promises.cookies", &group, member);
        let word = |cookie: &Option<CookiePromise>| cookie.as_ref().map(|cookie| cookie.name.to_string());
        values(&name("name"), word(&before), word(&after), Different, changes);
        let (Some(old), Some(new)) = (before, after) else { continue };
        flag(&name("without_tls"), !old.secure, !new.secure, changes);
        flag(&name("scripts"), !old.http_only, !new.http_only, changes);
        let same_site = if (new.same_site as i32) > old.same_site as i32 { Weaker } else { Stronger };
        let word = |same_site: SameSite| Some(same_site.name().to_owned());
        values(&name("same_site"), word(old.same_site), word(new.same_site), same_site, changes);
        let domain = match (&old.domain, &new.domain) {
            (None, Some(_)) => Weaker,
            (Some(_), None) => Stronger,
            _ => Different,
        };
        values(&name("domain"), old.domain, new.domain, domain, changes);
        limits(&name("lifetime_seconds"), Some(old.lifetime_seconds), Some(new.lifetime_seconds), changes);
    }
}

fn databases(old: &Promises, new: &Promises, changes: &mut Vec<Change>) {
    let list = |promises: &Promises| promises.databases.iter().map(|it| (it.group.clone(), it.transport)).collect();
    transports("promises.databases", list(old), list(new), changes);
}

fn connections(old: &Promises, new: &Promises, changes: &mut Vec<Change>) {
    let list = |promises: &Promises| {
        promises.connections.iter().flatten().map(|it| (named("", &it.group, &it.service), it.transport)).collect()
    };
    transports("promises.connections", list(old), list(new), changes);
}

/// Compares how each connection is encrypted.
fn transports(
    what: &str,
    old: BTreeMap<String, Transport>,
    new: BTreeMap<String, Transport>,
    changes: &mut Vec<Change>,
) {
    for group in groups(old.keys(), new.keys()) {
        let (before, after) = (old.get(&group).copied(), new.get(&group).copied());
        let direction = match (before, after) {
            (Some(before), Some(after)) if (after as i32) < before as i32 => Weaker,
            (Some(_), Some(_)) => Stronger,
            _ => Different,
        };
        let word = |transport: Option<Transport>| transport.map(|transport| transport.name().to_owned());
        values(&named(what, &group, "transport"), word(before), word(after), direction, changes);
    }
}

fn bounds(old: LimitPromise, new: LimitPromise, changes: &mut Vec<Change>) {
    for (name, old, new) in [
        ("request_body_bytes", old.request_body_bytes, new.request_body_bytes),
        ("request_header_bytes", old.request_header_bytes, new.request_header_bytes),
        ("header_read_ms", old.header_read_ms, new.header_read_ms),
        ("request_ms", old.request_ms, new.request_ms),
        ("idle_ms", old.idle_ms, new.idle_ms),
        ("connections", old.connections, new.connections),
        ("requests_in_flight", old.requests_in_flight, new.requests_in_flight),
    ] {
        limits(&format!("promises.limits.{name}"), old, new, changes);
    }
}

/// Returns the names in either iterator, without duplicates.
fn groups<'a>(old: impl Iterator<Item = &'a String>, new: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut names: Vec<String> = old.chain(new).cloned().collect();
    names.sort();
    names.dedup();
    names
}

fn named(what: &str, group: &str, member: &str) -> String {
    [what, group, member].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}
