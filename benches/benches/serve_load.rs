//! Compares `hardened::serve` with `axum::serve`, with the same router and in turns: requests per second, the time of one
//! request, and the memory of 10,000 connections.
//!
//! The servers whose memory is measured run in child processes of this program. With `HARDENED_BENCH_ONLY=hardened`, or
//! `axum`, only that server is sent ten thousand requests, for callgrind.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

use std::{
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use axum::{Router, routing::get};
use hardened::{Environment, Http, Loaded, Loader};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::{Builder, Runtime},
};

const CONNECTIONS: usize = 32;
const ROUNDS: usize = 40;
const ROUND: Duration = Duration::from_millis(250);
/// The number of requests in one turn on one connection.
const TURN: usize = 500;
const IDLE: usize = 10_000;
const REQUEST: &[u8] =
    b"GET / HTTP/1.1\r\nHost: api.example.com\r\nUser-Agent: load\r\nAccept: application/json\r\n\r\n";

fn main() {
    if let Ok(only) = std::env::var("HARDENED_BENCH_ONLY") {
        return one_thread().block_on(ask_one(&only));
    }
    let runtime = Runtime::new().unwrap();
    match std::env::args().skip_while(|argument| argument != "--serve").nth(1) {
        Some(kind) => runtime.block_on(alone(&kind)),
        None => {
            runtime.block_on(compare());
            one_thread().block_on(async {
                compare_latencies("no other timer in the process").await;
                // Like the timer of a connection pool. `hardened::serve` has a timer for each connection, and the first one in a
                // process costs the most: from then on, tokio reads the clock and passes a timeout to the system.
                tokio::spawn(tokio::time::sleep(Duration::from_secs(3600)));
                compare_latencies("another timer in the process").await;
            });
        }
    }
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Sends ten thousand requests to one server, for callgrind to count.
async fn ask_one(kind: &str) {
    let address = serve(kind).await;
    for _ in 0..20 {
        latencies(address).await;
    }
}

async fn compare() {
    let addresses = [serve("axum").await, serve("hardened").await];
    let mut rates = [Vec::new(), Vec::new()];
    for (turn, _) in turns() {
        rates[turn].push(rate(addresses[turn]).await);
    }
    let [plain, own] = rates.map(median);
    println!("axum::serve     {plain:>9.0} requests/s");
    println!("hardened::serve {own:>9.0} requests/s, {:.3} of it", own / plain);
    for has_request in [false, true] {
        let (plain, own) = (memory("axum", has_request).await, memory("hardened", has_request).await);
        let what = if has_request { "after one request each" } else { "that never sent anything" };
        println!(
            "{IDLE} connections {what}: axum::serve {plain:.0} KiB, hardened::serve {own:.0} KiB, {:.3} of it",
            own / plain
        );
    }
}

/// Compares latencies with client and server on one thread: on several, a request takes 17 or 45 µs, depending on where the
/// system happens to wake the other side.
async fn compare_latencies(process: &str) {
    let addresses = [serve("axum").await, serve("hardened").await];
    let (mut times, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
    let mut of_round = [0.0; 2];
    for (turn, ends_round) in turns() {
        of_round[turn] = median(latencies(addresses[turn]).await);
        times[turn].push(of_round[turn]);
        if ends_round {
            ratios.push(of_round[1] / of_round[0]);
        }
    }
    let [plain, own] = times.map(median);
    println!("{process}: axum::serve {:.2} µs a request at the median", plain * 1e6);
    println!("{process}: hardened::serve {:.2} µs, {:+.1} %", own * 1e6, 100.0 * (median(ratios) - 1.0));
}

/// The index of the server of each turn, and whether the turn ends a round. Each server begins equally often.
fn turns() -> impl Iterator<Item = (usize, bool)> {
    (0..ROUNDS).flat_map(|round| [(round % 2, false), (1 - round % 2, true)])
}

fn router() -> Router {
    Router::new().route("/", get(|| async { "fine" }))
}

fn settings() -> Loaded<Http> {
    let environment = Environment::empty()
        .set("ENVIRONMENT", "test")
        .set("HTTP_MAX_CONNECTIONS", "14000")
        .set("HTTP_HEADER_TIMEOUT", "10m")
        .set("HTTP_IDLE_TIMEOUT", "10m");
    Loader::new().environment(environment).load().unwrap()
}

/// Serves in this process and returns the address.
async fn serve(kind: &str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    if kind == "axum" {
        tokio::spawn(async move { axum::serve(listener, router()).await });
    } else {
        tokio::spawn(hardened::serve(listener, router(), &settings()).without_signals().into_future());
    }
    address
}

/// Prints the address and serves until the process is killed.
async fn alone(kind: &str) {
    println!("{}", serve(kind).await);
    std::future::pending::<()>().await;
}

/// Returns the requests per second over all connections; each connection sends one request after another.
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
    let (mut stream, mut count) = (connect(address).await, 0);
    while Instant::now() < end {
        ask(&mut stream).await;
        count += 1;
    }
    count
}

/// Returns the times of single requests, in seconds.
async fn latencies(address: SocketAddr) -> Vec<f64> {
    let mut stream = connect(address).await;
    let mut times = Vec::with_capacity(TURN);
    for _ in 0..TURN {
        let start = Instant::now();
        ask(&mut stream).await;
        times.push(start.elapsed().as_secs_f64());
    }
    times
}

async fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

async fn ask(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    stream.write_all(REQUEST).await.unwrap();
    // A response fits into one segment.
    let read = stream.read(&mut buffer).await.unwrap();
    assert!(buffer[..read].ends_with(b"fine"), "the response did not arrive in one piece");
}

/// Returns the memory that a server needs for its connections, in KiB.
async fn memory(kind: &str, has_request: bool) -> f64 {
    let mut server = Server::start(kind);
    // So that memory that is allocated once does not count.
    drop(connected(server.address, 100, true).await);
    let before = server.resident();
    let connections = connected(server.address, IDLE, has_request).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let after = server.resident();
    drop(connections);
    let _ = server.child.kill();
    after - before
}

async fn connected(address: SocketAddr, count: usize, has_request: bool) -> Vec<TcpStream> {
    let mut connections = Vec::with_capacity(count);
    for _ in 0..count {
        let mut stream = connect(address).await;
        if has_request {
            ask(&mut stream).await;
        }
        connections.push(stream);
    }
    connections
}

/// A server in a child process.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(kind: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.args(["--serve", kind]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().parse().unwrap() }
    }

    fn resident(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
