//! A way to the server on which a test can let connections go silent, as a packet filter or a vanished host does.
#![allow(dead_code, reason = "each test binary uses what it needs")]

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// Forwards bytes to a port of loopback.
pub(crate) struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    accepted: AtomicUsize,
    /// Connections with a smaller number are silent.
    silent_below: AtomicUsize,
    /// How many milliseconds a new connection waits for its first byte.
    delay: AtomicU64,
}

impl Proxy {
    pub(crate) async fn to(port: u16) -> Self {
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

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Lets every connection made so far go silent: open, and never an answer again.
    pub(crate) fn silence(&self) {
        self.state.silent_below.store(self.state.accepted.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Lets new connections go silent as well: they are accepted, and that is all.
    pub(crate) fn swallow(&self) {
        self.state.silent_below.store(usize::MAX, Ordering::SeqCst);
    }

    /// Lets new connections wait, as for a server that is far away or just wakes up.
    pub(crate) fn delay(&self, by: Duration) {
        self.state.delay.store(by.as_millis().try_into().unwrap(), Ordering::SeqCst);
    }
}

async fn connect(client: TcpStream, port: u16, number: usize, state: Arc<State>) {
    tokio::time::sleep(Duration::from_millis(state.delay.load(Ordering::SeqCst))).await;
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
