//! The state that the parts of one connection share.

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
    /// Wakes the clock when another task ends the connection.
    waker: Option<Waker>,
    /// The outflow of the response whose task starts next.
    outflow: Option<Arc<Outflow>>,
    /// The time at which the client sent the data that is being processed.
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

    /// Records that the client sent something.
    pub(super) fn read(&self, bytes: usize) {
        let (mut inner, now) = (self.lock(), Instant::now());
        inner.read_at = Some(now);
        inner.progress.read(bytes, now);
    }

    /// Records that a request has arrived. Returns the time, and whether its response must be the last because the
    /// connection is old.
    pub(super) fn began(&self, is_http2: bool) -> (Instant, bool) {
        let mut inner = self.lock();
        // The first request arrived with the data that was read last; a pipelined one after it may have waited for it.
        let now = inner.read_at.take().unwrap_or_else(Instant::now);
        inner.progress.began(is_http2);
        (now, inner.progress.is_old(now))
    }

    /// Ends the connection from another task.
    pub(super) fn end(&self) {
        let mut inner = self.lock();
        inner.progress.end();
        if let Some(waker) = inner.waker.take() {
            waker.wake();
        }
    }

    /// Returns whether a request is in progress.
    pub(super) fn is_busy(&self) -> bool {
        self.lock().progress.is_busy()
    }

    /// Returns whether another task has ended the connection.
    #[cfg(test)]
    pub(super) fn is_over(&self) -> bool {
        self.lock().progress.is_over()
    }

    /// Marks the socket to be closed without waiting for the client.
    pub(super) fn cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut.load(Ordering::Relaxed)
    }

    /// Stores the outflow of a response for the task that will send it.
    pub(super) fn put_outflow(&self, outflow: Arc<Outflow>) {
        self.lock().outflow = Some(outflow);
    }

    pub(super) fn take_outflow(&self) -> Option<Arc<Outflow>> {
        self.lock().outflow.take()
    }

    /// Ignores poisoning, because nothing that is done under the lock can panic half-way.
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

/// Tells when something must be done with a connection. It has one timer for all states. Most states end before their
/// time, so the timer is reset only when it would fire too late.
pub(super) struct Clock {
    watch: Arc<Watch>,
    timer: Pin<Box<Sleep>>,
}

impl Clock {
    pub(super) fn new(watch: Arc<Watch>) -> Self {
        let (when, _) = watch.progress(|progress| progress.next());
        Self { watch, timer: Box::pin(sleep_until(when)) }
    }

    /// Returns the next action once it is due. Must be polled after everything that changes the state.
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
