//! Negative checks: pages of other origins must not be able to read answers.

use futures_util::future::join_all;
use hardened_core::{origin::Origin, tier::Tier, verification::Exchange};
use http::{StatusCode, header};

use super::{
    allowed,
    browser::{Credentials, get, may_read},
    bypass::{Bypass, Kind, derive},
    checks::{ANY, CASE, FOREIGN, SHARED, SPELLING, VARY},
    place::{Place, UNKNOWN, is_trouble, works},
};
use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::Context,
    control::{Batch, Control},
    judge::{Negative, Seen},
    outcome::{Fact, Outcome},
    policy::Policy,
};

/// The requests that are reserved for the last control and the preflights.
const RESERVED: u32 = 9;

type Got = Result<Answer, NoAnswer>;

pub(super) async fn run(context: &Context, policy: Option<&Policy>, place: &Place) -> Vec<Outcome> {
    let trusted = policy.and_then(|policy| allowed::origins(context, policy).into_iter().next());
    let control = place.simple(trusted.as_deref());
    let batch = match context.batch(Family::Cors, control, works(context, trusted.as_deref())).await {
        Ok(batch) => batch,
        Err(reason) => return without_control(context, policy, place, &reason).await,
    };
    let foreign = unrelated(context);
    let (exchange, got) = batch.probe(place.simple(Some(&foreign))).await;
    let shared = shared(context, place, &batch, trusted.as_deref(), (&exchange, &got)).await;
    let vary = vary(&batch, (&exchange, &got), trusted.as_deref(), &foreign);
    let any = any(policy, &got, &foreign, &exchange);
    let how_open = how_open(policy, &got, &foreign);
    let status = batch.answer.status;
    let mut cases =
        vec![(FOREIGN, "unrelated".to_owned(), judge(&foreign, policy, Kind::Foreign, status, (exchange, got)))];
    let mut skipped = Vec::new();
    match how_open {
        Some(reason) => {
            // Further origins would not show anything new.
            cases.retain(|_| reason.is_finding);
            skipped.extend([FOREIGN, SPELLING, CASE].map(|check| check.skipped(reason.text).case("further")));
        }
        None => {
            let (likely, further) = chosen(context, policy);
            let probes = likely.iter().map(|bypass| batch.probe(place.simple(Some(&bypass.origin))));
            let got = join_all(probes).await;
            cases.extend(likely.iter().zip(got).map(|(bypass, got)| {
                let seen = judge(&bypass.origin, policy, bypass.kind, status, got);
                (check(bypass.kind), bypass.case(), seen)
            }));
            skipped.extend(untried(&cases, &further));
        }
    }
    skipped.extend(said_already(&mut cases));
    let control = batch.close().await;
    let mut outcomes: Vec<_> =
        cases.into_iter().map(|(check, case, seen)| check.judged(seen, &control).case(case)).collect();
    outcomes.extend(skipped);
    outcomes.push(vary);
    outcomes.push(any.map_or_else(|| ANY.skipped("no response was seen"), |seen| ANY.judged(seen, &control)));
    outcomes.push(match shared {
        Some(seen) => SHARED.judged(seen, &control),
        None => SHARED.skipped(UNKNOWN),
    });
    outcomes
}

/// Returns an origin that is unrelated to the target.
pub(super) fn unrelated(context: &Context) -> String {
    format!("https://{}.example", context.nonce().chars().rev().collect::<String>())
}

/// Runs the check of an unrelated origin without a control: it cannot pass, but it can still fail.
async fn without_control(context: &Context, policy: Option<&Policy>, place: &Place, reason: &str) -> Vec<Outcome> {
    let foreign = unrelated(context);
    let control: Result<Control, String> = Err(reason.to_owned());
    let (exchange, got) = context.send(Family::Cors, place.simple(Some(&foreign))).await;
    let any = any(policy, &got, &foreign, &exchange);
    let how_open = how_open(policy, &got, &foreign);
    let seen = match how_open {
        Some(open) if !open.is_finding => Seen::Unclear(open.text.to_owned(), vec![exchange]),
        _ => judge(&foreign, policy, Kind::Foreign, StatusCode::OK, (exchange, got)),
    };
    let mut outcomes = vec![FOREIGN.judged(seen, &control).case("unrelated")];
    outcomes.push(any.map_or_else(|| ANY.unclear(reason, Vec::new()), |seen| ANY.judged(seen, &control)));
    outcomes.extend([SPELLING, CASE, SHARED].map(|check| check.unclear(reason, Vec::new())));
    outcomes.push(VARY.unclear(reason, Vec::new()));
    outcomes
}

/// The reason why further origins would not show anything new.
struct Open {
    text: &'static str,
    /// Whether it is a finding that an unrelated origin can read.
    is_finding: bool,
}

/// Returns why every origin is allowed; `None` if not every origin is.
fn how_open(policy: Option<&Policy>, got: &Got, foreign: &str) -> Option<Open> {
    if policy.is_some_and(|policy| policy.any_origin) {
        return Some(Open { text: "the policy allows every origin", is_finding: false });
    }
    let headers = &got.as_ref().ok()?.headers;
    if !may_read(headers, foreign, Credentials::Omitted) {
        return None;
    }
    if is_any_with_credentials(headers) {
        return Some(Open { text: "every origin is allowed; see cors-any-credentials", is_finding: false });
    }
    Some(Open { text: "every origin is allowed; see the case `unrelated`", is_finding: true })
}

/// Skips broken spellings if a foreign origin is allowed as well, because they are the same finding.
fn said_already(cases: &mut Vec<(Negative, String, Seen)>) -> Vec<Outcome> {
    let is_broken = |seen: &Seen| matches!(seen, Seen::Broken(..));
    if !cases.iter().any(|(check, _, seen)| check.0 == FOREIGN.0 && is_broken(seen)) {
        return Vec::new();
    }
    let said = cases.extract_if(.., |(check, _, seen)| check.0 != FOREIGN.0 && is_broken(seen));
    said.map(|(check, case, _)| check.skipped("a foreign origin is allowed; see cors-foreign-origin").case(case))
        .collect()
}

/// Returns whether `*` is sent together with a permission for credentials, which browsers reject.
pub(super) fn is_any_with_credentials(headers: &http::HeaderMap) -> bool {
    let is = |name, expected: &[u8]| get(headers, &name).is_some_and(|value| value == expected);
    is(header::ACCESS_CONTROL_ALLOW_ORIGIN, b"*") && is(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, b"true")
}

/// Judges whether every origin is allowed with credentials: as `*`, or by an echo if the policy allows every origin.
fn any(policy: Option<&Policy>, got: &Got, foreign: &str, exchange: &Exchange) -> Option<Seen> {
    let headers = &got.as_ref().ok()?.headers;
    let evidence = vec![exchange.clone()];
    let is_echo = policy.is_some_and(|policy| policy.any_origin) && may_read(headers, foreign, Credentials::Included);
    Some(if is_any_with_credentials(headers) {
        Seen::Broken("`*` is sent together with `Access-Control-Allow-Credentials: true`".into(), evidence)
    } else if is_echo {
        Seen::Broken("every origin is echoed, with credentials".into(), evidence)
    } else {
        Seen::Refused(evidence)
    })
}

/// Judges the answer to an origin that must not be allowed.
fn judge(
    origin: &str,
    policy: Option<&Policy>,
    kind: Kind,
    status: StatusCode,
    (exchange, got): (Exchange, Got),
) -> Seen {
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Seen::Unclear(reason.to_string(), evidence),
    };
    let can = |credentials| may_read(&answer.headers, origin, credentials);
    if is_trouble(&answer) {
        return Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence);
    }
    if can(Credentials::Omitted) {
        let with = if can(Credentials::Included) { ", with the cookies of its visitor" } else { "" };
        // The case says which shape was tried; it is a text of this crate.
        let fact = Fact::new("").with(origin).with(" can read the response").with(with);
        return match (policy, kind) {
            (None, Kind::Own) => Seen::Unclear(format!("{fact}; it may be one of yours: {UNKNOWN}"), evidence),
            (None, _) if !can(Credentials::Included) && kind != Kind::Spelling && kind != Kind::Case => Seen::Unclear(
                format!("{fact}, without credentials; it is not known whether that is intended: {UNKNOWN}"),
                evidence,
            ),
            _ => Seen::Broken(fact, evidence),
        };
    }
    match answer.status {
        same if same == status => Seen::Refused(evidence),
        StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN => Seen::Refused(evidence),
        other => Seen::Unclear(format!("answered with {}", other.as_u16()), evidence),
    }
}

const fn check(kind: Kind) -> Negative {
    match kind {
        Kind::Spelling => SPELLING,
        Kind::Case => CASE,
        Kind::Foreign | Kind::Own | Kind::Local => FOREIGN,
    }
}

/// Returns the origins to try now, and those that are left for `--deep`.
fn chosen(context: &Context, policy: Option<&Policy>) -> (Vec<Bypass>, Vec<Bypass>) {
    let own = Origin::parse(&context.target.origin()).ok();
    let members = policy.map(|policy| policy.members(context.nonce())).unwrap_or_default();
    let bases: Vec<_> = members.into_iter().filter(Origin::is_web).chain(own).collect();
    let is_allowed = |origin: &str| policy.is_some_and(|policy| policy.allows(origin));
    let null = Bypass { shape: "null", base: None, origin: "null".to_owned(), kind: Kind::Foreign };
    let mut all = vec![null];
    all.extend(derive(&bases, context.nonce(), is_allowed));
    // Before Preview, origins on a developer's machine are acceptable unless the policy says otherwise.
    let is_strict = policy.is_some() || matches!(context.tier, Tier::Preview | Tier::Production);
    all.retain(|bypass| is_strict || bypass.kind != Kind::Local);
    let room = context.prober.budget().left(Family::Cors).saturating_sub(RESERVED);
    let further = all.split_off(all.len().min(usize::try_from(room).unwrap_or(usize::MAX)));
    (all, further)
}

/// Reports which origins were not tried.
fn untried(cases: &[(Negative, String, Seen)], further: &[Bypass]) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for check in [FOREIGN, SPELLING, CASE] {
        let left = further.iter().filter(|bypass| self::check(bypass.kind).0 == check.0).count();
        if left > 0 {
            outcomes.push(check.skipped(format!("{left} more were not tried; use --deep")).case("further"));
        } else if !cases.iter().any(|(other, ..)| other.0 == check.0) {
            outcomes.push(check.skipped("the host has no such spelling").case("further"));
        }
    }
    outcomes
}

/// Judges whether answers that depend on the origin have `Vary: Origin`.
fn vary(batch: &Batch<'_>, (exchange, got): (&Exchange, &Got), trusted: Option<&str>, foreign: &str) -> Outcome {
    let allowed = |answer: &Answer| get(&answer.headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let says_so = |answer: &Answer| {
        answer.list(&header::VARY).iter().any(|name| *name == "*" || name.eq_ignore_ascii_case("origin"))
    };
    let Ok(other) = got else { return VARY.unclear("no response to compare with", vec![exchange.clone()]) };
    let evidence = vec![batch.before().clone(), exchange.clone()];
    let depends = allowed(&batch.answer) != allowed(other);
    let lacking = match trusted {
        Some(_) if depends => !says_so(&batch.answer),
        None if allowed(other).is_some_and(|value| value == foreign.as_bytes()) => !says_so(other),
        Some(_) if allowed(other).is_some() => false,
        _ => return VARY.skipped("no response that depends on the origin was seen"),
    };
    if lacking {
        VARY.failed("the response depends on the origin but has no `Vary: Origin`", evidence)
    } else {
        VARY.shown(evidence)
    }
}

/// Judges whether a cache gave a foreign origin the answer for the trusted one. A service that always names the same origin
/// looks the same; a query that no cache has seen tells the two apart.
async fn shared(
    context: &Context,
    place: &Place,
    batch: &Batch<'_>,
    trusted: Option<&str>,
    (exchange, got): (&Exchange, &Got),
) -> Option<Seen> {
    let names = |answer: &Answer, origin: &str| {
        get(&answer.headers, &header::ACCESS_CONTROL_ALLOW_ORIGIN).is_some_and(|value| value == origin.as_bytes())
    };
    let trusted = trusted?;
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Some(Seen::Unclear(reason.to_string(), vec![exchange.clone()])),
    };
    if !names(answer, trusted) {
        return Some(Seen::Refused(vec![exchange.clone()]));
    }
    let (again, got) = batch.probe(place.fresh(&unrelated(context), context.nonce())).await;
    let evidence = vec![exchange.clone(), again];
    Some(match got {
        Ok(answer) if names(&answer, trusted) => Seen::Refused(evidence),
        Ok(_) => Seen::Broken("an unrelated origin gets the response for an allowed one".into(), evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    })
}
