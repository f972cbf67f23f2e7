//! `cargo xtask footprint`: compares the size, start time and memory of the example backend with their bounds.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    args::takes_none,
    failure::{Failure, failed},
    shell,
};

/// How many starts are timed; the median counts.
const STARTS: usize = 9;
const REQUESTS: usize = 10_000;

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    takes_none("footprint", args)?;
    check()
}

/// Measures the figures, as a step of `ci --full`.
pub(crate) fn check() -> Result<(), Failure> {
    shell::run(&mut shell::cargo("build --release --package taskflow"))?;
    let binary = shell::root().join("target/release/taskflow");
    let figures = [
        Figure { name: "release binary", unit: "MB", value: megabytes(&binary)?, bound: 25.0 },
        Figure { name: "start, with SQLite", unit: "ms", value: start(&binary)?, bound: 150.0 },
        Figure { name: "memory after 10,000 requests", unit: "MB", value: memory(&binary)?, bound: 40.0 },
        Figure { name: "demo", unit: "s", value: demo(&binary)?, bound: 15.0 },
    ];
    let above: Vec<_> =
        figures.iter().filter(|figure| figure.value >= figure.bound).map(|figure| figure.name).collect();
    for Figure { name, unit, value, bound } in &figures {
        println!("{name:<29} {value:>7.1} {unit}, below {bound}");
    }
    if above.is_empty() { Ok(()) } else { Err(failed(format!("above the bound: {}", above.join(", ")))) }
}

struct Figure {
    name: &'static str,
    unit: &'static str,
    value: f64,
    bound: f64,
}

fn megabytes(binary: &Path) -> Result<f64, Failure> {
    let size = fs::metadata(binary).map_err(|error| failed(format!("{}: {error}", binary.display())))?.len();
    Ok(size as f64 / 1e6)
}

/// Returns the time from the start of the process to its first answer, in milliseconds.
fn start(binary: &Path) -> Result<f64, Failure> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begin = Instant::now();
        let service = Service::start(binary)?;
        service.connect()?.ask("GET", "/health", "", "")?;
        times.push(begin.elapsed());
    }
    times.sort();
    Ok(times[STARTS / 2].as_secs_f64() * 1e3)
}

/// Returns the memory of the process after it has hashed passwords, stored tasks and answered requests.
fn memory(binary: &Path) -> Result<f64, Failure> {
    let service = Service::start(binary)?;
    let mut connection = service.connect()?;
    let credentials = r#"{"email":"ada@example.com","password":"correct horse battery staple"}"#;
    connection.ask("POST", "/sign-up", "", credentials)?;
    let signed_in = connection.ask("POST", "/sign-in", "", credentials)?;
    let token = signed_in.split('"').nth(3).ok_or_else(|| failed(format!("no token: {signed_in}")))?;
    for number in 0..REQUESTS {
        let answer = match number % 10 {
            0 => connection.ask("POST", "/tasks", token, r#"{"title":"water the plants"}"#)?,
            1 if number % 100 == 1 => connection.ask("POST", "/sign-in", "", credentials)?,
            _ => connection.ask("GET", "/tasks", token, "")?,
        };
        if answer.is_empty() {
            return Err(failed("an empty response".to_owned()));
        }
    }
    service.resident()
}

fn demo(binary: &Path) -> Result<f64, Failure> {
    let begin = Instant::now();
    let status = Command::new(binary).arg("demo").stdout(Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(begin.elapsed().as_secs_f64()),
        _ => Err(failed("the demo failed".to_owned())),
    }
}

/// A running service with its own database.
struct Service {
    child: Child,
    port: u16,
    folder: PathBuf,
}

impl Service {
    fn start(binary: &Path) -> Result<Self, Failure> {
        let io = |error: std::io::Error| failed(error.to_string());
        let folder = std::env::temp_dir().join(format!("taskflow-footprint-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(io)?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(io)?;
        let port = listener.local_addr().map_err(io)?.port();
        drop(listener);
        let child = Command::new(binary)
            .env_clear()
            .envs([("ENVIRONMENT", "development"), ("CORS_ORIGINS", "http://localhost:3000")])
            .envs([("JWT_SECRET_KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM"), ("LOG_LEVEL", "warn")])
            .env("PORT", port.to_string())
            .envs([("ATTEMPTS_PER_CLIENT", "10000"), ("ATTEMPTS_PER_ACCOUNT", "10000")])
            .current_dir(&folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(io)?;
        Ok(Self { child, port, folder })
    }

    fn connect(&self) -> Result<Connection, Failure> {
        let begin = Instant::now();
        loop {
            match TcpStream::connect(("127.0.0.1", self.port)) {
                Ok(stream) => return Ok(Connection(BufReader::new(stream))),
                Err(error) if begin.elapsed() > Duration::from_secs(10) => return Err(failed(error.to_string())),
                Err(_) => thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    /// Returns the resident memory in megabytes.
    fn resident(&self) -> Result<f64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.map_err(|error| failed(format!("the memory of a process is read from /proc: {error}")))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.map(|kilobytes| kilobytes * 1024.0 / 1e6).ok_or_else(|| failed("/proc shows no VmRSS".to_owned()))
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A persistent connection.
struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Sends a request and returns the body of the answer, which must be a success.
    fn ask(&mut self, method: &str, path: &str, token: &str, body: &str) -> Result<String, Failure> {
        self.exchange(method, path, token, body).map_err(|error| failed(format!("{method} {path}: {error}")))
    }

    fn exchange(&mut self, method: &str, path: &str, token: &str, body: &str) -> std::io::Result<String> {
        let length = body.len();
        let head = "Host: localhost\r\nContent-Type: application/json\r\n";
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{head}Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        // The request is written at once, because the second of two writes would wait for an acknowledgement of the first.
        self.0.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length) = (String::new(), 0);
        self.0.read_line(&mut status)?;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line)?;
            match line.trim_end().to_ascii_lowercase().split_once(": ") {
                Some(("content-length", value)) => length = value.parse().unwrap_or(0),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        match status.split(' ').nth(1) {
            Some(code) if code.starts_with('2') => Ok(format!("{status}{}", String::from_utf8_lossy(&body))),
            _ => Err(std::io::Error::other(status)),
        }
    }
}
