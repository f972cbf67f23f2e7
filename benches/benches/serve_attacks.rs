//! The same attacks on `hardened::serve`, `axum::serve`, actix-web and nginx, each with its defaults, in a process of its own.
//!
//! Prints a table: of each attack, how many of its connections are still open after a minute (`--seconds N` for another time),
//! and how long `/livez` takes at the median meanwhile. nginx is left out where it is not installed.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark that prints, or has nothing to say")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener as StdListener, TcpStream as StdStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::LazyLock,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    routing::get,
};
use hardened::{Environment, Http, Loader};
use tokio::{io::AsyncWriteExt, net::TcpStream};

const SERVERS: [&str; 4] = ["hardened", "axum", "actix", "nginx"];
/// Connections of each attack.
const MANY: usize = 1000;
/// How often `/livez` is asked.
const ASKED: usize = 100;
/// What `/large` answers with: more than the buffers on the way.
static LARGE: LazyLock<Bytes> = LazyLock::new(|| vec![b'x'; 32 * 1024 * 1024].into());

/// An attack: its name, what each connection sends first, and what it sends again and again. None reads.
struct Attack {
    name: &'static str,
    start: &'static [u8],
    drip: &'static [u8],
}

const ATTACKS: [Attack; 6] = [
    Attack { name: "silence", start: b"", drip: b"" },
    Attack { name: "slowloris in the head", start: b"GET / HTTP/1.1\r\nHost: a.example\r\nX: ", drip: b"x" },
    Attack {
        name: "slowloris in the body",
        start: b"POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000\r\n\r\n",
        drip: b"x",
    },
    Attack { name: "slow read", start: b"GET /large HTTP/1.1\r\nHost: a.example\r\n\r\n", drip: b"" },
    Attack { name: "HTTP/2 without a request", start: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", drip: b"" },
    Attack {
        name: "HTTP/2 slow read",
        // A window of nothing, then GET /large.
        start: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\x06\x04\0\0\0\0\0\0\x04\0\0\0\0\0\0\x15\x01\x05\0\0\0\x01\x82\x86\x04\x06/large\x01\x09a.example",
        drip: b"",
    },
];

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--serve");
    if let Some(kind) = arguments.nth(1) {
        return serve(&kind);
    }
    let seconds = std::env::args().skip_while(|argument| argument != "--seconds").nth(1);
    let time = Duration::from_secs(seconds.and_then(|text| text.parse().ok()).unwrap_or(60));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!("| attack, {MANY} connections | {} |\n|---|{}", SERVERS.join(" | "), "---|".repeat(SERVERS.len()));
    for attack in &ATTACKS {
        // At once: they wait most of the time.
        let cells = runtime.block_on(async {
            let mut cells = Vec::new();
            for server in SERVERS {
                cells.push(tokio::spawn(cell(server, attack, time)));
            }
            let mut texts = Vec::new();
            for cell in cells {
                texts.push(cell.await.unwrap());
            }
            texts
        });
        println!("| {} | {} |", attack.name, cells.join(" | "));
    }
}

async fn cell(kind: &'static str, attack: &'static Attack, time: Duration) -> String {
    if kind == "actix" && attack.name.starts_with("HTTP/2") {
        return "no HTTP/2 without TLS by default".to_owned();
    }
    let Some(server) = Server::start(kind) else { return "–".to_owned() };
    let mut connections = Vec::new();
    for _ in 0..MANY {
        let Ok(mut stream) = TcpStream::connect(server.address).await else { continue };
        let _ = stream.write_all(attack.start).await;
        connections.push(stream);
    }
    let (begin, mut times) = (Instant::now(), Vec::new());
    while begin.elapsed() < time {
        if times.len() < ASKED {
            times.push(livez(server.address).await);
        }
        for stream in &connections {
            let _ = stream.try_write(attack.drip);
        }
        tokio::time::sleep(time / 120).await;
    }
    let open = server.established();
    times.sort_by(f64::total_cmp);
    format!("{open} open, {:.1} ms", times[times.len() / 2] * 1e3)
}

/// How long an answer takes, in seconds; the time of the attack where there is none.
async fn livez(address: SocketAddr) -> f64 {
    let begin = Instant::now();
    let asked = tokio::task::spawn_blocking(move || {
        let mut stream = StdStream::connect(address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        stream.write_all(b"GET /livez HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.starts_with("HTTP/1.1 200").then_some(())
    });
    match asked.await.unwrap() {
        Some(()) => begin.elapsed().as_secs_f64(),
        None => f64::INFINITY,
    }
}

struct Server {
    child: Child,
    address: SocketAddr,
    folder: Option<PathBuf>,
}

impl Server {
    fn start(kind: &str) -> Option<Self> {
        if kind == "nginx" {
            return Self::nginx();
        }
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.args(["--serve", kind]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Some(Self { child, address: line.trim().parse().unwrap(), folder: None })
    }

    fn nginx() -> Option<Self> {
        let listener = StdListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let folder = std::env::temp_dir().join(format!("hardened-nginx-{}", address.port()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("large"), &*LARGE).unwrap();
        let folder_name = folder.display();
        let config = format!(
            "daemon off; pid {folder_name}/pid; error_log {folder_name}/log; worker_rlimit_nofile 8192;\n\
             events {{ worker_connections 4096; }}\n\
             http {{ access_log off; client_body_temp_path {folder_name}/body; proxy_temp_path {folder_name}/proxy;\n\
             fastcgi_temp_path {folder_name}/f; uwsgi_temp_path {folder_name}/u; scgi_temp_path {folder_name}/s;\n\
             upstream never {{ server 127.0.0.1:9; }}\n\
             server {{ listen {address}; http2 on; root {folder_name};\n\
             location /livez {{ return 200 ok; }} location /echo {{ proxy_pass http://never; }} }} }}"
        );
        fs::write(folder.join("conf"), config).unwrap();
        let mut command = Command::new("nginx");
        let started = command.arg("-c").arg(folder.join("conf")).stderr(Stdio::null()).spawn();
        let server = Self { child: started.ok()?, address, folder: Some(folder) };
        for _ in 0..500 {
            if StdStream::connect(address).is_ok() {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    /// The connections that are open at the server, whoever closed the other end.
    fn established(&self) -> usize {
        let table = fs::read_to_string("/proc/self/net/tcp").unwrap();
        let port = format!(":{:04X}", self.address.port());
        let lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        // ESTABLISHED and CLOSE_WAIT.
        lines.filter(|line| line.len() > 3 && line[1].ends_with(&port) && matches!(line[3], "01" | "08")).count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Serves until it is killed, and prints where.
fn serve(kind: &str) {
    let listener = StdListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap());
    if kind == "actix" {
        return actix(listener);
    }
    listener.set_nonblocking(true).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let router = Router::new()
            .route("/livez", get(|| async { "ok" }))
            .route("/echo", axum::routing::post(|body: String| async { body }))
            .route("/large", get(|| async { Body::from(LARGE.clone()) }));
        if kind == "axum" {
            axum::serve(listener, router).await.unwrap();
        } else {
            let environment = Environment::empty().set("ENVIRONMENT", "test");
            let http = Loader::new().environment(environment).load::<Http>().unwrap();
            hardened::serve(listener, router, &http).await.unwrap();
        }
    });
}

fn actix(listener: StdListener) {
    use actix_web::{App, HttpResponse, HttpServer, rt::System, web};
    System::new().block_on(async {
        let app = || {
            App::new()
                .route("/livez", web::get().to(|| async { "ok" }))
                .route("/echo", web::post().to(|body: String| async { body }))
                .route("/large", web::get().to(|| async { HttpResponse::Ok().body(LARGE.clone()) }))
        };
        HttpServer::new(app).listen(listener).unwrap().run().await.unwrap();
    });
}
