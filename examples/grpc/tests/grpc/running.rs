//! A service under test, and its client.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::Router;
use hardened::{
    Http, Loaded, Loader,
    auth::SessionCookie,
    health::{Health, ProbeError},
    layers::{AttemptLimit, ClientAddress, HttpsOnly, Stop},
    serve::ServeError,
};
use hardened_grpc::{
    app,
    orders::{Order, OrderId, Orders},
};
use http::uri::PathAndQuery;
use test_support::{
    protections,
    server::{HANG, load},
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::timeout,
};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{
    Request, Response, Status, Streaming,
    transport::{Channel, Endpoint},
};
use tonic_prost::ProstCodec;

/// The text of an error, which no client may see.
pub(crate) const TEXT: &str = "password=hunter2";

/// The numbers of orders that make the shop behave in a special way.
pub(crate) mod number {
    pub(crate) const FINE: u64 = 0;
    pub(crate) const FAILS: u64 = 1;
    pub(crate) const NEVER: u64 = 2;
    pub(crate) const PANICS: u64 = 3;
    pub(crate) const MISSING: u64 = 4;
    pub(crate) const SIGN_IN: u64 = 5;
    /// The stream lasts until the service stops.
    pub(crate) const UNTIL_STOP: u64 = 6;
    pub(crate) const SESSION: u64 = 7;
}

/// A shop that a test controls.
#[derive(Clone)]
pub(crate) struct Shop(Arc<Seen>);

/// The state that the test and the shop share.
pub(crate) struct Seen {
    pub(crate) begun: AtomicUsize,
    pub(crate) dropped: AtomicUsize,
    pub(crate) works: Mutex<Result<(), ProbeError>>,
    /// The changes that the next stream sends.
    changes: Mutex<Option<mpsc::Receiver<Result<Order, Status>>>>,
    limit: AttemptLimit,
    pub(crate) cookie: SessionCookie,
}

struct Dropped(Arc<Seen>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

impl Orders for Shop {
    async fn find(&self, request: Request<OrderId>) -> Result<Response<Order>, Status> {
        let client = request.extensions().get::<ClientAddress>().copied();
        let session = self.0.cookie.read(&request.metadata().clone().into_headers());
        let number = request.into_inner().number;
        let _dropped = Dropped(Arc::clone(&self.0));
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        match number {
            number::FAILS => return Err(Status::internal(TEXT)),
            number::NEVER => std::future::pending().await,
            number::PANICS => panic!("on purpose"),
            number::MISSING => return Err(Status::not_found("there is no such order")),
            number::SIGN_IN => {
                let limited = self.0.limit.account(client, "anna").await;
                limited.map_err(|_| Status::resource_exhausted("too many attempts"))?;
            }
            number::SESSION => {
                let session = session.ok_or_else(|| Status::unauthenticated("no session"))?;
                return Ok(Response::new(Order { number, state: session.value().to_owned() }));
            }
            _ => {}
        }
        Ok(Response::new(Order { number, state: client.unwrap().ip().to_string() }))
    }

    type Changes = ReceiverStream<Result<Order, Status>>;

    async fn follow(&self, request: Request<OrderId>) -> Result<Response<Self::Changes>, Status> {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        let stop = request.extensions().get::<Stop>().cloned().unwrap();
        let number = request.into_inner().number;
        if number != number::UNTIL_STOP {
            return Ok(Response::new(ReceiverStream::new(self.0.changes.lock().unwrap().take().unwrap())));
        }
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(async move {
            stop.stopping().await;
            let _ = sender.send(Err(Status::unavailable("the service stops"))).await;
        });
        Ok(Response::new(ReceiverStream::new(receiver)))
    }
}

/// A service that runs until it is told to stop.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) seen: Arc<Seen>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    /// Serves in Production with these variables.
    pub(crate) async fn start(variables: &[(&'static str, &str)]) -> Self {
        Self::around(variables, |app, _| app).await
    }

    /// Serves with layers between the app and all other layers.
    pub(crate) async fn around(
        variables: &[(&'static str, &str)],
        layers: impl FnOnce(Router, &AttemptLimit) -> Router,
    ) -> Self {
        let tier = [("ENVIRONMENT", "production"), ("ALLOWED_HOSTS", "api.example.com"), ("HTTP_DRAIN", "0s")];
        let others = tier.iter().filter(|(name, _)| !variables.iter().any(|(other, _)| other == name));
        let variables: Vec<_> = others.chain(variables).copied().collect();
        let http: Loaded<Http> = load(Loader::new(), &variables);
        let table = protections::settings();
        let seen = Arc::new(Seen {
            begun: AtomicUsize::new(0),
            dropped: AtomicUsize::new(0),
            works: Mutex::new(Ok(())),
            changes: Mutex::new(None),
            limit: table.limit(),
            cookie: table.session.cookie(),
        });
        let probed = Arc::clone(&seen);
        let health = Health::builder(Loaded::tier(&http), move || std::future::ready(*probed.works.lock().unwrap()));
        let health = health.ttl(Duration::ZERO).build();
        let stack = hardened::stack(&http, table.cors.policy()).clients(&table.proxies);
        let app = layers(app(Shop(Arc::clone(&seen)), &health), &seen.limit).layer(HttpsOnly).layer(stack);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let until = async { drop(stopped.await) };
        let task = tokio::spawn(hardened::serve(listener, app, &http).without_signals().until(until).into_future());
        Self { address, seen, stop, task }
    }

    /// Returns the sender for the changes of the next stream.
    pub(crate) fn changes(&self) -> mpsc::Sender<Result<Order, Status>> {
        let (sender, receiver) = mpsc::channel(1);
        *self.seen.changes.lock().unwrap() = Some(receiver);
        sender
    }

    /// Asks the service to stop, and does not wait.
    pub(crate) fn ask_to_stop(self) -> JoinHandle<Result<(), ServeError>> {
        let _ = self.stop.send(());
        self.task
    }

    pub(crate) async fn client(&self) -> Client {
        self.client_of("api.example.com").await
    }

    /// Returns a client that uses this host name.
    pub(crate) async fn client_of(&self, host: &str) -> Client {
        Client(tonic::client::Grpc::new(channel(self.address, host).await))
    }
}

/// Connects with this host name.
pub(crate) async fn channel(address: SocketAddr, host: &str) -> Channel {
    let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
    within(endpoint.origin(format!("http://{host}").parse().unwrap()).connect()).await.unwrap()
}

/// A client of the shop.
pub(crate) struct Client(tonic::client::Grpc<Channel>);

impl Client {
    pub(crate) async fn find(&mut self, number: u64) -> Result<Order, Status> {
        self.call("/shop.v1.Orders/Find", Request::new(OrderId { number })).await
    }

    /// Calls a method with one request and one response message.
    pub(crate) async fn call<M>(&mut self, path: &'static str, request: Request<M>) -> Result<Order, Status>
    where
        M: prost::Message + Send + Sync + 'static,
    {
        within(self.0.ready()).await.map_err(|error| Status::unknown(error.to_string()))?;
        let codec = ProstCodec::<M, Order>::default();
        within(self.0.unary(request, PathAndQuery::from_static(path), codec)).await.map(Response::into_inner)
    }

    pub(crate) async fn follow(&mut self, number: u64) -> Result<Streaming<Order>, Status> {
        within(self.0.ready()).await.map_err(|error| Status::unknown(error.to_string()))?;
        let path = PathAndQuery::from_static("/shop.v1.Orders/Follow");
        let codec = ProstCodec::<OrderId, Order>::default();
        let asked = self.0.server_streaming(Request::new(OrderId { number }), path, codec);
        within(asked).await.map(Response::into_inner)
    }
}

/// Waits for a future, and panics if it hangs.
pub(crate) async fn within<F: Future>(future: F) -> F::Output {
    timeout(HANG, future).await.expect("it never happens")
}

/// Waits until a counter has reached a number.
pub(crate) async fn until(count: &AtomicUsize, expected: usize) {
    within(async {
        while count.load(Ordering::SeqCst) < expected {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}
