//! How many requests a second a trivial axum route serves on loopback, bare and with everything around it.
//!
//! Both servers run in this process and are asked in turns, so that both meet the same machine. Prints both, and the
//! share that the layer costs.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use hardened::{Config, CorsSettings, Environment, Http, Loader};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

#[derive(Debug, Config)]
struct Settings {
    #[config(nested)]
    http: Http,
    #[config(nested)]
    cors: CorsSettings,
}

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 10;
const ROUND: Duration = Duration::from_millis(1_000);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: api.example.com\r\nOrigin: https://app.example.com\r\n\
    User-Agent: load\r\nAccept: application/json\r\n\r\n";

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let routes = || Router::new().route("/", get(|| async { "fine" }));
        let bare = serve(routes()).await;
        let hardened = serve(routes().layer(layer())).await;
        let (mut plain, mut protected) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            plain.push(rate(bare).await);
            protected.push(rate(hardened).await);
        }
        let (plain, protected) = (median(plain), median(protected));
        println!("bare   {plain:>9.0} requests/s");
        println!("stack  {protected:>9.0} requests/s");
        println!("costs  {:>9.1} %", 100.0 * (1.0 - protected / plain));
    });
}

fn layer() -> hardened::layers::HttpLayer<hardened::layers::CorsAndGuard> {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "production")
        .set("CORS_ORIGINS", "https://app.example.com")
        .set("ALLOWED_HOSTS", "api.example.com");
    let settings = Loader::new().environment(environment).load::<Settings>().unwrap();
    hardened::stack(&settings.http, settings.cors.policy())
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Requests a second over all connections, one after another on each.
async fn rate(address: SocketAddr) -> f64 {
    let start = Instant::now();
    let clients: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(client(address, start + ROUND))).collect();
    let mut count = 0;
    for client in clients {
        count += client.await.unwrap();
    }
    f64::from(count) / start.elapsed().as_secs_f64()
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
