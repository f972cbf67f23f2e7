//! The body of an answer: one status or one after the other, and how the call ends.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Body, Frame};
use tokio::time::timeout;

use super::message::{Serving, response};
use crate::{
    health::Health,
    layers::Stop,
    web::grpc::{Code, STATUS},
};

/// How often somebody who watches asks.
const PERIOD: Duration = Duration::from_secs(1);

/// The body of an answer of [`GrpcHealth`](super::GrpcHealth); empty by default.
#[derive(Default)]
pub struct GrpcHealthBody {
    message: Option<Serving>,
    changes: Option<Changes>,
    end: Option<Code>,
}

/// Who watches, and what the answer depends on.
pub(super) struct Watched {
    pub(super) health: Health,
    pub(super) stop: Option<Stop>,
    pub(super) is_known: bool,
}

type Changes = Pin<Box<dyn Future<Output = (Option<Serving>, Watched)> + Send>>;

impl GrpcHealthBody {
    /// One status.
    pub(super) fn once(serving: Serving) -> Self {
        Self { message: Some(serving), changes: None, end: Some(Code::Ok) }
    }

    /// The status now, and whenever it changes, until the service stops.
    pub(super) fn watched(watched: Watched) -> Self {
        Self { message: None, changes: Some(Box::pin(watched.first())), end: Some(Code::Unavailable) }
    }
}

impl Watched {
    async fn first(self) -> (Option<Serving>, Self) {
        (Some(self.serving().await), self)
    }

    /// The next status that is another one; none when the service stops.
    async fn next(self, last: Serving) -> (Option<Serving>, Self) {
        let stop = self.stop.as_ref().unwrap_or(&self.health.0.stop);
        loop {
            let serving = self.serving().await;
            if serving != last {
                return (Some(serving), self);
            }
            // Once it drains, nothing changes any more.
            if stop.is_draining() {
                stop.stopping().await;
                return (None, self);
            }
            // Whether it was waited in vain, the next turn sees.
            let _ = timeout(PERIOD, stop.draining()).await;
        }
    }

    async fn serving(&self) -> Serving {
        if self.is_known { self.health.serving(self.stop.as_ref()).await } else { Serving::Unknown }
    }
}

impl Body for GrpcHealthBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(changes) = &mut self.changes {
            let (serving, watched) = ready!(changes.as_mut().poll(context));
            self.message = serving;
            self.changes = serving.map(|last| -> Changes { Box::pin(watched.next(last)) });
        }
        if let Some(serving) = self.message.take() {
            return Poll::Ready(Some(Ok(Frame::data(response(serving)))));
        }
        Poll::Ready(self.end.take().map(|code| {
            let mut trailers = HeaderMap::new();
            trailers.insert(STATUS, code.value());
            Ok(Frame::trailers(trailers))
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.end.is_none()
    }
}

impl fmt::Debug for GrpcHealthBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GrpcHealthBody").field("message", &self.message).field("end", &self.end).finish_non_exhaustive()
    }
}
