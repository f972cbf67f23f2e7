//! Negative checks of preflights: what they must not permit.

use hardened_core::verification::Exchange;
use http::{HeaderName, header};

use super::{
    allowed,
    browser::{Credentials, Wanted, get, may_send},
    checks::{FOREIGN, PRIVATE, REFLECTED, SHARED},
    foreign::{is_any_with_credentials, unrelated},
    place::{Place, UNKNOWN, is_trouble, works},
};
use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::Context,
    control::{Batch, Expectation},
    judge::Seen,
    outcome::{Fact, Outcome},
    policy::Policy,
};

const ALLOWS_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");

type Got = Result<Answer, NoAnswer>;

pub(super) async fn run(context: &Context, policy: Option<&Policy>, place: &Place) -> Vec<Outcome> {
    let trusted = policy.and_then(|policy| allowed::origins(context, policy).into_iter().next());
    let asked = Asked::of(policy);
    let headers: Vec<_> = asked.headers.iter().map(String::as_str).collect();
    let wanted = Wanted { method: &asked.method, headers: &headers };
    let batch = match open(context, policy, place, trusted.as_deref(), wanted).await {
        Ok(batch) => batch,
        Err(reason) => {
            let foreign = FOREIGN.unclear(reason.as_str(), Vec::new()).case("unrelated, preflight");
            let others = [REFLECTED, PRIVATE].map(|check| check.unclear(reason.as_str(), Vec::new()));
            return others.into_iter().chain([foreign]).collect();
        }
    };
    let origin = unrelated(context);
    let (exchange, got) = batch.probe(place.private_preflight(&origin, wanted)).await;
    let mut seen = Vec::new();
    let is_said = got.as_ref().is_ok_and(|answer| is_any_with_credentials(&answer.headers));
    let is_meant = policy.is_some_and(|policy| policy.any_origin);
    if !is_said && !is_meant {
        seen.push((FOREIGN, "unrelated, preflight", foreign(policy, &origin, wanted, (&exchange, &got))));
    }
    seen.push((PRIVATE, "for a foreign origin", private((&exchange, &got))));
    if let (Some(policy), Some(trusted)) = (policy, trusted.as_deref()) {
        if policy.methods.is_some() {
            seen.push((SHARED, "preflight", shared(context, place, &batch, trusted, wanted, (&exchange, &got)).await));
        }
        if policy.is_promised {
            let (exchange, got) = batch.probe(place.private_preflight(trusted, wanted)).await;
            seen.push((PRIVATE, "for an allowed origin", private((&exchange, &got))));
        }
        for (case, seen_there) in reflected(context, policy, place, &batch, trusted).await {
            seen.push((REFLECTED, case, seen_there));
        }
    }
    let has_reflected = seen.iter().any(|(check, ..)| check.0 == REFLECTED.0);
    let control = batch.close().await;
    let mut outcomes: Vec<_> =
        seen.into_iter().map(|(check, case, seen)| check.judged(seen, &control).case(case)).collect();
    if !has_reflected {
        let reason = match policy {
            Some(policy) if policy.methods.is_some() => "the policy allows every method and header",
            Some(_) => "it is not known which methods and headers are allowed; declare them in the profile",
            None => UNKNOWN,
        };
        outcomes.push(REFLECTED.skipped(reason));
    }
    outcomes
}

/// The request that preflights ask for: one that the policy allows, if it is known.
struct Asked {
    method: String,
    headers: Vec<String>,
}

impl Asked {
    fn of(policy: Option<&Policy>) -> Self {
        let method = policy.and_then(|policy| policy.own_methods().first().map(|method| (*method).to_owned()));
        let headers = policy.map(|policy| policy.own_headers().into_iter().map(str::to_owned).collect());
        let other = if policy.is_some_and(|policy| policy.methods.is_some()) { "GET" } else { "PUT" };
        Self { method: method.unwrap_or_else(|| other.to_owned()), headers: headers.unwrap_or_default() }
    }
}

/// Opens a batch whose control is the preflight of an allowed origin, or a plain request if none is known.
async fn open<'a>(
    context: &'a Context,
    policy: Option<&Policy>,
    place: &Place,
    trusted: Option<&str>,
    wanted: Wanted<'_>,
) -> Result<Batch<'a>, String> {
    let (Some(_), Some(origin)) = (policy.filter(|policy| policy.methods.is_some()), trusted) else {
        return context.batch(Family::Cors, place.simple(trusted), works(context, trusted)).await;
    };
    let (asked, method) = (origin.to_owned(), wanted.method.to_owned());
    let headers: Vec<_> = wanted.headers.iter().map(|name| (*name).to_owned()).collect();
    let permits: Expectation = Box::new(move |answer| {
        let headers: Vec<_> = headers.iter().map(String::as_str).collect();
        let wanted = Wanted { method: &method, headers: &headers };
        may_send(answer.status, &answer.headers, &asked, Credentials::Omitted, wanted)
            .map_err(|denied| format!("failed: {denied}"))
    });
    context.batch(Family::Cors, place.preflight(origin, wanted), permits).await
}

fn foreign(policy: Option<&Policy>, origin: &str, wanted: Wanted<'_>, (exchange, got): (&Exchange, &Got)) -> Seen {
    let evidence = vec![exchange.clone()];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let can = |credentials| may_send(answer.status, &answer.headers, origin, credentials, wanted).is_ok();
    if is_trouble(answer) {
        Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence)
    } else if can(Credentials::Included) || policy.is_some() && can(Credentials::Omitted) {
        Seen::Broken(Fact::new("").with(origin).with(" is permitted to send ").with(wanted.method), evidence)
    } else if can(Credentials::Omitted) {
        let reason = "is permitted without credentials; it is not known whether that is intended";
        Seen::Unclear(format!("{origin} {reason}: {UNKNOWN}"), evidence)
    } else {
        Seen::Refused(evidence)
    }
}

fn private((exchange, got): (&Exchange, &Got)) -> Seen {
    let evidence = vec![exchange.clone()];
    match got {
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
        Ok(answer) if is_trouble(answer) => {
            Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence)
        }
        Ok(answer) if get(&answer.headers, &ALLOWS_PRIVATE_NETWORK).is_some_and(|value| value == b"true") => {
            Seen::Broken("`Access-Control-Allow-Private-Network: true` is sent".into(), evidence)
        }
        Ok(_) => Seen::Refused(evidence),
    }
}

/// Asks for a random header and a random method, which no policy can list.
async fn reflected(
    context: &Context,
    policy: &Policy,
    place: &Place,
    batch: &Batch<'_>,
    trusted: &str,
) -> Vec<(&'static str, Seen)> {
    let has = |list: &Option<Vec<String>>, any: bool| {
        list.as_ref().is_some_and(|list| any == list.iter().any(|item| item == "*"))
    };
    let (header, method) = (format!("x-{}", context.nonce()), context.nonce().to_ascii_uppercase());
    let names = [header.as_str()];
    let mut cases = Vec::new();
    if has(&policy.headers, false) {
        cases.push(("a header", Wanted { method: "GET", headers: &names }));
    }
    if has(&policy.methods, false) {
        cases.push(("a method", Wanted { method: &method, headers: &[] }));
    }
    let mut seen = Vec::new();
    for (case, wanted) in cases {
        let (exchange, got) = batch.probe(place.preflight(trusted, wanted)).await;
        let evidence = vec![exchange];
        let judged = match got {
            Err(reason) => Seen::Unclear(reason.to_string(), evidence),
            Ok(answer) if is_trouble(&answer) => {
                Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence)
            }
            Ok(answer) => {
                let judged = may_send(answer.status, &answer.headers, trusted, allowed::credentials(policy), wanted);
                match judged {
                    Ok(()) => Seen::Broken(
                        Fact::new("the preflight permits ").with(case).with(" that no policy can list"),
                        evidence,
                    ),
                    Err(_) => Seen::Refused(evidence),
                }
            }
        };
        seen.push((case, judged));
    }
    seen
}

/// Judges whether a cache gave a foreign origin the permission for the trusted one.
async fn shared(
    context: &Context,
    place: &Place,
    batch: &Batch<'_>,
    trusted: &str,
    wanted: Wanted<'_>,
    (exchange, got): (&Exchange, &Got),
) -> Seen {
    let names_trusted = |answer: &Answer| {
        get(&answer.headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN).is_some_and(|value| value == trusted.as_bytes())
    };
    let evidence = vec![exchange.clone()];
    match got {
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
        Ok(answer) if !names_trusted(answer) => Seen::Refused(evidence),
        Ok(_) => {
            let request = place.fresh_preflight(&unrelated(context), wanted, context.nonce());
            let (again, got) = batch.probe(request).await;
            let evidence = vec![exchange.clone(), again];
            match got {
                Ok(answer) if names_trusted(&answer) => Seen::Refused(evidence),
                Ok(_) => Seen::Broken("an unrelated origin gets the permission for an allowed one".into(), evidence),
                Err(reason) => Seen::Unclear(reason.to_string(), evidence),
            }
        }
    }
}
