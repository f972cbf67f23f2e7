//! Measures the cost of a scan relative to reading the same bytes: `cargo bench -p hardened-scan --bench scan [-- tree binary
//! growth history]`.
//!
//! The tree is copies of the sources of this repository, the binary is copies of this program, and the history is that of a
//! generated repository.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program that measures"
)]

use std::{
    fmt::{self, Write as _},
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use hardened_scan::{Scan, Values};

const TREE: usize = 18_000_000;
const BINARY: usize = 25_000_000;
const HISTORY: usize = 1_000_000_000;
/// The least processor time over which a measurement is averaged; shorter runs are repeated.
const LEAST: Duration = Duration::from_millis(700);

/// Runs the benchmarks that the arguments name (`tree`, `binary`, `growth`, `history`), or all of them.
fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|asked| asked == name);
    let folder = tempfile::tempdir().unwrap();
    for (name, make) in [("tree", (|path| tree(path, TREE)) as fn(&Path) -> PathBuf), ("binary", binary)]
        .into_iter()
        .filter(|(name, _)| is_asked(name))
    {
        let path = make(&folder.path().join(name));
        let read = time(|| read(&path));
        println!("{name}: reading {read}");
        for count in [1, 20, 500] {
            let values = values(count);
            let scan = time(|| drop(Scan::values(&values).path(&path).run().unwrap()));
            println!("{name}, {count} secrets: {}", scan.next_to(read, "reading"));
        }
        let short = short_values();
        let scan = time(|| drop(Scan::values(&short).path(&path).run().unwrap()));
        println!("{name}, 20 secrets of 12 bytes: {}", scan.next_to(read, "reading"));
        println!("{name}, code and files: {}", time(|| drop(Scan::sources().path(&path).run().unwrap())));
    }
    if is_asked("growth") {
        growth(folder.path());
    }
    if is_asked("history") {
        history(&folder.path().join("history"));
    }
}

/// Measures trees of increasing size.
fn growth(folder: &Path) {
    for size in [TREE / 16, TREE / 4, TREE, TREE * 4] {
        let path = tree(&folder.join(format!("growth-{size}")), size);
        let files = count(&path);
        let (values, read) = (values(20), time(|| read(&path)));
        let scan = time(|| drop(Scan::values(&values).path(&path).run().unwrap()));
        let sources = time(|| drop(Scan::sources().path(&path).run().unwrap()));
        println!("{files} files: reading {read}; values {}; code and files {sources}", scan.next_to(read, "reading"));
    }
}

fn count(path: &Path) -> usize {
    fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { count(&path) } else { 1 })
        .sum()
}

fn history(path: &Path) {
    repository(path);
    let cat = |to: &str| {
        let command = format!("git cat-file --batch-all-objects --unordered --batch --buffer {to}");
        time(|| assert!(Command::new("sh").current_dir(path).args(["-c", &command]).status().unwrap().success()))
    };
    let (away, pipe) = (cat("> /dev/null"), cat("| cat > /dev/null"));
    println!("history of 1 GB: git cat-file to nowhere {away}; into a pipe {pipe}");
    for count in [1, 20, 500] {
        let values = values(count);
        let scan = time(|| drop(Scan::values(&values).history(path).run().unwrap()));
        println!("history, {count} secrets: {}; at most {} MB", scan.next_to(away, "git cat-file"), peak());
    }
}

/// Returns the peak memory of this process, in megabytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1000
}

/// The cost of one run.
#[derive(Clone, Copy)]
struct Cost {
    /// The average processor time of all threads and of child processes.
    processors: Duration,
    /// The shortest wall-clock time, because other programs use the machine too.
    clock: Duration,
}

impl Cost {
    fn next_to(self, other: Self, name: &str) -> String {
        let ratio = |own: Duration, other: Duration| own.as_secs_f64() / other.as_secs_f64();
        let (processors, clock) = (ratio(self.processors, other.processors), ratio(self.clock, other.clock));
        format!("{self}; {processors:.2} and {clock:.2} of {name}")
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1?} of the processors, {:.1?} on the clock", self.processors, self.clock)
    }
}

fn time(mut run: impl FnMut()) -> Cost {
    run();
    let (begin, mut runs, mut clock) = (processors(), 0, Duration::MAX);
    while runs < 3 || processors() - begin < LEAST {
        let start = Instant::now();
        run();
        clock = clock.min(start.elapsed());
        runs += 1;
    }
    Cost { processors: (processors() - begin) / runs, clock }
}

/// Returns the processor time of this process and its finished child processes. Linux counts hundredths of a second.
fn processors() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = text.rsplit_once(')').unwrap();
    let ticks: u64 = fields.split_whitespace().skip(11).take(4).map(|field| field.parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

/// Reads all files of a tree, as `cat` does.
fn read(path: &Path) {
    if path.is_file() {
        drop(fs::read(path).unwrap());
        return;
    }
    for entry in fs::read_dir(path).unwrap() {
        read(&entry.unwrap().path());
    }
}

/// Returns secrets that no file contains: keys and database URLs with a password.
fn values(count: usize) -> Values {
    let mut values = Values::new();
    let mut random = Random(88_172_645_463_325_252);
    for index in 0..count {
        let key: String = (0..40).map(|_| random.letter()).collect();
        let value = if index % 5 == 0 { format!("postgres://app:{key}@db-{index}.internal/app") } else { key };
        values.add(&format!("SECRET_{index}"), value);
    }
    values
}

/// Returns secrets of the shortest length that is searched for.
fn short_values() -> Values {
    let mut values = Values::new();
    let mut random = Random(2_463_534_242);
    for index in 0..20 {
        values.add(&format!("SECRET_{index}"), (0..12).map(|_| random.letter()).collect::<String>());
    }
    values
}

/// The random number generator xorshift by Marsaglia.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn letter(&mut self) -> char {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char::from(LETTERS[(self.next() % 64) as usize])
    }
}

fn tree(path: &Path, most: usize) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new("git")
        .current_dir(&root)
        .args(["ls-files", "-z", "*.rs", "*.toml", "*.md", "*.json"])
        .output()
        .unwrap();
    let files: Vec<_> = output.stdout.split(|byte| *byte == 0).filter(|file| !file.is_empty()).collect();
    let mut size = 0;
    for copy in 0.. {
        for file in &files {
            let file = String::from_utf8_lossy(file);
            let Ok(content) = fs::read(root.join(&*file)) else { continue };
            let target = path.join(format!("{copy}")).join(&*file);
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            fs::write(target, &content).unwrap();
            size += content.len();
            if size >= most {
                return path.to_owned();
            }
        }
    }
    unreachable!("the copies have no end")
}

/// Writes copies of this program into one file.
fn binary(path: &Path) -> PathBuf {
    let content = fs::read(std::env::current_exe().unwrap()).unwrap();
    let whole: Vec<u8> = content.iter().copied().cycle().take(BINARY).collect();
    fs::write(path, whole).unwrap();
    path.to_owned()
}

/// Creates a repository with many versions of one large text, each with a small change.
fn repository(path: &Path) {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(path).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    fs::create_dir_all(path).unwrap();
    assert!(git(&["init", "--quiet", "."]).status().unwrap().success());
    let mut import = git(&["fast-import", "--quiet", "--depth=50"]).stdin(Stdio::piped()).spawn().unwrap();
    versions(&mut import.stdin.take().unwrap()).unwrap();
    assert!(import.wait().unwrap().success());
}

fn versions(import: &mut impl Write) -> io::Result<()> {
    const LINES: usize = 16_000;
    let mut random = Random(2_463_534_242);
    let line = |random: &mut Random| {
        let mut line = String::new();
        for _ in 0..6 {
            let _ = write!(line, "let name_{} = call({}); ", random.next() % 1000, random.next() % 100_000);
        }
        line + "\n"
    };
    let mut lines: Vec<String> = (0..LINES).map(|_| line(&mut random)).collect();
    let mut written = 0;
    let mut version = 0;
    while written < HISTORY {
        let at = (random.next() % LINES as u64) as usize;
        lines[at] = line(&mut random);
        let text = lines.concat();
        written += text.len();
        version += 1;
        let message = format!("version {version}");
        write!(
            import,
            "commit refs/heads/main\ncommitter A <a@example.com> {version} +0000\ndata {}\n{message}\n",
            message.len()
        )?;
        write!(import, "M 100644 inline src/main.rs\ndata {}\n{text}\n", text.len())?;
    }
    Ok(())
}
