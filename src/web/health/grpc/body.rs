//! The response body of a gRPC health call: one status or a stream of them, then the trailers.

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

/// How often a `Watch` call checks the status.
const PERIOD: Duration = Duration::from_secs(1);

/// The response body of [`GrpcHealth`](super::GrpcHealth); empty by default.
#[derive(Default)]
pub struct GrpcHealthBody {
    message: Option<Serving>,
    changes: Option<Changes>,
    end: Option<Code>,
}

/// The health check behind a `Watch` call, and what else its status depends on.
pub(super) struct Watched {
    pub(super) health: Health,
    pub(super) stop: Option<Stop>,
    pub(super) is_known: bool,
}

type Changes = Pin<Box<dyn Future<Output = (Option<Serving>, Watched)> + Send>>;

impl GrpcHealthBody {
    /// Sends one status.
    pub(super) fn once(serving: Serving) -> Self {
        Self { message: Some(serving), changes: None, end: Some(Code::Ok) }
    }

    /// Sends the current status and every change, until the service stops.
    pub(super) fn watched(watched: Watched) -> Self {
        Self { message: None, changes: Some(Box::pin(watched.first())), end: Some(Code::Unavailable) }
    }
}

impl Watched {
    async fn first(self) -> (Option<Serving>, Self) {
        (Some(self.serving().await), self)
    }

    /// Waits for a status that differs from `last`. Returns `None` when the service stops.
    async fn next(self, last: Serving) -> (Option<Serving>, Self) {
        let stop = self.stop.as_ref().unwrap_or(&self.health.0.stop);
        loop {
            let serving = self.serving().await;
            if serving != last {
                return (Some(serving), self);
            }
            // Once the service drains, the status cannot change any more.
            if stop.is_draining() {
                stop.stopping().await;
                return (None, self);
            }
            // A timeout and a drain need no distinction: the next iteration checks both.
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
