//! Positive checks: pages of allowed origins can read answers, and can send what the policy allows.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use hardened_core::verification::Exchange;
use http::header;

use super::{
    browser::{Credentials, Denied, Wanted, get, may_read, may_send},
    checks::{ALLOWED, CREDENTIALS, EXPOSED, MAX_AGE, PREFLIGHT, SHARED},
    place::{Place, is_trouble},
};
use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    outcome::{Fact, Outcome},
    policy::Policy,
};

/// The longest acceptable `Access-Control-Max-Age`, in seconds, if the policy is not known.
const LONGEST: u64 = 86_400;

/// How many allowed origins are tried, by default and in a deep run.
const ORIGINS: usize = 4;
const ORIGINS_DEEP: usize = 16;

const EVERY: &str = "every origin is allowed; see cors-foreign-origin and cors-any-credentials";

pub(super) async fn run(context: &Context, policy: &Policy, place: &Place) -> Vec<Outcome> {
    let origins = origins(context, policy);
    let most = if context.deep { ORIGINS_DEEP } else { ORIGINS };
    let asked = origins.iter().take(most).enumerate();
    let asked = join_all(asked.map(|(at, origin)| one(context, policy, place, origin, at == 0))).await;
    let mut outcomes: Vec<_> = asked.into_iter().flatten().collect();
    if origins.len() > most {
        let more = origins.len() - most;
        outcomes.push(ALLOWED.skipped(format!("{more} more origins were not tried; use --deep")).case("further"));
    }
    outcomes
}

/// Returns origins whose pages may read answers. Other origins are compared with the first.
pub(super) fn origins(context: &Context, policy: &Policy) -> Vec<String> {
    if policy.any_origin {
        return vec![format!("https://{}.example", context.nonce())];
    }
    policy.members(context.nonce()).iter().map(ToString::to_string).collect()
}

/// Returns whether pages send credentials, according to the policy.
pub(super) fn credentials(policy: &Policy) -> Credentials {
    if policy.credentials == Some(true) { Credentials::Included } else { Credentials::Omitted }
}

async fn one(context: &Context, policy: &Policy, place: &Place, origin: &str, is_first: bool) -> Vec<Outcome> {
    let (exchange, got) = context.send(Family::Cors, place.simple(Some(origin))).await;
    let mut outcomes = match &got {
        Ok(answer) => simple(context, policy, place, origin, (answer, exchange), is_first).await,
        Err(reason) => {
            let mut unclear = vec![ALLOWED.unclear(reason.to_string(), vec![exchange.clone()]).case(origin)];
            unclear.push(CREDENTIALS.unclear(reason.to_string(), vec![exchange.clone()]).case(origin));
            if is_first {
                unclear.push(EXPOSED.unclear(reason.to_string(), vec![exchange]));
            }
            unclear
        }
    };
    outcomes.extend(preflights(context, policy, place, origin, is_first).await);
    outcomes
}

async fn simple(
    context: &Context,
    policy: &Policy,
    place: &Place,
    origin: &str,
    (answer, exchange): (&Answer, Exchange),
    is_first: bool,
) -> Vec<Outcome> {
    let evidence = || vec![exchange.clone()];
    let is_readable = may_read(&answer.headers, origin, Credentials::Omitted);
    if context.prober.is_rehearsal() || is_readable {
        let mut outcomes = vec![ALLOWED.shown(evidence()).case(origin)];
        outcomes.push(with_credentials(policy, answer, origin, evidence()).case(origin));
        if is_first {
            outcomes.push(exposed(policy, answer, evidence()));
        }
        return outcomes;
    }
    let mut outcomes = unreadable(context, policy, place, origin, (answer, &exchange)).await;
    let other = "a page of this origin cannot read the response; see cors-allowed-origin";
    outcomes.push(CREDENTIALS.unclear(other, evidence()).case(origin));
    if is_first {
        outcomes.push(EXPOSED.unclear(other, evidence()));
    }
    outcomes
}

/// Finds out why an allowed page cannot read the answer: the service, a cache, an error, or a route without a policy.
async fn unreadable(
    context: &Context,
    policy: &Policy,
    place: &Place,
    origin: &str,
    (answer, exchange): (&Answer, &Exchange),
) -> Vec<Outcome> {
    let mut evidence = vec![exchange.clone()];
    let allowed = get(&answer.headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN);
    if is_trouble(answer) {
        return vec![ALLOWED.unclear(format!("answered with {}", answer.status.as_u16()), evidence).case(origin)];
    }
    let (again, got) = context.send(Family::Cors, place.fresh(origin, context.nonce())).await;
    evidence.push(again);
    if got.is_ok_and(|answer| may_read(&answer.headers, origin, Credentials::Omitted)) {
        let fact = "an allowed origin gets permission only for a query that no cache has seen";
        let other = "a cache gives this origin the response for another; see cors-shared-answer";
        return vec![
            ALLOWED.unclear(other, evidence.clone()).case(origin),
            SHARED.failed(fact, evidence).case("for an allowed origin"),
        ];
    }
    let outcome = match allowed {
        Some(value) => {
            let fact = Fact::new("the response allows ").quoting(&String::from_utf8_lossy(&value));
            ALLOWED.failed(fact.with(", not this origin"), evidence)
        }
        None if policy.is_sum || place.is_guess && !policy.is_promised => {
            let reason = "this route has no CORS headers; name a route that pages call in the profile";
            ALLOWED.unclear(reason, evidence)
        }
        None => ALLOWED.failed("the response allows no origin", evidence),
    };
    vec![outcome.case(origin)]
}

fn with_credentials(policy: &Policy, answer: &Answer, origin: &str, evidence: Vec<Exchange>) -> Outcome {
    let Some(is_allowed) = policy.credentials else {
        return CREDENTIALS.skipped("it is not known whether credentials are allowed; declare it in the profile");
    };
    let is_sent = get(&answer.headers, &header::ACCESS_CONTROL_ALLOW_CREDENTIALS).is_some_and(|value| value == b"true");
    if is_any(answer) && (is_sent || is_allowed) {
        CREDENTIALS.unclear(EVERY, evidence)
    } else if is_allowed && !may_read(&answer.headers, origin, Credentials::Included) {
        CREDENTIALS.failed("a page of this origin cannot send cookies", evidence)
    } else if !is_allowed && is_sent {
        CREDENTIALS.failed("pages can send cookies", evidence)
    } else {
        CREDENTIALS.shown(evidence)
    }
}

/// Returns whether the answer allows every origin (`*`), which says nothing about this one.
fn is_any(answer: &Answer) -> bool {
    get(&answer.headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN).is_some_and(|value| value == b"*")
}

fn exposed(policy: &Policy, answer: &Answer, evidence: Vec<Exchange>) -> Outcome {
    let Some(promised) = &policy.exposed else {
        return EXPOSED.skipped("it is not known which response headers are exposed; declare them in the profile");
    };
    let lower = |name: &str| name.to_ascii_lowercase();
    let seen: BTreeSet<_> = answer.list(&header::ACCESS_CONTROL_EXPOSE_HEADERS).into_iter().map(lower).collect();
    let promised: BTreeSet<_> = promised.iter().map(|name| lower(name)).collect();
    let missing: Vec<_> = promised.difference(&seen).map(String::as_str).collect();
    let further: Vec<_> = seen.difference(&promised).map(String::as_str).collect();
    if !missing.is_empty() {
        EXPOSED.failed(Fact::new("not exposed: ").quoting(&missing.join(", ")), evidence)
    } else if !further.is_empty() {
        EXPOSED.failed(Fact::new("exposed in addition: ").quoting(&further.join(", ")), evidence)
    } else {
        EXPOSED.shown(evidence)
    }
}

async fn preflights(context: &Context, policy: &Policy, place: &Place, origin: &str, is_first: bool) -> Vec<Outcome> {
    let methods = match wanted_methods(policy) {
        methods if is_first => methods,
        methods => methods.into_iter().take(1).collect(),
    };
    if methods.is_empty() {
        let reason = "the policy allows nothing that needs a preflight";
        let mut skipped = vec![PREFLIGHT.skipped(reason).case(origin)];
        if is_first {
            skipped.push(MAX_AGE.skipped(reason));
        }
        return skipped;
    }
    let headers = policy.own_headers();
    let mut outcomes = Vec::new();
    for (at, method) in methods.iter().enumerate() {
        let wanted = Wanted { method, headers: &headers };
        let (exchange, got) = context.send(Family::Cors, place.preflight(origin, wanted)).await;
        let case = format!("{method} from {origin}");
        let evidence = vec![exchange];
        let answer = match got {
            Ok(answer) => answer,
            Err(reason) => {
                outcomes.push(PREFLIGHT.unclear(reason.to_string(), evidence.clone()).case(case));
                if is_first && at == 0 {
                    outcomes.push(MAX_AGE.unclear(reason.to_string(), evidence));
                }
                continue;
            }
        };
        let ask = |credentials| may_send(answer.status, &answer.headers, origin, credentials, wanted);
        let mut judged = ask(credentials(policy));
        if judged == Err(Denied::Origin) && ask(Credentials::Omitted).is_ok() && !is_any(&answer) {
            outcomes
                .push(CREDENTIALS.failed("a page of this origin cannot send cookies", evidence.clone()).case(&*case));
            judged = Ok(());
        }
        if is_first && at == 0 {
            let is_permitted = judged.is_ok() || context.prober.is_rehearsal();
            outcomes.push(max_age(policy, &answer, is_permitted, evidence.clone()));
        }
        let is_vague = policy.methods.is_none() || place.is_guess && !policy.is_promised;
        let outcome = match judged {
            Err(_) if context.prober.is_rehearsal() => PREFLIGHT.shown(evidence),
            Err(_) if is_any(&answer) => PREFLIGHT.unclear(EVERY, evidence),
            Err(denied) if is_vague || is_trouble(&answer) => PREFLIGHT.unclear(denied.to_string(), evidence),
            Err(denied) => PREFLIGHT.failed(Fact::new("").with(denied), evidence),
            Ok(()) => PREFLIGHT.shown(evidence),
        };
        outcomes.push(outcome.case(case));
    }
    outcomes
}

/// Returns the methods to request in a preflight; empty if pages do not need one.
fn wanted_methods(policy: &Policy) -> Vec<&str> {
    let own = policy.own_methods();
    let is_any = policy.methods.iter().flatten().any(|method| method == "*");
    let has_headers = policy.headers.iter().flatten().next().is_some();
    if is_any {
        vec!["PUT"]
    } else if !own.is_empty() {
        own.into_iter().take(4).collect()
    } else if policy.methods.is_none() || has_headers {
        vec!["GET"]
    } else {
        Vec::new()
    }
}

fn max_age(policy: &Policy, answer: &Answer, is_permitted: bool, evidence: Vec<Exchange>) -> Outcome {
    if !is_permitted {
        return MAX_AGE.unclear("the preflight is not permitted; see cors-allowed-preflight", evidence);
    }
    let value = answer.header(&header::ACCESS_CONTROL_MAX_AGE);
    let seconds = value.and_then(|value| value.trim().parse::<u64>().ok());
    match policy.max_age {
        Some(promised) if seconds == promised => MAX_AGE.shown(evidence),
        Some(promised) => {
            let promised = promised.map_or_else(|| "no time".to_owned(), |seconds| format!("{seconds} s"));
            let fact = Fact::new("the preflight response says ").quoting(value.unwrap_or_default());
            MAX_AGE.failed(fact.with("; the policy says ").with(promised), evidence)
        }
        None if seconds > Some(LONGEST) => MAX_AGE.failed(
            Fact::new("browsers may remember the preflight for ").with(seconds.unwrap_or_default()).with(" s"),
            evidence,
        ),
        None => MAX_AGE.shown(evidence),
    }
}
