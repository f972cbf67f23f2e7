//! A proxy to a server. A test can silence its connections, as a packet filter or a vanished host does.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// A proxy that forwards bytes to a port of loopback.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    accepted: AtomicUsize,
    /// Connections with a smaller number are silent.
    silent_below: AtomicUsize,
    /// How many of the next connections are closed immediately.
    refused: AtomicUsize,
}

impl Proxy {
    /// Starts a proxy to the server on this port of loopback.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = shared.accepted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(connect(client, port, number, Arc::clone(&shared)));
            }
        });
        Self { address, state }
    }

    /// Returns the port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Silences every connection so far: it stays open, but is never answered again.
    pub fn silence(&self) {
        self.state.silent_below.store(self.state.accepted.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Silences new connections as well: they are only accepted.
    pub fn swallow(&self) {
        self.state.silent_below.store(usize::MAX, Ordering::SeqCst);
    }

    /// Closes the next connection immediately, as a server that is just starting does.
    pub fn refuse_next(&self) {
        self.state.refused.fetch_add(1, Ordering::SeqCst);
    }
}

async fn connect(client: TcpStream, port: u16, number: usize, state: Arc<State>) {
    let less_one = |refused: usize| refused.checked_sub(1);
    if state.refused.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less_one).is_ok() {
        return;
    }
    if let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await {
        forward(client, server, number, &state).await;
    }
}

async fn forward(mut client: TcpStream, mut server: TcpStream, number: usize, state: &State) {
    let (mut from_client, mut from_server) = ([0; 4096], [0; 4096]);
    loop {
        let (bytes, to) = tokio::select! {
            read = client.read(&mut from_client) => (from_client.get(..read.unwrap_or(0)).unwrap_or_default(), &mut server),
            read = server.read(&mut from_server) => (from_server.get(..read.unwrap_or(0)).unwrap_or_default(), &mut client),
        };
        if number < state.silent_below.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
        if bytes.is_empty() || to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
