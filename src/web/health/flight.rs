//! One check that many callers share.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

/// Runs one check at a time, shares it among all callers, and caches a good outcome for a short time.
///
/// A check runs in its own task: if the caller that started it goes away, the check continues for the others.
#[derive(Debug)]
pub(super) struct Flight<T> {
    ttl: Duration,
    state: Arc<Mutex<State<T>>>,
}

#[derive(Debug)]
struct State<T> {
    kept: Option<(Instant, T)>,
    running: Option<watch::Receiver<Option<T>>>,
}

impl<T: Clone + Send + Sync + 'static> Flight<T> {
    pub(super) fn new(ttl: Duration) -> Self {
        Self { ttl, state: Arc::new(Mutex::new(State { kept: None, running: None })) }
    }

    /// Returns the cached outcome, that of the running check, or that of a new one. Returns `None` if the check
    /// panicked or the runtime shuts down.
    pub(super) async fn join<F, A>(&self, check: F, keeps: fn(&T) -> bool) -> Option<T>
    where
        F: FnOnce() -> A,
        A: Future<Output = T> + Send + 'static,
    {
        let mut outcome = match self.kept_or_running(check, keeps) {
            Ok(kept) => return Some(kept),
            Err(running) => running,
        };
        outcome.wait_for(Option::is_some).await.ok()?.clone()
    }

    fn kept_or_running<F, A>(&self, check: F, keeps: fn(&T) -> bool) -> Result<T, watch::Receiver<Option<T>>>
    where
        F: FnOnce() -> A,
        A: Future<Output = T> + Send + 'static,
    {
        let mut state = lock(&self.state);
        match (&state.kept, &state.running) {
            (Some((when, kept)), _) if when.elapsed() < self.ttl => Ok(kept.clone()),
            (_, Some(running)) => Err(running.clone()),
            _ => {
                let (sender, receiver) = watch::channel(None);
                state.running = Some(receiver.clone());
                let landing = Landing { sender, state: Arc::clone(&self.state) };
                tokio::spawn(run(check(), keeps, landing));
                Err(receiver)
            }
        }
    }
}

async fn run<T: Clone>(check: impl Future<Output = T>, keeps: fn(&T) -> bool, landing: Landing<T>) {
    let outcome = check.await;
    let kept = keeps(&outcome).then(|| (Instant::now(), outcome.clone()));
    lock(&landing.state).kept = kept;
    landing.sender.send_replace(Some(outcome));
}

/// Ends a check, even if it panicked or was dropped with its runtime, so that the next caller starts a new one.
struct Landing<T> {
    sender: watch::Sender<Option<T>>,
    state: Arc<Mutex<State<T>>>,
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        lock(&self.state).running = None;
    }
}

/// Ignores poisoning because the state is consistent at every moment: a panic elsewhere cannot spoil it.
fn lock<T>(state: &Mutex<State<T>>) -> MutexGuard<'_, State<T>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
