//! Measures how long `/tasks` takes during a flood of sign-ins: `cargo bench -p taskflow --bench flood`.
//!
//! taskflow runs as a separate process with PostgreSQL. One user requests tasks in three situations, which alternate: without
//! a flood, while one address tries to sign in, and while every attempt comes from another address, so that the limit of
//! attempts does not apply.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use test_support::postgres::Postgres;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep},
};

const ROUNDS: usize = 10;
/// How often tasks are requested in one round.
const ASKED: usize = 300;
/// The number of flooding clients, and their attempts per second in total, ten times as many as the service can compute.
const FLOODERS: u32 = 48;
const ATTEMPTS_PER_SECOND: u32 = 400;

const CREDENTIALS: &str = r#"{"email":"ada@example.com","password":"correct horse battery staple"}"#;
const GUESS: &str = r#"{"email":"eve@example.com","password":"a guess of somebody else"}"#;

#[derive(Clone, Copy)]
enum Flood {
    None,
    OneAddress,
    ManyAddresses,
}

fn main() {
    let postgres = Postgres::start();
    let service = Service::start(&postgres);
    tokio::runtime::Runtime::new().unwrap().block_on(compare(service.address));
}

async fn compare(address: SocketAddr) {
    let mut connection = Connection::open(address).await;
    connection.post("/sign-up", "203.0.113.1", CREDENTIALS).await;
    let (_, signed_in) = connection.post("/sign-in", "203.0.113.1", CREDENTIALS).await;
    let token = signed_in.split('"').nth(3).unwrap().to_owned();
    let mut rows = [
        ("in peace", Flood::None, Vec::new(), BTreeMap::new()),
        ("one address signs in", Flood::OneAddress, Vec::new(), BTreeMap::new()),
        ("many addresses sign in", Flood::ManyAddresses, Vec::new(), BTreeMap::new()),
    ];
    for round in 0..ROUNDS {
        for turn in 0..rows.len() {
            let (_, flood, times, answers) = &mut rows[(round + turn) % 3];
            let flooding = start(*flood, address).await;
            times.extend(ask(&mut connection, &token).await);
            for (status, count) in flooding.end().await {
                *answers.entry(status).or_insert(0) += count;
            }
        }
    }
    println!("| `/tasks` while | median | 99 of 100 | slowest | answers to the flood |\n|---|---|---|---|---|");
    for (name, _, times, answers) in &mut rows {
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize] * 1e3;
        let answers: Vec<_> = answers.iter().map(|(status, count)| format!("{count} × {status}")).collect();
        println!("| {name} | {:.2} ms | {:.2} ms | {:.2} ms | {} |", at(0.5), at(0.99), at(1.0), answers.join(", "));
    }
}

/// Requests tasks, and returns the times in seconds.
async fn ask(connection: &mut Connection, token: &str) -> Vec<f64> {
    let request = format!("GET /tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
    let mut times = Vec::with_capacity(ASKED);
    for _ in 0..ASKED {
        let begin = Instant::now();
        let (status, _) = connection.ask(&request).await;
        times.push(begin.elapsed().as_secs_f64());
        assert_eq!(status, 200);
        // The pause makes it a user who looks at a page, not a flood.
        sleep(Duration::from_millis(3)).await;
    }
    times
}

type Answers = Arc<Mutex<BTreeMap<u16, u32>>>;

struct Flooding {
    tasks: JoinSet<()>,
    answers: Answers,
}

/// Starts a flood, and waits until some attempts are refused.
async fn start(flood: Flood, address: SocketAddr) -> Flooding {
    let (mut tasks, answers) = (JoinSet::new(), Answers::default());
    let flooders = if matches!(flood, Flood::None) { 0 } else { FLOODERS };
    for _ in 0..flooders {
        tasks.spawn(flooder(flood, address, Arc::clone(&answers)));
    }
    let is_refused = || answers.lock().unwrap().keys().any(|status| matches!(status, 429 | 503));
    while flooders > 0 && !is_refused() {
        sleep(Duration::from_millis(1)).await;
    }
    Flooding { tasks, answers }
}

async fn flooder(flood: Flood, address: SocketAddr, answers: Answers) {
    static CLIENT: AtomicU32 = AtomicU32::new(0);
    let mut connection = Connection::open(address).await;
    let mut pace = interval(Duration::from_secs(FLOODERS.into()) / ATTEMPTS_PER_SECOND);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        pace.tick().await;
        let client = match flood {
            Flood::ManyAddresses => CLIENT.fetch_add(1, Ordering::Relaxed),
            Flood::None | Flood::OneAddress => 0,
        };
        let [_, b, c, d] = client.to_be_bytes();
        // The addresses are public, because those in the proxy's network would count as proxies.
        let (status, _) = connection.post("/sign-in", &format!("44.{b}.{c}.{d}"), GUESS).await;
        *answers.lock().unwrap().entry(status).or_insert(0) += 1;
    }
}

impl Flooding {
    /// Ends the flood, and returns how often each status was answered.
    async fn end(mut self) -> BTreeMap<u16, u32> {
        self.tasks.shutdown().await;
        std::mem::take(&mut *self.answers.lock().unwrap())
    }
}

/// A persistent connection.
struct Connection(BufReader<TcpStream>);

impl Connection {
    async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Sends a POST request as a proxy forwards it.
    async fn post(&mut self, path: &str, client: &str, body: &str) -> (u16, String) {
        let length = body.len();
        let kind = "Content-Type: application/json";
        let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\n{kind}\r\n");
        self.ask(&format!("{head}Content-Length: {length}\r\n\r\n{body}")).await
    }

    /// Sends a request, and returns the status and the body.
    async fn ask(&mut self, request: &str) -> (u16, String) {
        self.0.get_mut().write_all(request.as_bytes()).await.unwrap();
        let (mut status, mut length) = (String::new(), 0);
        self.0.read_line(&mut status).await.unwrap();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.unwrap();
            match line.trim_end().to_ascii_lowercase().split_once(": ") {
                Some(("content-length", value)) => length = value.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        (status.split(' ').nth(1).unwrap().parse().unwrap(), String::from_utf8(body).unwrap())
    }
}

/// The program with its default settings.
struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    fn start(postgres: &Postgres) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_taskflow"))
            .env_clear()
            .envs([("ENVIRONMENT", "test"), ("CORS_ORIGINS", "http://localhost:3000"), ("TRUSTED_PROXIES", "loopback")])
            .env("JWT_SECRET_KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")
            .env("DATABASE_URL", postgres.url())
            .env("PORT", address.port().to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut service = Self { child, address };
        while std::net::TcpStream::connect(address).is_err() {
            assert_eq!(service.child.try_wait().unwrap(), None, "taskflow does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        service
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
