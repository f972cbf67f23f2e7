//! Checks whether the target trusts forwarding headers, such as `X-Forwarded-For`, that a client sends.

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

/// Headers that name the requested host.
const HOSTS: [&str; 4] = ["x-forwarded-host", "x-forwarded-server", "x-original-host", "x-host"];

/// Headers that name the scheme of the request.
const SCHEMES: [&str; 3] = ["x-forwarded-proto", "x-forwarded-scheme", "x-url-scheme"];

/// Headers with which proxies and platforms name the address of the client.
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

/// Addresses that are reserved for documentation (RFC 5737).
const NOBODY: [&str; 2] = ["198.51.100.7", "198.51.100.8"];

/// The result of a check, or the reason why it was skipped.
type Asked = Result<Seen, String>;

/// Judges whether a client can choose the host, the scheme, and its own address.
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

/// Makes a failure inconclusive if the target may have taken this program for its proxy.
fn doubted(context: &Context, seen: Seen) -> Seen {
    match seen {
        Seen::Broken(_, evidence) if context.target.is_private() && !context.prober.is_in_process() => {
            let reason = "the target may take this program for its proxy; verify it through the proxy";
            Seen::Unclear(reason.to_owned(), evidence)
        }
        seen => seen,
    }
}

fn named(name: &'static str) -> HeaderName {
    HeaderName::from_static(name)
}

/// Adds headers that claim another host and another scheme.
fn of_place(context: &Context, request: Request, host: &str) -> Request {
    let scheme = other_scheme(context);
    let element = format!("for={};host={host};proto={scheme}", NOBODY[0]);
    let request = HOSTS.into_iter().fold(request, |request, name| request.header(named(name), host));
    of_scheme(request, scheme).header(header::FORWARDED, &element)
}

/// Returns the scheme that the run does not use.
fn other_scheme(context: &Context) -> &'static str {
    if context.target.is_https() { "http" } else { "https" }
}

fn of_scheme(request: Request, scheme: &str) -> Request {
    SCHEMES.into_iter().fold(request, |request, name| request.header(named(name), scheme))
}

/// Adds headers that claim another client address.
fn of_address(request: Request, address: &str) -> Request {
    let element = format!("for={address}");
    let request = ADDRESSES.into_iter().fold(request, |request, name| request.header(named(name), address));
    request.header(header::FORWARDED, &element)
}

/// Judges whether the answer uses the made-up host or scheme of the client.
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
    // The home page has more links. Its normal answer is not known, so it can only show a failure.
    let (exchange, got) = batch.probe(of_place(context, Request::get(top), &host)).await;
    match got {
        Ok(answer) if links_to(&answer, &host) => Ok(link(exchange)),
        _ => seen,
    }
}

/// Repeats a request that was redirected with another scheme only, because a redirect can be the refusal of the host.
async fn redirected(context: &Context, batch: &Batch<'_>, known: &Request, first: Exchange) -> Asked {
    context.prober.budget().lend(Family::Docs, Family::Hosts, 1);
    let (exchange, got) = batch.probe(of_scheme(known.clone(), other_scheme(context))).await;
    let evidence = vec![first, exchange];
    Ok(match got {
        Ok(answer) if answer.status.is_redirection() => {
            Seen::Broken(Fact::new("the response is a redirect when a client names another scheme"), evidence)
        }
        _ => Seen::Unclear("the response to a client that names another host is a redirect".to_owned(), evidence),
    })
}

/// Compares an answer with the usual one.
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
        let reason = format!("answered with {}, but usually with {}", answer.status.as_u16(), usual.status.as_u16());
        Ok(Seen::Unclear(reason, vec![exchange]))
    } else if lost(&header::STRICT_TRANSPORT_SECURITY) {
        broken("`strict-transport-security` is missing when a client claims to have used `http:`")
    } else if secure_cookies(usual) > secure_cookies(&answer) {
        broken("a cookie is set without `Secure` when a client claims to have used `http:`")
    } else if depends(context, usual) {
        Ok(Seen::Refused(vec![exchange]))
    } else {
        Err("no response that depends on the host or the scheme was seen".to_owned())
    }
}

fn link(exchange: Exchange) -> Seen {
    Seen::Broken(
        Fact::new("the response has a link to the host that the client named in a proxy header"),
        vec![exchange],
    )
}

/// Returns whether a header or the body of an answer links to a host.
fn links_to(answer: &Answer, host: &str) -> bool {
    let link = format!("//{host}");
    let mut values = answer.headers.values().filter_map(|value| value.to_str().ok());
    answer.contains(&link) || values.any(|value| value.contains(&link))
}

fn secure_cookies(answer: &Answer) -> usize {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    cookies.filter(|cookie| cookie.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"))).count()
}

/// Returns whether an answer contains something that depends on the host or the scheme.
fn depends(context: &Context, usual: &Answer) -> bool {
    let of_scheme = usual.headers.contains_key(header::STRICT_TRANSPORT_SECURITY) || secure_cookies(usual) > 0;
    of_scheme && context.target.is_https() || links_to(usual, context.target.authority().as_str())
}

/// Judges whether a client that claims another address is let in, or gets a new rate limit.
async fn address(context: &Context, batch: &Batch<'_>, known: &Request) -> Asked {
    let door = door(context, batch).await;
    if matches!(door, Ok(Seen::Broken(..))) || remaining(&batch.answer).is_none() {
        return door;
    }
    // The search for documentation may not need these requests.
    context.prober.budget().lend(Family::Docs, Family::Hosts, LIMITED);
    match (limit(batch, known).await, door) {
        (Some(seen), Ok(Seen::Refused(evidence))) => Ok(Seen::all([seen, Seen::Refused(evidence)].into_iter())),
        (Some(seen), _) => Ok(seen),
        (None, door) => door,
    }
}

/// Judges whether a protected route lets in a client without a credential that claims to be the local machine.
async fn door(context: &Context, batch: &Batch<'_>) -> Asked {
    let request = context.protected()?.expects(StatusCode::UNAUTHORIZED);
    let (plain, got) = batch.probe(request.clone()).await;
    match got {
        Ok(answer) if is_refusal(&answer) => {}
        Ok(_) => return Err("no route that is refused without a credential is known".to_owned()),
        Err(reason) => return Ok(Seen::Unclear(reason.to_string(), vec![plain])),
    }
    let (claimed, got) = batch.probe(of_address(request, "127.0.0.1")).await;
    let evidence = vec![plain, claimed];
    Ok(match got {
        Ok(answer) if answer.status.is_success() => {
            let fact = Fact::new("a client without a credential is let in when it claims to be the local machine");
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

/// How many requests are needed to see whether a rate limit trusts the claimed address.
const LIMITED: u32 = 6;

/// Alternates between the own address and two claimed ones; `None` if the rate limit does not show how it counts.
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
            let fact = Fact::new("a client that claims another address gets a new rate limit");
            Some(Seen::Broken(fact, evidence))
        }
        Counted::Together => Some(Seen::Refused(evidence)),
        Counted::Unknown => None,
    }
}

/// How a rate limit counts requests.
#[derive(Debug, PartialEq, Eq)]
enum Counted {
    /// By the address that the client claims.
    ByClaim,
    /// Independently of what the client claims.
    Together,
    /// Unclear: several instances count, or the window of the limit restarted.
    Unknown,
}

/// Decides how requests are counted, from what was left after requests with the own address, a first claimed one, the own,
/// a second claimed one, the own, and the first claimed one again.
fn counted([own, one, own_2, other, own_3, one_2]: [u64; 6]) -> Counted {
    // Both claimed addresses start at the same number, above the client's own, and the first continues from there. Separate
    // instances, or a window that restarts, do not look like this while the client's own number falls.
    let is_anew = one > own && one == other && one_2.checked_add(1) == Some(one);
    if is_anew && own > own_2 && own_2 > own_3 {
        Counted::ByClaim
    } else if [own, one, own_2, other, own_3, one_2].windows(2).all(|pair| matches!(pair, [a, b] if a > b)) {
        Counted::Together
    } else {
        Counted::Unknown
    }
}

/// Returns how many requests are left, according to the usual headers.
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
            // Other requests of the run count as well.
            ([90, 99, 85, 99, 80, 98], Counted::ByClaim),
            ([99, 98, 97, 96, 95, 94], Counted::Together),
            ([99, 95, 91, 90, 80, 7], Counted::Together),
            // A second instance.
            ([90, 99, 89, 98, 88, 97], Counted::Unknown),
            // Three instances.
            ([90, 99, 89, 99, 88, 87], Counted::Unknown),
            // The window restarts.
            ([3, 99, 98, 97, 96, 95], Counted::Unknown),
            // The limit refills between the requests.
            ([99, 99, 99, 99, 99, 99], Counted::Unknown),
            ([0, 0, 0, 0, 0, 0], Counted::Unknown),
            ([u64::MAX, 0, u64::MAX, 0, u64::MAX, u64::MAX], Counted::Unknown),
        ] {
            assert_eq!(counted(left), expected, "{left:?}");
        }
    }
}
