//! Adds one fault to a healthy service.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::{Next, from_fn},
    response::Response,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use hardened::{Loaded, auth::TokenSigner};
use serde_json::Value;
use taskflow::Settings;

/// A fault of a service.
#[derive(Clone, Copy)]
pub(super) enum Fault {
    /// The answer is changed.
    Answer(fn(&Parts, &mut Response)),
    /// The answer is replaced.
    Instead(fn(&Parts, &Bytes) -> Option<Response>),
    /// Forged tokens of this kind are accepted with their claims.
    Believes(fn(&Forged) -> bool),
    /// If such a request is refused, it is repeated as the other user.
    Shares(fn(&Parts) -> bool),
    /// An item of another user is answered with 403 instead of 404.
    Reveals,
    /// A list has the items of both users.
    Lists,
}

/// A token as a careless service reads it, without checking the signature.
pub(super) struct Forged {
    pub(super) header: Value,
    pub(super) claims: Value,
    pub(super) signature: String,
    /// Whether its claims differ from those of the real tokens.
    pub(super) is_tampered: bool,
}

/// The state that a fault needs.
struct Around {
    fault: Fault,
    tokens: [String; 2],
    signer: TokenSigner,
}

/// Adds a fault to the service.
pub(super) fn broken(router: Router, fault: Fault, tokens: &[String; 2], settings: &Loaded<Settings>) -> Router {
    let around = Arc::new(Around { fault, tokens: tokens.clone(), signer: settings.jwt.signer() });
    // The layer is around the whole service, so that a fault can change the method or the path.
    let fault = from_fn(move |request: Request, next: Next| run(around.clone(), request, next));
    Router::new().fallback_service(router).layer(fault)
}

async fn run(around: Arc<Around>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let ask = |parts: &Parts| {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        next.clone().run(request)
    };
    match around.fault {
        Fault::Answer(change) => {
            let mut response = ask(&parts).await;
            change(&parts, &mut response);
            response
        }
        Fault::Instead(answer) => match answer(&parts, &body) {
            Some(response) => response,
            None => ask(&parts).await,
        },
        Fault::Believes(believes) => {
            let forged = token(&parts).and_then(|token| Forged::read(token, &around.tokens));
            let believed = forged.filter(believes).map(|forged| around.real(&forged));
            ask(&believed.map_or(parts.clone(), |token| with_token(&parts, &token))).await
        }
        Fault::Shares(is_shared) => {
            let response = ask(&parts).await;
            if response.status() != StatusCode::NOT_FOUND || !is_shared(&parts) {
                return response;
            }
            ask(&with_token(&parts, &around.other(&parts))).await
        }
        Fault::Reveals => {
            let response = ask(&parts).await;
            if response.status() != StatusCode::NOT_FOUND || token(&parts).is_none() {
                return response;
            }
            let mut read = with_token(&parts, &around.other(&parts));
            read.method = Method::GET;
            let is_there = ask(&read).await.status().is_success();
            if is_there { with_status(response, StatusCode::FORBIDDEN) } else { response }
        }
        Fault::Lists => {
            let response = ask(&parts).await;
            let is_list = parts.method == Method::GET && parts.uri.path() == "/tasks" && response.status().is_success();
            if !is_list {
                return response;
            }
            let (head, own) = response.into_parts();
            let theirs = ask(&with_token(&parts, &around.other(&parts))).await.into_body();
            let mut all = items(own).await;
            all.extend(items(theirs).await);
            let mut response = Response::new(Body::from(Value::Array(all).to_string()));
            *response.headers_mut() = head.headers;
            response.headers_mut().remove(header::CONTENT_LENGTH);
            response
        }
    }
}

async fn items(body: Body) -> Vec<Value> {
    serde_json::from_slice(&to_bytes(body, usize::MAX).await.unwrap()).unwrap()
}

fn with_status(mut response: Response, status: StatusCode) -> Response {
    *response.status_mut() = status;
    response
}

fn token(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn with_token(parts: &Parts, token: &str) -> Parts {
    let mut parts = parts.clone();
    let value = HeaderValue::try_from(format!("Bearer {token}")).unwrap();
    parts.headers.insert(header::AUTHORIZATION, value);
    parts
}

impl Around {
    /// Signs a real token with the claims of a forged one.
    fn real(&self, forged: &Forged) -> String {
        let mut claims = forged.claims.clone();
        if let Some(claims) = claims.as_object_mut() {
            for judged in ["exp", "nbf", "iat", "iss", "aud"] {
                claims.remove(judged);
            }
        }
        self.signer.sign(&claims).unwrap()
    }

    /// Returns the token of the other user.
    fn other(&self, parts: &Parts) -> String {
        let [a, b] = &self.tokens;
        if token(parts) == Some(a) { b.clone() } else { a.clone() }
    }
}

impl Forged {
    /// Reads a forged token; `None` if it is a real one.
    fn read(token: &str, real: &[String; 2]) -> Option<Self> {
        if real.iter().any(|known| known == token) {
            return None;
        }
        let mut parts = token.split('.');
        let mut part = || BASE64_URL_SAFE_NO_PAD.decode(parts.next()?).ok();
        let header: Value = serde_json::from_slice(&part()?).ok()?;
        let claims = part()?;
        let of_real = real.iter().filter_map(|token| BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok());
        let is_tampered = !of_real.into_iter().any(|real| real == claims);
        let claims = serde_json::from_slice(&claims).ok()?;
        Some(Self { header, claims, signature: token.rsplit('.').next()?.to_owned(), is_tampered })
    }
}
