//! The interface to a store that counts attempts.

use std::{fmt, future::Future, net::IpAddr, num::NonZeroU32, time::Duration};

/// The key under which attempts are counted: a limit, a client, and possibly an account.
///
/// `Display` writes it on one line, for use as a key in a store. It contains the account name that was tried: hash it
/// if the store should not know account names.
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

/// Returns the network of a client: a customer usually has an IPv6 /64 (RFC 6177), and could use a new address in it
/// for every attempt.
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

/// A number of attempts in a time window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The number of attempts that may come at once. They come back one by one over the window.
    pub attempts: NonZeroU32,
    /// The time in which all attempts come back. Must not be zero.
    pub window: Duration,
}

/// The result of counting one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The attempt is allowed.
    Allowed {
        /// The number of attempts that may follow at once.
        remaining: u32,
    },
    /// The attempt is refused until some time has passed.
    Refused {
        /// The time until an attempt is allowed.
        wait: Duration,
    },
}

/// A store that counts attempts: [`InProcess`](super::InProcess), or one that several processes share.
///
/// Implement it with a command that reads and writes in one step, such as a Redis script: between two commands, other
/// attempts would be let in.
///
/// ```
/// use hardened::layers::{Attempt, AttemptKey, AttemptStore, Quota};
/// use std::{collections::HashMap, convert::Infallible, sync::Mutex};
///
/// /// Never forgets a count: for tests only.
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
    /// The reason why nothing was counted. It is logged, and this process counts the attempt.
    type Error: fmt::Display + Send;

    /// Counts one attempt.
    ///
    /// # Errors
    ///
    /// Returns an error if the store fails. It need not limit its time: after a second the caller stops waiting.
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
