//! AWS Lambda: the service of `lambda_http` is a tower service, so the layers are around it. The platform says who the
//! client is in the event.

use hardened::layers::PeerAddress;
use lambda_http::{Request, RequestExt, request::RequestContext};

/// Says who connects, for `ClientAddress`: `ServiceBuilder::new().map_request(with_peer)` outside everything else.
pub fn with_peer(mut request: Request) -> Request {
    if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref()
        && let Some(Ok(address)) = context.http.source_ip.as_deref().map(str::parse::<std::net::IpAddr>)
    {
        request.extensions_mut().insert(PeerAddress::from(address));
    }
    request
}
