//! The family `exposure`: whether anyone can read files and pages that must not be public.

use http::StatusCode;

use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    control::Probe,
    detect::{Sort, exposed},
    judge::{Negative, Seen, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Exposure;
    /// No path shows secrets or source code.
    SECRETS: Negative "exposure-secrets" rule::exposure::LIVE_SECRET_FILE;
    /// No path shows metrics, profiles or settings of the service.
    INSIDE: Negative "exposure-inside" rule::exposure::LIVE_INSIDE_SHOWN;
}

/// The paths to try, the most likely first, and the check that each belongs to.
const PATHS: &[(&str, Negative)] = &[
    ("/.env", SECRETS),
    ("/.git/HEAD", SECRETS),
    ("/metrics", INSIDE),
    ("/actuator/env", SECRETS),
    ("/config", SECRETS),
    ("/debug/pprof/", INSIDE),
    ("/.git/config", SECRETS),
    ("/actuator", INSIDE),
    ("/config.json", SECRETS),
    ("/debug/vars", INSIDE),
    ("/.env.production", SECRETS),
    ("/server-status", INSIDE),
    ("/phpinfo.php", INSIDE),
    ("/actuator/prometheus", INSIDE),
    ("/.aws/credentials", SECRETS),
    ("/backup.sql", SECRETS),
    ("/dump.sql", SECRETS),
    ("/env", SECRETS),
    ("/api/config", SECRETS),
    ("/rails/info/properties", INSIDE),
    ("/_profiler/", INSIDE),
    ("/telescope", INSIDE),
    ("/elmah.axd", INSIDE),
    ("/h2-console/", SECRETS),
    ("/nginx_status", INSIDE),
    ("/private.key", SECRETS),
    ("/id_rsa", SECRETS),
    ("/.env.local", SECRETS),
    ("/prometheus", INSIDE),
];

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let nothing = |reason: String| [SECRETS, INSIDE].map(|check| check.unclear(reason.clone(), Vec::new())).into();
    let control = match context.known() {
        Ok(control) => control,
        Err(reason) => return nothing(reason),
    };
    let batch = match context.batch(Family::Exposure, control, context.known_answers()).await {
        Ok(batch) => batch,
        Err(reason) => return nothing(reason),
    };
    let request = |path: &str| Request::get(context.path(path)).expects(StatusCode::NOT_FOUND);
    let probes = batch.probe_all(PATHS.iter().map(|(path, _)| request(path)).collect(), 0).await;
    let (known, answer) = (batch.before().clone(), batch.answer.clone());
    let control = batch.close().await;
    // The known path is judged as well, because the home page can be a directory listing.
    let of_known = match judge(context, INSIDE, (known.clone(), Ok(answer))) {
        (check, seen @ Seen::Broken(..)) => Some(check.judged(seen, &control).case(known.sent.path)),
        _ => None,
    };
    let judged = PATHS.iter().zip(probes).map(|((path, check), probe)| {
        let (check, seen) = judge(context, *check, probe);
        check.judged(seen, &control).case(*path)
    });
    of_known.into_iter().chain(judged).collect()
}

/// Judges an answer. If the page is recognised, its kind decides which check the result belongs to.
fn judge(context: &Context, check: Negative, (exchange, got): Probe) -> (Negative, Seen) {
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return (check, Seen::Unclear(reason.to_string(), evidence)),
    };
    let shown = exposed(&answer).filter(|_| answer.status.is_success());
    if let Some(exposed) = shown {
        let check = if exposed.sort == Sort::Secret { SECRETS } else { INSIDE };
        let fact = Fact::new("answered with ").with(answer.status.as_u16()).with(" and ").with(exposed.name);
        return (check, Seen::Broken(fact, evidence));
    }
    if is_absent(context, &answer) {
        return (check, Seen::Refused(evidence));
    }
    let reason = format!("answered with {}, with an unknown page", answer.status.as_u16());
    (check, Seen::Unclear(reason, evidence))
}

/// Returns whether an answer shows that nothing is exposed: the path does not exist, is closed or redirects; the answer is
/// the catch-all; or, without a catch-all, it is a resource with the same name.
fn is_absent(context: &Context, answer: &Answer) -> bool {
    match answer.status {
        status if status.is_success() => context.found().catch_all.as_ref().is_none_or(|all| all.is(answer)),
        status if status.is_redirection() => true,
        status => status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS,
    }
}
