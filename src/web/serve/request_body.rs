//! The body of a request, with its limits.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep, sleep_until};

use super::{exchange::Exchange, progress::Window, refusal::Refusal, watch::Watch};

/// The body of a request. It ends with an error if it is larger than `HTTP_MAX_BODY_BYTES`, or if it does not arrive
/// while the service waits for it.
pub struct RequestBody {
    incoming: Incoming,
    left: u64,
    limits: Option<Limited>,
    is_over: bool,
}

/// The limits of a body that is not empty.
struct Limited {
    exchange: Arc<Exchange>,
    watch: Arc<Watch>,
    period: Duration,
    /// The current period while the client is awaited.
    window: Option<Window>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl RequestBody {
    /// Creates a body that is known to be empty.
    pub(super) fn empty(incoming: Incoming) -> Self {
        Self { incoming, left: 0, limits: None, is_over: false }
    }

    /// Creates a body of at most `most` bytes.
    pub(super) fn limited(
        incoming: Incoming,
        most: u64,
        period: Duration,
        exchange: Arc<Exchange>,
        watch: Arc<Watch>,
    ) -> Self {
        let limits = Limited { exchange, watch, period, window: None, timer: None };
        Self { incoming, left: most, limits: Some(limits), is_over: false }
    }

    fn fail(&mut self, refusal: Refusal) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.is_over = true;
        if let Some(limits) = &self.limits {
            limits.exchange.spoil(refusal);
        }
        Poll::Ready(Some(Err(BodyError(Kind::Limit(refusal)))))
    }
}

impl Limited {
    /// Returns `Ready` if the client has taken too long.
    fn poll_slow(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let now = Instant::now();
        self.exchange.wait(now);
        if self.exchange.is_answered() {
            return Poll::Pending;
        }
        let due = self.window.get_or_insert(Window::new(now)).due(self.period);
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(due)));
        if timer.deadline() != due {
            timer.as_mut().reset(due);
        }
        timer.as_mut().poll(context)
    }

    /// Records that the client sent something.
    fn heard(&mut self, bytes: usize) {
        let now = Instant::now();
        self.exchange.go_on(now);
        // Frames without content are noise.
        if bytes > 0 {
            self.watch.progress(|progress| progress.heard());
        }
        if let Some(window) = &mut self.window {
            window.pass(bytes, now);
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let frame = match Pin::new(&mut self.incoming).poll_frame(context) {
            Poll::Ready(frame) => frame,
            Poll::Pending => {
                let Some(limits) = &mut self.limits else { return Poll::Pending };
                ready!(limits.poll_slow(context));
                return self.fail(Refusal::SlowClient);
            }
        };
        let bytes = match &frame {
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
            Some(Err(_)) | None => 0,
        };
        if let Some(limits) = &mut self.limits {
            limits.heard(bytes);
        }
        match self.left.checked_sub(bytes as u64) {
            Some(left) => self.left = left,
            None => return self.fail(Refusal::Body),
        }
        Poll::Ready(frame.map(|frame| frame.map_err(|error| BodyError(Kind::Connection(error)))))
    }

    fn is_end_stream(&self) -> bool {
        self.is_over || self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody").finish_non_exhaustive()
    }
}

/// The reason why the body of a request ended early. If the service then answers with an error status, the client gets
/// 413 for a body that is too large and 408 for one that did not arrive.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BodyError(Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error("{}", if *.0 == Refusal::Body { "the body of the request is too large" } else { "the body of the request did not arrive in time" })]
    Limit(Refusal),
    #[error("the connection failed")]
    Connection(#[source] hyper::Error),
}

impl BodyError {
    /// Returns whether the body was larger than `HTTP_MAX_BODY_BYTES`.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.0, Kind::Limit(Refusal::Body))
    }

    /// Returns whether the body did not arrive within `HTTP_BODY_TIMEOUT`.
    #[must_use]
    pub fn is_too_slow(&self) -> bool {
        matches!(self.0, Kind::Limit(Refusal::SlowClient))
    }
}
