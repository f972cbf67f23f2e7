//! The body of a response.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use tokio::time::Instant;

use super::{outflow::Outflow, watch::Watch};

/// What is given at once on HTTP/2: one frame. A larger piece would be asked for more too late to see that the client
/// takes it.
const PIECE: usize = 16 * 1024;

/// A request that is being answered, until this is dropped.
pub(super) struct Open(pub(super) Arc<Watch>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.progress(|progress| progress.ended(Instant::now()));
    }
}

pin_project! {
    /// The service's body, or one of `serve` itself.
    pub(super) struct ResponseBody<B> {
        #[pin]
        kind: Kind<B>,
        // What is left of a large piece.
        rest: Bytes,
        outflow: Option<Arc<Outflow>>,
        open: Open,
    }
}

pin_project! {
    #[project = KindProjection]
    enum Kind<B> {
        Inner { #[pin] body: B },
        Own { bytes: Option<Bytes> },
    }
}

impl<B> ResponseBody<B> {
    pub(super) fn inner(body: B, outflow: Option<Arc<Outflow>>, open: Open) -> Self {
        Self::new(Kind::Inner { body }, outflow, open)
    }

    pub(super) fn own(bytes: Bytes, outflow: Option<Arc<Outflow>>, open: Open) -> Self {
        Self::new(Kind::Own { bytes: Some(bytes) }, outflow, open)
    }

    fn new(kind: Kind<B>, outflow: Option<Arc<Outflow>>, open: Open) -> Self {
        if let Some(outflow) = &outflow {
            outflow.gave(0, Instant::now());
        }
        Self { kind, rest: Bytes::new(), outflow, open }
    }
}

impl<B: Body<Data = Bytes>> Body for ResponseBody<B>
where
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = self.project();
        let poll = if this.rest.is_empty() {
            this.kind.poll_frame(context)
        } else {
            Poll::Ready(Some(Ok(Frame::data(std::mem::take(this.rest)))))
        };
        let Some(outflow) = this.outflow else { return poll };
        match poll {
            Poll::Ready(Some(Ok(frame))) => {
                this.open.0.progress(|progress| progress.heard());
                Poll::Ready(Some(Ok(piece(frame, this.rest, outflow))))
            }
            ended_or_nothing => {
                outflow.has_nothing();
                ended_or_nothing
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
            && match &self.kind {
                Kind::Inner { body } => body.is_end_stream(),
                Kind::Own { bytes } => bytes.is_none(),
            }
    }

    fn size_hint(&self) -> SizeHint {
        // Asked before the first piece is.
        match &self.kind {
            Kind::Inner { body } => body.size_hint(),
            Kind::Own { bytes } => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
        }
    }
}

/// Gives the first piece of a frame, and keeps the rest.
fn piece(frame: Frame<Bytes>, rest: &mut Bytes, outflow: &Outflow) -> Frame<Bytes> {
    let mut data = match frame.into_data() {
        Ok(data) => data,
        Err(trailers) => return trailers,
    };
    if data.len() > PIECE {
        *rest = data.split_off(PIECE);
    }
    outflow.gave(data.len(), Instant::now());
    Frame::data(data)
}

/// What ends a response early.
pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<B: Body<Data = Bytes>> Kind<B>
where
    B::Error: Into<BoxError>,
{
    /// A body that panics is cut off, like one that fails.
    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.project() {
            KindProjection::Inner { body } => match catch_unwind(AssertUnwindSafe(|| body.poll_frame(context))) {
                Ok(poll) => poll.map(|frame| frame.map(|frame| frame.map_err(Into::into))),
                Err(_) => Poll::Ready(Some(Err(std::io::Error::from(std::io::ErrorKind::Other).into()))),
            },
            KindProjection::Own { bytes } => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
        }
    }
}
