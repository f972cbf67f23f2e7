//! The response body, watched for its progress.

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

/// The number of bytes that HTTP/2 gets at once: one frame. With larger pieces, the next poll would come too late to
/// see that the client takes the data.
const PIECE: usize = 16 * 1024;

/// A request in progress, until this is dropped.
pub(super) struct Open(pub(super) Arc<Watch>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.progress(|progress| progress.ended(Instant::now()));
    }
}

pin_project! {
    /// The service's body, or that of a response of `serve` itself.
    pub(super) struct ResponseBody<B> {
        #[pin]
        kind: Kind<B>,
        // The rest of a large piece.
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
        // hyper calls this before it polls the first frame.
        match &self.kind {
            Kind::Inner { body } => body.size_hint(),
            Kind::Own { bytes } => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
        }
    }
}

/// Returns the first piece of a frame, and keeps the rest.
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

/// The error that ends a response early.
pub(super) type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl<B: Body<Data = Bytes>> Kind<B>
where
    B::Error: Into<BoxError>,
{
    /// Cuts off a body that panics, like one that fails.
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
