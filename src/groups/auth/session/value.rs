//! The session that a request belongs to.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use crate::SecretText;

/// The session of a request, as [`SessionCookie::set`](super::SessionCookie::set) made it: nobody else could have.
///
/// Its `Debug` shows nothing of the value. In axum a handler takes it as an argument: without a session the request gets
/// 401, and with `Option<Session>` the handler decides. The state must hold a
/// [`SessionCookie`](super::SessionCookie).
///
/// ```
/// # #[cfg(feature = "axum")] {
/// use axum::{Router, routing::get};
/// use hardened::auth::{Session, SessionCookie};
///
/// async fn whoami(session: Session) -> String {
///     session.value().to_owned()
/// }
///
/// fn routes(cookie: SessionCookie) -> Router {
///     Router::new().route("/me", get(whoami)).with_state(cookie)
/// }
/// # }
/// ```
pub struct Session {
    value: SecretText,
    issued: u64,
}

impl Session {
    pub(super) const fn new(value: SecretText, issued: u64) -> Self {
        Self { value, issued }
    }

    /// Returns what the service put into the session.
    #[must_use]
    pub fn value(&self) -> &str {
        self.value.expose_text()
    }

    /// Returns when the cookie was made. To prolong a session, set it again.
    #[must_use]
    pub fn issued_at(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.issued)).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// Shows when it was made, and nothing of its value.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("value", &self.value).field("issued_at", &self.issued_at()).finish()
    }
}
