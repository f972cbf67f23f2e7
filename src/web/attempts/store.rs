//! Where attempts are counted.

use std::{fmt, future::Future, net::IpAddr, num::NonZeroU32, time::Duration};

/// Whose attempts are counted together.
///
/// `Display` writes it on one line, for a store's key. It contains the name of the account as it was tried: hash it, if the
/// store should not know accounts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttemptKey {
    limit: &'static str,
    client: IpAddr,
    account: Option<String>,
}

impl AttemptKey {
    pub(super) fn new(limit: &'static str, client: IpAddr, account: Option<&str>) -> Self {
        Self { limit, client: network(client), account: account.map(str::to_owned) }
    }
}

/// One customer usually has a /64 of IPv6 (RFC 6177), and can take a new address in it for every attempt.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

impl fmt::Display for AttemptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.limit, self.client)?;
        self.account.as_ref().map_or(Ok(()), |account| write!(f, " {}", account.escape_debug()))
    }
}

/// So many attempts in so much time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The attempts that may come at once. They come back one by one over the window.
    pub attempts: NonZeroU32,
    /// The time in which all come back. Not zero.
    pub window: Duration,
}

/// What became of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// It may be made; so many more may follow at once.
    Allowed {
        /// The attempts that are left.
        remaining: u32,
    },
    /// It may not be made before so much time has passed.
    Refused {
        /// The time until one attempt is allowed.
        wait: Duration,
    },
}

/// Counts attempts: [`InProcess`](super::InProcess), or a store that several processes share.
///
/// Implement it over a command of the store that reads and writes in one step, such as a script in Redis: between two
/// commands, others would be let in.
///
/// ```
/// use hardened::layers::{Attempt, AttemptKey, AttemptStore, Quota};
/// use std::{collections::HashMap, convert::Infallible, sync::Mutex};
///
/// /// Counts for ever: for tests.
/// #[derive(Default)]
/// struct Counter(Mutex<HashMap<String, u32>>);
///
/// impl AttemptStore for Counter {
///     type Error = Infallible;
///
///     async fn attempt(&self, key: &AttemptKey, quota: Quota) -> Result<Attempt, Infallible> {
///         let mut counts = self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
///         let count = counts.entry(key.to_string()).or_default();
///         *count += 1;
///         Ok(match quota.attempts.get().checked_sub(*count) {
///             Some(remaining) => Attempt::Allowed { remaining },
///             None => Attempt::Refused { wait: quota.window },
///         })
///     }
/// }
/// ```
pub trait AttemptStore: Send + Sync + 'static {
    /// Why nothing was counted. It is logged, and the attempt is counted in this process.
    type Error: fmt::Display + Send;

    /// Counts one attempt.
    ///
    /// # Errors
    ///
    /// When the store fails. One that takes longer than a second need not say so.
    fn attempt(&self, key: &AttemptKey, quota: Quota) -> impl Future<Output = Result<Attempt, Self::Error>> + Send;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_customer_are_one_key() {
        let key = |client: &str| AttemptKey::new("sign-in", client.parse().unwrap(), None);
        for (one, other, same) in [
            ("203.0.113.9", "203.0.113.9", true),
            ("203.0.113.9", "203.0.113.10", false),
            ("203.0.113.9", "::ffff:203.0.113.9", true),
            ("2001:db8::1", "2001:db8::ffff:1:2:3", true),
            ("2001:db8::1", "2001:db8:0:1::1", false),
        ] {
            assert_eq!(key(one) == key(other), same, "{one} {other}");
        }
    }

    #[test]
    fn a_key_is_one_line() {
        let key = AttemptKey::new("sign-in", "2001:db8::1".parse().unwrap(), Some("a\nb"));
        assert_eq!(key.to_string(), r"sign-in 2001:db8:: a\nb");
    }
}
