//! The commit and the path of a finding, which an object alone does not reveal.

use std::{
    collections::BTreeMap,
    io::{BufReader, Read},
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{
    git::{self, Repository},
    objects,
};
use crate::{
    place::{Git, Kind},
    report::Report,
};

/// The maximum time for reading the history. Without a commit, the name of the object is enough to find it.
const LIMIT: Duration = Duration::from_secs(20);

/// Completes the places of blobs with the first commit that added them.
pub(super) fn name(repository: &Repository, report: &mut Report) {
    let is_open = |git: &&Git| git.kind == Kind::Blob && git.commit.is_none();
    let wanted: BTreeMap<String, Option<(String, PathBuf)>> = report
        .findings()
        .iter()
        .filter_map(|finding| finding.place().git())
        .filter(is_open)
        .map(|git| (git.object.clone(), None))
        .collect();
    if wanted.is_empty() {
        return;
    }
    let known = of(repository, wanted);
    report.replace_places(|place| {
        let git = place.git()?;
        let (commit, path) = known.get(&git.object)?.as_ref()?;
        Some(place.clone().with_path(path).in_git(Git { commit: Some(commit.clone()), ..git.clone() }))
    });
}

type Origins = BTreeMap<String, Option<(String, PathBuf)>>;

fn of(repository: &Repository, mut wanted: Origins) -> Origins {
    let arguments = [
        "log",
        "--all",
        "--reflog",
        "--reverse",
        "--raw",
        "-z",
        "-m",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--format=commit %H",
    ];
    let Ok(mut child) = git::start(&mut repository.command(&arguments)) else { return wanted };
    if let Some(output) = child.stdout.take() {
        read(BufReader::new(output), &mut wanted);
    }
    // Git may still be writing output that is not needed.
    let _ = child.kill();
    let _ = child.wait();
    wanted
}

/// Reads the history from its beginning, until the origin of every object is known.
fn read(mut output: impl Read, wanted: &mut Origins) {
    const PIECE: usize = 1 << 18;
    let begin = Instant::now();
    let mut open = wanted.len();
    let mut pending = Vec::new();
    while open > 0 && begin.elapsed() < LIMIT {
        let before = pending.len();
        pending.resize(before + PIECE, 0);
        let count = output.read(pending.get_mut(before..).unwrap_or_default()).unwrap_or(0);
        pending.truncate(before + count);
        // Up to the start of the last commit, which may be incomplete.
        let mark = memchr::memmem::rfind(&pending, b"\0commit ");
        let end = if count == 0 { pending.len() } else { mark.unwrap_or(0) };
        objects::changes(pending.get(..end).unwrap_or_default(), |name, commit, path| {
            let Some((path, origin)) = path.zip(std::str::from_utf8(name).ok().and_then(|name| wanted.get_mut(name)))
            else {
                return;
            };
            if origin.is_none() {
                *origin = Some((commit.to_owned(), path));
                open -= 1;
            }
        });
        pending.drain(..end);
        if count == 0 {
            return;
        }
    }
}
