//! The status of an allowed preflight.

use http::StatusCode;

use crate::{Rejection, message, rule};

/// What is wrong with a status: browsers want an
/// [ok status](https://fetch.spec.whatwg.org/#ok-status), 200 to 299.
pub(super) fn judge(status: u16) -> Result<StatusCode, Rejection> {
    let fact = || message!("status ", status, "; must be between ", 200, " and ", 299);
    let rejection = || Rejection::new(rule::CORS_PREFLIGHT_STATUS, fact()).about("preflight_status");
    StatusCode::from_u16(status).ok().filter(StatusCode::is_success).ok_or_else(rejection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_judged_at_its_bounds() {
        for (status, accepted) in
            [(0, false), (199, false), (200, true), (204, true), (299, true), (300, false), (403, false), (1000, false)]
        {
            assert_eq!(judge(status).is_ok(), accepted, "{status}");
        }
    }
}
