//! Hashes passwords with Argon2id, one at a time on a separate thread.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{
    mpsc::{Receiver, Sender, channel, error::TrySendError},
    oneshot,
};

/// The first choice of the OWASP Password Storage Cheat Sheet: 46 MiB, one pass. The allocator returns a block of this size
/// to the operating system as soon as it is free.
const KIBIBYTES: u32 = 46 * 1024;
const PASSES: u32 = 1;

/// The length of the queue. One hash takes about 30 ms, so the last place waits half a second. More requests are refused at
/// once, because in an unlimited queue clients wait until they give up, and their work is done nevertheless.
const PLACES: usize = 16;

/// The hash for a sign-in with an unknown address, so that it takes as long as any other.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$c29tZSBzYWx0IG9mIG91cnM$PvOFYUOvKXlmNkFgKxKxlpzTgKOpDqxJDqvJKxKxlpw";

/// Hashes and verifies passwords outside the threads that serve requests. It is cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    queue: Sender<Work>,
}

type Work = Box<dyn FnOnce() + Send>;

/// The reason why a password was neither hashed nor verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotComputed {
    /// The queue is full.
    Busy,
    /// The operating system has no thread or no random bytes, or the work panicked.
    Failed,
}

/// Starts the thread, which ends when the last clone is dropped.
impl Default for Passwords {
    fn default() -> Self {
        let (queue, works) = channel(PLACES);
        // If the thread cannot start, the queue is closed and every request fails.
        let _ = thread::Builder::new().name("passwords".to_owned()).spawn(move || run(works));
        Self { queue }
    }
}

fn run(mut works: Receiver<Work>) {
    give_way();
    while let Some(work) = works.blocking_recv() {
        // After a panic, the waiting request fails because its answer channel is closed.
        let _ = catch_unwind(AssertUnwindSafe(work));
    }
}

/// Lowers the priority of this thread below that of the threads that serve requests. Linux has a priority for each thread.
fn give_way() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

impl Passwords {
    /// Hashes a password for storage.
    pub async fn hash(&self, password: SecretString) -> Result<String, NotComputed> {
        let hash = move || Some(argon2().hash_password(password.expose_secret().as_bytes()).ok()?.to_string());
        self.compute(hash).await?.ok_or(NotComputed::Failed)
    }

    /// Returns whether the password matches the hash; `false` without a hash, after the same time.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> Result<bool, NotComputed> {
        let is_somebody = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let matches = self.compute(move || {
            let hash = PasswordHash::new(&hash).ok()?;
            argon2().verify_password(password.expose_secret().as_bytes(), &hash).ok()
        });
        Ok(matches.await?.is_some() && is_somebody)
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, NotComputed> {
        let (answer, computed) = oneshot::channel();
        let work = move || {
            // Nothing is computed for a client that has disconnected.
            if !answer.is_closed() {
                let _ = answer.send(work());
            }
        };
        self.queue.try_send(Box::new(work)).map_err(|error| match error {
            TrySendError::Full(_) => NotComputed::Busy,
            TrySendError::Closed(_) => NotComputed::Failed,
        })?;
        computed.await.map_err(|_| NotComputed::Failed)
    }
}

#[cfg(test)]
impl Passwords {
    /// Fills the queue until the returned value is dropped.
    pub(crate) async fn fill(&self) -> std::sync::mpsc::Sender<()> {
        let (until, wait) = std::sync::mpsc::channel::<()>();
        let (begin, begun) = oneshot::channel();
        let blocker = move || {
            let _ = begin.send(());
            let _ = wait.recv();
        };
        self.queue.send(Box::new(blocker)).await.unwrap();
        begun.await.unwrap();
        while self.queue.try_send(Box::new(|| {})).is_ok() {}
        until
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(KIBIBYTES, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    };

    use super::*;

    fn secret(text: &str) -> SecretString {
        text.to_owned().into()
    }

    #[tokio::test]
    async fn a_password_is_recognised_and_another_is_not() {
        let passwords = Passwords::default();
        let hash = passwords.hash(secret("correct horse")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
        assert_eq!(passwords.verify(secret("correct horse"), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.verify(secret("correct house"), Some(hash)).await, Ok(false));
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        for password in ["", "nobody", "correct horse"] {
            assert_eq!(Passwords::default().verify(secret(password), None).await, Ok(false));
        }
    }

    #[tokio::test]
    async fn who_comes_when_all_places_are_taken_is_told_at_once() {
        let passwords = Passwords::default();
        let filled = passwords.fill().await;
        for _ in 0..3 {
            assert_eq!(passwords.verify(secret("correct horse"), None).await, Err(NotComputed::Busy));
            assert_eq!(passwords.hash(secret("correct horse")).await, Err(NotComputed::Busy));
        }
        drop(filled);
        // A place is free as soon as the thread continues.
        while passwords.verify(secret("correct horse"), None).await == Err(NotComputed::Busy) {
            tokio::task::yield_now().await;
        }
        assert_eq!(passwords.verify(secret("correct horse"), None).await, Ok(false));
    }

    #[tokio::test]
    async fn nothing_is_computed_for_a_client_that_has_left() {
        let (passwords, is_computed) = (Passwords::default(), Arc::new(AtomicBool::new(false)));
        let (until, wait) = std::sync::mpsc::channel::<()>();
        let (first, second, told) = (passwords.clone(), passwords.clone(), Arc::clone(&is_computed));
        let at_work = tokio::spawn(async move { first.compute(move || wait.recv().is_err()).await });
        let left = tokio::spawn(async move { second.compute(move || told.store(true, Ordering::SeqCst)).await });
        // One job runs, and one waits.
        while passwords.queue.capacity() != PLACES - 1 {
            tokio::task::yield_now().await;
        }
        left.abort();
        assert!(left.await.unwrap_err().is_cancelled());
        drop(until);
        assert_eq!(at_work.await.unwrap(), Ok(true));
        assert_eq!(passwords.compute(|| 7).await, Ok(7));
        assert!(!is_computed.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn the_thread_outlives_a_panic() {
        let passwords = Passwords::default();
        assert_eq!(passwords.compute(|| panic!("on purpose")).await, Err::<(), _>(NotComputed::Failed));
        assert_eq!(passwords.compute(|| 7).await, Ok(7));
    }

    #[test]
    fn what_nobody_is_compared_with_costs_as_much_as_a_real_hash() {
        let real = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(real.params, argon2().hash_password(b"x").unwrap().params);
        assert_eq!(real.hash.unwrap().len(), 32);
    }
}
