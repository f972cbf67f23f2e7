//! AWS Lambda: the service of `lambda_http` is a tower service, so the layers can wrap it. The event of the platform contains
//! the address of the client.

use hardened::layers::PeerAddress;
use lambda_http::{Request, RequestExt, request::RequestContext};

/// Adds the peer address that `ClientAddress` needs: `ServiceBuilder::new().map_request(with_peer)` as the outermost layer.
pub fn with_peer(mut request: Request) -> Request {
    if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref()
        && let Some(Ok(address)) = context.http.source_ip.as_deref().map(str::parse::<std::net::IpAddr>)
    {
        request.extensions_mut().insert(PeerAddress::from(address));
    }
    request
}
