//! A response body that the error layer leaves alone.

/// Marks a response, through its extensions, whose body must be kept although its status is a server error: a health
/// check's 503, a maintenance page. Without it, the layer of [`Http`](crate::Http) replaces the body.
///
/// ```
/// use hardened::layers::KeepBody;
/// use http::{Response, StatusCode};
///
/// let mut response = Response::new("back at ten".to_owned());
/// *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
/// response.extensions_mut().insert(KeepBody);
/// ```
///
/// A client cannot set it: extensions are not part of the protocol.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeepBody;
