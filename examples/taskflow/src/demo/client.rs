//! Real requests, and what came back.

use std::fmt;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
};
use http_body_util::BodyExt;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use serde_json::Value;

use super::service::Service;

/// A request. It prints without what proves who asks: tokens and passwords.
#[derive(Debug, Clone)]
pub(super) struct Request {
    method: Method,
    path: String,
    headers: Vec<(HeaderName, String)>,
    /// The token, and what there is to say of it.
    token: Option<(String, &'static str)>,
    body: Option<Value>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

pub(super) type Failure = Box<dyn std::error::Error>;

impl Request {
    pub(super) fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), token: None, body: None }
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn post(path: impl Into<String>, body: Value) -> Self {
        Self::new(Method::POST, path).body(body)
    }

    pub(super) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    pub(super) fn header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn token(mut self, token: &str, what: &'static str) -> Self {
        self.token = Some((token.to_owned(), what));
        self
    }

    pub(super) async fn send(&self, service: &Service) -> Result<Answer, Failure> {
        let client = Client::builder(TokioExecutor::new()).build_http();
        let response = client.request(self.build(service)?).await?;
        let (head, body) = response.into_parts();
        let body = String::from_utf8_lossy(&body.collect().await?.to_bytes()).into_owned();
        Ok(Answer { status: head.status, headers: head.headers, body })
    }

    fn build(&self, service: &Service) -> Result<axum::http::Request<Body>, Failure> {
        let uri = format!("http://{}{}", service.address(), self.path);
        let mut request = axum::http::Request::builder().method(&self.method).uri(uri);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some((token, _)) = &self.token {
            request = request.header(header::AUTHORIZATION, HeaderValue::try_from(format!("Bearer {token}"))?);
        }
        Ok(match &self.body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(body.to_string().into())?,
            None => request.body(Body::empty())?,
        })
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        for (name, value) in &self.headers {
            write!(f, ", {name}: {value}")?;
        }
        if let Some((_, what)) = self.token {
            write!(f, ", with {what}")?;
        }
        match &self.body {
            Some(body) if body.get("password").is_none() => write!(f, ", {body}"),
            Some(_) => f.write_str(", with a password"),
            None => Ok(()),
        }
    }
}

impl Answer {
    pub(super) fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// The status, and where it is a document for machines the beginning of the body.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(origin) = self.header(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
            write!(f, ", access-control-allow-origin: {origin}")?;
        }
        let is_json = self.header(header::CONTENT_TYPE).is_some_and(|kind| kind.ends_with("json"));
        let line = self.body.lines().next().unwrap_or_default();
        match line.char_indices().nth(140) {
            _ if line.is_empty() || !is_json => Ok(()),
            Some((end, _)) => write!(f, " {}…", line.get(..end).unwrap_or_default()),
            None => write!(f, " {line}"),
        }
    }
}
