//! The family `docs`: whether the documentation of the API is hidden.

use std::collections::BTreeSet;

use hardened_core::{
    manifest::{DocsPromise, UrlPath},
    rule::Level,
    verification::Exchange,
};
use http::{StatusCode, header};

use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::Context,
    control::{Batch, Probe},
    detect::documentation,
    judge::{Seen, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Docs;
    /// No path shows the API documentation.
    HIDDEN: Negative "docs-hidden" rule::docs::LIVE_DOCS_SHOWN;
    /// Documentation that should be shown is shown.
    SHOWN: Positive "docs-shown" rule::docs::LIVE_DOCS_MISSING;
}

/// The paths where frameworks serve documentation, the most common first: FastAPI, utoipa, springdoc, Swashbuckle, Express,
/// NestJS, GraphQL, Rails, Django, API Platform, Quarkus, Flasgger, ASP.NET Core, Laravel.
const PATHS: &[&str] = &[
    "/docs",
    "/openapi.json",
    "/redoc",
    "/swagger-ui/index.html",
    "/v3/api-docs",
    "/api-docs",
    "/swagger/index.html",
    "/graphiql",
    "/swagger.json",
    "/api/docs",
    "/swagger/v1/swagger.json",
    "/playground",
    "/openapi.yaml",
    "/api-docs/index.html",
    "/api/schema",
    "/documentation",
    "/swagger",
    "/api/openapi.json",
    "/api-docs/openapi.json",
    "/rapidoc",
    "/scalar",
    "/q/swagger-ui",
    "/apidocs",
    "/api-json",
    "/docs.json",
    "/altair",
    "/scalar/v1",
    "/openapi/v1.json",
    "/swagger-ui.html",
    "/api/documentation",
    "/api",
    "/v2/api-docs",
    "/docs/api",
    "/api/v1/docs",
    "/asyncapi",
    "/openapi",
];

/// Other spellings of a path, which a filter may overlook although the router treats them as the path itself.
const SPELLINGS: &[fn(&str) -> String] = &[
    |path| format!("/{path}"),
    first_letter_encoded,
    str::to_ascii_uppercase,
    |path| format!("{path}."),
    |path| format!("{path};x"),
    |path| format!("{path}/"),
    |path| first_letter_encoded(path).replacen('%', "%25", 1),
    |path| format!("{path}%20"),
    |path| format!("/x/..{path}"),
];

/// Further paths that a manifest of this library hides, and that are not requested one by one.
const KNOWN_ELSEWHERE: &[&str] = &[
    "/openapi.yml",
    "/swagger-ui",
    "/api-doc",
    "/api.json",
    "/api.yaml",
    "/swagger.yaml",
    "/swagger.yml",
    "/q/openapi",
    "/v3/api-docs.yaml",
    "/swagger-resources",
    "/api-yaml",
    "/swaggerui",
    "/docs.jsonld",
    "/apispec.json",
    "/apispec_1.json",
];

/// The root, where some APIs serve their description and most have another page.
const ROOT: &str = "/";

/// Paths at which an API may have a welcome page.
const HOMES: [&str; 2] = [ROOT, "/api"];

/// How many of the usual paths, and then how many spellings, are requested before the rest.
const FIRST: (usize, usize) = (7, 6);

/// The maximum number of paths that are requested because the manifest shows them, or hides them at an unusual place.
const MOST_OWN: usize = 3;

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    if context.profile.docs_shown == Some(true) {
        let reason = "the profile says that the documentation is shown";
        return vec![HIDDEN.skipped(reason), SHOWN.skipped(reason)];
    }
    let nothing = |reason: &str| vec![HIDDEN.unclear(reason, Vec::new()), SHOWN.unclear(reason, Vec::new())];
    let control = match context.known() {
        Ok(control) => control,
        Err(reason) => return nothing(&reason),
    };
    let batch = match context.batch(Family::Docs, control, context.known_answers()).await {
        Ok(batch) => batch,
        Err(reason) => return nothing(&reason),
    };
    let mut outcomes = vec![shown(context, &batch).await];
    let paths = paths(context);
    let requests = paths.iter().map(|path| request(context, path).expects(StatusCode::NOT_FOUND)).collect();
    let probes = batch.probe_all(requests, 1).await;
    let mut seen = Vec::new();
    for (path, probe) in paths.iter().zip(&probes) {
        seen.push(match behind(context, &batch, &probes, path, probe).await {
            Ok((answer, evidence)) => judge(context, path, &answer, evidence),
            Err(unclear) => unclear,
        });
    }
    let control = batch.close().await;
    let is_free = context.promises().is_none() && HIDDEN.0.rule().level(context.tier) == Level::Off;
    if is_free {
        outcomes.push(HIDDEN.skipped(format!("documentation may be shown in {}", context.tier.name())));
    } else {
        outcomes.extend(paths.into_iter().zip(seen).map(|(path, seen)| HIDDEN.judged(seen, &control).case(path)));
    }
    outcomes
}

fn request(context: &Context, path: &str) -> Request {
    Request::get(context.path(path)).header(header::ACCEPT, "text/html, application/json;q=0.9")
}

/// Looks for documentation at the paths where the manifest permits it, the usual ones first.
async fn shown(context: &Context, batch: &Batch<'_>) -> Outcome {
    let mut paths = promised(context, |docs| &docs.shown);
    if paths.is_empty() {
        return SHOWN.skipped("no documentation is promised to be shown");
    }
    paths.sort_by_key(|path| PATHS.iter().position(|usual| usual == path).unwrap_or(PATHS.len()));
    let mut looked = Vec::new();
    for path in paths.iter().take(MOST_OWN) {
        let probe = batch.probe(request(context, path)).await;
        match behind(context, batch, &[], path, &probe).await {
            Ok((answer, evidence)) if documentation(&answer).is_some() && answer.status.is_success() => {
                return SHOWN.shown(evidence).case(path.as_str());
            }
            Ok((_, evidence)) => looked.extend(evidence),
            Err(_) => return SHOWN.unclear("no response", vec![probe.0]).case(path.as_str()),
        }
    }
    // A long list says where documentation may be shown, not that it is.
    if paths.len() > MOST_OWN {
        return SHOWN.skipped("none of the usual paths where documentation may be shown has any");
    }
    let paths = paths.join(", ");
    SHOWN.failed(Fact::new("no documentation at ").with(&paths), looked).case(paths)
}

fn promised(context: &Context, list: fn(&DocsPromise) -> &[UrlPath]) -> Vec<String> {
    let docs = context.promises().and_then(|promises| promises.docs.as_ref());
    docs.map(list).unwrap_or_default().iter().map(|path| path.as_str().to_owned()).collect()
}

/// Returns every path to request, the likely ones first: those of the profile, a few that only the manifest hides, the
/// usual ones, other spellings.
fn paths(context: &Context) -> Vec<String> {
    let (hidden, shown) = (promised(context, |docs| &docs.hidden), promised(context, |docs| &docs.shown));
    let is_usual = |path: &&String| {
        let path = path.as_str();
        PATHS.contains(&path) || KNOWN_ELSEWHERE.contains(&path) || path.starts_with("/api/")
    };
    let said = &context.profile.docs_paths;
    let own = hidden.iter().filter(|path| !is_usual(path) && !said.contains(path)).take(MOST_OWN);
    let own: Vec<_> = said.iter().chain(own).cloned().collect();
    let is_shown = |path: &str| shown.iter().any(|shown| path.starts_with(shown.as_str()));
    let bases = said.iter().map(String::as_str).chain(["/docs", "/openapi.json", "/redoc"]);
    let base = bases.into_iter().find(|path| !is_shown(path)).unwrap_or("/swagger");
    let spellings: Vec<_> = SPELLINGS.iter().map(|spell| spell(base)).collect();
    let usual: Vec<_> = PATHS.iter().copied().filter(|path| !is_shown(path)).map(str::to_owned).collect();
    let (first, rest) = usual.split_at(FIRST.0.min(usual.len()).saturating_sub(own.len()));
    let (early, late) = spellings.split_at(FIRST.1.min(spellings.len()));
    let root = vec![ROOT.to_owned()];
    let mut paths = [own, first.to_vec(), root, early.to_vec(), rest.to_vec(), late.to_vec()].concat();
    let mut known = BTreeSet::new();
    paths.retain(|path| known.insert(path.clone()));
    paths
}

/// Encodes the first letter: `/%64ocs` for `/docs`.
fn first_letter_encoded(path: &str) -> String {
    match path.as_bytes() {
        [b'/', letter, ..] => format!("/%{letter:02x}{}", path.get(2..).unwrap_or_default()),
        _ => path.to_owned(),
    }
}

/// Returns the answer to a path, following a redirect to a nearby path, such as from `/docs` to `/docs/`.
async fn behind(
    context: &Context,
    batch: &Batch<'_>,
    probes: &[Probe],
    path: &str,
    (exchange, got): &Probe,
) -> Result<(Answer, Vec<Exchange>), Seen> {
    let evidence = vec![exchange.clone()];
    let unclear = |reason: &NoAnswer, evidence| Seen::Unclear(reason.to_string(), evidence);
    let answer = got.clone().map_err(|reason| unclear(&reason, evidence.clone()))?;
    let Some(next) = nearby(context, &answer, &context.path(path)) else { return Ok((answer, evidence)) };
    let known = probes.iter().find(|(exchange, _)| exchange.sent.path == next).cloned();
    let (exchange, got) = match known {
        Some(probe) => probe,
        None if batch.left() == 0 => return Err(unclear(&NoAnswer::BudgetSpent, evidence)),
        None => batch.probe(Request::get(next)).await,
    };
    let evidence = [evidence, vec![exchange]].concat();
    got.map(|answer| (answer, evidence.clone())).map_err(|reason| unclear(&reason, evidence))
}

fn judge(context: &Context, path: &str, answer: &Answer, evidence: Vec<Exchange>) -> Seen {
    let shown = documentation(answer).filter(|_| answer.status.is_success());
    if let Some(kind) = shown {
        let fact = Fact::new("answered with ").with(answer.status.as_u16()).with(" and ").with(kind);
        return Seen::Broken(fact, evidence);
    }
    let is_promised = promised(context, |docs| &docs.hidden).iter().any(|hidden| hidden == path);
    if is_promised && answer.status.is_success() && context.found().catch_all.is_none() {
        let fact = Fact::new("answered with ").with(answer.status.as_u16()).with("; the manifest promises 404");
        return Seen::Broken(fact, evidence);
    }
    let is_home = HOMES.contains(&path) && answer.status.is_success();
    if is_home || is_absent(context, answer) {
        return Seen::Refused(evidence);
    }
    Seen::Unclear(format!("answered with {}, with an unknown page", answer.status.as_u16()), evidence)
}

/// Returns the path that an answer redirects to, if it is on this host and begins with the requested path.
fn nearby(context: &Context, answer: &Answer, path: &str) -> Option<String> {
    let to = answer.header(&header::LOCATION).filter(|_| answer.status.is_redirection())?;
    let to = context.target.path_at(to)?;
    let stem = |path: &str| path.trim_matches('/').to_ascii_lowercase();
    let is_near = to != path && !stem(path).is_empty();
    (is_near && stem(to).starts_with(&stem(path))).then(|| to.to_owned())
}

/// Returns whether an answer shows that there is no documentation: the path does not exist, is closed, redirects, or is data.
fn is_absent(context: &Context, answer: &Answer) -> bool {
    let is_catch_all = context.found().catch_all.as_ref().map(|all| all.is(answer));
    match answer.status {
        StatusCode::BAD_REQUEST
        | StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::NOT_FOUND
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::NOT_ACCEPTABLE
        | StatusCode::GONE => true,
        status if status.is_redirection() => true,
        // Without a catch-all, JSON is a resource with the same name.
        status if status.is_success() => is_catch_all.unwrap_or(!answer.is_html() && answer.json().is_some()),
        _ => false,
    }
}
