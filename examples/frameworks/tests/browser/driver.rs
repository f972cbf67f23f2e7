//! Drives headless Chromium over the WebDriver protocol.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};

/// The program names of the browser.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A browser with its own profile, which is ended when this value is dropped.
pub(crate) struct Browser {
    driver: Child,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// Starts the driver on a free port, and a browser. If they are not installed, this fails in CI (`CI` is `true`);
    /// elsewhere it prints a notice and returns `None`, so that the test is skipped.
    pub(crate) fn start() -> Option<Self> {
        let (Some(chromium), Some(chromedriver)) =
            (CHROMIUM.iter().find_map(|name| on_path(name)), on_path("chromedriver"))
        else {
            assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "no Chromium: `cargo xtask test` installs it");
            // Not `eprintln!`, which the test harness captures.
            writeln!(io::stderr(), "skipped: no Chromium").expect("standard error is open");
            return None;
        };
        Some(Self::start_with(&chromium, &chromedriver))
    }

    fn start_with(chromium: &Path, chromedriver: &Path) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("hardened-browser-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let profile = env::temp_dir().join(name);
        let (driver, port) = (0..STARTS).find_map(|_| listening(chromedriver)).expect("the driver says its port");
        let mut browser = Self { driver, session: format!("http://127.0.0.1:{port}/session"), profile };
        let capabilities = capabilities(chromium, &browser.profile);
        let answer = browser.send("", &json!({ "capabilities": { "alwaysMatch": capabilities } }));
        let id = answer["sessionId"].as_str().expect("the browser starts");
        browser.session = format!("{}/{id}", browser.session);
        // Only a hang takes longer.
        browser.send("/timeouts", &json!({ "script": 120_000, "pageLoad": 120_000 }));
        browser
    }

    /// Opens a page.
    pub(crate) fn open(&self, url: &str) {
        self.send("/url", &json!({ "url": url }));
    }

    /// Runs the body of an asynchronous function in the page. Returns its result or the name of the error.
    pub(crate) fn run(&self, body: &str) -> String {
        let script = format!(
            "const tell = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then(tell, error => tell(error.name));"
        );
        let told = self.send("/execute/async", &json!({ "script": script, "args": [] }));
        told.as_str().map_or_else(|| told.to_string(), str::to_owned)
    }

    /// Posts a form from the page, as a visitor does, and waits for the next page.
    pub(crate) fn submit(&self, action: &str) {
        let script = format!(
            "const form = document.createElement('form');
             form.method = 'post';
             form.action = '{action}';
             document.body.append(form);
             form.submit();"
        );
        self.send("/execute/sync", &json!({ "script": script, "args": [] }));
        for _ in 0..6000 {
            if self.get("/url").as_str() == Some(action) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("the form was not sent");
    }

    fn send(&self, path: &str, body: &Value) -> Value {
        value(agent().post(format!("{}{path}", self.session)).send_json(body))
    }

    fn get(&self, path: &str) -> Value {
        value(agent().get(format!("{}{path}", self.session)).call())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // An error is ignored, because the browser may have ended already.
        let _ = agent().delete(&self.session).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

fn capabilities(chromium: &Path, profile: &Path) -> Value {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        &profile,
    ];
    json!({ "browserName": "chrome", "goog:chromeOptions": { "binary": chromium, "args": arguments } })
}

/// How often to try to start the driver. It needs the same port for IPv4 and IPv6, and exits if one of the two is taken.
const STARTS: usize = 10;

/// Starts a driver and reads from its output which port it has chosen; `None` if it has exited.
fn listening(chromedriver: &Path) -> Option<(Child, u16)> {
    let mut driver = Command::new(chromedriver)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the driver starts");
    let output = driver.stdout.take().expect("is piped");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port =
        lines.find_map(|line| line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok());
    let Some(port) = port else {
        driver.wait().expect("the driver has ended");
        return None;
    };
    // The rest of the output is read too, because the driver must not write to a closed pipe.
    std::thread::spawn(move || lines.for_each(drop));
    Some((driver, port))
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// Returns the value that the driver answers, and panics with its errors.
fn value(answer: Result<http::Response<ureq::Body>, ureq::Error>) -> Value {
    let mut answer = answer.expect("the driver answers");
    let body: Value = answer.body_mut().read_json().expect("the driver speaks JSON");
    let value = body["value"].clone();
    assert!(answer.status().is_success(), "{}: {}", value["error"], value["message"]);
    value
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|program| program.is_file())
}
