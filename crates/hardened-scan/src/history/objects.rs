//! Lists objects and reads their contents through one long-lived `git cat-file --batch`.

use std::{
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::PathBuf,
    process::{Child, Stdio},
    thread,
    time::SystemTime,
};

use super::{
    git::{self, Gone, Repository},
    output,
};
use crate::place::Kind;

/// An object to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The name of the object, in hexadecimal digits.
    pub(crate) name: Box<str>,
    /// The commit and path, if they are known before the object is read.
    pub(crate) origin: Option<Origin>,
}

/// The commit and the path that a blob comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) commit: Option<String>,
    pub(crate) path: PathBuf,
}

/// The header that git writes before the content of an object.
pub(crate) struct Header<'h> {
    pub(crate) name: &'h str,
    /// `None` if the object does not exist in this repository.
    pub(crate) kind: Option<Kind>,
    pub(crate) size: u64,
}

/// Lists the objects that the next commit would add: the staged content of new and changed files.
pub(crate) fn staged(repository: &Repository) -> Result<Vec<Listed>, Gone> {
    let arguments = [
        "diff",
        "--cached",
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
        "--diff-filter=ACMT",
        "--ignore-submodules",
    ];
    let output = git::run(&mut repository.command_of_tree(&arguments))?;
    let mut found = Vec::new();
    raw(&output, |name, path| found.extend(listed(name, Some(Origin { commit: None, path }))));
    Ok(found)
}

/// Lists the commits since a date and the objects that they added. Includes all annotated tags, because they are few.
pub(crate) fn since(repository: &Repository, date: &str) -> Result<Vec<Listed>, Gone> {
    let since = format!("--since={date}");
    // Git reads a word that it does not know as the current time.
    let read = git::run(&mut repository.command(&["rev-parse", &since]))?;
    if !is_past(&read) {
        return Err(Gone::NotPast);
    }
    let commits = ["log", "--all", "--reflog", &since, "-z", "--format=commit %H"];
    let added = ["--raw", "-m", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv"];
    let with_files = git::run(&mut repository.command(&[&commits[..], &added].concat()));
    // A clone without trees still has commits.
    let output = with_files.or_else(|_| git::run(&mut repository.command(&commits))).map_err(|_| Gone::Failed)?;
    let mut found = Vec::new();
    changes(&output, |name, commit, path| {
        let origin = path.map(|path| Origin { commit: Some(commit.to_owned()), path });
        found.extend(listed(name, origin));
    });
    let tags =
        git::run(&mut repository.command(&["for-each-ref", "--format=%(objecttype) %(objectname)", "refs/tags"]))?;
    found.extend(tags.split(|byte| *byte == b'\n').filter_map(|line| listed(line.strip_prefix(b"tag ")?, None)));
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found.dedup_by(|one, other| one.name == other.name);
    Ok(found)
}

/// Returns whether git's reading of a date, `--max-age=1700000000`, is in the past.
fn is_past(read: &[u8]) -> bool {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |now| now.as_secs());
    let seconds = read.trim_ascii().strip_prefix(b"--max-age=").and_then(|text| std::str::from_utf8(text).ok());
    // Allows one second between git's reading and this comparison.
    seconds.and_then(|text| text.parse::<u64>().ok()).is_some_and(|seconds| seconds + 1 < now)
}

fn listed(name: &[u8], origin: Option<Origin>) -> Option<Listed> {
    let name = std::str::from_utf8(name)
        .ok()
        .filter(|name| name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some(Listed { name: name.into(), origin })
}

/// Calls `each` for the commits in `git log --raw -z --format="commit %H"`, and after each for the objects that it added.
pub(super) fn changes(output: &[u8], mut each: impl FnMut(&[u8], &str, Option<PathBuf>)) {
    let mut commit = String::new();
    let mut fields = output.split(|byte| *byte == 0);
    while let Some(field) = fields.next() {
        let field = field.trim_ascii_start();
        if let Some(name) = field.strip_prefix(b"commit ") {
            // A commit without changes is followed by the next commit in the same field.
            let name = name.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
            commit = String::from_utf8_lossy(name).into_owned();
            each(name, &commit, None);
        } else if field.starts_with(b":") {
            let path = fields.next().unwrap_or_default();
            if let Some(name) = added(field) {
                each(name, &commit, Some(git::os_string(path).into()));
            }
        }
    }
}

/// Calls `each` for the changes in `git diff --raw -z`.
fn raw(output: &[u8], mut each: impl FnMut(&[u8], PathBuf)) {
    let mut fields = output.split(|byte| *byte == 0);
    while let (Some(change), Some(path)) = (fields.next(), fields.next()) {
        if let Some(name) = added(change) {
            each(name, git::os_string(path).into());
        }
    }
}

/// Returns the new object in `:100644 100644 old new M`, if it is a file or a link.
fn added(change: &[u8]) -> Option<&[u8]> {
    const SUBMODULE: &[u8] = b"160000";
    let mut words = change.split(|byte| *byte == b' ');
    let (mode, name) = (words.nth(1)?, words.nth(1)?);
    (mode != SUBMODULE && name.iter().any(|digit| *digit != b'0')).then_some(name)
}

/// Reads every object in pack order, which is fastest for git. Skips the content that `each` does not read.
pub(crate) fn all(repository: &Repository, mut each: impl FnMut(&Header<'_>, &mut dyn BufRead)) -> Result<(), Gone> {
    let arguments = ["cat-file", "--batch-all-objects", "--unordered", "--batch", "--buffer"];
    ended(git::start(&mut repository.command(&arguments))?, |child| answers(child, &mut each))
}

/// Reads every object except those that are left out.
pub(crate) fn all_but(
    repository: &Repository,
    mut is_left_out: impl FnMut(&str) -> bool + Send,
    each: impl FnMut(&Header<'_>, &mut dyn BufRead),
) -> Result<(), Gone> {
    let arguments = ["cat-file", "--batch-all-objects", "--unordered", "--buffer", "--batch-check=%(objectname)"];
    ended(git::start(&mut repository.command(&arguments))?, |child| {
        let lines = output::of(child.stdout.take()?).lines();
        let names = lines.map_while(Result::ok).filter(move |name| !is_left_out(name));
        read(repository, names, each).ok()
    })
}

/// Reads the objects with these names, in order. Skips the content that `each` does not read.
pub(crate) fn read<N: AsRef<str>>(
    repository: &Repository,
    names: impl Iterator<Item = N> + Send,
    mut each: impl FnMut(&Header<'_>, &mut dyn BufRead),
) -> Result<(), Gone> {
    let mut command = repository.command(&["cat-file", "--batch", "--buffer"]);
    ended(git::start(command.stdin(Stdio::piped()))?, |child| {
        let mut questions = BufWriter::with_capacity(1 << 16, child.stdin.take()?);
        thread::scope(|scope| {
            // Git answers while names are written. Doing both at once prevents a deadlock.
            scope.spawn(move || {
                let mut names = names;
                // If git has ended, reading the answers reports it.
                let _ = names.try_for_each(|name| writeln!(questions, "{}", name.as_ref()));
            });
            answers(child, &mut each)
        })
    })
}

/// Waits for git to end. If reading its output fails, kills it, because it has ended or is broken.
fn ended(mut child: Child, run: impl FnOnce(&mut Child) -> Option<()>) -> Result<(), Gone> {
    let outcome = run(&mut child);
    if outcome.is_none() {
        let _ = child.kill();
    }
    let status = child.wait().map_err(|_| Gone::Failed)?;
    if outcome.is_some() && status.success() { Ok(()) } else { Err(Gone::Failed) }
}

fn answers(child: &mut Child, each: &mut impl FnMut(&Header<'_>, &mut dyn BufRead)) -> Option<()> {
    let mut answers = output::of(child.stdout.take()?);
    let mut line = String::new();
    while !answers.fill_buf().ok()?.is_empty() {
        answer(&mut answers, &mut line, each)?;
    }
    Some(())
}

fn answer(
    answers: &mut BufReader<impl Read>,
    line: &mut String,
    each: &mut impl FnMut(&Header<'_>, &mut dyn BufRead),
) -> Option<()> {
    line.clear();
    answers.read_line(line).ok().filter(|count| *count > 0)?;
    let mut words = line.split_whitespace();
    let (name, kind, size) =
        (words.next()?, words.next()?, words.next().and_then(|size| size.parse().ok()).unwrap_or(0));
    let kind = match kind {
        "blob" => Some(Kind::Blob),
        "tree" => Some(Kind::Tree),
        "commit" => Some(Kind::Commit),
        "tag" => Some(Kind::Tag),
        _ => None,
    };
    let mut content = answers.take(if kind.is_some() { size } else { 0 });
    each(&Header { name, kind, size }, &mut content);
    std::io::copy(&mut content, &mut std::io::sink()).ok()?;
    if kind.is_some() {
        answers.read_exact(&mut [0]).ok()?;
    }
    Some(())
}
