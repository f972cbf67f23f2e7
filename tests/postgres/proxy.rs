//! A way to the server on which a test can let connections go silent, as a packet filter or a vanished host does.

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

/// Forwards bytes to a port of loopback.
pub(crate) struct Proxy {
    address: SocketAddr,
    /// Connections with a smaller number are silent.
    silent_below: Arc<AtomicUsize>,
    accepted: Arc<AtomicUsize>,
}

impl Proxy {
    pub(crate) async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (silent_below, accepted) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (silent, count) = (Arc::clone(&silent_below), Arc::clone(&accepted));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = count.fetch_add(1, Ordering::SeqCst);
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else { continue };
                tokio::spawn(forward(client, server, number, Arc::clone(&silent)));
            }
        });
        Self { address, silent_below, accepted }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Lets every connection made so far go silent: open, and never an answer again.
    pub(crate) fn silence(&self) {
        self.silent_below.store(self.accepted.load(Ordering::SeqCst), Ordering::SeqCst);
    }
}

async fn forward(mut client: TcpStream, mut server: TcpStream, number: usize, silent_below: Arc<AtomicUsize>) {
    let (mut from_client, mut from_server) = ([0; 4096], [0; 4096]);
    loop {
        let (bytes, to) = tokio::select! {
            read = client.read(&mut from_client) => (from_client.get(..read.unwrap_or(0)).unwrap_or_default(), &mut server),
            read = server.read(&mut from_server) => (from_server.get(..read.unwrap_or(0)).unwrap_or_default(), &mut client),
        };
        if number < silent_below.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
        if bytes.is_empty() || to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
