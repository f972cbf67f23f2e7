//! Checks whether the OpenAPI document, from the service or the caller, describes routes that the manifest does not.

use std::collections::BTreeMap;

use hardened_core::{
    manifest::Route,
    verification::{Exchange, Got, Sent},
};

use super::{checks::DESCRIBED, routes::borrow};
use crate::{
    check::Family,
    context::Context,
    evidence::shown,
    openapi::OpenApi,
    outcome::{Fact, Outcome},
};

/// How many of the documentation paths in the manifest are tried for a description.
const MOST_PATHS: usize = 2;

/// How many routes are reported one by one.
const MOST_ROUTES: usize = 10;

/// Maps a path and method to whether the route needs a credential.
type Routes = BTreeMap<(String, String), Option<bool>>;

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let Some(promised) = context.manifest.as_ref().and_then(|manifest| manifest.routes.as_deref()) else {
        return vec![
            DESCRIBED.skipped("the manifest has no routes; create it with the OpenAPI document of the service"),
        ];
    };
    let Some((described, exchange)) = description(context).await else {
        return vec![
            DESCRIBED.skipped("the service shows no description of its routes, and none is given with --openapi"),
        ];
    };
    let base = context.target.base();
    let (promised, described) = (routes(promised, base), routes(described.routes(), base));
    if !described.is_empty() && !described.keys().any(|route| promised.contains_key(route)) {
        let reason =
            "the description and the manifest have no route in common, so they probably describe different services";
        return vec![DESCRIBED.unclear(reason, vec![exchange])];
    }
    let differences: Vec<_> = described.iter().filter_map(|route| difference(&promised, route)).collect();
    if differences.is_empty() {
        return vec![DESCRIBED.shown(vec![exchange])];
    }
    let more = differences.len().saturating_sub(MOST_ROUTES);
    let mut outcomes: Vec<_> = differences
        .into_iter()
        .take(MOST_ROUTES)
        .map(|(route, fact)| DESCRIBED.failed(fact, vec![exchange.clone()]).case(shown(route.as_bytes())))
        .collect();
    if more > 0 {
        let fact = Fact::new("").with(more).with(" further routes are described but not promised");
        outcomes.push(DESCRIBED.failed(fact, vec![exchange]).case("others"));
    }
    outcomes
}

/// Returns the description, and the exchange that it came from.
async fn description(context: &Context) -> Option<(OpenApi, Exchange)> {
    if !context.openapi.routes().is_empty() {
        return Some((context.openapi.clone(), of_caller()));
    }
    let docs = context.promises()?.docs.as_ref()?;
    let mut paths: Vec<_> = docs.shown.iter().map(|path| path.as_str()).filter(|path| is_description(path)).collect();
    paths.sort_by_key(|path| OpenApi::OFFERED.iter().position(|offered| offered == path).unwrap_or(usize::MAX));
    paths.truncate(MOST_PATHS);
    borrow(context, paths.len());
    for path in paths {
        let (exchange, got) = context.get(Family::Drift, path).await;
        let answer = got.ok().filter(|answer| answer.status.is_success() && answer.is_complete);
        let text = answer.as_ref().and_then(|answer| std::str::from_utf8(&answer.body).ok());
        if let Some(openapi) = text.and_then(|text| OpenApi::parse(text, path).ok()) {
            return Some((openapi, exchange));
        }
    }
    None
}

fn is_description(path: &str) -> bool {
    path.ends_with(".json") || path.ends_with("/api-docs")
}

/// Returns the evidence for a document that the caller gave, without a request.
fn of_caller() -> Exchange {
    let sent = Sent {
        method: "no request".to_owned(),
        path: "the OpenAPI document".to_owned(),
        headers: Vec::new(),
        who: None,
        length: 0,
    };
    Exchange { sent, got: Got { status: None, headers: Vec::new(), length: 0, reason: None } }
}

/// Returns each route below the base of the target, without the names of its parameters.
fn routes(all: &[Route], base: &str) -> Routes {
    let route = |route: &Route| {
        let path = route.path.as_str();
        let below = path.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(path);
        ((unnamed(below), route.method.as_str().to_owned()), route.token)
    };
    all.iter().map(route).collect()
}

/// Empties the braces of a path.
fn unnamed(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| path + "{}" + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// Returns how a described route differs from the promised ones.
fn difference(
    promised: &Routes,
    ((path, method), token): (&(String, String), &Option<bool>),
) -> Option<(String, Fact)> {
    let name = format!("{method} {path}");
    let Some(needs) = promised.get(&(path.clone(), method.clone())) else {
        let others = promised.keys().filter(|(other, _)| other == path).map(|(_, method)| method.as_str());
        let others: Vec<_> = others.collect();
        let fact = Fact::new("the description names ").quoting(&name).with("; for this path the manifest promises ");
        let fact = if others.is_empty() { fact.with("nothing") } else { fact.quoting(&others.join(", ")) };
        return Some((name, fact));
    };
    let is_open = *token == Some(false) && *needs == Some(true);
    is_open.then(|| {
        (name, Fact::new("the description says that it needs no token; the manifest promises that it needs one"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_the_same_whatever_its_parameters_are_called() {
        for (path, expected) in
            [("/a", "/a"), ("/a/{id}", "/a/{}"), ("/a/{b}/c/{d}.json", "/a/{}/c/{}.json"), ("/a/{b", "/a/{}")]
        {
            assert_eq!(unnamed(path), expected);
        }
    }
}
