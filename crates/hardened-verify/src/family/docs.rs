//! Whether the documentation of the API is hidden.

use hardened_core::verification::Exchange;
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
    /// No path shows the documentation of the API.
    HIDDEN: Negative "docs-hidden" rule::docs::LIVE_DOCS_SHOWN;
}

/// Where frameworks put it, the usual ones first: FastAPI, utoipa, springdoc, Swashbuckle, Express, NestJS, GraphQL, Rails,
/// Django, API Platform, Quarkus, Flasgger.
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
    "/asyncapi",
    "/openapi",
];

/// Other spellings of a path, which a filter overlooks and a router reads as the path itself.
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

/// How many of the usual paths, and then how many spellings, are asked for before the rest.
const FIRST: (usize, usize) = (7, 6);

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    if context.profile.docs_shown == Some(true) {
        return vec![HIDDEN.skipped("the profile says that the documentation is shown")];
    }
    let nothing = |reason: String| vec![HIDDEN.unclear(reason, Vec::new())];
    let control = match context.known() {
        Ok(control) => control,
        Err(reason) => return nothing(reason),
    };
    let batch = match context.batch(Family::Docs, control, context.known_answers()).await {
        Ok(batch) => batch,
        Err(reason) => return nothing(reason),
    };
    let paths = paths(&context.profile.docs_paths);
    let request = |path: &String| {
        let request = Request::get(context.path(path)).header(header::ACCEPT, "text/html, application/json;q=0.9");
        request.expects(StatusCode::NOT_FOUND)
    };
    let probes = batch.probe_all(paths.iter().map(request).collect(), 1).await;
    let mut seen = Vec::new();
    for (path, probe) in paths.iter().zip(&probes) {
        seen.push(match behind(context, &batch, &probes, path, probe).await {
            Ok((answer, evidence)) => judge(context, &answer, evidence),
            Err(unclear) => unclear,
        });
    }
    let control = batch.close().await;
    paths.into_iter().zip(seen).map(|(path, seen)| HIDDEN.judged(seen, &control).case(path)).collect()
}

/// Every path to ask for, those that the profile names and the likely ones first.
fn paths(said: &[String]) -> Vec<String> {
    let first_said = said.first().map_or("/docs", String::as_str);
    let spellings: Vec<_> = SPELLINGS.iter().map(|spell| spell(first_said)).collect();
    let (first, rest) = PATHS.split_at(FIRST.0.min(PATHS.len()));
    let (early, late) = spellings.split_at(FIRST.1.min(spellings.len()));
    let plain = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let mut paths = [said.to_vec(), plain(first), early.to_vec(), plain(rest), late.to_vec()].concat();
    let mut known = std::collections::BTreeSet::new();
    paths.retain(|path| known.insert(path.clone()));
    paths
}

/// `/%64ocs`.
fn first_letter_encoded(path: &str) -> String {
    match path.as_bytes() {
        [b'/', letter, ..] => format!("/%{letter:02x}{}", path.get(2..).unwrap_or_default()),
        _ => path.to_owned(),
    }
}

/// The answer to a path. Where it redirects to a path next to it, such as `/docs/` after `/docs`, the answer to that.
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
    let Some(next) = nearby(&answer, &context.path(path)) else { return Ok((answer, evidence)) };
    let known = probes.iter().find(|(exchange, _)| exchange.sent.path == next).cloned();
    let (exchange, got) = match known {
        Some(probe) => probe,
        None if batch.left() == 0 => return Err(unclear(&NoAnswer::BudgetSpent, evidence)),
        None => batch.probe(Request::get(next)).await,
    };
    let evidence = [evidence, vec![exchange]].concat();
    got.map(|answer| (answer, evidence.clone())).map_err(|reason| unclear(&reason, evidence))
}

fn judge(context: &Context, answer: &Answer, evidence: Vec<Exchange>) -> Seen {
    let shown = documentation(answer).filter(|_| answer.status.is_success());
    if let Some(kind) = shown {
        let fact = Fact::new("answered with ").with(answer.status.as_u16()).with(" and ").with(kind);
        return Seen::Broken(fact, evidence);
    }
    if is_absent(context, answer) {
        return Seen::Refused(evidence);
    }
    Seen::Unclear(format!("answered with {}, and with a page that is not known", answer.status.as_u16()), evidence)
}

/// The path that an answer redirects to, where it is on this host and begins as the one that was asked for.
fn nearby(answer: &Answer, path: &str) -> Option<String> {
    let to = answer.header(&header::LOCATION).filter(|_| answer.status.is_redirection())?;
    let stem = |path: &str| path.trim_matches('/').to_ascii_lowercase();
    let is_near = to.starts_with('/') && !to.starts_with("//") && to != path && !stem(path).is_empty();
    (is_near && stem(to).starts_with(&stem(path))).then(|| to.to_owned())
}

/// What shows that there is no documentation: the path does not exist, is closed, leads away, or is data.
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
        // A resource that has the same name, on a service that knows which paths exist.
        status if status.is_success() => is_catch_all.unwrap_or(!answer.is_html() && answer.json().is_some()),
        _ => false,
    }
}
