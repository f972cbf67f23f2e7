//! The servers under attack, each in its own process with its defaults.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::LazyLock,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    routing::{get, post},
};
use hardened::{Environment, Http, Loader};

pub(crate) const SERVERS: [&str; 4] = ["hardened", "axum", "actix", "nginx"];

/// The body of `/large`, which is larger than the buffers on the way.
static LARGE: LazyLock<Bytes> = LazyLock::new(|| vec![b'x'; 32 * 1024 * 1024].into());

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// The address that speaks HTTP/2.
    pub(crate) http2: SocketAddr,
    folder: Option<PathBuf>,
}

impl Server {
    /// Starts a server, or returns `None` if it is not installed.
    pub(crate) fn start(kind: &str) -> Option<Self> {
        let server = if kind == "nginx" { Self::nginx()? } else { Self::own(kind) };
        // So that memory that is allocated once does not count.
        server.ask("/large")?;
        Some(server)
    }

    fn own(kind: &str) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.args(["--serve", kind]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().parse().unwrap();
        Self { child, address, http2: address, folder: None }
    }

    fn nginx() -> Option<Self> {
        let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        // Without TLS, nginx needs a separate port for HTTP/2.
        let (address, http2) = (free(), free());
        let folder = std::env::temp_dir().join(format!("hardened-nginx-{}", address.port()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("large"), &*LARGE).unwrap();
        let folder_name = folder.display();
        let config = format!(
            "daemon off; master_process off; pid {folder_name}/pid; error_log {folder_name}/log; worker_rlimit_nofile 8192;\n\
             events {{ worker_connections 4096; }}\n\
             http {{ access_log off; client_body_temp_path {folder_name}/body; proxy_temp_path {folder_name}/proxy;\n\
             fastcgi_temp_path {folder_name}/f; uwsgi_temp_path {folder_name}/u; scgi_temp_path {folder_name}/s;\n\
             upstream never {{ server 127.0.0.1:9; }}\n\
             server {{ listen {address}; listen {http2} http2; root {folder_name};\n\
             location = / {{ return 200 fine; }} location = /livez {{ return 200 ok; }}\n\
             location = /echo {{ proxy_pass http://never; }} }} }}"
        );
        fs::write(folder.join("conf"), config).unwrap();
        let mut command = Command::new("nginx");
        let started = command.arg("-c").arg(folder.join("conf")).stderr(Stdio::null()).spawn();
        let server = Self { child: started.ok()?, address, http2, folder: Some(folder) };
        for _ in 0..500 {
            if TcpStream::connect(address).is_ok() {
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }

    /// Returns the address to attack.
    pub(crate) const fn facing(&self, is_http2: bool) -> SocketAddr {
        if is_http2 { self.http2 } else { self.address }
    }

    /// Returns how long a complete response takes, or `None` if its status is not 200 or a read takes ten seconds.
    pub(crate) fn ask(&self, path: &str) -> Option<Duration> {
        ask(self.address, path)
    }

    /// Resets the peak of the server's memory, and returns how much it uses now, in MiB.
    pub(crate) fn begin(&self) -> f64 {
        let _ = fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5");
        self.mebibytes("VmRSS:")
    }

    /// Returns the peak of the server's memory since `begin`, in MiB.
    pub(crate) fn peak(&self) -> f64 {
        self.mebibytes("VmHWM:")
    }

    fn mebibytes(&self, name: &str) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().map_or(f64::NAN, |kib: f64| kib / 1024.0)
    }

    /// Returns the number of the server's open descriptors.
    pub(crate) fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).map_or(0, Iterator::count)
    }

    /// Returns the number of connections that the server keeps open, even if the client has closed its end.
    pub(crate) fn established(&self) -> usize {
        let table = fs::read_to_string("/proc/self/net/tcp").unwrap();
        let ports = [self.address, self.http2].map(|address| format!(":{:04X}", address.port()));
        let is_own = |address: &str| ports.iter().any(|port| address.ends_with(port));
        let lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        // ESTABLISHED and CLOSE_WAIT.
        lines.filter(|line| line.len() > 3 && is_own(line[1]) && matches!(line[3], "01" | "08")).count()
    }
}

/// Returns how long a complete response takes, or `None` if its status is not 200 or a read takes ten seconds.
pub(crate) fn ask(address: SocketAddr, path: &str) -> Option<Duration> {
    let begin = Instant::now();
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    answer.starts_with(b"HTTP/1.1 200").then(|| begin.elapsed())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Prints the address and serves until the process is killed.
pub(crate) fn serve(kind: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap());
    if kind == "actix" {
        return actix(listener);
    }
    listener.set_nonblocking(true).unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).unwrap();
        let router = Router::new()
            .route("/", get(|| async { "fine" }))
            .route("/livez", get(|| async { "ok" }))
            .route("/echo", post(|body: String| async { body }))
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

fn actix(listener: TcpListener) {
    use actix_web::{App, HttpResponse, HttpServer, rt::System, web};
    System::new().block_on(async {
        let app = || {
            App::new()
                .route("/", web::get().to(|| async { "fine" }))
                .route("/livez", web::get().to(|| async { "ok" }))
                .route("/echo", web::post().to(|body: String| async { body }))
                .route("/large", web::get().to(|| async { HttpResponse::Ok().body(LARGE.clone()) }))
        };
        HttpServer::new(app).listen(listener).unwrap().run().await.unwrap();
    });
}
