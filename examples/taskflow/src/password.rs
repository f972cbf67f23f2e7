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

/// What a sign-in is compared with when nobody has the address, so that it takes as long as any other.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$c29tZSBzYWx0IG9mIG91cnM$PvOFYUOvKXlmNkFgKxKxlpzTgKOpDqxJDqvJKxKxlpw";

/// Hashes and verifies passwords, apart from the threads that serve. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// The hash to keep; none when the operating system has no random bytes.
    pub async fn hash(&self, password: SecretString) -> Option<String> {
        self.compute(move || Some(argon2().hash_password(password.expose_secret().as_bytes()).ok()?.to_string()))
            .await
            .flatten()
    }

    /// Whether it is the password of the hash. Where there is no hash it is not, and that takes as long.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> bool {
        let is_somebody = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let matches = self.compute(move || {
            let hash = PasswordHash::new(&hash).ok()?;
            argon2().verify_password(password.expose_secret().as_bytes(), &hash).ok()
        });
        matches.await.flatten().is_some() && is_somebody
    }

    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let permit = Arc::clone(&self.0).acquire_owned().await.ok()?;
        // The permit goes with the work: a client that leaves does not make room for one more.
        spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .ok()
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
        assert!(passwords.verify(secret("correct horse"), Some(hash.clone())).await);
        assert!(!passwords.verify(secret("correct house"), Some(hash)).await);
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        for password in ["", "nobody", "correct horse"] {
            assert!(!Passwords::default().verify(secret(password), None).await);
        }
    }

    #[test]
    fn what_nobody_is_compared_with_costs_as_much_as_a_real_hash() {
        let real = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(real.params, argon2().hash_password(b"x").unwrap().params);
        assert_eq!(real.hash.unwrap().len(), 32);
    }
}
