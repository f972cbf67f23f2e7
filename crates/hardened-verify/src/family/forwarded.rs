//! Headers in which proxies say where a request comes from, sent by a client.

use hardened_core::verification::Exchange;
use http::{HeaderName, StatusCode, header};

use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    control::{Batch, Probe},
    judge::{Negative, Seen},
    outcome::{Fact, Outcome},
    request::Request,
};

/// Headers that name the host that a client asked for.
const HOSTS: [&str; 4] = ["x-forwarded-host", "x-forwarded-server", "x-original-host", "x-host"];

/// Headers that name the scheme that a client used.
const SCHEMES: [&str; 3] = ["x-forwarded-proto", "x-forwarded-scheme", "x-url-scheme"];

/// Headers that name the address of a client, of proxies and platforms.
const ADDRESSES: [&str; 10] = [
    "x-forwarded-for",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-original-forwarded-for",
    "true-client-ip",
    "cf-connecting-ip",
    "fly-client-ip",
    "fastly-client-ip",
    "x-azure-clientip",
];

/// Addresses that belong to nobody (RFC 5737).
const NOBODY: [&str; 2] = ["198.51.100.7", "198.51.100.8"];

/// What was seen, or why nothing was asked.
type Asked = Result<Seen, String>;

/// Judges whether a client can choose the host and the scheme, and its address.
pub(super) async fn judge(context: &Context, forwarded: Negative, client: Negative) -> Vec<Outcome> {
    let opened = match context.known() {
        Ok(known) => {
            context.batch(Family::Hosts, known.clone(), context.known_answers()).await.map(|batch| (known, batch))
        }
        Err(reason) => Err(reason),
    };
    let (known, batch) = match opened {
        Ok(opened) => opened,
        Err(reason) => return [forwarded, client].map(|check| check.unclear(reason.clone(), Vec::new())).into(),
    };
    let place = place(context, &batch, &known).await;
    let address = address(context, &batch, &known).await;
    let control = batch.close().await;
    [(forwarded, place), (client, address)]
        .map(|(check, asked)| match asked {
            Ok(seen) => check.judged(doubted(context, seen), &control),
            Err(reason) => check.skipped(reason),
        })
        .into()
}

/// A target that is asked without the proxy in front of it may take this program for the proxy.
fn doubted(context: &Context, seen: Seen) -> Seen {
    match seen {
        Seen::Broken(_, evidence) if context.target.is_private() && !context.prober.is_in_process() => {
            let reason =
                "the target believes this program, which asks from where its proxy may be; ask it through the proxy";
            Seen::Unclear(reason.to_owned(), evidence)
        }
        seen => seen,
    }
}

fn named(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

/// A request whose client says that it asked for another host, over another scheme.
fn of_place(context: &Context, request: Request, host: &str) -> Request {
    let scheme = other_scheme(context);
    let element = format!("for={};host={host};proto={scheme}", NOBODY[0]);
    let request = HOSTS.into_iter().fold(request, |request, name| request.header(named(name), host));
    of_scheme(request, scheme).header(header::FORWARDED, &element)
}

/// The scheme that the target is not asked over.
fn other_scheme(context: &Context) -> &'static str {
    if context.target.is_https() { "http" } else { "https" }
}

fn of_scheme(request: Request, scheme: &str) -> Request {
    SCHEMES.into_iter().fold(request, |request, name| request.header(named(name), scheme))
}

/// A request whose client says that it has another address.
fn of_address(request: Request, address: &str) -> Request {
    let element = format!("for={address}");
    let request = ADDRESSES.into_iter().fold(request, |request, name| request.header(named(name), address));
    request.header(header::FORWARDED, &element)
}

/// Whether the answer names the host that a client made up, or follows its scheme.
async fn place(context: &Context, batch: &Batch<'_>, known: &Request) -> Asked {
    let host = format!("{}.invalid", context.nonce());
    let first = batch.probe(of_place(context, known.clone(), &host)).await;
    let seen = match first {
        (exchange, Ok(answer)) if answer.status.is_redirection() && !links_to(&answer, &host) => {
            redirected(context, batch, known, exchange).await
        }
        first => compared(context, &batch.answer, first, &host),
    };
    let top = context.path("/");
    if matches!(seen, Ok(Seen::Broken(..))) || known.path == top {
        return seen;
    }
    // A page that everybody sees has more links. Without its usual answer it shows only what is wrong.
    let (exchange, got) = batch.probe(of_place(context, Request::get(top), &host)).await;
    match got {
        Ok(answer) if links_to(&answer, &host) => Ok(link(exchange)),
        _ => seen,
    }
}

/// A redirect can be the refusal of another host. With the scheme alone it is not.
async fn redirected(context: &Context, batch: &Batch<'_>, known: &Request, first: Exchange) -> Asked {
    context.prober.budget().lend(Family::Docs, Family::Hosts, 1);
    let (exchange, got) = batch.probe(of_scheme(known.clone(), other_scheme(context))).await;
    let evidence = vec![first, exchange];
    Ok(match got {
        Ok(answer) if answer.status.is_redirection() => {
            Seen::Broken(Fact::new("the answer is a redirect when a client says that it used another scheme"), evidence)
        }
        _ => Seen::Unclear("the answer to a client that names another host is a redirect".to_owned(), evidence),
    })
}

/// What differs from the usual answer.
fn compared(context: &Context, usual: &Answer, (exchange, got): Probe, host: &str) -> Asked {
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return Ok(Seen::Unclear(reason.to_string(), vec![exchange])),
    };
    let broken = |fact: &'static str| Ok(Seen::Broken(Fact::new(fact), vec![exchange.clone()]));
    let refused = [StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN, StatusCode::MISDIRECTED_REQUEST];
    let lost = |name: &HeaderName| usual.headers.contains_key(name) && !answer.headers.contains_key(name);
    if links_to(&answer, host) {
        Ok(link(exchange))
    } else if refused.contains(&answer.status) {
        Ok(Seen::Refused(vec![exchange]))
    } else if answer.status != usual.status {
        let reason = format!("answered with {}, and otherwise with {}", answer.status.as_u16(), usual.status.as_u16());
        Ok(Seen::Unclear(reason, vec![exchange]))
    } else if lost(&header::STRICT_TRANSPORT_SECURITY) {
        broken("`strict-transport-security` is missing when a client says that it came over `http:`")
    } else if secure_cookies(usual) > secure_cookies(&answer) {
        broken("a cookie is set without `Secure` when a client says that it came over `http:`")
    } else if depends(context, usual) {
        Ok(Seen::Refused(vec![exchange]))
    } else {
        Err("no answer was seen that depends on the host or the scheme".to_owned())
    }
}

fn link(exchange: Exchange) -> Seen {
    Seen::Broken(
        Fact::new("the answer has a link to the host that a client named in a header of proxies"),
        vec![exchange],
    )
}

/// Whether a header or the body of an answer leads to a host.
fn links_to(answer: &Answer, host: &str) -> bool {
    let link = format!("//{host}");
    let mut values = answer.headers.values().filter_map(|value| value.to_str().ok());
    answer.contains(&link) || values.any(|value| value.contains(&link))
}

fn secure_cookies(answer: &Answer) -> usize {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    cookies.filter(|cookie| cookie.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"))).count()
}

/// Whether an answer has something that would be another with another host or scheme.
fn depends(context: &Context, usual: &Answer) -> bool {
    let of_scheme = usual.headers.contains_key(header::STRICT_TRANSPORT_SECURITY) || secure_cookies(usual) > 0;
    of_scheme && context.target.is_https() || links_to(usual, context.target.authority().as_str())
}

/// Whether a client that claims another address is let in, or begins a limit anew.
async fn address(context: &Context, batch: &Batch<'_>, known: &Request) -> Asked {
    let door = door(context, batch).await;
    if matches!(door, Ok(Seen::Broken(..))) || remaining(&batch.answer).is_none() {
        return door;
    }
    // Requests that the search for documentation may not need.
    context.prober.budget().lend(Family::Docs, Family::Hosts, LIMITED);
    match (limit(batch, known).await, door) {
        (Some(seen), Ok(Seen::Refused(evidence))) => Ok(Seen::all([seen, Seen::Refused(evidence)].into_iter())),
        (Some(seen), _) => Ok(seen),
        (None, door) => door,
    }
}

/// A route for users, without a credential, from the machine itself.
async fn door(context: &Context, batch: &Batch<'_>) -> Asked {
    let request = context.protected()?.expects(StatusCode::UNAUTHORIZED);
    let (plain, got) = batch.probe(request.clone()).await;
    match got {
        Ok(answer) if is_refusal(&answer) => {}
        Ok(_) => return Err("no route is known that is refused without a credential".to_owned()),
        Err(reason) => return Ok(Seen::Unclear(reason.to_string(), vec![plain])),
    }
    let (claimed, got) = batch.probe(of_address(request, "127.0.0.1")).await;
    let evidence = vec![plain, claimed];
    Ok(match got {
        Ok(answer) if answer.status.is_success() => {
            let fact = Fact::new("a client without a credential is let in when it says that it is the machine itself");
            Seen::Broken(fact, evidence)
        }
        Ok(answer) if is_refusal(&answer) || answer.status == StatusCode::BAD_REQUEST => Seen::Refused(evidence),
        Ok(answer) => Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    })
}

fn is_refusal(answer: &Answer) -> bool {
    matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

/// How many requests show whether a limit follows what a client says.
const LIMITED: u32 = 6;

/// Requests as the client itself, and between them as one of two others. None where the limit does not show who is counted.
async fn limit(batch: &Batch<'_>, known: &Request) -> Option<Seen> {
    if batch.left() < LIMITED as usize {
        return None;
    }
    let [one, other] = NOBODY;
    let mut evidence = Vec::new();
    let mut left = Vec::new();
    for claim in [None, Some(one), None, Some(other), None, Some(one)] {
        let request = claim.map_or_else(|| known.clone(), |address| of_address(known.clone(), address));
        let (exchange, got) = batch.probe(request).await;
        evidence.push(exchange);
        left.push(remaining(&got.ok()?)?);
    }
    match counted(left.try_into().ok()?) {
        Counted::ByClaim => {
            let fact = Fact::new("a client that claims another address gets a new limit of requests");
            Some(Seen::Broken(fact, evidence))
        }
        Counted::Together => Some(Seen::Refused(evidence)),
        Counted::Unknown => None,
    }
}

/// By what requests are counted.
#[derive(Debug, PartialEq, Eq)]
enum Counted {
    /// By the address that a client claims.
    ByClaim,
    /// Whatever the client claims.
    Together,
    /// It cannot be told: several instances count, or the time of the limit began anew.
    Unknown,
}

/// What was left after requests as the client itself, as one other, itself, a second other, itself, and the first other again.
fn counted([own, one, own_2, other, own_3, one_2]: [u64; 6]) -> Counted {
    // Both others begin with the same number, more than the client has, and the first goes on from there. Instances that
    // count for themselves, or a limit that begins anew, do not do that while the client's own number falls.
    let is_anew = one > own && one == other && one_2.checked_add(1) == Some(one);
    if is_anew && own > own_2 && own_2 > own_3 {
        Counted::ByClaim
    } else if [own, one, own_2, other, own_3, one_2].windows(2).all(|pair| matches!(pair, [a, b] if a > b)) {
        Counted::Together
    } else {
        Counted::Unknown
    }
}

/// How many requests are left, as the usual headers say.
fn remaining(answer: &Answer) -> Option<u64> {
    const NAMES: [&str; 3] = ["ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining"];
    let plain = NAMES.into_iter().find_map(|name| answer.header(&named(name))?.trim().parse().ok());
    // `"default";r=50;t=30` of draft-ietf-httpapi-ratelimit-headers; `limit=100, remaining=50` of its first versions.
    plain.or_else(|| {
        let parts =
            answer.header(&named("ratelimit"))?.split([';', ',']).filter_map(|part| part.trim().split_once('='));
        parts.filter(|(name, _)| matches!(*name, "r" | "remaining")).find_map(|(_, left)| left.trim().parse().ok())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_follows_a_claim_only_where_nothing_else_explains_it() {
        for (left, expected) in [
            ([90, 99, 89, 99, 88, 98], Counted::ByClaim),
            // Others of the run count too.
            ([90, 99, 85, 99, 80, 98], Counted::ByClaim),
            ([99, 98, 97, 96, 95, 94], Counted::Together),
            ([99, 95, 91, 90, 80, 7], Counted::Together),
            // A second instance.
            ([90, 99, 89, 98, 88, 97], Counted::Unknown),
            // Three instances.
            ([90, 99, 89, 99, 88, 87], Counted::Unknown),
            // The limit begins anew.
            ([3, 99, 98, 97, 96, 95], Counted::Unknown),
            // It comes back while it is asked.
            ([99, 99, 99, 99, 99, 99], Counted::Unknown),
            ([0, 0, 0, 0, 0, 0], Counted::Unknown),
            ([u64::MAX, 0, u64::MAX, 0, u64::MAX, u64::MAX], Counted::Unknown),
        ] {
            assert_eq!(counted(left), expected, "{left:?}");
        }
    }
}
