//! The family `errors`: what error responses reveal.

use http::{HeaderName, Method, StatusCode, header};

use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::Context,
    control::{Control, Probe},
    detect::{driver, trace},
    judge::{Seen, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Errors;
    /// No error shows a stack trace or a debug page.
    STACK: Negative "errors-stack-trace" rule::errors::LIVE_STACK_TRACE;
    /// No error shows the message of a database or its driver.
    DRIVER: Negative "errors-driver-text" rule::errors::LIVE_DRIVER_TEXT;
    /// A bad request is refused, and does not cause a server error.
    SERVER: Negative "errors-server-error" rule::errors::LIVE_SERVER_ERROR;
    /// `TRACE` does not return the request.
    TRACE: Negative "errors-trace-method" rule::errors::LIVE_TRACE_METHOD;
    /// Server errors have the promised body.
    BODY: Positive "errors-body" rule::errors::LIVE_ERROR_BODY;
}

/// A header that a server with `TRACE` would send back.
const MARK: HeaderName = HeaderName::from_static("x-hardened-verify");

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let control = match context.known() {
        Ok(control) => control,
        Err(reason) => return nothing(&reason),
    };
    let requests = requests(context, &control.path);
    let batch = match context.batch(Family::Errors, control, context.known_answers()).await {
        Ok(batch) => batch,
        Err(reason) => return nothing(&reason),
    };
    let probes = batch.probe_all(requests, 0).await;
    judge(context, &probes, &batch.close().await)
}

fn nothing(reason: &str) -> Vec<Outcome> {
    let negative = [STACK, DRIVER, SERVER, TRACE].map(|check| check.unclear(reason, Vec::new()));
    negative.into_iter().chain([BODY.unclear(reason, Vec::new())]).collect()
}

/// Returns bad requests that change nothing: bodies are malformed JSON, and the paths to read do not exist.
fn requests(context: &Context, known: &str) -> Vec<Request> {
    let resource = context.protected().map_or_else(|_| known.to_owned(), |request| request.path);
    let trace = Request::new(Method::TRACE, known).header(MARK, context.nonce());
    let unknown_method = Method::from_bytes(b"HARDENED").unwrap_or(Method::PATCH);
    let malformed = Request::new(Method::POST, &resource).body("{\"title\": ");
    let refused = [
        trace.expects(StatusCode::METHOD_NOT_ALLOWED),
        Request::new(unknown_method, known).expects(StatusCode::METHOD_NOT_ALLOWED),
        Request::get(format!("{}{}", context.random_path(), "a".repeat(8000))).expects(StatusCode::NOT_FOUND),
    ];
    let as_user = [
        malformed.header(header::CONTENT_TYPE, "application/json").expects(StatusCode::BAD_REQUEST),
        Request::get(format!("{resource}/%27{}", context.nonce())).expects(StatusCode::NOT_FOUND),
        Request::get(format!("{resource}?limit=x&page=-1&offset=%27&sort=%27&id%5B%5D=1")).expects(StatusCode::OK),
        Request::get(format!("{resource}/%00")).expects(StatusCode::BAD_REQUEST),
    ];
    refused.into_iter().chain(as_user.map(|request| context.as_user(request))).collect()
}

fn judge(context: &Context, probes: &[Probe], control: &Result<Control, String>) -> Vec<Outcome> {
    let all = |judge: &dyn Fn(&Answer) -> Option<Fact>| Seen::all(probes.iter().map(|probe| one(probe, judge)));
    let text = |found: Option<&'static str>, what: &'static str| found.map(|name| Fact::new(what).with(name));
    let stack = all(&|answer| text(trace(answer), "the body contains a stack trace or a debug page of "));
    let driver = all(&|answer| text(driver(answer), "the body contains a message of "));
    let server = all(&|answer| {
        is_server_error(answer.status)
            .then(|| Fact::new("a bad request is answered with ").with(answer.status.as_u16()))
    });
    let echo = probes.first().map_or(Seen::Unclear("not sent".to_owned(), Vec::new()), |probe| {
        let is_echo = |answer: &Answer| answer.status.is_success() && answer.contains(context.nonce());
        one(probe, &|answer| is_echo(answer).then(|| Fact::new("the body contains the header that was sent")))
    });
    vec![
        STACK.judged(stack, control),
        DRIVER.judged(driver, control),
        SERVER.judged(server, control),
        TRACE.judged(echo, control),
        body(context, probes),
    ]
}

/// Returns whether a status is a server error. 501 is not: it is right for an unknown method (RFC 9110, section 9.1).
fn is_server_error(status: StatusCode) -> bool {
    status.is_server_error() && !matches!(status, StatusCode::NOT_IMPLEMENTED | StatusCode::SERVICE_UNAVAILABLE)
}

fn one((exchange, got): &Probe, judge: &dyn Fn(&Answer) -> Option<Fact>) -> Seen {
    let evidence = vec![exchange.clone()];
    match got {
        Ok(answer) => match (judge(answer), answer.status) {
            (Some(fact), _) => Seen::Broken(fact, evidence),
            (None, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) => {
                Seen::Unclear(format!("answered with {}", answer.status.as_u16()), evidence)
            }
            (None, _) => Seen::Refused(evidence),
        },
        // A proxy may close the connection instead of answering.
        Err(NoAnswer::Closed | NoAnswer::NotSent) => Seen::Refused(evidence),
        Err(reason) => Seen::Unclear(reason.to_string(), evidence),
    }
}

/// Judges the media type of server errors, if the manifest promises one.
fn body(context: &Context, probes: &[Probe]) -> Outcome {
    let Some(promise) = context.promises().and_then(|promises| promises.errors.as_ref()) else {
        return BODY.skipped("no error body is promised");
    };
    let of_server =
        |probe: &&Probe| matches!(&probe.1, Ok(answer) if answer.status == StatusCode::INTERNAL_SERVER_ERROR);
    let Some((exchange, Ok(answer))) = probes.iter().find(of_server) else {
        return BODY.skipped("no server error was seen");
    };
    let (evidence, seen) = (vec![exchange.clone()], answer.media_type());
    if seen == promise.server_errors.to_ascii_lowercase() {
        BODY.shown(evidence)
    } else {
        let fact =
            Fact::new("the body is ").quoting(&seen).with("; the manifest promises ").quoting(&promise.server_errors);
        BODY.failed(fact, evidence)
    }
}
