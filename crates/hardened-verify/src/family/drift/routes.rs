//! Checks whether the routes that need a token, according to the manifest, refuse a request without one.

use hardened_core::manifest::Route;
use http::StatusCode;

use super::checks::ROUTES;
use crate::{
    check::Family,
    context::Context,
    control::Probe,
    judge::Seen,
    outcome::{Fact, Outcome},
    request::Request,
};

/// The maximum number of routes that are requested.
const MOST: usize = 6;

/// An identifier that nothing has, in place of each path parameter.
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

pub(super) async fn run(context: &Context) -> Outcome {
    let Some(routes) = context.manifest.as_ref().and_then(|manifest| manifest.routes.as_deref()) else {
        return ROUTES.skipped("the manifest has no routes; create it with the OpenAPI document of the service");
    };
    let paths = closed(context, routes);
    if paths.is_empty() {
        return ROUTES.skipped("the manifest has no route for GET that needs a token");
    }
    borrow(context, paths.len() + 2);
    let control = match context.known() {
        Ok(control) => control,
        Err(reason) => return ROUTES.unclear(reason, Vec::new()),
    };
    let batch = match context.batch(Family::Drift, control, context.known_answers()).await {
        Ok(batch) => batch,
        Err(reason) => return ROUTES.unclear(reason, Vec::new()),
    };
    let status = context.refusals.first().copied().unwrap_or(StatusCode::UNAUTHORIZED);
    let probes = batch.probe_all(paths.into_iter().map(|path| Request::get(path).expects(status)).collect(), 0).await;
    let seen = together(probes.into_iter().map(|probe| judge(context, probe)));
    ROUTES.judged(seen, &batch.close().await)
}

/// Returns the paths of GET routes that need a token, those without parameters first.
fn closed(context: &Context, routes: &[Route]) -> Vec<String> {
    let is_closed = |route: &&Route| route.method.as_str() == "GET" && route.token == Some(true);
    let mut paths: Vec<&str> = routes.iter().filter(is_closed).map(|route| route.path.as_str()).collect();
    paths.sort_by_key(|path| path.contains('{'));
    let base = context.target.base();
    let below = |path: &str| path.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(path).to_owned();
    paths.into_iter().take(MOST).map(|path| context.path(&filled(&below(path)))).collect()
}

/// Replaces each parameter of a path by an identifier.
fn filled(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| path + NOBODY + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// Takes requests that the earlier families did not need.
pub(super) fn borrow(context: &Context, needed: usize) {
    let mut needed = u32::try_from(needed).unwrap_or(u32::MAX);
    for family in Family::ALL.iter().filter(|family| !matches!(family, Family::Isolation | Family::Drift)) {
        needed -= context.prober.budget().lend(*family, Family::Drift, needed).min(needed);
    }
}

fn judge(context: &Context, (exchange, got): Probe) -> Seen {
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let is_page_for_all = context.found().catch_all.as_ref().is_some_and(|all| !all.is_distinct(&answer));
    let told = || format!("a request without a token is answered with {}", answer.status.as_u16());
    if context.refusals.contains(&answer.status) {
        Seen::Refused(evidence)
    } else if answer.status.is_success() && !is_page_for_all {
        let fact = Fact::new("a request without a token is answered with ").with(answer.status.as_u16());
        Seen::Broken(fact.with("; the manifest promises that it needs one"), evidence)
    } else {
        Seen::Unclear(told(), evidence)
    }
}

/// Combines the results of several routes: one open route decides. A route that checks something else before the token
/// shows nothing, and does not hide what the others show.
fn together(several: impl Iterator<Item = Seen>) -> Seen {
    let (mut refused, mut unclear) = (Vec::new(), None);
    for seen in several {
        match seen {
            Seen::Broken(..) => return seen,
            Seen::Refused(evidence) => refused.extend(evidence),
            Seen::Unclear(..) => unclear = unclear.or(Some(seen)),
        }
    }
    match unclear {
        Some(unclear) if refused.is_empty() => unclear,
        _ => Seen::Refused(refused),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_parameter_of_a_path_is_filled() {
        for (path, expected) in [
            ("/tasks", "/tasks".to_owned()),
            ("/tasks/{id}", format!("/tasks/{NOBODY}")),
            ("/a/{b}/c/{d}.json", format!("/a/{NOBODY}/c/{NOBODY}.json")),
            ("/a/{b", format!("/a/{NOBODY}")),
        ] {
            assert_eq!(filled(path), expected);
        }
    }
}
