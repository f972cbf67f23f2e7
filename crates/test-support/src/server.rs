//! A server on a free port, and a client that writes and reads plain text.

use std::{net::SocketAddr, time::Duration};

use axum::Router;
use hardened::{Environment, Http, Loaded, Loader};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The time after which an exchange counts as hung.
pub const HANG: Duration = Duration::from_secs(300);

/// Loads the settings with no variable except the tier.
pub fn settings(tier: &str) -> Loaded<Http> {
    load(Loader::new(), &[("ENVIRONMENT", tier)])
}

/// Loads the settings from these variables.
#[track_caller]
pub fn load(loader: Loader, variables: &[(&'static str, &str)]) -> Loaded<Http> {
    let environment =
        variables.iter().fold(Environment::empty(), |environment, (name, value)| environment.set(name, *value));
    loader.environment(environment).load().unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Serves a router until the runtime ends, and returns its address.
pub async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A response as text.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// Creates a response that did not come through a socket.
    pub fn new(status: u16, headers: &[(&str, &str)], body: String) -> Self {
        let head = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        Self { status, head, body }
    }

    /// Returns all values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect()
    }

    /// Returns the only value of a header.
    #[track_caller]
    pub fn header(&self, name: &str) -> Option<&str> {
        let all = self.all(name);
        assert!(all.len() <= 1, "{name} is there {} times: {}", all.len(), self.head);
        all.first().copied()
    }
}

/// Sends a request verbatim, and reads until the server closes the connection.
pub async fn exchange(address: SocketAddr, request: &str) -> Answer {
    let work = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let text = tokio::time::timeout(HANG, work).await.expect("the server does not answer");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no response: {text:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

/// Sends a GET request.
pub async fn get(address: SocketAddr, path: &str) -> Answer {
    get_from(address, path, "localhost").await
}

/// Sends a GET request for a host.
pub async fn get_from(address: SocketAddr, path: &str, host: &str) -> Answer {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).await
}
