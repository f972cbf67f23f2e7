//! Tests with the objects of repositories that the program `git` creates.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Error, Report, Scan, Values};

const KEY: &str = "kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL0dG6aP3eZqC";

/// A repository that is removed when dropped.
struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap() };
        sandbox.git(&["init", "--quiet", "--initial-branch=main", "."]);
        sandbox
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, arguments: &[&str]) {
        git(self.path(), arguments);
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all", "--force"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }
}

/// Runs git without the configuration of this machine.
fn git(at: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(at).args(["-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"]).args(arguments);
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")] {
        command.env(name, value);
    }
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.com");
        command.env(format!("GIT_{role}_DATE"), "2026-01-02T03:04:05Z");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn values() -> Values {
    let mut values = Values::new();
    values.add("KEY", KEY);
    values
}

fn places(report: &Report) -> Vec<String> {
    report.findings().iter().map(|finding| finding.place().to_string()).collect()
}

/// Returns the places of the findings in the history, without the names of objects.
fn history(at: &Path) -> Vec<String> {
    let report = Scan::values(&values()).history(at).run().unwrap();
    let without = |place: String| {
        let mut words = place.splitn(3, ' ');
        let (kind, _) = (words.next().unwrap().to_owned(), words.next());
        words.next().map_or(kind.clone(), |rest| format!("{kind} {rest}"))
    };
    places(&report).into_iter().map(without).collect()
}

fn leak() -> String {
    format!("// first\nlet key = \"{KEY}\";\n")
}

#[test]
fn every_object_of_a_repository_is_searched() {
    type Prepare = fn(&Sandbox);
    let rows: [(&str, Prepare, &str); 10] = [
        ("a commit's message", |sandbox| sandbox.commit(&format!("first\n\nthe key is {KEY}")), "commit"),
        (
            "a tag's message",
            |sandbox| {
                sandbox.commit("first");
                sandbox.git(&["tag", "--annotate", "v1", "--message", KEY]);
            },
            "tag",
        ),
        (
            "a file deleted ten commits ago",
            |sandbox| {
                sandbox.write("src/a b.rs", &leak());
                sandbox.commit("first");
                fs::remove_file(sandbox.path().join("src/a b.rs")).unwrap();
                (0..10).for_each(|_| sandbox.commit("next"));
            },
            "commit src/a b.rs:2:12",
        ),
        (
            "a packed object",
            |sandbox| {
                sandbox.write("a.rs", &leak());
                sandbox.commit("first");
                sandbox.write("a.rs", &leak().replace(KEY, "gone"));
                sandbox.commit("second");
                sandbox.git(&["gc", "--quiet"]);
            },
            "commit a.rs:2:12",
        ),
        (
            "a stash",
            |sandbox| {
                sandbox.write("a.rs", "");
                sandbox.commit("first");
                sandbox.write("a.rs", &leak());
                sandbox.git(&["stash"]);
            },
            "commit a.rs:2:12",
        ),
        (
            "what is only staged",
            |sandbox| {
                sandbox.write("a.rs", &leak());
                sandbox.git(&["add", "a.rs"]);
            },
            "blob",
        ),
        (
            "a branch that is not there any more",
            |sandbox| {
                sandbox.commit("first");
                sandbox.git(&["checkout", "--quiet", "-b", "side"]);
                sandbox.write("a.rs", &leak());
                sandbox.commit("second");
                sandbox.git(&["checkout", "--quiet", "main"]);
                sandbox.git(&["branch", "--quiet", "-D", "side"]);
                sandbox.git(&["reflog", "expire", "--expire=now", "--all"]);
            },
            "blob",
        ),
        (
            "a file's name",
            |sandbox| {
                sandbox.write(KEY, "");
                sandbox.commit("first");
            },
            "tree",
        ),
        (
            "a merge",
            |sandbox| {
                sandbox.commit("first");
                sandbox.git(&["checkout", "--quiet", "-b", "side"]);
                sandbox.commit("second");
                sandbox.git(&["checkout", "--quiet", "main"]);
                sandbox.git(&["merge", "--quiet", "--no-ff", "--no-commit", "side"]);
                sandbox.write("a.rs", &leak());
                sandbox.commit("evil");
            },
            "commit a.rs:2:12",
        ),
        (
            "a note",
            |sandbox| {
                sandbox.commit("first");
                sandbox.git(&["notes", "add", "--message", KEY]);
            },
            "commit",
        ),
    ];
    for (case, prepare, expected) in rows {
        let sandbox = Sandbox::new();
        prepare(&sandbox);
        let found = history(sandbox.path());
        assert!(found.len() == 1 && found[0].starts_with(expected), "{case}: {found:?}");
    }
}

#[test]
fn a_repository_is_searched_wherever_its_objects_are() {
    let origin = Sandbox::new();
    origin.write("a.rs", &leak());
    origin.commit("first");
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let source = origin.path().to_str().unwrap();
    let url = format!("file://{source}");
    git(folder.path(), &["clone", "--quiet", "--bare", source, "bare.git"]);
    git(folder.path(), &["clone", "--quiet", "--shared", source, "alternate"]);
    origin.git(&["worktree", "add", "--quiet", at("worktree").to_str().unwrap()]);
    for name in ["bare.git", "alternate", "worktree"] {
        assert_eq!(history(&at(name)), ["commit a.rs:2:12"], "{name}");
    }
    assert_eq!(history(&origin.path().join("a.rs")), ["commit a.rs:2:12"], "a file in it");
    let outer = Sandbox::new();
    outer.git(&["submodule", "--quiet", "add", source, "lib/sub"]);
    outer.commit("first");
    assert_eq!(history(outer.path()), ["commit a.rs:2:12"], "a submodule");

    // The old content is missing. This is reported, and nothing is fetched.
    fs::write(origin.path().join("a.rs"), "gone").unwrap();
    origin.commit("second");
    git(folder.path(), &["clone", "--quiet", "--depth=1", &url, "shallow"]);
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    git(folder.path(), &["clone", "--quiet", "--filter=blob:none", &url, "partial"]);
    for (name, expected) in [("shallow", "shallow"), ("partial", "partial")] {
        let report = Scan::values(&values()).history(at(name)).run().unwrap();
        assert_eq!(places(&report), Vec::<String>::new(), "{name}");
        let skipped: Vec<_> = report.skipped().iter().map(|skipped| skipped.reason.to_string()).collect();
        assert!(skipped.len() == 1 && skipped[0].contains(expected), "{name}: {skipped:?}");
    }
    // Without trees, git cannot tell what a commit added.
    git(folder.path(), &["clone", "--quiet", "--filter=tree:0", "--no-checkout", &url, "treeless"]);
    let report = Scan::values(&values()).history_since(at("treeless"), "2026-01-01").run().unwrap();
    assert_eq!((report.counts().objects, report.skipped().len()), (2, 1), "{report}");
}

#[test]
fn a_repository_is_searched_once_and_one_without_objects_is_not_clean() {
    let sandbox = Sandbox::new();
    let empty = Scan::values(&values()).path(sandbox.path()).history(sandbox.path()).run();
    assert!(matches!(empty, Err(Error::Nothing { .. })), "{empty:?}");
    sandbox.write("a.rs", &leak());
    sandbox.commit("first");
    let file = sandbox.path().join("a.rs");
    let report = Scan::values(&values()).history(sandbox.path()).history(file).run().unwrap();
    assert_eq!(places(&report).len(), 1, "{report}");
    // A repository without a checkout still has a history.
    fs::remove_file(sandbox.path().join("a.rs")).unwrap();
    assert!(Scan::values(&values()).path(sandbox.path()).run().is_err());
    assert!(Scan::values(&values()).path(sandbox.path()).history(sandbox.path()).run().is_ok());
}

#[test]
fn only_what_is_new_is_searched_on_request() {
    let sandbox = Sandbox::new();
    sandbox.write("old.rs", &leak());
    sandbox.commit("first");
    sandbox.write("unstaged.rs", &leak());
    sandbox.write("staged.rs", &leak());
    sandbox.git(&["add", "staged.rs"]);
    // The file changes again after it was staged.
    sandbox.write("staged.rs", "");
    let staged = Scan::values(&values()).staged(sandbox.path()).run().unwrap();
    assert_eq!(places(&staged), ["staged.rs:2:12"]);
    for (date, expected) in [("2026-01-01", 1), ("2026-01-03", 0)] {
        let since = Scan::values(&values()).history_since(sandbox.path(), date).run().unwrap();
        assert_eq!(since.findings().len(), expected, "{date}: {since}");
    }
    for date in ["now", "not a date", ""] {
        let since = Scan::values(&values()).history_since(sandbox.path(), date).run();
        assert_eq!(since.err(), Some(Error::NotPast), "{date}");
    }
    let since = Scan::values(&values()).history_since(sandbox.path(), "2026-01-01").run().unwrap();
    assert!(places(&since)[0].starts_with("commit ") && places(&since)[0].ends_with(" old.rs:2:12"), "{since}");
}

#[test]
fn versions_of_a_file_are_told_as_if_each_were_read_alone() {
    let line = |index: usize| format!("line number {index} of a long text without anything in it\n");
    let lines = |range: std::ops::Range<usize>| range.map(line).collect::<String>();
    let (half, key) = (KEY.len() / 2, KEY);
    let (start, end) = key.split_at(half);
    // The whole value, and values that a change of one line completes with the text before it.
    let texts = [
        lines(0..900),
        format!("{}{key}\n{}", lines(0..400), lines(400..900)),
        format!("{}\n{}", lines(0..400), lines(400..900)),
        format!("{}{start}\n{}", lines(0..400), lines(400..900)),
        format!("{}{start}\n{end}\n{}", lines(0..400), lines(400..900)),
        format!("{}{end}\n{}", lines(0..400), lines(400..900)),
        format!("{}[\n{}", lines(0..400), lines(400..900)),
        format!(
            "{}[{}]\n{}",
            lines(0..400),
            key.bytes().map(|byte| format!("{byte}, ")).collect::<String>(),
            lines(400..900)
        ),
    ];
    let sandbox = Sandbox::new();
    for (index, text) in texts.iter().enumerate() {
        sandbox.write("a.txt", text);
        sandbox.commit(&index.to_string());
    }
    for packed in [false, true] {
        if packed {
            sandbox.git(&["gc", "--quiet"]);
        }
        let report = Scan::values(&values()).history(sandbox.path()).run().unwrap();
        let mut found: Vec<_> = history(sandbox.path());
        found.sort();
        assert_eq!(found, ["commit a.txt:401:1", "commit a.txt:401:1", "commit a.txt:401:2"], "{report}");
    }
}

#[test]
fn a_search_goes_on_where_another_ended() {
    let sandbox = Sandbox::new();
    sandbox.write("a.rs", &leak());
    sandbox.commit("first");
    let file = sandbox.path().join(".git/searched");
    let run = |values: &Values| Scan::values(values).history(sandbox.path()).resume(&file).run().unwrap();
    let counts = |report: &Report| (report.counts().objects, report.counts().known, report.findings().len());
    assert_eq!(counts(&run(&values())), (3, 0, 1));
    assert_eq!(counts(&run(&values())), (1, 2, 1), "what was found is told again");
    sandbox.write("b.rs", "");
    sandbox.commit("second");
    assert_eq!(counts(&run(&values())), (4, 2, 1), "what is new is read");
    // Simulates a process that was killed while it wrote a line.
    let text = fs::read_to_string(&file).unwrap();
    let shorter = text.trim_end().len() - 10;
    fs::write(&file, &text[..shorter]).unwrap();
    assert_eq!(counts(&run(&values())), (2, 4, 1));
    assert_eq!(counts(&run(&values())), (1, 5, 1), "a line that broke off spoils no other");
    let mut more = values();
    more.add("OTHER", "tH8sL0dG6aP3eZqCkV9w0cW8J3z6oQ2nB7xT5yR1uF4m");
    assert_eq!(counts(&run(&more)), (6, 0, 1), "other values are searched everywhere");
    assert!(!fs::read_to_string(&file).unwrap().contains(&KEY[..6]));
    fs::write(&file, "a file of somebody else").unwrap();
    let refused = Scan::values(&more).history(sandbox.path()).resume(&file).run();
    assert!(matches!(refused, Err(Error::Resume { .. })));
    assert_eq!(fs::read_to_string(&file).unwrap(), "a file of somebody else");
}

#[test]
fn many_objects_are_all_read() {
    const COUNT: usize = 20_000;
    let sandbox = Sandbox::new();
    let import = Command::new("git")
        .current_dir(sandbox.path())
        .args(["fast-import", "--quiet"])
        .stdin(std::process::Stdio::piped())
        .spawn();
    let mut import = import.unwrap();
    let mut stream = std::io::BufWriter::new(import.stdin.take().unwrap());
    for index in 0..COUNT {
        let text = format!("number {index}");
        write!(stream, "blob\ndata {}\n{text}\n", text.len()).unwrap();
    }
    drop(stream);
    assert!(import.wait().unwrap().success());
    let report = Scan::values(&values()).history(sandbox.path()).run().unwrap();
    assert_eq!(report.counts().objects, COUNT as u64);
}

#[test]
fn a_tracked_file_is_searched_even_if_git_ignores_it() {
    let sandbox = Sandbox::new();
    sandbox.write(".gitignore", ".env\nlocal.env\n");
    sandbox.write("app/.env", &leak());
    sandbox.commit("first");
    sandbox.write("app/local.env", &leak());
    for (path, expected) in [("", "app/.env:2:12"), ("app", ".env:2:12")] {
        let report = Scan::values(&values()).path(sandbox.path().join(path)).run().unwrap();
        assert_eq!(places(&report), [expected]);
    }
}

#[test]
fn the_first_commit_without_a_parent_can_be_staged() {
    let sandbox = Sandbox::new();
    sandbox.write("a.rs", &leak());
    sandbox.git(&["add", "."]);
    let report = Scan::values(&values()).staged(sandbox.path()).run().unwrap();
    assert_eq!(places(&report), ["a.rs:2:12"]);
}

#[test]
fn what_is_accepted_is_left_out_and_what_accepts_nothing_is_reported() {
    let sandbox = Sandbox::new();
    sandbox.write("docs/old.md", &leak());
    let entry = |path: &str, expires: &str| {
        format!(
            "[[accept]]\nrule = \"scan-value-found\"\nsubject = \"KEY\"\npath = \"{path}\"\nreason = \"revoked\"\nexpires = \"{expires}\"\n"
        )
    };
    for (text, expected) in [
        (entry("docs/*", "2999-01-01"), vec![]),
        (entry("docs/*", "2020-01-01"), vec!["scan-value-found", "scan-accepted-expired"]),
        (entry("src/*", "2999-01-01"), vec!["scan-value-found", "scan-accepted-unused"]),
        (entry("docs/*", "2999-01-01") + &entry("docs/old.md", "2999-01-01"), vec!["scan-accepted-unused"]),
    ] {
        sandbox.write("hardened.scan.toml", &text);
        let accepted = crate::Accepted::read(&sandbox.path().join("hardened.scan.toml")).unwrap();
        let report = Scan::values(&values()).path(sandbox.path()).accepted(accepted).run().unwrap();
        let codes: Vec<_> = report.findings().iter().map(|finding| finding.rule().code()).collect();
        assert_eq!(codes, expected, "{text}");
    }
}

#[test]
fn an_entry_about_what_was_not_searched_is_not_called_unused() {
    let sandbox = Sandbox::new();
    sandbox.write("src/a.rs", "");
    sandbox.commit("first");
    let (path, some) = (sandbox.path(), values());
    let file = path.join("src/a.rs");
    type Run<'r> = &'r dyn Fn() -> Scan<'r>;
    let runs: [(&str, Run<'_>); 5] = [
        ("values of the tree", &|| Scan::values(&some).path(path)),
        ("sources of the tree", &|| Scan::sources().path(path)),
        ("a file", &|| Scan::values(&some).and_sources().path(&file)),
        ("what is staged", &|| Scan::values(&some).and_sources().staged(path)),
        ("the history", &|| Scan::values(&some).history(path)),
    ];
    for (place, unused) in [
        ("rule = \"scan-value-found\"\npath = \"*\"", &["values of the tree", "the history"][..]),
        ("rule = \"scan-value-found\"\nobject = \"0123\"", &["the history"]),
        ("rule = \"scan-credential\"\npath = \"*\"", &["sources of the tree"]),
    ] {
        let list = sandbox.path().join(".git/list.toml");
        fs::write(&list, format!("[[accept]]\n{place}\nreason = \"revoked\"\n")).unwrap();
        let codes =
            |run: Run<'_>| run().accepted(crate::Accepted::read(&list).unwrap()).run().unwrap().findings().len();
        let found: Vec<_> = runs.iter().filter(|(_, run)| codes(*run) == 1).map(|(name, _)| *name).collect();
        assert_eq!(found, unused, "{place}");
    }
}

#[test]
fn nothing_searched_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let run = |scan: Scan<'_>| scan.run().map(|report| report.to_string());
    let (none, some) = (Values::new(), values());
    assert_eq!(run(Scan::values(&none).path(folder.path())), Err(Error::NoValues(Vec::new())));
    let missing: PathBuf = folder.path().join("missing");
    assert_eq!(run(Scan::values(&some).path(&missing)), Err(Error::NoPath(missing)));
    assert_eq!(run(Scan::values(&some).history(folder.path())), Err(Error::NotARepository(folder.path().to_owned())));
}
