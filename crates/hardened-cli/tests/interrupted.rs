//! `hardened verify` is interrupted and killed at random requests to taskflow, which stores its data in PostgreSQL.
//!
//! The moments depend on a seed, which the test prints. `HARDENED_INTERRUPTIONS=50` sets their number, `HARDENED_SEED=…` the
//! seed.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::{
    collections::BTreeSet,
    env, fs,
    net::SocketAddr,
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::{Router, extract::Request, middleware::from_fn};
use hardened::{Environment, Loaded, Loader};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use support::hardened;
use taskflow::{App, Settings, Store};
use test_support::{KEY, Scratch, postgres::Postgres};
use tokio::{net::TcpListener, runtime::Runtime};

const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/taskflow/hardened.verify.toml");

/// The moment at which the process gets a signal.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// The number of the request that the service receives, from 1.
    request: usize,
    /// Whether the service has already handled the request, but not yet responded.
    is_done: bool,
    signal: Signal,
}

/// The requests that the service has received in a run.
#[derive(Default)]
struct Seen {
    requests: usize,
    /// The first and the last request that may have written an item.
    writes: Option<(usize, usize)>,
    /// The number of requests in progress.
    open: usize,
    /// The process that gets a signal, and when.
    planned: Option<(Pid, Moment)>,
}

/// A taskflow service in production.
struct Target {
    address: SocketAddr,
    postgres: Postgres,
    seen: Arc<Mutex<Seen>>,
    folder: Scratch,
    _runtime: Runtime,
}

impl Target {
    fn start() -> Self {
        let (runtime, postgres, folder) = (Runtime::new().unwrap(), Postgres::start(), Scratch::new());
        let environment = [
            ("ENVIRONMENT", "production"),
            ("JWT_SECRET_KEY", KEY),
            ("CORS_ORIGINS", "https://app.example.com"),
            ("API_HOST", "127.0.0.1"),
            // Each run creates two accounts.
            ("ATTEMPTS_PER_CLIENT", "100000"),
            ("DATABASE_URL", &postgres.socket_url()),
        ];
        let environment = environment.iter().fold(Environment::empty(), |it, (name, value)| it.set(name, value));
        let settings: Loaded<Settings> = Loader::new().environment(environment).load().unwrap();
        fs::write(folder.path().join("manifest.json"), Loaded::manifest(&settings).to_json()).unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let address = runtime.block_on(async {
            let store = Store::open(&settings).await.unwrap();
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let router = watched(App::new(&settings, store).router(), seen.clone());
            tokio::spawn(hardened::serve(listener, router, &settings.http).without_signals().into_future());
            address
        });
        Self { address, postgres, seen, folder, _runtime: runtime }
    }

    /// Runs the command until it exits or the signal ends it.
    fn run(&self, more: &[&str], moment: Option<Moment>) -> Output {
        let url = format!("http://{}", self.address);
        let mut command = hardened(&[&["verify", &url, "--profile", PROFILE, "--deadline", "600"], more].concat());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = {
            // The lock blocks the first request until the process id is stored.
            let mut seen = self.seen.lock().unwrap();
            let child = command.spawn().unwrap();
            *seen = Seen { planned: moment.map(|moment| (Pid::from_child(&child), moment)), ..Seen::default() };
            child
        };
        let output = child.wait_with_output().unwrap();
        while self.seen.lock().unwrap().open > 0 {
            std::thread::yield_now();
        }
        output
    }

    fn verify(&self, moment: Option<Moment>) -> Output {
        let (manifest, journal) = (self.folder.path().join("manifest.json"), self.journal());
        let more = ["--manifest", text(&manifest), "--journal", text(&journal), "--format", "json", "--quiet"];
        self.run(&more, moment)
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("journal")
    }

    /// Returns the paths of all tasks and the addresses of all accounts in the database.
    fn held(&self) -> (BTreeSet<String>, BTreeSet<String>) {
        let rows = |statement| self.postgres.sql(statement).lines().map(str::to_owned).collect::<BTreeSet<_>>();
        let tasks = rows("SELECT id FROM tasks").iter().map(|id| format!("/tasks/{id}")).collect();
        (tasks, rows("SELECT email FROM users"))
    }

    fn forget(&self) {
        self.postgres.sql("DELETE FROM tasks; DELETE FROM users");
        let _ = fs::remove_file(self.journal());
    }
}

/// Adds a layer that counts requests and sends the signal. A request is handled even if no client waits for the response.
fn watched(router: Router, seen: Arc<Mutex<Seen>>) -> Router {
    let watch = from_fn(move |request: Request, next: axum::middleware::Next| {
        let seen = seen.clone();
        async move {
            let writes = !matches!(request.method().as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE")
                && request.uri().path().starts_with("/tasks");
            let number = {
                let mut seen = seen.lock().unwrap();
                (seen.requests, seen.open) = (seen.requests + 1, seen.open + 1);
                let number = seen.requests;
                if writes {
                    seen.writes = Some((seen.writes.map_or(number, |(first, _)| first), number));
                }
                number
            };
            strike(&seen, number, false);
            let answer = tokio::spawn(async move {
                let answer = next.run(request).await;
                strike(&seen, number, true);
                seen.lock().unwrap().open -= 1;
                answer
            });
            answer.await.unwrap()
        }
    });
    Router::new().fallback_service(router).layer(watch)
}

fn strike(seen: &Mutex<Seen>, number: usize, is_done: bool) {
    let planned = seen.lock().unwrap().planned;
    if let Some((process, moment)) = planned.filter(|(_, it)| it.request == number && it.is_done == is_done) {
        kill_process(process, moment.signal).unwrap();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Returns what a report lists as left behind: the paths of items, and the texts about accounts.
fn listed(output: &Output) -> (BTreeSet<String>, String) {
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let left = document["left_behind"].as_array().unwrap();
    let of = |is_item: bool| left.iter().filter(move |left| left["removable"] == is_item);
    let items = of(true).map(|left| left["path"].as_str().unwrap().to_owned()).collect();
    (items, of(false).map(|left| left["reason"].to_string()).collect())
}

/// The random number generator SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Returns random moments: alternately between the first and the last write, and at any request.
fn moments(
    signals: &[Signal],
    count: usize,
    random: &mut Random,
    all: usize,
    (first, last): (usize, usize),
) -> Vec<Moment> {
    let moment = |index: usize| {
        let request =
            if index.is_multiple_of(2) { first + random.below(last - first + 1) } else { 1 + random.below(all) };
        Moment { request, is_done: random.below(2) == 1, signal: signals[index / 2 % signals.len()] }
    };
    (0..count).map(moment).collect()
}

#[test]
fn an_interrupted_or_killed_run_lists_everything_that_it_leaves_behind() {
    let count = usize::try_from(number("HARDENED_INTERRUPTIONS").unwrap_or(6)).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let seed = number("HARDENED_SEED").unwrap_or(now);
    println!("{count} interruptions: HARDENED_SEED={seed}");
    let mut random = Random(seed);
    let target = Target::start();

    let output = target.verify(None);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let (tasks, accounts) = target.held();
    assert_eq!((tasks, accounts.len()), (BTreeSet::new(), 2));
    let (all, writes) = {
        let seen = target.seen.lock().unwrap();
        (seen.requests, seen.writes.unwrap())
    };
    target.forget();

    for moment in moments(&[Signal::INT, Signal::TERM], count, &mut random, all, writes) {
        let output = target.verify(Some(moment));
        let (tasks, accounts) = target.held();
        let (items, texts) = listed(&output);
        assert!(output.status.code().is_some(), "{moment:?}: {output:?}");
        assert_eq!(tasks, items, "{moment:?}: {output:?}");
        assert!(accounts.iter().all(|address| texts.contains(address)), "{moment:?}: {accounts:?} {texts}");
        assert_eq!(target.journal().exists(), !items.is_empty(), "{moment:?}");
        target.forget();
    }

    for moment in moments(&[Signal::KILL], count.div_ceil(3), &mut random, all, writes) {
        let output = target.verify(Some(moment));
        // The number of requests varies a little between runs.
        let is_reached = target.seen.lock().unwrap().requests >= moment.request;
        assert_eq!(output.status.signal(), is_reached.then_some(Signal::KILL.as_raw()), "{moment:?}: {output:?}");
        let journal = target.journal();
        if journal.exists() {
            let output = target.run(&["--cleanup", text(&journal)], None);
            assert_eq!((output.status.code(), journal.exists()), (Some(0), false), "{moment:?}: {output:?}");
        }
        assert_eq!(target.held().0, BTreeSet::new(), "{moment:?}");
        target.forget();
    }
}
