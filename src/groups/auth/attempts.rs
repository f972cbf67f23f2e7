//! The settings group for limits on attempts to sign in.

use std::{num::NonZeroU32, time::Duration};

use crate::{Setting, Violation, layers::Quota, message, rule, schema::Kind};

/// The limits on attempts of one client to sign in, in total and at one account.
///
/// Variables: `ATTEMPTS_PER_CLIENT`, `ATTEMPTS_PER_ACCOUNT`, `ATTEMPTS_WINDOW`.
///
/// [`AttemptLimit`](crate::layers::AttemptLimit) enforces them. By default one client may try 30 times in a minute, because
/// many people can share an address, and 5 times at one account, because people mistype a password a few times. Over a day
/// that is at most 7,200 passwords for an account from one address.
///
/// Source: OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4 §3.2.2.
///
/// # Errors
///
/// Loading refuses with `setting-malformed`, for example for 0 attempts, or for a window below a second or above a day. It
/// warns with `http-attempts` in Preview and Production for more than 100 attempts at one account in a minute.
#[derive(Debug, hardened_derive::Config)]
#[config(check = few(per_account, window))]
pub struct Attempts {
    /// The attempts that one client may make in a window.
    #[config(env = "ATTEMPTS_PER_CLIENT", default = 30)]
    per_client: NonZeroU32,
    /// The attempts that one client may make at one account in a window.
    #[config(env = "ATTEMPTS_PER_ACCOUNT", default = 5)]
    per_account: NonZeroU32,
    /// The time in which all used attempts become available again, one by one.
    #[config(env = "ATTEMPTS_WINDOW", default = "1m")]
    window: Window,
}

/// A length of time from a second to a day.
#[derive(Debug, Clone, Copy)]
struct Window(Duration);

const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The maximum without a warning. NIST SP 800-63B-4 §3.2.2 allows at most 100 consecutive failures for an account.
const MOST_PER_MINUTE: u128 = 100;

impl Setting for Window {
    const KIND: Kind = Kind::Duration;
    const FAMILIES: &'static [&'static str] = &["http-attempts"];

    fn parse(text: &str) -> Result<Self, Violation> {
        let window = Duration::parse(text)?;
        let is_bounded = (SHORTEST..=LONGEST).contains(&window);
        is_bounded.then_some(Self(window)).ok_or_else(|| Violation::malformed("must be from 1s to 24h"))
    }
}

fn few(per_account: &NonZeroU32, window: &Window) -> Result<(), Violation> {
    // A client may use all attempts of a window at once.
    let at_once = u128::from(per_account.get());
    let per_minute = at_once.max(at_once * 60_000 / window.0.as_millis().max(1));
    if per_minute <= MOST_PER_MINUTE {
        return Ok(());
    }
    let fact = message!("one client may make ", per_minute as u64, " attempts at one account in a minute");
    Err(Violation::new(rule::HTTP_ATTEMPTS, fact).remedy("set ATTEMPTS_PER_ACCOUNT to 5, or unset it"))
}

impl Attempts {
    pub(crate) fn per_client(&self) -> Quota {
        Quota { attempts: self.per_client, window: self.window.0 }
    }

    pub(crate) fn per_account(&self) -> Quota {
        Quota { attempts: self.per_account, window: self.window.0 }
    }
}
