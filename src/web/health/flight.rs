//! One check for many who ask.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

/// Runs a check once for all who ask meanwhile, and keeps a good outcome for a short time.
///
/// A check runs in a task of its own: whoever asked may go away, the check goes on for the others.
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

    /// The outcome that is kept, that of the check that runs, or that of a new one. None when the check panicked, or
    /// the runtime ends.
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

/// Ends a check, also one that panicked or was dropped with its runtime: the next who asks starts a new one.
struct Landing<T> {
    sender: watch::Sender<Option<T>>,
    state: Arc<Mutex<State<T>>>,
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        lock(&self.state).running = None;
    }
}

/// What a lock holds is whole at every moment, so that a panic elsewhere spoils nothing.
fn lock<T>(state: &Mutex<State<T>>) -> MutexGuard<'_, State<T>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
