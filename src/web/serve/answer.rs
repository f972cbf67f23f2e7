//! The response future for one request, with the time limit of the service.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use http::{HeaderValue, Request, Response, StatusCode, header::CONNECTION};
use pin_project_lite::pin_project;
use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    app::App,
    exchange::Exchange,
    outflow::Outflow,
    permits::Permit,
    refusal::Refusal,
    request_body::RequestBody,
    response_body::{Open, ResponseBody},
};
use crate::web::grpc;

/// The shortest time after which a deadline is checked again.
const STEP: Duration = Duration::from_millis(10);

pin_project! {
    /// The response future for one request. Dropping it drops the service's future.
    pub(super) struct Answer<A: App> {
        #[pin]
        state: State<A>,
        terms: Terms,
        timer: Option<Pin<Box<Sleep>>>,
        open: Option<Open>,
        outflow: Option<Arc<Outflow>>,
        permit: Option<Permit>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<A: App> {
        Refused { refusal: Refusal },
        Waiting { app: A, request: Option<Request<RequestBody>> },
        Running { #[pin] future: A::Future },
    }
}

/// The conditions for the response to one request.
pub(super) struct Terms {
    pub(super) started: Instant,
    pub(super) timeout: Duration,
    pub(super) exchange: Option<Arc<Exchange>>,
    pub(super) is_http2: bool,
    /// Whether the request is a gRPC call.
    pub(super) is_call: bool,
    /// Whether the connection ends with this response and a header must announce it.
    pub(super) is_last: bool,
}

impl<A: App> Answer<A> {
    /// Creates a response of `serve` itself.
    pub(super) fn refused(refusal: Refusal, terms: Terms, open: Open, outflow: Option<Arc<Outflow>>) -> Self {
        Self { state: State::Refused { refusal }, terms, timer: None, open: Some(open), outflow, permit: None }
    }

    /// Creates the future of the service's response.
    pub(super) fn asked(
        app: A,
        request: Request<RequestBody>,
        terms: Terms,
        open: Open,
        outflow: Option<Arc<Outflow>>,
        permit: Permit,
    ) -> Self {
        let state = State::Waiting { app, request: Some(request) };
        Self { state, terms, timer: None, open: Some(open), outflow, permit: Some(permit) }
    }
}

/// The result of polling the service.
enum Seen<B, E> {
    Response(Response<B>),
    Error(E),
    Panic,
}

impl<A: App> State<A> {
    /// Polls the service. A service that panicked is not polled again, because the request has its response.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Seen<A::Body, A::Error>> {
        loop {
            let polled = catch_unwind(AssertUnwindSafe(|| match self.as_mut().project() {
                StateProjection::Refused { .. } => Poll::Pending,
                StateProjection::Waiting { app, request } => match ready!(app.poll_ready(context)) {
                    Ok(()) => Poll::Ready(Ok(request.take().map(|request| Asked::Future(app.call(request))))),
                    Err(error) => Poll::Ready(Err(error)),
                },
                StateProjection::Running { future } => {
                    future.poll(context).map_ok(|response| Some(Asked::Response(response)))
                }
            }));
            match polled {
                Ok(Poll::Pending) | Ok(Poll::Ready(Ok(None))) => return Poll::Pending,
                Ok(Poll::Ready(Ok(Some(Asked::Future(future))))) => self.set(Self::Running { future }),
                Ok(Poll::Ready(Ok(Some(Asked::Response(response))))) => return Poll::Ready(Seen::Response(response)),
                Ok(Poll::Ready(Err(error))) => return Poll::Ready(Seen::Error(error)),
                Err(_) => return Poll::Ready(Seen::Panic),
            }
        }
    }
}

enum Asked<F, B> {
    Future(F),
    Response(Response<B>),
}

impl Terms {
    /// Returns a refusal that replaces the response: if the body was at fault and the service reports an error.
    fn judge<B>(&self, seen: &Response<B>) -> Option<Refusal> {
        let flaw = self.exchange.as_ref()?.flaw()?;
        let is_error = seen.status().as_u16() >= 400 || self.is_call && grpc::is_failure(seen.headers());
        is_error.then_some(flaw)
    }

    /// Adds `Connection: close` to the last response of a connection. An upgrade is not affected, because the
    /// connection continues.
    fn closing<B>(&self, mut response: Response<B>) -> Response<B> {
        if self.is_last && response.status() != StatusCode::SWITCHING_PROTOCOLS {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    /// Returns the current deadline of the service. The time for which it waits for the client does not count.
    fn due(&self, now: Instant) -> Instant {
        let waited = self.exchange.as_ref().map_or(Duration::ZERO, |exchange| exchange.waited(now));
        self.started + self.timeout + waited
    }

    fn poll_late(&self, timer: &mut Option<Pin<Box<Sleep>>>, context: &mut Context<'_>) -> Poll<()> {
        let timer = timer.get_or_insert_with(|| Box::pin(sleep_until(self.started + self.timeout)));
        loop {
            ready!(timer.as_mut().poll(context));
            let now = Instant::now();
            let due = self.due(now);
            if due <= now {
                return Poll::Ready(());
            }
            timer.as_mut().reset(due.max(now + STEP));
        }
    }
}

impl<A: App> Future for Answer<A> {
    type Output = Result<Response<ResponseBody<A::Body>>, A::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let refusal = if let StateProjection::Refused { refusal } = this.state.as_mut().project() {
            *refusal
        } else {
            match this.state.poll(context) {
                Poll::Pending => {
                    ready!(this.terms.poll_late(this.timer, context));
                    Refusal::SlowService
                }
                Poll::Ready(Seen::Panic) => Refusal::Panic,
                Poll::Ready(Seen::Error(error)) => return Poll::Ready(Err(error)),
                Poll::Ready(Seen::Response(response)) => match this.terms.judge(&response) {
                    Some(refusal) => refusal,
                    None => {
                        // The request is answered: its permit is free, and only bodies follow.
                        drop(this.permit.take());
                        if let Some(exchange) = &this.terms.exchange {
                            exchange.answer();
                        }
                        let Some(open) = this.open.take() else { return Poll::Pending };
                        let outflow = this.outflow.take();
                        let response = this.terms.closing(response);
                        return Poll::Ready(Ok(response.map(|body| ResponseBody::inner(body, outflow, open))));
                    }
                },
            }
        };
        drop(this.permit.take());
        let Some(open) = this.open.take() else { return Poll::Pending };
        let response = this.terms.closing(refusal.response(this.terms.is_http2, this.terms.is_call));
        let outflow = this.outflow.take();
        Poll::Ready(Ok(response.map(|bytes| ResponseBody::own(bytes, outflow, open))))
    }
}
