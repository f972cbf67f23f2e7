//! A real PostgreSQL server for one test, started from the installed programs.
//!
//! It runs in a temporary directory, on a free port of loopback, and as an unprivileged user if the tests run as root,
//! because the server refuses to run as root. Only the server that a value started is ever signalled, by its process id.
//!
//! ```text
//! let database = Postgres::start();
//! connect(&database.url());
//! database.freeze();
//! ```

use std::{
    fs,
    io::{ErrorKind, Write},
    net::{Ipv4Addr, TcpListener, UdpSocket},
    os::unix::{
        fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// How long a server may take to start or to stop. Only a hang takes longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// The role that owns the database. It is a superuser.
pub const USER: &str = "app";
/// The name of the database.
pub const DATABASE: &str = "app";
/// The initial password of [`USER`]. It is long and not a common default, so that no rule refuses it.
pub const PASSWORD: &str = "nGq7-canary-of-the-database-2Xw9";

/// A server with one database. Dropping it ends the server and removes its directory and shared memory.
pub struct Postgres {
    directory: PathBuf,
    port: Port,
    account: Option<Account>,
    server: Mutex<Option<Child>>,
}

/// How a server differs from the default.
#[derive(Debug, Default, Clone)]
pub struct Setup {
    settings: Vec<(String, String)>,
    certificate: Option<(String, String)>,
}

impl Setup {
    /// Adds a line to `postgresql.conf`.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the certificate and the key of the server as PEM, which enables TLS.
    #[must_use]
    pub fn certificate(mut self, certificate: &str, key: &str) -> Self {
        self.certificate = Some((certificate.to_owned(), key.to_owned()));
        self
    }
}

impl Postgres {
    /// Starts a server without TLS.
    #[must_use]
    #[track_caller]
    pub fn start() -> Self {
        Self::start_with(&Setup::default())
    }

    /// Starts a server with this setup.
    #[must_use]
    #[track_caller]
    pub fn start_with(setup: &Setup) -> Self {
        let account = Account::needed();
        let directory = temporary_directory(account.as_ref());
        let postgres = Self { directory, port: Port::reserve(), account, server: Mutex::new(None) };
        postgres.initialise(setup);
        postgres.launch();
        postgres
    }

    /// Returns the URL over loopback, with the initial password.
    #[must_use]
    pub fn url(&self) -> String {
        self.url_as(USER, PASSWORD)
    }

    /// Returns the URL over loopback for a role.
    #[must_use]
    pub fn url_as(&self, user: &str, password: &str) -> String {
        format!("postgres://{user}:{password}@127.0.0.1:{}/{DATABASE}", self.port.number)
    }

    /// Returns the URL over the Unix socket.
    #[must_use]
    pub fn socket_url(&self) -> String {
        format!(
            "postgres://{USER}:{PASSWORD}@/{DATABASE}?host={}&port={}",
            self.directory.join("socket").display(),
            self.port.number
        )
    }

    /// Returns the port on loopback.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.number
    }

    /// Returns a directory for the files of a test, which is removed with the server.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Runs statements separated by semicolons with `psql`, over the Unix socket and without a password, and returns its output.
    #[track_caller]
    pub fn sql(&self, statements: &str) -> String {
        let mut psql = self.program("psql");
        psql.arg("--host").arg(self.directory.join("socket")).arg("--port").arg(self.port.number.to_string());
        psql.args(["--username", USER, "--dbname", DATABASE, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"]);
        psql.args(["--set", "ON_ERROR_STOP=1"]);
        // Each statement runs by itself, because some cannot run in a transaction.
        for statement in statements.split(';') {
            psql.args(["--command", statement.trim()]);
        }
        succeed(&mut psql)
    }

    /// Shuts the server down, which ends its connections.
    #[track_caller]
    pub fn stop(&self) {
        assert!(self.end(Signal::INT), "waited {PATIENCE:?} for the server to stop");
    }

    /// Asks the server to end, and returns whether it did.
    fn end(&self, how: Signal) -> bool {
        self.thaw();
        let mut server = self.lock();
        let Some(child) = server.as_mut() else { return true };
        // The process id may belong to another process once ours has been reaped.
        if child.try_wait().is_ok_and(|status| status.is_none()) {
            signal(child.id(), how);
        }
        let ended = patiently(|| child.try_wait().is_ok_and(|status| status.is_some()));
        if ended {
            *server = None;
        }
        ended
    }

    /// Kills every process of the server with SIGKILL, as a crash of the machine would.
    pub fn kill(&self) {
        let Some(mut child) = self.lock().take() else { return };
        // It is stopped first, so that it neither starts children nor reacts to dead ones.
        signal(child.id(), Signal::STOP);
        for process in children(child.id()) {
            signal(process, Signal::KILL);
        }
        signal(child.id(), Signal::KILL);
        let _ = child.wait();
    }

    /// Freezes every process of the server with SIGSTOP: connections stay open, but are not answered.
    pub fn freeze(&self) {
        self.signal_all(Signal::STOP);
    }

    /// Lets a frozen server continue.
    pub fn thaw(&self) {
        self.signal_all(Signal::CONT);
    }

    /// Restarts the server on the same port with the same data.
    #[track_caller]
    pub fn restart(&self) {
        self.stop();
        self.launch();
    }

    /// Returns the ids of the server's processes, that of the postmaster first.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        let Some(postmaster) = self.lock().as_ref().map(Child::id) else { return Vec::new() };
        [vec![postmaster], children(postmaster)].concat()
    }

    fn signal_all(&self, with: Signal) {
        for process in self.processes() {
            signal(process, with);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Child>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[track_caller]
    fn initialise(&self, setup: &Setup) {
        let data = self.make_directory("data");
        for (path, content) in template(self.account.as_ref()) {
            let path = data.join(path);
            match content {
                None => fs::DirBuilder::new().mode(0o700).create(&path).expect("a directory is made"),
                Some(content) => {
                    let file = fs::File::options().write(true).create_new(true).mode(0o600).open(&path);
                    file.and_then(|mut file| file.write_all(content)).expect("a file is written");
                }
            }
            self.give(&path);
        }
        let mut conf = format!(
            "listen_addresses = '127.0.0.1'\nport = {}\nunix_socket_directories = '{}'\nfsync = off\n\
             dynamic_shared_memory_type = mmap\n\
             shared_buffers = 16MB\nmax_connections = 50\nmax_wal_senders = 0\nwal_level = minimal\n",
            self.port.number,
            self.make_directory("socket").display(),
        );
        if let Some((certificate, key)) = &setup.certificate {
            let (certificate, key) = (self.write("server.crt", certificate), self.write("server.key", key));
            conf +=
                &format!("ssl = on\nssl_cert_file = '{}'\nssl_key_file = '{}'\n", certificate.display(), key.display());
        }
        for (name, value) in &setup.settings {
            conf += &format!("{name} = '{value}'\n");
        }
        // It listens on loopback only unless a test says otherwise.
        let hba = "local all all trust\nhost all all all scram-sha-256\n";
        fs::write(data.join("pg_hba.conf"), hba).expect("the server's access rules are written");
        fs::write(data.join("postgresql.auto.conf"), conf).expect("the server's configuration is written");
    }

    /// Writes a file that only the server can read.
    #[track_caller]
    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.directory.join(name);
        fs::write(&path, content).expect("a file is written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a file gets its mode");
        self.give(&path);
        path
    }

    fn make_directory(&self, name: &str) -> PathBuf {
        let path = self.directory.join(name);
        fs::DirBuilder::new().mode(0o700).create(&path).expect("a directory is made");
        self.give(&path);
        path
    }

    fn give(&self, path: &Path) {
        give(path, self.account.as_ref());
    }

    #[track_caller]
    fn launch(&self) {
        let log = fs::File::options().create(true).append(true).open(self.directory.join("log")).expect("a log");
        let data = self.directory.join("data");
        let mut postgres = self.program("postgres");
        postgres.arg("-D").arg(&data).stderr(log);
        *self.lock() = Some(postgres.spawn().expect("the server starts"));
        let state = data.join("postmaster.pid");
        wait_for("the server to start", || {
            let mut server = self.lock();
            let child = server.as_mut().expect("a server that was spawned");
            assert!(child.try_wait().is_ok_and(|status| status.is_none()), "no start:\n{}", self.log());
            // The first line is the process id, the eighth the state. A killed server leaves the file behind.
            let text = fs::read_to_string(&state).unwrap_or_default();
            let lines: Vec<_> = text.lines().map(str::trim).collect();
            lines.first().is_some_and(|id| *id == child.id().to_string()) && lines.get(7) == Some(&"ready")
        });
    }

    /// Returns the id of the shared memory that a running or killed server holds, as `ipcs` shows it.
    #[must_use]
    pub fn segment(&self) -> Option<String> {
        let state = fs::read_to_string(self.directory.join("data/postmaster.pid")).ok()?;
        Some(state.lines().nth(6)?.split_whitespace().nth(1)?.to_owned())
    }

    /// Returns the log of the server.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory.join("log")).unwrap_or_default()
    }

    fn program(&self, name: &str) -> Command {
        program(name, &self.directory, self.account.as_ref())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A killed server would leave its shared memory segment behind, and a machine has only 4,096 of them.
        if !self.end(Signal::QUIT) {
            self.kill();
        }
        if let Some(segment) = self.segment() {
            let _ = Command::new("ipcrm").args(["--shmem-id", &segment]).status();
        }
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// The account that runs the server if the tests run as root.
#[derive(Debug, Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl Account {
    fn needed() -> Option<Self> {
        if !rustix::process::geteuid().is_root() {
            return None;
        }
        let accounts = fs::read_to_string("/etc/passwd").expect("/etc/passwd is readable");
        let account = ["postgres", "nobody"].iter().find_map(|name| Self::find(&accounts, name));
        Some(account.expect("an account `postgres` or `nobody`, for the server does not run as root: cargo xtask test"))
    }

    fn find(accounts: &str, name: &str) -> Option<Self> {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(Self { user: fields.next()?.parse().ok()?, group: fields.next()?.parse().ok()? })
    }
}

/// Returns the directory of the server's programs.
fn programs() -> PathBuf {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists() && bin.join("postgres").exists())
        .max();
    let on_path = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&path).find(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
    };
    newest.map(|(_, bin)| bin).or_else(on_path).expect(
        "the programs of a PostgreSQL server, in /usr/lib/postgresql/*/bin or on the PATH: \
         `cargo xtask test` installs them (package `postgresql`)",
    )
}

fn program(name: &str, directory: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new(programs().join(name));
    command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").env("TZ", "UTC");
    command.current_dir(directory).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(account) = account {
        command.uid(account.user).gid(account.group);
    }
    command
}

/// The paths and contents that a server stores before its first start. Directories come before what they contain.
type Files = Vec<(PathBuf, Option<Vec<u8>>)>;

/// Returns the data of a server with the role and the database. It is made once per process, because making it takes longer
/// than the rest of a test.
fn template(account: Option<&Account>) -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let directory = temporary_directory(account);
        let (data, password) = (directory.join("data"), directory.join("password"));
        fs::write(&password, PASSWORD).expect("a file is written");
        give(&password, account);
        let mut initdb = program("initdb", &directory, account);
        initdb.arg("--pgdata").arg(&data).arg("--pwfile").arg(&password);
        initdb.args(["--username", USER, "--encoding", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]);
        initdb.args(["--auth-local", "trust", "--auth-host", "scram-sha-256", "--wal-segsize", "1"]);
        succeed(&mut initdb);
        let statement = directory.join("statement");
        fs::write(&statement, format!("CREATE DATABASE {DATABASE}\n")).expect("a file is written");
        let mut alone = program("postgres", &directory, account);
        alone.args(["--single", "-F", "-D"]).arg(&data).arg("postgres");
        succeed(alone.stdin(fs::File::open(&statement).expect("a file is read")));
        let mut files = Files::new();
        read(&data, Path::new(""), &mut files);
        fs::remove_dir_all(&directory).expect("a directory is removed");
        files
    })
}

/// Reads the files and directories at `path` below `root`.
fn read(root: &Path, path: &Path, files: &mut Files) {
    for entry in fs::read_dir(root.join(path)).expect("a directory is read") {
        let entry = entry.expect("a directory is read");
        let path = path.join(entry.file_name());
        if entry.file_type().expect("a file has a type").is_dir() {
            files.push((path.clone(), None));
            read(root, &path, files);
        } else {
            let content = fs::read(entry.path()).expect("a file is read");
            files.push((path, Some(content)));
        }
    }
}

fn temporary_directory(account: Option<&Account>) -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        // The path is short because that of a Unix socket has at most 107 bytes.
        let path = Path::new("/tmp").join(format!("hardened-pg-{}-{number}", std::process::id()));
        match fs::create_dir(&path) {
            Ok(()) => {
                fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("a directory gets its mode");
                give(&path, account);
                return path;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => panic!("no temporary directory: {error}"),
        }
    }
}

fn give(path: &Path, account: Option<&Account>) {
    if let Some(account) = account {
        chown(path, Some(account.user), Some(account.group)).expect("the server's account gets its files");
    }
}

/// A port of loopback that is reserved while this value lives.
///
/// The system hands out ports from 32768 (Linux) or 49152 on, so another test may get one of these while the server is
/// stopped. Below them only other test servers look for ports, and each reserves its own with the UDP port of that number.
#[derive(Debug)]
struct Port {
    number: u16,
    _held: UdpSocket,
}

impl Port {
    fn reserve() -> Self {
        let first = 20_000 + u16::try_from(std::process::id() % 12_000).expect("less than 12,000");
        let numbers = (first..32_000).chain(20_000..first);
        let reserved = numbers.into_iter().find_map(|number| {
            let held = UdpSocket::bind((Ipv4Addr::LOCALHOST, number)).ok()?;
            TcpListener::bind((Ipv4Addr::LOCALHOST, number)).ok()?;
            Some(Self { number, _held: held })
        });
        reserved.expect("loopback has a free port")
    }
}

/// Returns the children of a process, from procfs.
fn children(of: u32) -> Vec<u32> {
    let tasks = fs::read_to_string(format!("/proc/{of}/task/{of}/children")).unwrap_or_default();
    tasks.split_ascii_whitespace().filter_map(|id| id.parse().ok()).collect()
}

fn signal(process: u32, with: Signal) {
    if let Some(pid) = i32::try_from(process).ok().and_then(Pid::from_raw) {
        // A process that is gone already does not need a signal.
        let _ = kill_process(pid, with);
    }
}

#[track_caller]
fn succeed(command: &mut Command) -> String {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("a program starts");
    assert!(
        output.status.success(),
        "{:?} failed:\n{}",
        command.get_program(),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[track_caller]
fn wait_for(what: &str, condition: impl FnMut() -> bool) {
    assert!(patiently(condition), "waited {PATIENCE:?} for {what}");
}

/// Waits for a condition, and returns whether it became true.
fn patiently(mut condition: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(10));
    }
    true
}
