//! What the parts of one connection tell one another.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Waker, ready},
};

use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    outflow::Outflow,
    progress::{Progress, Times, Verdict},
};

/// The state of one connection, shared by its socket, its requests and its clock.
#[derive(Debug)]
pub(super) struct Watch {
    inner: Mutex<Inner>,
    is_cut: AtomicBool,
}

#[derive(Debug)]
struct Inner {
    progress: Progress,
    /// Wakes the clock when somebody else ends the connection.
    waker: Option<Waker>,
    /// The response whose task begins next.
    outflow: Option<Arc<Outflow>>,
    /// When the client sent what is being read now.
    read_at: Option<Instant>,
}

impl Watch {
    pub(super) fn new(times: Times) -> Arc<Self> {
        let progress = Progress::new(times, Instant::now());
        let inner = Mutex::new(Inner { progress, waker: None, outflow: None, read_at: None });
        Arc::new(Self { inner, is_cut: AtomicBool::new(false) })
    }

    pub(super) fn progress<R>(&self, change: impl FnOnce(&mut Progress) -> R) -> R {
        change(&mut self.lock().progress)
    }

    /// The client sent something.
    pub(super) fn read(&self, bytes: usize) {
        let (mut inner, now) = (self.lock(), Instant::now());
        inner.read_at = Some(now);
        inner.progress.read(bytes, now);
    }

    /// A request has arrived. Returns when, and whether its response is the last because the connection is old.
    pub(super) fn began(&self, is_http2: bool) -> (Instant, bool) {
        let mut inner = self.lock();
        // The first one came with what was read; what is behind it may have waited for it.
        let now = inner.read_at.take().unwrap_or_else(Instant::now);
        inner.progress.began(is_http2);
        (now, inner.progress.is_old(now))
    }

    /// Ends the connection from outside.
    pub(super) fn end(&self) {
        let mut inner = self.lock();
        inner.progress.end();
        if let Some(waker) = inner.waker.take() {
            waker.wake();
        }
    }

    /// Whether a request is being answered.
    pub(super) fn is_busy(&self) -> bool {
        self.lock().progress.is_busy()
    }

    /// Whether somebody has ended it.
    #[cfg(test)]
    pub(super) fn is_over(&self) -> bool {
        self.lock().progress.is_over()
    }

    /// The socket is about to be closed without waiting for the client.
    pub(super) fn cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Relaxed)
    }

    /// Keeps how a response flows for the task that will send it.
    pub(super) fn put_outflow(&self, outflow: Arc<Outflow>) {
        self.lock().outflow = Some(outflow);
    }

    pub(super) fn take_outflow(&self) -> Option<Arc<Outflow>> {
        self.lock().outflow.take()
    }

    /// Nothing that is done under the lock can panic half-way.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, context: &Context<'_>) -> (Instant, Verdict) {
        let mut inner = self.lock();
        inner.read_at = None;
        match &mut inner.waker {
            Some(waker) => waker.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        inner.progress.next()
    }
}

/// Tells when something is to be done with a connection. One timer for all its states: most end before their time, so
/// the timer is set anew only where it would come too late.
pub(super) struct Clock {
    watch: Arc<Watch>,
    timer: Pin<Box<Sleep>>,
}

impl Clock {
    pub(super) fn new(watch: Arc<Watch>) -> Self {
        let (when, _) = watch.progress(|progress| progress.next());
        Self { watch, timer: Box::pin(sleep_until(when)) }
    }

    /// Must be polled after everything that changes the state.
    pub(super) fn poll_verdict(&mut self, context: &mut Context<'_>) -> Poll<Verdict> {
        loop {
            let (when, verdict) = self.watch.next(context);
            if when < self.timer.deadline() {
                self.timer.as_mut().reset(when);
            }
            ready!(self.timer.as_mut().poll(context));
            if when <= Instant::now() {
                return Poll::Ready(verdict);
            }
            self.timer.as_mut().reset(when);
        }
    }
}
