//! How many requests a second a trivial axum route serves on loopback: bare, with everything around it, and with the headers of
//! that and nothing else, which the route has ready and copies.
//!
//! `hardened::serve` serves all three, as it does behind a proxy that says who the client is. They run in this process and are asked
//! in turns, so that all meet the same machine. Prints the share that each costs: of the requests in a second, and of the time of
//! the processors for a request, which counts where other programs run as well. Headers have to be written and read, so that the
//! third is the least that any layer that sets them can cost.
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
            // As `axum::serve` does: the layers are put around the handlers once, and not for each request.
            addresses.push(serve(router.with_state::<()>(()), &settings).await);
        }
        let (mut rates, mut work) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3]);
        for round in 0..ROUNDS {
            // Each begins as often as the others.
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

/// An answer with these headers.
fn with(headers: HeaderMap) -> Response {
    let mut response = Response::new(Body::from("fine"));
    *response.headers_mut() = headers;
    response
}

/// What a router's answer has.
async fn headers_of(router: Router) -> HeaderMap {
    let request = Request::get("/").header("host", "api.example.com").header("origin", "https://app.example.com");
    let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    response.headers().clone()
}

/// The time that all threads of this process have run, in seconds.
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

/// Requests a second over all connections, one after another on each; and how many there were.
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
        // One answer fits into one segment.
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(buffer[..read].ends_with(b"fine"), "an answer in pieces");
        count += 1;
    }
    count
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
