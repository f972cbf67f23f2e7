//! actix-web: the decision in a middleware function.
//!
//! actix-web has types of its own for headers, so the decision is asked with
//! [`decide_with`](hardened::cors::CorsPolicy::decide_with) and its answer is carried over by name and bytes.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue, VARY},
    },
    middleware::Next,
};
use hardened::cors::{CorsPolicy, Decision, Forward};

/// Puts a policy around an application: `App::new().wrap(from_fn(move |request, next| cors(policy.clone(), request, next)))`.
///
/// # Errors
///
/// Those of the service.
pub async fn cors<B: MessageBody + 'static>(
    policy: CorsPolicy,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let headers = request.headers();
    let decision =
        policy.decide_with(request.method().as_str(), |name| headers.get_all(name).map(HeaderValue::as_bytes));
    match decision {
        Decision::Preflight(answer) => {
            let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or(StatusCode::FORBIDDEN);
            let mut response = HttpResponse::new(status);
            for (name, value) in answer.headers() {
                set(response.headers_mut(), name.as_str(), value.as_bytes());
            }
            Ok(request.into_response(response))
        }
        Decision::Forward(forward) => {
            let mut response = next.call(request).await?.map_into_boxed_body();
            apply(forward, response.headers_mut());
            Ok(response)
        }
    }
}

/// Puts the headers of a decision on an answer of the service.
fn apply(forward: Forward, headers: &mut HeaderMap) {
    let varies = forward.varies();
    let own: Vec<_> = headers.keys().filter(|name| Forward::removes(name.as_str())).cloned().collect();
    for name in own {
        headers.remove(name);
    }
    for (name, value) in forward.headers() {
        set(headers, name.as_str(), value.as_bytes());
    }
    if varies {
        headers.append(VARY, HeaderValue::from_static("origin"));
    }
}

fn set(headers: &mut HeaderMap, name: &str, value: &[u8]) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value)) {
        headers.insert(name, value);
    }
}
