//! The response body: the service's own or that of a problem document.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

use super::{call::conceal, log::Asked};

pin_project! {
    /// A response body: the service's own or one of this library. Empty by default.
    #[derive(Debug)]
    pub struct ProblemBody<B> {
        #[pin]
        kind: Kind<B>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = KindProjection]
    enum Kind<B> {
        Inner { #[pin] body: B },
        // A gRPC call, whose status is in the trailers of the body.
        Call { #[pin] body: B, asked: Option<Asked> },
        Own { bytes: Option<Bytes> },
    }
}

impl<B> ProblemBody<B> {
    pub(in crate::web) fn inner(body: B) -> Self {
        Self { kind: Kind::Inner { body } }
    }

    pub(super) fn call(body: B, asked: Asked) -> Self {
        Self { kind: Kind::Call { body, asked: Some(asked) } }
    }
}

impl<B> From<String> for ProblemBody<B> {
    fn from(text: String) -> Self {
        Self { kind: Kind::Own { bytes: Some(Bytes::from(text)) } }
    }
}

impl<B> Default for ProblemBody<B> {
    fn default() -> Self {
        Self { kind: Kind::Own { bytes: None } }
    }
}

impl<B> Body for ProblemBody<B>
where
    B: Body,
    B::Data: From<Bytes>,
{
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        match self.project().kind.project() {
            KindProjection::Inner { body } => body.poll_frame(context),
            KindProjection::Call { body, asked } => {
                let mut polled = body.poll_frame(context);
                if let Poll::Ready(Some(Ok(frame))) = &mut polled
                    && let Some(trailers) = frame.trailers_mut()
                    && let Some(asked) = asked.take()
                {
                    conceal(trailers, &asked);
                }
                polled
            }
            KindProjection::Own { bytes } => {
                Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(B::Data::from(bytes)))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Inner { body } | Kind::Call { body, .. } => body.is_end_stream(),
            Kind::Own { bytes } => bytes.is_none(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Inner { body } | Kind::Call { body, .. } => body.size_hint(),
            Kind::Own { bytes } => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
        }
    }
}
