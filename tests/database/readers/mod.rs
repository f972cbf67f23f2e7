//! Runs other programs to find out which host they read from a URL.
//!
//! `cargo xtask readers` installs them below the target directory. If they are missing, the tests print a note and skip them;
//! if `CI` is set, the tests fail.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write as _,
    net::IpAddr,
    path::{Path, PathBuf},
    process::Command,
};

use hardened::{Setting as _, database::DatabaseUrl, rule};

use crate::database::relations::Random;

/// The host that every generated URL is meant for.
const MEANT: &str = "db.example.com";

/// The pieces of passwords, many of which make one program or another read another host.
const PIECES: &[&str] = &[
    "@",
    "@",
    "@",
    ":",
    "/",
    "?",
    "#",
    ",",
    ",",
    "[",
    "]",
    "evil",
    "evil",
    "x",
    "p",
    "10.0.0.9",
    "2001:db8::1",
    "::1",
    "[2001:db8::1]",
    "[v1.x]",
    "5432",
    ":5432",
    ":+5432",
    ":5_4",
    ":0",
    ":99999",
    "%2C",
    "%40",
    "%65vil",
    "%3A5",
    "!",
    "-",
    ".",
    "_",
    "é",
    "\u{665}",
    "&",
    "=",
    "host=evil",
    "&host=evil",
    "?host=evil&",
    "hostaddr=10.0.0.9",
    "port=1",
    "application_name=",
    "&application_name=",
    "localhost",
    "|",
    "\\",
    ";",
    "%20",
    "%5B",
    "+",
    "$",
    "'",
    "\"",
    "<",
    "~",
];

/// Texts that mislead one program or another, unless the text around them interferes.
const TRAPS: &[&str] =
    &["@evil,!", "@evil%2C!", "@evil:+5432/!", "@evil:5_4/!", "@[2001:db8::1]p", "@a!b/db?host=evil&application_name="];

/// Returns a URL for [`MEANT`], with a password that is not percent-encoded.
fn url(random: &mut Random) -> String {
    let password = match random.below(3) {
        0 => format!("{}{}{}", random.text(PIECES, 4), random.pick(TRAPS), random.text(PIECES, 4)),
        _ => random.text(PIECES, 9),
    };
    let tail = random.pick(&["", "/db", ":5432/db", "/db?sslmode=require", "/db?application_name=a@b", "?dbname=db"]);
    match random.below(10) {
        0 => format!("postgresql://{password}@{MEANT}{tail}"),
        1 => format!("postgresql://{MEANT}/db?user=u&password={password}"),
        _ => format!("postgresql://u:{password}@{MEANT}{tail}"),
    }
}

/// Returns accepted URLs, each with the programs that read another host according to our rule.
fn accepted(count: usize) -> Vec<(String, Vec<String>)> {
    let mut random = Random(0x5851_F42D_4C95_7F2D);
    let mut accepted = Vec::new();
    while accepted.len() < count {
        let text = url(&mut random);
        let Ok(read) = DatabaseUrl::parse(&text) else { continue };
        if read.host() != MEANT {
            continue;
        }
        let flaw = read.flaws().into_iter().find(|flaw| flaw.rule() == rule::DATABASE_OTHER_HOST);
        let message = flaw.map(|flaw| flaw.message()).unwrap_or_default();
        let names = message.rsplit_once("read by ").map_or("", |(_, names)| names);
        accepted.push((text, names.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect()));
    }
    accepted
}

/// Returns whether a program connects to another host that could exist.
fn is_misled(hosts: &[String]) -> bool {
    let of_name = |symbol: char| symbol.is_alphanumeric() || ".-_".contains(symbol);
    let is_name = |host: &str| host.chars().all(of_name) && host.contains(char::is_alphanumeric) && host.len() <= 253;
    hosts.iter().any(|host| host != MEANT && (is_name(host) || host.parse::<IpAddr>().is_ok()))
}

/// The parts that a program reads from a URL.
#[derive(Debug, Default, serde::Deserialize)]
struct Read {
    hosts: Vec<String>,
    port: serde_json::Value,
    user: Option<String>,
    password: Option<String>,
    database: Option<String>,
}

/// The parts that a program reads from each URL, or `None` where it refuses the URL.
type Answers = Vec<Option<Read>>;

/// The number of programs to run.
const PROGRAMS: usize = 5;

/// Runs every program that is installed, and returns what each reads from the URLs.
fn programs(urls: &Path, texts: &[&str]) -> BTreeMap<&'static str, Answers> {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/database/readers");
    let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("readers");
    let python = installed.join("venv/bin/python");
    let modules = installed.join("node_modules");
    let mut programs = BTreeMap::from([("tokio-postgres", tokio_postgres(texts))]);
    for name in ["libpq", "asyncpg", "SQLAlchemy"] {
        if is_there(&python, name) {
            let mut command = Command::new(&python);
            programs.insert(name, ask(command.arg(scripts.join("read.py")).arg(name), urls));
        }
    }
    if is_there(&modules.join("pg-connection-string"), "node-postgres") {
        let mut command = Command::new("node");
        programs.insert("node-postgres", ask(command.arg(scripts.join("read.cjs")).arg(&modules), urls));
    }
    programs
}

#[expect(clippy::print_stderr, reason = "a person should know what was not tested")]
fn is_there(path: &Path, name: &str) -> bool {
    let is_there = path.exists();
    assert!(is_there || std::env::var_os("CI").is_none(), "{name} is missing: run `cargo xtask readers`");
    if !is_there {
        eprintln!("skipped: {name} is not installed; `cargo xtask readers` does it");
    }
    is_there
}

fn ask(command: &mut Command, urls: &Path) -> Answers {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
    let output = command.env("PYTHONUTF8", "1").stdin(File::open(urls).unwrap()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn tokio_postgres(texts: &[&str]) -> Answers {
    use tokio_postgres::config::{Config, Host};
    let read = |config: Config| {
        let names = config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(path) => path.display().to_string(),
        });
        Read {
            hosts: names.chain(config.get_hostaddrs().iter().map(ToString::to_string)).collect(),
            port: config.get_ports().first().copied().into(),
            user: config.get_user().map(str::to_owned),
            password: config.get_password().map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
            database: config.get_dbname().map(str::to_owned),
        }
    };
    texts.iter().map(|text| text.parse::<Config>().ok().map(read)).collect()
}

fn written(texts: &[&str]) -> PathBuf {
    let path =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readers-{}-{}.jsonl", std::process::id(), texts.len()));
    let mut file = std::io::BufWriter::new(File::create(&path).unwrap());
    for text in texts {
        writeln!(file, "{}", serde_json::to_string(text).unwrap()).unwrap();
    }
    file.flush().unwrap();
    path
}

/// Returns the number of URLs to test. `cargo xtask ci --full` sets a larger one.
fn count() -> usize {
    std::env::var("HARDENED_READERS_URLS").map_or(3_000, |count| count.parse().unwrap())
}

#[test]
fn a_program_reads_another_host_only_where_the_rule_says_so() {
    let accepted = accepted(count());
    let texts: Vec<_> = accepted.iter().map(|(text, _)| text.as_str()).collect();
    let urls = written(&texts);
    let programs = programs(&urls, &texts);
    std::fs::remove_file(urls).unwrap();
    let mut confirmed = vec![false; accepted.len()];
    let all_asked = programs.len() == PROGRAMS;
    for (name, answers) in programs {
        assert_eq!(answers.len(), accepted.len(), "{name}");
        let mut misled = 0;
        for (((text, said), read), confirmed) in accepted.iter().zip(answers).zip(&mut confirmed) {
            if is_misled(&read.unwrap_or_default().hosts) {
                assert!(
                    said.iter().any(|said| said == name),
                    "{name} reads another host from {text}, which says {said:?}"
                );
                misled += 1;
                *confirmed = true;
            }
        }
        assert!(misled > 0, "no URL misleads {name}: the test shows nothing");
    }
    if !all_asked {
        return;
    }
    // The rule may warn about URLs that mislead none of these programs: pgx is not tested here, older versions of the others
    // accept more, and libpq accepts only a fixed list of parameters.
    let is_needless = |((_, said), confirmed): &(&(String, Vec<String>), &bool)| !said.is_empty() && !**confirmed;
    let refused = accepted.iter().filter(|(_, said)| !said.is_empty()).count();
    let needless: Vec<_> = accepted.iter().zip(&confirmed).filter(is_needless).collect();
    assert!(
        refused < accepted.len() && needless.len() * 4 <= refused,
        "{} of {refused}: {needless:#?}",
        needless.len()
    );
}

/// Returns a password or name with many characters that have a meaning in URLs.
fn worst(random: &mut Random) -> String {
    const SYMBOLS: &[&str] =
        &["a", "Z", "7", "@", "/", "?", "#", ":", "%", "&", "=", "+", "[", "<", "'", "\\", "é", ",", ";"];
    format!("8sd7f{}", random.text(SYMBOLS, 12))
}

/// Confirms the rustdoc of `expose_standard_url`, which names the two exceptions that are left out here.
#[test]
fn the_standard_url_is_read_alike_by_every_program() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut standard = Vec::new();
    for number in 0..200 {
        let (user, password) = (format!("u{}", worst(&mut random)), worst(&mut random));
        let host = ["db.example.com", "10.0.0.1", "/cloudsql/p:r:i", "my_db"][number % 4];
        let port = [5432, 6543][number / 4 % 2];
        let database = ["shop", "a b", "a%b", "é"][number / 8 % 4];
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let place = if host.starts_with('/') {
            format!("/{}?host={}&port={port}", encode(database), encode(host))
        } else {
            format!("{host}:{port}/{}", encode(database))
        };
        let url = format!("postgres://{}:{}@{place}", encode(&user), encode(&password));
        let loaded = crate::database::load("production", &url).unwrap();
        let text = loaded.expose_standard_url().as_str().to_owned();
        standard.push((text, [host.to_owned(), port.to_string(), user, password, database.to_owned()]));
    }
    let texts: Vec<_> = standard.iter().map(|(text, _)| text.as_str()).collect();
    let urls = written(&texts);
    for (name, answers) in programs(&urls, &texts) {
        for ((text, expected), read) in standard.iter().zip(answers) {
            let read = read.unwrap_or_else(|| panic!("{name} refuses {text}"));
            // A number or a text. No port means 5432.
            let port = read.port.to_string().replace('"', "").replace("null", "");
            let port = if port.is_empty() { "5432".to_owned() } else { port };
            let text_of = |text: Option<String>| text.unwrap_or_default();
            let found =
                [read.hosts.join(","), port, text_of(read.user), text_of(read.password), text_of(read.database)];
            assert_eq!(found, *expected, "{name} {text}");
        }
    }
    std::fs::remove_file(urls).unwrap();
}
