//! The requests per second that a trivial axum route serves on loopback: bare, with the whole stack around it, and with only the
//! headers of the stack, which the route keeps ready and copies.
//!
//! `hardened::serve` serves all three, as it does behind a proxy that names the client. They run in this process and get
//! requests in turns, so that all run under the same load. Prints what each costs: the requests per second, with the share that
//! is lost, and the CPU time of a request, which is the better measure while other programs run. Headers have to be written and
//! read, so the third is the minimum that any layer that sets them can cost.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

use std::{
    fs,
    future::ready,
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request},
    response::Response,
    routing::get,
};
use hardened::{Config, CorsSettings, Environment, Http, Loaded, Loader, listen::TrustedProxies};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt;

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    cors: CorsSettings,
    #[config(nested)]
    proxies: TrustedProxies,
}

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 40;
const ROUND: Duration = Duration::from_millis(250);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: api.example.com\r\nOrigin: https://app.example.com\r\n\
    User-Agent: load\r\nAccept: application/json\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";

const NAMES: [&str; 3] = ["bare", "stack", "headers alone"];

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let routes = || Router::new().route("/", get(|| async { "fine" }));
        let settings = settings();
        let stack = routes().layer(hardened::stack(&settings.http, settings.cors.policy()).clients(&settings.proxies));
        let headers = headers_of(stack.clone()).await;
        let headers = Router::new().route("/", get(move || ready(with(headers.clone()))));
        let mut addresses = Vec::new();
        for router in [routes(), stack, headers] {
            // As in `axum::serve`, the layers are put around the handlers once, not for each request.
            addresses.push(serve(router.with_state::<()>(()), &settings).await);
        }
        let (mut rates, mut work) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3]);
        for round in 0..ROUNDS {
            // Each begins equally often.
            for turn in (0..3).map(|turn| (round + turn) % 3) {
                let before = processors();
                let (rate, count) = rate(addresses[turn]).await;
                rates[turn].push(rate);
                work[turn].push((processors() - before) / f64::from(count));
            }
        }
        let (rates, work) = (rates.map(median), work.map(median));
        for ((name, rate), work) in NAMES.into_iter().zip(rates).zip(work) {
            let lost = 100.0 * (1.0 - rate / rates[0]);
            println!("{name:<14} {rate:>9.0} requests/s, {lost:>4.1} % less; {:.2} µs of the processors", work * 1e6);
        }
    });
}

/// Returns a response with these headers.
fn with(headers: HeaderMap) -> Response {
    let mut response = Response::new(Body::from("fine"));
    *response.headers_mut() = headers;
    response
}

/// Returns the headers of a router's response.
async fn headers_of(router: Router) -> HeaderMap {
    let request = Request::get("/").header("host", "api.example.com").header("origin", "https://app.example.com");
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    response.headers().clone()
}

/// Returns the CPU time of all threads of this process, in seconds.
fn processors() -> f64 {
    let threads = fs::read_dir("/proc/self/task").unwrap().filter_map(|thread| {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    threads.sum::<f64>() / 1e9
}

fn settings() -> Loaded<Settings> {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("CORS_ORIGINS", "https://app.example.com")
        .set("ALLOWED_HOSTS", "api.example.com")
        .set("TRUSTED_PROXIES", "loopback");
    Loader::new().environment(environment).load().unwrap()
}

async fn serve(router: Router, settings: &Settings) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(hardened::serve(listener, router, &settings.http).without_signals().into_future());
    address
}

/// Returns the requests per second over all connections, and how many there were; each connection sends one request after
/// another.
async fn rate(address: SocketAddr) -> (f64, u32) {
    let start = Instant::now();
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(client(address, start + ROUND))).collect();
    let mut count = 0;
    for client in clients {
        count += client.await.unwrap();
    }
    (f64::from(count) / start.elapsed().as_secs_f64(), count)
}

async fn client(address: SocketAddr, end: Instant) -> u32 {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (mut buffer, mut count) = ([0; 4096], 0);
    while Instant::now() < end {
        stream.write_all(REQUEST).await.unwrap();
        // A response fits into one segment.
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(buffer[..read].ends_with(b"fine"), "the response did not arrive in one piece");
        count += 1;
    }
    count
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
