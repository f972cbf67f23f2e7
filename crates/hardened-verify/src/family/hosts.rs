//! The family `hosts`: which host names are answered, and how large a request may be.

use std::time::Duration;

use hardened_core::verification::Exchange;
use http::{Method, StatusCode, header};

use super::forwarded;
use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::Context,
    control::{Batch, Control, Expectation, Probe},
    judge::{Negative, Seen, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
    stall::Stall,
};

checks! { Hosts;
    /// A request for another host is refused, as promised.
    FOREIGN: Negative "hosts-foreign" rule::hosts::LIVE_HOST;
    /// A body that is larger than promised is refused with 413.
    BODY: Negative "limits-body" rule::hosts::LIVE_BODY_LIMIT;
    /// Headers that are too large are refused.
    HEADER: Negative "limits-header" rule::hosts::LIVE_HEADER_LIMIT;
    /// A request whose head never ends is aborted.
    SLOW: Negative "limits-slow" rule::hosts::LIVE_SLOW_REQUEST;
    /// A client cannot choose the host or the scheme with proxy headers.
    FORWARDED: Negative "hosts-forwarded" rule::hosts::LIVE_FORWARDED;
    /// A client cannot choose its address with proxy headers.
    CLIENT: Negative "hosts-client" rule::hosts::LIVE_CLIENT_ADDRESS;
}

/// How long a request is held open: servers and proxies wait at most 60 s by default.
const HELD_OPEN: Duration = Duration::from_secs(75);

/// How much later than promised the request may be ended.
const LATER: Duration = Duration::from_secs(5);

/// The maximum length of a body that is sent.
const MOST_BODY: u64 = 16 * 1024 * 1024;

/// The length of a header that no server accepts by default, if no limit is promised. Go accepts 1 MiB, the most of all.
const LARGE_HEADER: u64 = 2 * 1024 * 1024;

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    if context.prober.is_in_process() {
        let reason = "the service is called in this process, without its server";
        let mut outcomes =
            vec![foreign_alone(context).await, BODY.skipped(reason), HEADER.skipped(reason), SLOW.skipped(reason)];
        outcomes.extend(forwarded::judge(context, FORWARDED, CLIENT).await);
        return outcomes;
    }
    let mut outcomes = of_requests(context).await;
    outcomes.extend(forwarded::judge(context, FORWARDED, CLIENT).await);
    outcomes
}

async fn of_requests(context: &Context) -> Vec<Outcome> {
    let batch = match open(context).await {
        Ok(batch) => batch,
        Err(reason) => {
            let checks = [FOREIGN, BODY, HEADER, SLOW];
            return checks.map(|check| check.unclear(reason.clone(), Vec::new())).into();
        }
    };
    let foreign = foreign(context, &batch).await;
    let body = body(context, &batch).await;
    let header = header(context, &batch).await;
    let slow = slow(context).await;
    let control = batch.close().await;
    let asked = [(FOREIGN, foreign), (BODY, body), (HEADER, header), (SLOW, slow)];
    asked.map(|(check, found)| judged(check, found, &control)).into()
}

/// The result of a check, or the reason why it was skipped.
type Asked = Result<Seen, String>;

fn judged(check: Negative, asked: Asked, control: &Result<Control, String>) -> Outcome {
    match asked {
        Ok(seen) => check.judged(seen, control),
        Err(reason) => check.skipped(reason),
    }
}

async fn foreign_alone(context: &Context) -> Outcome {
    match open(context).await {
        Ok(batch) => {
            let asked = foreign(context, &batch).await;
            judged(FOREIGN, asked, &batch.close().await)
        }
        Err(reason) => FOREIGN.unclear(reason, Vec::new()),
    }
}

/// Returns a request for a path that is not a health check, because health checks answer for every host.
fn usual(context: &Context) -> Request {
    let host = context.target.authority().as_str();
    Request::get(context.random_path()).host(host).expects(StatusCode::NOT_FOUND)
}

async fn open(context: &Context) -> Result<Batch<'_>, String> {
    context.batch(Family::Hosts, usual(context), answers()).await
}

/// Returns the expectation that the target does not refuse its own host name.
fn answers() -> Expectation {
    Box::new(|answer| match answer.status {
        StatusCode::BAD_REQUEST | StatusCode::MISDIRECTED_REQUEST | StatusCode::TOO_MANY_REQUESTS => {
            Err(format!("was answered with {}", answer.status.as_u16()))
        }
        status if status.is_server_error() => Err(format!("was answered with {}", status.as_u16())),
        _ => Ok(()),
    })
}

async fn foreign(context: &Context, batch: &Batch<'_>) -> Asked {
    let name = format!("{}.invalid", context.nonce());
    let is_promised = context.promises().is_some_and(|promises| promises.hosts.is_some());
    let request = Request::get(context.random_path()).host(&name).expects(StatusCode::MISDIRECTED_REQUEST);
    let (exchange, got) = batch.probe(request).await;
    let evidence = vec![exchange];
    let answer = match got {
        Ok(answer) => answer,
        Err(NoAnswer::Closed) => return Ok(Seen::Refused(evidence)),
        Err(reason) => return Ok(Seen::Unclear(reason.to_string(), evidence)),
    };
    let to = answer.header(&header::LOCATION).unwrap_or_default();
    if to.contains(&name) || answer.contains(&format!("//{name}")) {
        return Ok(Seen::Broken(Fact::new("the response has a link to the host that the request named"), evidence));
    }
    let is_refusal = matches!(
        answer.status,
        StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::MISDIRECTED_REQUEST
    );
    if is_refusal && answer.status != batch.answer.status {
        return Ok(Seen::Refused(evidence));
    }
    if !is_promised {
        return Err("no hosts are promised, and the response has no link to the host that the request named".to_owned());
    }
    let status = answer.status.as_u16();
    if answer.status == batch.answer.status {
        let fact = Fact::new("a request for another host is answered with ").with(status);
        return Ok(Seen::Broken(
            fact.with(", like one for the target's own host; the manifest promises 421"),
            evidence,
        ));
    }
    Ok(Seen::Unclear(format!("a request for another host is answered with {status}"), evidence))
}

/// Returns a request whose body is not valid JSON, so that it creates nothing.
fn post(context: &Context, path: &str, length: u64) -> Request {
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let request = Request::new(Method::POST, path).body(vec![b'x'; length]);
    context.as_user(request.header(header::CONTENT_TYPE, "application/json"))
}

async fn body(context: &Context, batch: &Batch<'_>) -> Asked {
    let limits = context.promises().and_then(|promises| promises.limits.as_ref());
    let Some(limit) = limits.and_then(|limits| limits.request_body_bytes) else {
        return Err("no body limit is promised".to_owned());
    };
    if limit >= MOST_BODY {
        return Err("the promised limit is larger than what this check sends, 16 MiB".to_owned());
    }
    let path = context.protected().map_or_else(|_| context.random_path(), |request| request.path);
    let (small, got) = batch.probe(post(context, &path, 1).expects(StatusCode::BAD_REQUEST)).await;
    let usual = match got {
        Ok(answer) if answer.status == StatusCode::PAYLOAD_TOO_LARGE => {
            return Ok(Seen::Unclear("a body of 1 byte is answered with 413".to_owned(), vec![small]));
        }
        Ok(answer) => answer,
        Err(reason) => return Ok(Seen::Unclear(reason.to_string(), vec![small])),
    };
    let (large, got) = batch.probe(post(context, &path, limit + 1).expects(StatusCode::PAYLOAD_TOO_LARGE)).await;
    let evidence = vec![small, large];
    match got {
        Ok(answer) if answer.status == StatusCode::PAYLOAD_TOO_LARGE => Ok(Seen::Refused(evidence)),
        Ok(answer) if reads_body(&usual) && answer.status == usual.status => {
            let fact = Fact::new("a body of ").with(limit + 1).with(" bytes is answered with ");
            Ok(Seen::Broken(fact.with(answer.status.as_u16()).with("; the manifest promises 413"), evidence))
        }
        Ok(_) if !reads_body(&usual) => {
            Err("no route that reads a body is known; name `protected` in the profile".to_owned())
        }
        Ok(answer) => Ok(Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence)),
        Err(reason) => Ok(Seen::Unclear(reason.to_string(), evidence)),
    }
}

/// Returns whether the status shows that the service read the body.
fn reads_body(answer: &Answer) -> bool {
    let refused = [StatusCode::BAD_REQUEST, StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::UNPROCESSABLE_ENTITY];
    answer.status.is_success() || refused.contains(&answer.status)
}

async fn header(context: &Context, batch: &Batch<'_>) -> Asked {
    let limits = context.promises().and_then(|promises| promises.limits.as_ref());
    let promised = limits.and_then(|limits| limits.request_header_bytes).filter(|limit| *limit < LARGE_HEADER);
    let length = promised.map_or(LARGE_HEADER, |limit| limit + 1);
    let value = "x".repeat(usize::try_from(length).unwrap_or(usize::MAX));
    let name = header::HeaderName::from_static("x-hardened-verify");
    let request = usual(context).header(name, &value).expects(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    let (mut exchange, got): Probe = batch.probe(request).await;
    shorten(&mut exchange);
    let evidence = vec![exchange];
    Ok(match got {
        Ok(answer) if answer.status == batch.answer.status => {
            let fact = Fact::new("a header of ").with(length).with(" bytes is answered with ");
            Seen::Broken(fact.with(answer.status.as_u16()), evidence)
        }
        // Some servers close the connection before they have read the whole header.
        Err(NoAnswer::Closed) => Seen::Refused(evidence),
        Ok(answer) if answer.status.is_client_error() && answer.status != StatusCode::TOO_MANY_REQUESTS => {
            Seen::Refused(evidence)
        }
        Ok(answer) => Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    })
}

async fn slow(context: &Context) -> Asked {
    if !context.slow {
        return Err("a request is held open for up to 75 s only if --slow or the profile allows it".to_owned());
    }
    let limits = context.promises().and_then(|promises| promises.limits.as_ref());
    let promised = limits.and_then(|limits| limits.header_read_ms).map(Duration::from_millis);
    match context.prober.stall(Family::Hosts, usual(context), HELD_OPEN).await {
        None => Err("there is no socket".to_owned()),
        Some((exchange, Ok(stall))) => Ok(slow_seen(promised, stall, vec![exchange])),
        Some((exchange, Err(reason))) => Ok(Seen::Unclear(reason.to_string(), vec![exchange])),
    }
}

fn slow_seen(promised: Option<Duration>, stall: Stall, evidence: Vec<Exchange>) -> Seen {
    let promised_is =
        promised.map(|time| format!("; the manifest promises {} s", time.as_secs_f32())).unwrap_or_default();
    match stall {
        Stall::Ended(after) if promised.is_some_and(|promised| after > promised + LATER) => {
            let after = after.as_secs();
            Seen::Unclear(format!("ended after {after} s{promised_is}, but a proxy in front may wait longer"), evidence)
        }
        Stall::Ended(_) => Seen::Refused(evidence),
        Stall::Open(after) if after < HELD_OPEN => {
            Seen::Unclear(format!("still open after {} s; raise --deadline to 120", after.as_secs()), evidence)
        }
        Stall::Open(after) => {
            let fact = Fact::new("a request whose head does not end is still open after ").with(after.as_secs());
            Seen::Broken(fact.with(" s").with(promised_is), evidence)
        }
    }
}

/// Removes the headers except the host from the evidence, because the long value does not help the reader.
fn shorten(exchange: &mut Exchange) {
    exchange.sent.headers.retain(|header| header.name == "host");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_is_held_open_is_judged_by_what_is_promised_and_by_how_long_it_was_held() {
        let seconds = Duration::from_secs;
        for (promised, stall, expected) in [
            (None, Stall::Ended(seconds(60)), "refused"),
            (None, Stall::Open(HELD_OPEN), "broken"),
            (None, Stall::Open(seconds(50)), "unclear"),
            (Some(seconds(10)), Stall::Ended(seconds(10)), "refused"),
            (Some(seconds(10)), Stall::Ended(seconds(15)), "refused"),
            (Some(seconds(10)), Stall::Ended(seconds(16)), "unclear"),
            (Some(seconds(10)), Stall::Open(seconds(50)), "unclear"),
            (Some(seconds(10)), Stall::Open(HELD_OPEN), "broken"),
        ] {
            let seen = match slow_seen(promised, stall, Vec::new()) {
                Seen::Refused(_) => "refused",
                Seen::Broken(..) => "broken",
                Seen::Unclear(..) => "unclear",
            };
            assert_eq!(seen, expected, "{promised:?} {stall:?}");
        }
    }
}
