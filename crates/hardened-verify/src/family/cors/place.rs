//! Where the questions are asked: a route that answers with success, and who asks there.

use http::{HeaderName, Method, StatusCode, header};

use super::browser::{Credentials, Wanted, may_read};
use crate::{answer::Answer, context::Context, control::Expectation, credentials::User, request::Request};

/// Why checks that need an allowed origin are not asked.
pub(super) const UNKNOWN: &str = "no allowed origin is known, so others are derived from the host of the API alone; name them in the manifest or the profile";

/// A preflight asks with it whether a public page may reach a private network.
const PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-request-private-network");

/// A route, asked in the name of pages.
pub(super) struct Place {
    request: Request,
    /// Whether it is only a likely route: pages may call others.
    pub(super) is_guess: bool,
}

impl Place {
    /// The protected route with the token of user A, or a known one without.
    pub(super) fn find(context: &Context) -> Result<Self, String> {
        if let (Some(credential), Ok(route)) = (context.credentials.of(User::A), context.protected()) {
            return Ok(Self { request: credential.on(route, User::A.who()), is_guess: false });
        }
        Ok(Self { request: context.known()?, is_guess: context.profile.known.is_none() })
    }

    /// The request as a page of this origin sends it, or without an origin.
    pub(super) fn simple(&self, origin: Option<&str>) -> Request {
        let request = self.request.clone();
        match origin {
            Some(origin) => request.of_page(origin),
            None => request,
        }
    }

    /// The same with a query that no cache has seen.
    pub(super) fn fresh(&self, origin: &str, nonce: &str) -> Request {
        unseen(self.simple(Some(origin)), nonce)
    }

    /// What a browser asks before it sends a request. It never has a credential.
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

    /// A preflight of a public page to a private network.
    pub(super) fn private_preflight(&self, origin: &str, wanted: Wanted<'_>) -> Request {
        self.preflight(origin, wanted).header(PRIVATE_NETWORK, "true")
    }
}

fn unseen(mut request: Request, nonce: &str) -> Request {
    request.path.push(if request.path.contains('?') { '&' } else { '?' });
    request.path.push_str(nonce);
    request
}

/// The control of checks about foreign origins: success, for the trusted origin readable, and not the answer to every path.
pub(super) fn works(context: &Context, trusted: Option<&str>) -> Expectation {
    let (catch_all, trusted) = (context.found().catch_all.clone(), trusted.map(str::to_owned));
    Box::new(move |answer| {
        if !answer.status.is_success() {
            return Err(format!("was answered with {}", answer.status.as_u16()));
        }
        if catch_all.as_ref().is_some_and(|all| all.is(answer)) {
            return Err("was answered as a path that does not exist".to_owned());
        }
        match &trusted {
            Some(origin) if !may_read(&answer.headers, origin, Credentials::Omitted) => {
                Err(format!("was answered without a permission for the allowed origin {origin}"))
            }
            _ => Ok(()),
        }
    })
}

/// Whether an answer is about the load of the target, not about the question. 501 says that no preflight is answered.
pub(super) fn is_trouble(answer: &Answer) -> bool {
    (answer.status.is_server_error() && answer.status != StatusCode::NOT_IMPLEMENTED)
        || matches!(answer.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT)
}
