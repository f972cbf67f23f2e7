//! Tests of a serving process, from its start to its end.

use std::{
    fs::{self, File},
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    KEY, empty_directory, on_ones_own_machine,
    postgres::{PASSWORD, Postgres},
    taskflow,
};

/// The time after which a process counts as hung.
const PATIENCE: Duration = Duration::from_secs(300);

/// A listening process. It writes into a file, which never blocks it, unlike a pipe.
pub(crate) struct Running {
    child: Child,
    log: PathBuf,
    pub(crate) address: SocketAddr,
}

impl Running {
    pub(crate) fn start(command: &mut Command, name: &str) -> Self {
        let log = empty_directory().join(format!("{name}-{}.log", std::process::id()));
        let file = File::create(&log).unwrap();
        let child = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        let mut running = Self { child, log, address: ([127, 0, 0, 1], 0).into() };
        running.address = running.wait_for(|log| {
            let line = log.lines().find(|line| line.contains("listening"))?;
            line.split(['=', '"', ' ']).find_map(|word| word.parse().ok())
        });
        running
    }

    fn wait_for<T>(&mut self, event: impl Fn(&str) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            let log = fs::read_to_string(&self.log).unwrap();
            match event(&log) {
                Some(found) => return found,
                None => assert!(start.elapsed() < PATIENCE, "nothing of it in\n{log}"),
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    pub(crate) fn ask(&self, method: &str, path: &str, token: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        let head = "Host: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";
        let request = format!(
            "{method} {path} HTTP/1.1\r\n{head}Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks the process to stop, and returns its output.
    pub(crate) fn stop(mut self) -> String {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.wait_for(|log| log.contains("stopped").then_some(()));
        assert!(self.child.wait().unwrap().success());
        fs::read_to_string(&self.log).unwrap()
    }
}

/// Kills the process, so that a failing test does not leave it behind.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

#[test]
fn it_serves_until_it_is_asked_to_stop_and_then_ends_well() {
    let running = Running::start(on_ones_own_machine(&mut taskflow(&[])), "serves");
    assert!(running.ask("GET", "/readyz", "", "").starts_with("HTTP/1.1 200 "));
    let log = running.stop();
    assert!(log.contains("stopping") && log.contains("stopped"), "{log}");
}

#[test]
fn a_request_that_is_on_its_way_is_answered_before_it_ends() {
    let running = Running::start(on_ones_own_machine(&mut taskflow(&[])), "finishes");
    let mut stream = TcpStream::connect(running.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n\
                Content-Type: application/json\r\nContent-Length: 2\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    // The service sends this when it begins to read the body, so the request is in progress.
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"{").unwrap();
    let address = running.address;
    thread::scope(|scope| {
        let rest = scope.spawn(|| {
            // The service is stopping as soon as it no longer listens.
            while TcpStream::connect(address).is_ok() {
                thread::sleep(Duration::from_millis(10));
            }
            stream.write_all(b"}").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        });
        running.stop();
        let answer = rest.join().unwrap();
        assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    });
}

/// The original printed the password of its database three times before it listened.
#[test]
fn no_log_shows_a_password_a_key_or_a_token_even_at_its_most_talkative() {
    let postgres = Postgres::start();
    let mut command = taskflow(&[]);
    on_ones_own_machine(&mut command).envs([("DATABASE_URL", postgres.url().as_str()), ("LOG_LEVEL", "trace")]);
    let running = Running::start(&mut command, "talks");
    let credentials = r#"{"email":"ada@example.com","password":"canary-of-the-user-6Ht2"}"#;
    running.ask("POST", "/sign-up", "", credentials);
    let answer = running.ask("POST", "/sign-in", "", credentials);
    let token =
        answer.split("\"token\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
    assert!(running.ask("GET", "/tasks", &token, "").starts_with("HTTP/1.1 200 "));
    running.ask("GET", "/tasks", "a.b.c", "");
    postgres.kill();
    assert!(running.ask("GET", "/tasks", &token, "").starts_with("HTTP/1.1 503 "));
    let log = running.stop();
    assert!(log.contains("/sign-in"), "it logs requests: {log}");
    let signature = token.split('.').next_back().unwrap();
    for secret in [PASSWORD, KEY, "canary-of-the-user-6Ht2", signature] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None);
    }
}

/// Production accepts a database on the same machine only over a Unix socket.
#[test]
fn where_it_is_deployed_it_migrates_serves_and_logs_documents() {
    let postgres = Postgres::start();
    let mut command = taskflow(&[]);
    on_ones_own_machine(&mut command)
        .envs([("ENVIRONMENT", "production"), ("CORS_ORIGINS", "https://app.example.com"), ("API_HOST", "127.0.0.1")])
        .env("DATABASE_URL", postgres.socket_url());
    let running = Running::start(&mut command, "deployed");
    assert!(running.ask("GET", "/health", "", "").contains("\"database\":\"connected\""));
    assert!(running.ask("POST", "/sign-up?token=in-the-query", "", "{}").starts_with("HTTP/1.1 422 "));
    let log = running.stop();
    let documents: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("every line is a document")).collect();
    let request = documents.iter().find(|line| line["span"]["path"] == "/sign-up").expect("the request is logged");
    assert_eq!((&request["status"], &request["span"]["method"]), (&422.into(), &"POST".into()), "{request}");
    assert!(!log.contains("in-the-query"), "{log}");
    let accepted = "configuration accepted (tier Production: ENVIRONMENT=production";
    let begins = |line: &&serde_json::Value| line["message"].as_str().is_some_and(|text| text.starts_with(accepted));
    assert_eq!(documents.iter().filter(begins).count(), 1, "{log}");
    for message in ["listening", "stopping", "stopped"] {
        assert!(documents.iter().any(|line| line["message"] == message), "{log}");
    }
}
