//! The tasks of an HTTP/2 connection: one for each request, and one for each upgraded stream.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::rt::Executor;
use pin_project_lite::pin_project;
use tokio::time::{Instant, Sleep, sleep_until};

use super::{outflow::Outflow, progress::Progress, watch::Watch};

/// Spawns the tasks of one connection. hyper calls it right after it has passed on a request, so the stored outflow
/// belongs to the response of this task.
#[derive(Clone)]
pub(super) struct Streams {
    pub(super) watch: Arc<Watch>,
    /// The time within which the client must take a part of a response.
    pub(super) period: Duration,
}

impl<F> Executor<F> for Streams
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, future: F) {
        match self.watch.take_outflow() {
            Some(outflow) => drop(tokio::spawn(Stream { future, outflow, period: self.period, timer: None })),
            None => drop(tokio::spawn(Upgraded::new(future, Arc::clone(&self.watch)))),
        }
    }
}

pin_project! {
    /// An upgraded request: a stream in both directions.
    struct Upgraded<F> {
        #[pin]
        future: F,
        _open: OpenStream,
    }
}

/// An upgraded stream in progress, until this is dropped.
struct OpenStream(Arc<Watch>);

impl<F> Upgraded<F> {
    fn new(future: F, watch: Arc<Watch>) -> Self {
        watch.progress(Progress::upgraded);
        Self { future, _open: OpenStream(watch) }
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.progress(|progress| progress.upgraded_ended(Instant::now()));
    }
}

impl<F: Future<Output = ()>> Future for Upgraded<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.project().future.poll(context)
    }
}

pin_project! {
    /// One request and its response. It ends early if the client does not take the response; hyper then resets the
    /// stream, and the others of the connection continue.
    struct Stream<F> {
        #[pin]
        future: F,
        outflow: Arc<Outflow>,
        period: Duration,
        timer: Option<Pin<Box<Sleep>>>,
    }
}

impl<F: Future<Output = ()>> Future for Stream<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        if this.future.poll(context).is_ready() {
            return Poll::Ready(());
        }
        let Some(due) = this.outflow.due(*this.period) else { return Poll::Pending };
        if due <= Instant::now() {
            return Poll::Ready(());
        }
        let timer = this.timer.get_or_insert_with(|| Box::pin(sleep_until(due)));
        if timer.deadline() != due {
            timer.as_mut().reset(due);
        }
        timer.as_mut().poll(context)
    }
}
