//! The session of a request.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use crate::SecretText;

/// The session of a request, as [`SessionCookie::set`](super::SessionCookie::set) made it; nobody else can make one.
///
/// Its `Debug` does not show the value. An axum handler takes it as an argument: a request without a session gets 401, and
/// with `Option<Session>` the handler decides. The router's state must provide a
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

    /// Returns the value that the service put into the session.
    #[must_use]
    pub fn value(&self) -> &str {
        self.value.expose_text()
    }

    /// Returns the time at which the cookie was made. To prolong a session, set it again.
    #[must_use]
    pub fn issued_at(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(self.issued)).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// Shows when the cookie was made, but not its value.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("value", &self.value).field("issued_at", &self.issued_at()).finish()
    }
}
