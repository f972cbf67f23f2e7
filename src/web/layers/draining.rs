//! What tells a request that the service stops.

/// Is among the extensions of a request that arrives while the service is stopping, so that `/readyz` fails.
/// `hardened::serve` adds it. `Health::readyz` looks for it; a readiness check of your
/// own can, too.
///
/// ```
/// use hardened::layers::Draining;
/// use http::{Request, StatusCode};
///
/// fn readiness(request: &Request<()>) -> StatusCode {
///     let stops = request.extensions().get::<Draining>().is_some();
///     if stops { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }
/// }
/// ```
///
/// A client cannot set it: extensions are not part of the protocol.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Draining;
