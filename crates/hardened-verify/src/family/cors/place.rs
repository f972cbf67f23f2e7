//! The route that the CORS checks use: one that answers with success, and the credential that it needs.

use http::{HeaderName, Method, StatusCode, header};

use super::browser::{Credentials, Wanted, may_read};
use crate::{answer::Answer, context::Context, control::Expectation, credentials::User, request::Request};

/// The reason why checks that need an allowed origin are skipped.
pub(super) const UNKNOWN: &str = "no allowed origin is known, so foreign origins are derived from the host of the API alone; name the allowed ones in the manifest or the profile";

/// The header with which a preflight asks whether a public page may reach a private network.
const PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-request-private-network");

/// A route that requests are sent to as if by pages.
pub(super) struct Place {
    request: Request,
    /// Whether the route is a guess: pages may call other ones.
    pub(super) is_guess: bool,
}

impl Place {
    /// Chooses the protected route with the credential of user A, or else a public one.
    pub(super) fn find(context: &Context) -> Result<Self, String> {
        if let (Some(credential), Ok(route)) = (context.credentials.of(User::A), context.protected()) {
            return Ok(Self { request: credential.on(route, User::A.who()), is_guess: false });
        }
        Ok(Self { request: context.known()?, is_guess: context.profile.known.is_none() })
    }

    /// Returns the request as a page of this origin sends it, or without an origin.
    pub(super) fn simple(&self, origin: Option<&str>) -> Request {
        let request = self.request.clone();
        match origin {
            Some(origin) => request.of_page(origin),
            None => request,
        }
    }

    /// Returns the same request with a query that no cache has seen.
    pub(super) fn fresh(&self, origin: &str, nonce: &str) -> Request {
        unseen(self.simple(Some(origin)), nonce)
    }

    /// Returns the preflight that a browser sends before a request. It never has a credential.
    pub(super) fn preflight(&self, origin: &str, wanted: Wanted<'_>) -> Request {
        let request = Request::new(Method::OPTIONS, self.request.path.as_str())
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, wanted.method)
            .expects(StatusCode::NO_CONTENT);
        match wanted.headers {
            [] => request,
            names => request.header(header::ACCESS_CONTROL_REQUEST_HEADERS, &names.join(",")),
        }
    }

    pub(super) fn fresh_preflight(&self, origin: &str, wanted: Wanted<'_>, nonce: &str) -> Request {
        unseen(self.preflight(origin, wanted), nonce)
    }

    /// Returns the preflight of a public page for a private network.
    pub(super) fn private_preflight(&self, origin: &str, wanted: Wanted<'_>) -> Request {
        self.preflight(origin, wanted).header(PRIVATE_NETWORK, "true")
    }
}

fn unseen(mut request: Request, nonce: &str) -> Request {
    request.path.push(if request.path.contains('?') { '&' } else { '?' });
    request.path.push_str(nonce);
    request
}

/// Returns what the control of foreign origins must be: a success that the trusted origin can read, and not the catch-all.
pub(super) fn works(context: &Context, trusted: Option<&str>) -> Expectation {
    let (catch_all, trusted) = (context.found().catch_all.clone(), trusted.map(str::to_owned));
    Box::new(move |answer| {
        if !answer.status.is_success() {
            return Err(format!("was answered with {}", answer.status.as_u16()));
        }
        if catch_all.as_ref().is_some_and(|all| all.is(answer)) {
            return Err("was answered like a path that does not exist".to_owned());
        }
        match &trusted {
            Some(origin) if !may_read(&answer.headers, origin, Credentials::Omitted) => {
                Err(format!("was answered without permission for the allowed origin {origin}"))
            }
            _ => Ok(()),
        }
    })
}

/// Returns whether an answer reports trouble of the target. 501 does not: it says that preflights are not supported.
pub(super) fn is_trouble(answer: &Answer) -> bool {
    (answer.status.is_server_error() && answer.status != StatusCode::NOT_IMPLEMENTED)
        || matches!(answer.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}
