//! A service under test, and a client that writes raw bytes.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    routing::{get, post},
};
use hardened::{Http, Loaded, Loader, Tier, health::Health, serve::ServeError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

use super::server::{self, HANG};

/// A service that runs until it is asked to stop.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    /// Serves an app with some limits.
    pub(crate) async fn start(app: Router, limits: &[(&'static str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let until = async { drop(stopped.await) };
        let task = tokio::spawn(
            hardened::serve(listener, app, &settings(limits)).without_signals().until(until).into_future(),
        );
        Self { address, stop, task }
    }

    /// Asks the service to stop, and does not wait.
    pub(crate) fn ask_to_stop(self) -> JoinHandle<Result<(), ServeError>> {
        let _ = self.stop.send(());
        self.task
    }

    /// Stops the service and waits for its outcome.
    pub(crate) async fn stop(self) -> Result<(), ServeError> {
        within(self.ask_to_stop()).await.unwrap()
    }

    pub(crate) async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.unwrap())
    }

    /// Returns whether `/livez` responds with 200 on a separate connection.
    pub(crate) async fn is_alive(&self) -> bool {
        server::get(self.address, "/livez").await.status == 200
    }
}

pub(crate) fn settings(limits: &[(&'static str, &str)]) -> Loaded<Http> {
    let tier = [("ENVIRONMENT", "test")];
    server::load(Loader::new(), &[&tier[..], limits].concat())
}

/// Waits for a future, and panics if it hangs.
#[track_caller]
pub(crate) fn within<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let waited = timeout(HANG, future);
    async move { waited.await.expect("it hangs") }
}

/// Waits until a condition is true.
pub(crate) async fn until(is: impl Fn() -> bool) {
    within(async {
        while !is() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

/// A connection to the service.
pub(crate) struct Client(pub(crate) TcpStream);

impl Client {
    /// Writes everything, and waits while the service does not read.
    pub(crate) async fn send(&mut self, text: impl AsRef<[u8]>) {
        within(self.0.write_all(text.as_ref())).await.unwrap();
    }

    /// Reads until the text has arrived.
    pub(crate) async fn read_until(&mut self, end: &str) -> String {
        let mut bytes = Vec::new();
        within(async {
            while !String::from_utf8_lossy(&bytes).contains(end) {
                let byte = self.0.read_u8().await.unwrap_or_else(|_| {
                    panic!("the connection ended after {:?}", String::from_utf8_lossy(&bytes));
                });
                bytes.push(byte);
            }
        })
        .await;
        String::from_utf8(bytes).unwrap()
    }

    /// Reads a response with this body.
    pub(crate) async fn answer(&mut self, body: &str) -> String {
        self.read_until(&format!("\r\n\r\n{body}")).await
    }

    /// Reads until the connection is closed or reset.
    pub(crate) async fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        within(async {
            let mut piece = [0; 4096];
            while let Ok(read @ 1..) = self.0.read(&mut piece).await {
                bytes.extend_from_slice(&piece[..read]);
            }
        })
        .await;
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub(crate) async fn get(&mut self, path: &str) {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: a.example\r\n\r\n")).await;
    }
}

/// A counter.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicUsize);

impl Count {
    pub(crate) fn up(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn forget(&self) {
        self.0.store(0, Ordering::SeqCst);
    }
}

/// Counts of what happened in [`app`].
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Requests that reached a handler.
    pub(crate) begun: Count,
    /// Handlers and bodies that were dropped.
    pub(crate) dropped: Count,
}

impl Seen {
    /// Resets the counts.
    pub(crate) fn forget(&self) {
        self.begun.forget();
        self.dropped.forget();
    }
}

/// A guard that counts when it is dropped.
pub(crate) struct Dropped(pub(crate) Arc<Seen>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.dropped.up();
    }
}

/// An app with the health checks and these paths: `/` says hello, `/never` does not answer, `/echo` needs the whole body,
/// `/endless` answers with a body that never ends, and `/panic` panics.
pub(crate) fn app(seen: &Arc<Seen>) -> Router {
    let health = Health::without_database(Tier::Test).build();
    let (never, echo, endless, hello) = (Arc::clone(seen), Arc::clone(seen), Arc::clone(seen), Arc::clone(seen));
    Router::new()
        .route_service("/health", health.healthz())
        .route_service("/livez", health.livez())
        .route_service("/readyz", health.readyz())
        .route(
            "/",
            get(move || async move {
                hello.begun.up();
                "hello"
            }),
        )
        .route(
            "/never",
            get(move || async move {
                let _dropped = Dropped(Arc::clone(&never));
                never.begun.up();
                std::future::pending::<()>().await;
            }),
        )
        .route(
            "/echo",
            post(move |body: Bytes| async move {
                echo.begun.up();
                body
            })
            .layer(axum::extract::DefaultBodyLimit::disable()),
        )
        .route("/endless", get(move || async move { axum::body::Body::new(Endless(Dropped(endless))) }))
        .route("/panic", get(panics))
}

async fn panics() -> &'static str {
    panic!("on purpose")
}

/// A body that yields pieces until it is dropped.
struct Endless(#[expect(dead_code, reason = "counts when it is dropped")] Dropped);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        static PIECE: [u8; 65_536] = [b'x'; 65_536];
        std::task::Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from_static(&PIECE)))))
    }
}
