//! A test request, and how to send it through a socket.

use std::net::SocketAddr;

use crate::server::{Answer, exchange};

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub path: &'static str,
    /// The host.
    pub host: &'static str,
    /// The other headers.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
}

impl Ask {
    /// Creates a GET request for the app's own host.
    pub(super) const fn get(path: &'static str) -> Self {
        Self { method: "GET", path, host: super::app::HOST, headers: &[], body: "" }
    }

    pub(super) const fn post(path: &'static str, body: &'static str) -> Self {
        Self { method: "POST", path, host: super::app::HOST, headers: &[], body }
    }

    pub(super) const fn to(self, host: &'static str) -> Self {
        Self { host, ..self }
    }

    pub(super) const fn with(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }
}

/// Sends the request over HTTP/1.
pub async fn over(address: SocketAddr, ask: Ask) -> Answer {
    let Ask { method, path, host, headers, body } = ask;
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = if method == "POST" { format!("Content-Length: {}\r\n", body.len()) } else { String::new() };
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}{length}\r\n");
    exchange(address, &(head + body)).await
}
