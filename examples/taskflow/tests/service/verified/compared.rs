//! Measures which of the same faults other programs find: schemathesis and CORScanner.
//!
//! It takes half a minute for each fault, so it runs only on request; `2/3` means every third fault from the second on. Each
//! row is added to `target/compared.md` when it is known. Rows in that file are not measured again, so that an interrupted
//! run can continue:
//!
//! ```console
//! $ cargo xtask readers --yes && target/readers/venv/bin/pip install CORScanner==0.9.7
//! $ HARDENED_COMPARE=1/1 cargo test -p taskflow --test service verified::compared -- --nocapture
//! ```

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Instant,
};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn},
};
use hardened::{Environment, Http, Loader};
use tokio::task::spawn_blocking;

use super::{Target, faults::broken, table};
use crate::harness;

/// A service on a port of loopback that counts its requests.
struct Served {
    url: String,
    requests: Arc<AtomicU32>,
}

impl Served {
    /// Starts the service, and replaces the host of every request by its own.
    async fn start(router: Router) -> Self {
        let requests = Arc::<AtomicU32>::default();
        let counted = requests.clone();
        let router = Router::new().fallback_service(router).layer(from_fn(move |mut request: Request, next: Next| {
            counted.fetch_add(1, Relaxed);
            request.headers_mut().insert(header::HOST, HeaderValue::from_static("api.example.com"));
            next.run(request)
        }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let http = Loader::new().environment(Environment::empty()).load::<Http>().unwrap();
        tokio::spawn(hardened::serve(listener, router, &http).without_signals().into_future());
        Self { url, requests }
    }

    /// Runs a program against the service. Returns its output, the number of its requests, and how long it took.
    async fn run(&self, mut command: Command) -> Ran {
        self.requests.store(0, Relaxed);
        let start = Instant::now();
        let output = spawn_blocking(move || command.output()).await.unwrap().unwrap();
        Ran { output, requests: self.requests.load(Relaxed), seconds: start.elapsed().as_secs_f64() }
    }
}

struct Ran {
    output: Output,
    requests: u32,
    seconds: f64,
}

impl Ran {
    fn told(&self, is_found: bool) -> String {
        let word = if is_found { "found" } else { "–" };
        format!("{word} ({} requests, {:.1} s)", self.requests, self.seconds)
    }
}

fn program(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("readers").join("venv/bin").join(name)
}

/// A directory with the description of the service, and without configuration files of the programs.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("compared-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("openapi.json"), taskflow::app::documentation().to_json().unwrap()).unwrap();
        Self(folder)
    }

    fn schemathesis(&self, url: &str, token: &str, more: &[&str]) -> Command {
        let mut command = Command::new(program("schemathesis"));
        command.current_dir(&self.0).args(["run", "openapi.json", "--url", url, "--no-color", "--seed", "1"]);
        command.args(["--generation-database", "none", "--max-examples", "10"]).args(more);
        command.args(["-H", &format!("Authorization: Bearer {token}")]);
        command
    }

    fn corscanner(&self, url: &str, token: &str) -> Command {
        let mut command = Command::new(program("corscanner"));
        let _ = fs::remove_file(self.0.join("cors.json"));
        command.current_dir(&self.0).args(["-u", &format!("{url}/tasks"), "-o", "cors.json"]);
        command.args(["-d", &format!("Authorization: Bearer {token}")]);
        command
    }

    /// Returns whether CORScanner has written findings: without any, its file has only an empty frame.
    fn has_findings(&self) -> bool {
        fs::read_to_string(self.0.join("cors.json")).is_ok_and(|text| text.contains("\"url\""))
    }
}

/// The known rows, in a file that outlives the run.
struct Rows(PathBuf);

impl Rows {
    fn open() -> Self {
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("compared.md"))
    }

    fn has(&self, fault: &str) -> bool {
        let row = format!("| {fault} |");
        fs::read_to_string(&self.0).is_ok_and(|text| text.lines().any(|line| line.starts_with(&row)))
    }

    fn add(&self, row: &str) {
        let mut file = fs::OpenOptions::new().append(true).create(true).open(&self.0).unwrap();
        writeln!(file, "{row}").unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_programs_find_is_written_down() {
    // Not `println!`, which the test harness captures.
    let say = |text: &str| writeln!(io::stderr(), "{text}").unwrap();
    let Ok(share) = env::var("HARDENED_COMPARE") else {
        return say("skipped: the comparison with other programs; HARDENED_COMPARE=1/1 asks for it");
    };
    let (part, of) = share.split_once('/').unwrap();
    let (part, of): (usize, usize) = (part.parse().unwrap(), of.parse().unwrap());
    let (folder, rows) = (Folder::new(), Rows::open());
    say("| fault | hardened | schemathesis | `ignored_auth` | CORScanner |\n|---|---|---|---|---|");
    let healthy = [("none", None)];
    let faults = table::all().into_iter().map(|(name, fault, _)| (name, Some(fault)));
    for (name, fault) in healthy.into_iter().chain(faults).skip(part - 1).step_by(of) {
        if rows.has(name) {
            continue;
        }
        // Each fault has a new service, because tokens expire after a quarter of an hour.
        let target = Target::of(harness::production_of_many("api.example.com").await).await;
        let router = match fault {
            Some(fault) => broken(target.router.clone(), fault, &target.tokens, &target.service.settings),
            None => target.router.clone(),
        };
        let start = Instant::now();
        let verification = target.verify(router.clone(), false).await;
        let (sent, seconds): (u32, _) = (verification.sent().values().sum(), start.elapsed().as_secs_f64());
        let word = if verification.failures().next().is_some() { "found" } else { "–" };
        let served = Served::start(router).await;
        let token = &target.tokens[0];
        let whole = served.run(folder.schemathesis(&served.url, token, &[])).await;
        let tokens = served.run(folder.schemathesis(&served.url, token, &["--checks", "ignored_auth"])).await;
        let origins = served.run(folder.corscanner(&served.url, token)).await;
        let row = format!(
            "| {name} | {word} ({sent} requests, {seconds:.1} s) | {} | {} | {} |",
            whole.told(!whole.output.status.success()),
            tokens.told(!tokens.output.status.success()),
            origins.told(folder.has_findings()),
        );
        rows.add(&row);
        say(&row);
    }
    fs::remove_dir_all(folder.0).unwrap();
}
