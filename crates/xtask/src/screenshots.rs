//! `cargo xtask screenshots`: renders the pages of the command line tool in Chromium, at the widths of a phone and a desktop.
//!
//! The images are for inspection and are not committed.

use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use crate::{
    args::takes_none,
    failure::{Failure, failed},
    shell, tools,
};

/// The name and width of each screen, and the height of the image.
const SCREENS: [(&str, u32, u32); 2] = [("phone", 390, 3600), ("desktop", 1280, 2400)];

/// The program names of Chromium.
const PROGRAMS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    takes_none("screenshots", args)?;
    let chromium = PROGRAMS.iter().find_map(|program| tools::on_path(program));
    let chromium = chromium.ok_or_else(|| failed("no Chromium: run `cargo xtask tools chromium`".to_owned()))?;
    shell::run(&mut shell::cargo("build --package hardened-cli"))?;
    let folder = shell::target().join("screenshots");
    fs::create_dir_all(&folder).map_err(said)?;
    for page in [verification(&folder)?, audit(&folder)?] {
        for (screen, width, height) in SCREENS {
            println!("{}", photograph(&chromium, &page, screen, (width, height))?.display());
        }
    }
    Ok(())
}

/// Writes the page of a verification with failures, passes and skipped checks.
fn verification(folder: &Path) -> Result<PathBuf, Failure> {
    let page = folder.join("verify.html");
    let url = serve().map_err(said)?;
    let mut command = hardened();
    command.args(["verify", &url, "--quiet", "--format", "html", "--output"]).arg(&page);
    // The command fails because the documentation is public.
    command.output().map_err(said)?;
    written(page)
}

/// Writes the page of the audit report on the example backend.
fn audit(folder: &Path) -> Result<PathBuf, Failure> {
    let (page, evidence) = (folder.join("audit.html"), shell::root().join("examples/taskflow/audit"));
    let mut command = hardened();
    command.arg("audit").arg("--manifest").arg(evidence.join("manifest.json"));
    command.arg("--verification").arg(evidence.join("verification.json"));
    command.arg("--decisions").arg(shell::root().join("docs/adr"));
    command.args(["--format", "html", "--output"]).arg(&page);
    command.output().map_err(said)?;
    written(page)
}

fn hardened() -> Command {
    Command::new(shell::target().join("debug/hardened"))
}

fn written(page: PathBuf) -> Result<PathBuf, Failure> {
    if page.exists() { Ok(page) } else { Err(failed(format!("{} was not written", page.display()))) }
}

/// Takes a screenshot of the page in a frame, because a window cannot be as narrow as a phone.
fn photograph(chromium: &Path, page: &Path, screen: &str, (width, height): (u32, u32)) -> Result<PathBuf, Failure> {
    let picture = page.with_extension(format!("{screen}.png"));
    let frame = page.with_extension(format!("{screen}.html"));
    let name = page.file_name().unwrap_or_default().to_string_lossy();
    let style = format!("border:0;width:{width}px;height:{height}px");
    fs::write(&frame, format!("<body style='margin:0'><iframe src='{name}' style='{style}'></iframe>"))
        .map_err(said)?;
    let mut command = Command::new(chromium);
    command.args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]);
    command.arg(format!("--window-size={},{height}", width.max(500)));
    command.arg(format!("--screenshot={}", picture.display())).arg(format!("file://{}", frame.display()));
    shell::output(&mut command)?;
    written(picture)
}

/// Starts a service with public documentation, and returns its URL.
fn serve() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    Ok(url)
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        while lines.next().is_some_and(|line| !line.is_empty()) {}
        let (status, body) = match first.split(' ').nth(1) {
            Some("/health") => ("200 OK", r#"{"status":"healthy","database":"connected"}"#),
            Some("/openapi.json") => ("200 OK", r#"{"openapi":"3.1.0","info":{"title":"tasks"},"paths":{}}"#),
            _ => ("404 Not Found", ""),
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\ncontent-type: application/json\r\n\r\n");
        stream.write_all(format!("{head}{body}").as_bytes())?;
    }
    Ok(())
}

fn said(error: io::Error) -> Failure {
    failed(error.to_string())
}
