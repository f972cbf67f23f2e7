//! How passwords are kept: Argon2id, a few at a time.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::Semaphore, task::spawn_blocking};

/// The first choice of the OWASP Password Storage Cheat Sheet: 46 MiB, one pass. A block of this size goes back to the
/// operating system as soon as it is free.
const KIBIBYTES: u32 = 46 * 1024;
const PASSES: u32 = 1;

/// Each takes a processor for some 30 ms.
const AT_ONCE: usize = 1;

/// Those at work, and those that wait: half a second for the last one. More are refused at once, because a queue without an end
/// makes everybody wait until they give up, and then does their work all the same.
const PLACES: usize = 16;

/// What a sign-in is compared with when nobody has the address, so that it takes as long as any other.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$c29tZSBzYWx0IG9mIG91cnM$PvOFYUOvKXlmNkFgKxKxlpzTgKOpDqxJDqvJKxKxlpw";

/// Hashes and verifies passwords, apart from the threads that serve. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    at_once: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// Why a password was neither hashed nor verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotComputed {
    /// Too many others wait.
    Busy,
    /// The operating system has no random bytes, or the work panicked.
    Failed,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { at_once: Arc::new(Semaphore::new(AT_ONCE)), places: Arc::new(Semaphore::new(PLACES)) }
    }
}

impl Passwords {
    /// The hash to keep.
    pub async fn hash(&self, password: SecretString) -> Result<String, NotComputed> {
        let hash = move || Some(argon2().hash_password(password.expose_secret().as_bytes()).ok()?.to_string());
        self.compute(hash).await?.ok_or(NotComputed::Failed)
    }

    /// Whether it is the password of the hash. Where there is no hash it is not, and that takes as long.
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
        let _place = self.places.try_acquire().map_err(|_| NotComputed::Busy)?;
        let permit = Arc::clone(&self.at_once).acquire_owned().await.map_err(|_| NotComputed::Failed)?;
        // The permit goes with the work: a client that leaves does not make room for one more.
        let computed = spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        computed.await.map_err(|_| NotComputed::Failed)
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(KIBIBYTES, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
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
        let attempt = || {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.verify(secret("correct horse"), None).await })
        };
        let attempts: Vec<_> = (0..PLACES + 3).map(|_| attempt()).collect();
        let mut outcomes = Vec::new();
        for attempt in attempts {
            outcomes.push(attempt.await.unwrap());
        }
        let (served, refused) = outcomes.split_at(PLACES);
        assert!(served.iter().all(|outcome| *outcome == Ok(false)), "{outcomes:?}");
        assert!(refused.iter().all(|outcome| *outcome == Err(NotComputed::Busy)), "{outcomes:?}");
        assert_eq!(passwords.verify(secret("correct horse"), None).await, Ok(false));
    }

    #[test]
    fn what_nobody_is_compared_with_costs_as_much_as_a_real_hash() {
        let real = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(real.params, argon2().hash_password(b"x").unwrap().params);
        assert_eq!(real.hash.unwrap().len(), 32);
    }
}
