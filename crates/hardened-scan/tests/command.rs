//! The `scan` command of a service, from its arguments to its exit status.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use hardened_scan::{
    Values, command,
    report::document::{Document, Verdict},
};

const KEY: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

struct Ran {
    status: i32,
    output: String,
    errors: String,
}

fn run(arguments: &[&str]) -> Ran {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let status = command::<&str>([]).run(arguments.iter().map(Into::into), &mut output, &mut errors);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status, output: text(output), errors: text(errors) }
}

/// A temporary directory with a `tree` to search and a file of values outside it.
struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap() };
        sandbox.write("values.env", &format!("JWT_SECRET_KEY={KEY}\nPORT=8080\nPIN_SECRET=1234\n"));
        sandbox.write("tree/readme.md", "nothing\n");
        sandbox
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn scan(&self, more: &[&str]) -> Ran {
        let (tree, file) = (self.path("tree"), self.path("values.env"));
        run(&[&[tree.to_str().unwrap(), "--values-only", "--env-file", file.to_str().unwrap()], more].concat())
    }
}

#[test]
fn the_exit_status_says_whether_something_was_found() {
    let sandbox = Sandbox::new();
    let clean = sandbox.scan(&[]);
    assert_eq!((clean.status, clean.errors.as_str()), (0, ""));
    assert_eq!(
        clean.output,
        "nothing found in 1 file (8 bytes), searched for 1 value\n  PIN_SECRET  not searched: the value is shorter than 12 bytes\n"
    );
    sandbox.write("tree/src/a.js", &format!("// a\nconst key = '{KEY}'\n"));
    let found = sandbox.scan(&[]);
    assert_eq!((found.status, found.errors.as_str()), (1, ""));
    assert!(found.output.starts_with("found 1 problem in 2 files (71 bytes), searched for 1 value\n  src/a.js:2:14  JWT_SECRET_KEY  insecure: the value\n"), "{}", found.output);
    assert_eq!(sandbox.scan(&["--names", "PORT"]).status, 2, "nothing to search for");
    assert_eq!(sandbox.scan(&["--names", "PORT,JWT_SECRET_KEY"]).status, 1);
}

#[test]
fn an_empty_search_and_wrong_usage_exit_with_2() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("image.tar.zst"), b"\x28\xb5\x2f\xfd----").unwrap();
    fs::create_dir(sandbox.path("empty")).unwrap();
    let paths = ["tree", "empty", "image.tar.zst", "values.env"].map(|path| sandbox.path(path).display().to_string());
    let [tree, empty, packed, values] = paths.each_ref().map(String::as_str);
    for (arguments, expected) in [
        (&[tree, "--names", "HARDENED_TEST_NOT_SET"][..], "nothing was searched"),
        (&[tree, "--values-only"], "nothing was searched"),
        (&["/nowhere/at/all"], "does not exist"),
        (&[empty, "--values-only", "--env-file", values], "there is no file to search"),
        (&[empty], "there is no file to search"),
        (&[tree, empty], "there is no file to search"),
        (&[packed, "--values-only", "--env-file", values], "compressed with zstd"),
        (&[tree, "--staged"], "not in a git repository"),
        (&[tree, "--names", "it's a value"], "--names takes names"),
        (&[tree, "--env-file", "/nowhere"], "cannot be read"),
        (&[tree, "--format", "yaml"], "--format is one of"),
        (&["--format"], "needs a value"),
        (&["--kV9w0cW8J3z6oQ2nB7xT"], "unknown option"),
        (&[tree, "--accepted", "/nowhere"], "cannot be read"),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.output.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.errors.contains(expected) && !ran.errors.contains("kV9w0"), "{arguments:?}: {}", ran.errors);
    }
    let help = run(&["--help"]);
    assert!(help.status == 0 && help.output.contains("Exit status"));
}

#[test]
fn no_output_format_contains_a_value() {
    let sandbox = Sandbox::new();
    sandbox.write("tree/a.js", &format!("const key = '{KEY}'\n"));
    sandbox.write(&format!("tree/{KEY}/b.js"), "");
    for form in ["text", "json", "sarif", "github"] {
        let ran = sandbox.scan(&["--format", form]);
        assert_eq!(ran.status, 1, "{form}");
        let told = ran.output + &ran.errors;
        assert!(told.contains("JWT_SECRET_KEY") && told.contains("a.js"), "{form}: {told}");
        // Not even the beginning of the value may appear.
        assert!(!told.contains(&KEY[..6]), "{form}: {told}");
    }
}

#[test]
fn each_document_says_what_was_found() {
    let sandbox = Sandbox::new();
    sandbox.write("tree/a.js", &format!("const key = '{KEY}'\n"));
    let json = Document::parse(&sandbox.scan(&["--format", "json"]).output).unwrap();
    assert_eq!((json.outcome, json.findings[0].place.line), (Verdict::Found, Some(1)));
    assert_eq!(json.not_searched[0].value.as_deref(), Some("PIN_SECRET"));
    let sarif: serde_json::Value = serde_json::from_str(&sandbox.scan(&["--format", "sarif"]).output).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "scan-value-found");
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    let github = sandbox.scan(&["--format", "github"]).output;
    assert!(github.starts_with("::error file=a.js,line=1,col=14,title=scan-value-found::"), "{github}");
}

fn git(at: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(at).args(["-c", "user.name=A", "-c", "user.email=a@example.com"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    assert!(command.output().unwrap().status.success(), "{arguments:?}");
}

#[test]
fn a_hook_is_installed_once_and_never_replaces_another() {
    let sandbox = Sandbox::new();
    let tree = sandbox.path("tree");
    let asked = || run(&[tree.to_str().unwrap(), "--hook", "--names", "A,B"]);
    assert_eq!(asked().status, 1, "no repository");
    git(&tree, &["init", "--quiet", "."]);
    let hook = tree.join(".git/hooks/pre-commit");
    for expected in ["wrote", "already exists"] {
        let ran = asked();
        assert!(ran.status == 0 && ran.output.contains(expected), "{}{}", ran.output, ran.errors);
    }
    let script = fs::read_to_string(&hook).unwrap();
    assert!(
        script.starts_with("#!/bin/sh\n")
            && script.ends_with("exec my-service config scan --staged --quiet --values-if-set --names A,B\n"),
        "{script}"
    );
    #[cfg(unix)]
    assert!(std::os::unix::fs::MetadataExt::mode(&hook.metadata().unwrap()) & 0o111 == 0o111);
    fs::write(&hook, "#!/bin/sh\nmake check\n").unwrap();
    let ran = asked();
    assert!(ran.status == 1 && ran.errors.contains("add this line"), "{}", ran.errors);
    assert_eq!(fs::read_to_string(&hook).unwrap(), "#!/bin/sh\nmake check\n");
}

#[test]
fn a_hook_checks_code_and_files_even_if_no_secret_is_set() {
    let sandbox = Sandbox::new();
    let tree = sandbox.path("tree");
    git(&tree, &["init", "--quiet", "."]);
    let staged = |more: &[&str]| {
        git(&tree, &["add", "."]);
        run(&[&[tree.to_str().unwrap(), "--staged", "--names", "HARDENED_TEST_NOT_SET"], more].concat())
    };
    assert_eq!(staged(&[]).status, 2, "nothing was searched");
    let ran = staged(&["--values-if-set"]);
    assert_eq!(ran.status, 0, "{}{}", ran.output, ran.errors);
    assert_eq!(
        ran.output,
        "nothing found in 1 file (8 bytes)\n  HARDENED_TEST_NOT_SET  not searched: the value is not set here\n"
    );
    sandbox.write("tree/.env.example", &format!("JWT_SECRET_KEY={KEY}\n"));
    assert_eq!(staged(&["--values-if-set"]).status, 1);
    // A search for values only has nothing to do if no value is set.
    assert_eq!(staged(&["--values-if-set", "--values-only"]).status, 2);
}

#[test]
fn a_secret_that_is_not_set_is_named() {
    let sandbox = Sandbox::new();
    let ran = sandbox.scan(&["--names", "JWT_SECRET_KEY,OTHER_KEY"]);
    assert!(ran.output.contains("OTHER_KEY  not searched: the value is not set here"), "{}", ran.output);
    sandbox.write("values.env", &format!("JWT_SECRET_KEY={KEY}\nAPI_KEY_FILE=/nowhere/key\n"));
    let ran = sandbox.scan(&[]);
    assert!(ran.output.contains("API_KEY  not searched: the value is not set here"), "{}", ran.output);
    assert!(!ran.output.contains("API_KEY_FILE"), "{}", ran.output);
}

#[test]
fn a_commit_of_a_usable_secret_is_stopped_before_it_is_made() {
    let sandbox = Sandbox::new();
    let tree = sandbox.path("tree");
    git(&tree, &["init", "--quiet", "."]);
    sandbox.write("tree/.env.example", &format!("JWT_SECRET_KEY={KEY}\n"));
    git(&tree, &["add", "."]);
    let ran = run(&[tree.to_str().unwrap(), "--staged"]);
    assert_eq!(ran.status, 1, "{}{}", ran.output, ran.errors);
    assert!(ran.output.contains(".env.example:1"), "{}", ran.output);
}

#[test]
fn a_value_in_a_file_that_a_variable_names_is_searched_for() {
    let sandbox = Sandbox::new();
    sandbox.write("key", &format!("{KEY}\n"));
    let named = sandbox.path("key");
    sandbox.write("values.env", &format!("JWT_SECRET_KEY_FILE={}\n", named.display()));
    sandbox.write("tree/a.js", KEY);
    assert_eq!(sandbox.scan(&["--names", "JWT_SECRET_KEY"]).status, 1);
}

#[test]
fn values_from_other_sources_are_searched_for_too() {
    let sandbox = Sandbox::new();
    sandbox.write("tree/a.js", KEY);
    let mut values = Values::new();
    values.add("STORED", KEY);
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let arguments = [sandbox.path("tree").into_os_string()];
    let status = command(["HARDENED_TEST_NOT_SET"]).values(values).run(arguments, &mut output, &mut errors);
    assert!(status == 1 && String::from_utf8(output).unwrap().contains("STORED"));
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_cannot_be_read_are_reported_without_waiting() {
    use std::os::unix::ffi::OsStrExt;

    let sandbox = Sandbox::new();
    let tree = sandbox.path("tree");
    let secret = format!("key = {KEY}\n");
    sandbox.write("outside", &secret);
    std::os::unix::fs::symlink(sandbox.path("outside"), tree.join("link")).unwrap();
    std::os::unix::fs::symlink("..", tree.join("up")).unwrap();
    assert!(Command::new("mkfifo").arg(tree.join("fifo")).status().unwrap().success());
    fs::File::create(tree.join("sparse")).unwrap().set_len(10 << 30).unwrap();
    fs::write(tree.join(std::ffi::OsStr::from_bytes(b"odd-\xff.txt")), &secret).unwrap();
    let ran = sandbox.scan(&["--names", "JWT_SECRET_KEY"]);
    assert_eq!(ran.status, 1);
    for expected in [
        "odd-\u{fffd}.txt:1:7  JWT_SECRET_KEY",
        "fifo  not searched: neither a file nor a directory",
        "sparse  not searched: larger than the limit",
    ] {
        assert!(ran.output.contains(expected), "{expected}: {}", ran.output);
    }
    assert!(ran.output.starts_with("found 1 problem"), "{}", ran.output);
    // Not even root can read this file.
    let ran = run(&["/proc/self/mem", "--values-only", "--env-file", sandbox.path("values.env").to_str().unwrap()]);
    assert!(ran.output.contains("it cannot be read"), "{}{}", ran.output, ran.errors);
}
