//! The search of a git repository: every commit, tag and file that git still has.

mod git;
mod objects;
mod origin;
mod output;
mod repositories;
mod resume;
mod search;
#[cfg(test)]
mod tests;
mod versions;

use std::io::BufRead;

pub(crate) use self::git::{Gone, Repository};
pub(crate) use self::resume::Done;
use self::{
    objects::{Header, Listed, since, staged},
    search::Objects,
};
use crate::{
    place::Place,
    report::{Counts, Report},
    sources,
    tree::{self, Wanted},
    walk,
};

/// The objects of a repository that are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// All existing objects, including unreachable ones.
    All,
    /// The objects of commits since a date, in a format that git understands.
    Since(String),
    /// The objects that the next commit would add.
    Staged,
}

/// Searches the objects of a repository and of its fetched submodules. Skips those that are already done.
pub(crate) fn search(
    repository: &Repository,
    selection: &Selection,
    wanted: Wanted<'_>,
    mut done: Option<&mut Done>,
    report: &mut Report,
) -> Result<(), Gone> {
    match selection {
        Selection::Staged => staged_files(repository, wanted, report),
        Selection::Since(date) => {
            repository.note_what_is_not_here(report);
            listed(repository, since(repository, date)?, wanted, done, report)
        }
        Selection::All => repositories::with_submodules(repository).iter().try_for_each(|repository| {
            repository.note_what_is_not_here(report);
            let mut own = Report::default();
            all(repository, wanted, done.as_deref_mut(), &mut own)?;
            origin::name(repository, &mut own);
            report.merge(own);
            Ok(())
        }),
    }
}

/// Searches every object for values.
fn all(repository: &Repository, wanted: Wanted<'_>, done: Option<&mut Done>, report: &mut Report) -> Result<(), Gone> {
    let Some(contents) = wanted.contents() else { return Ok(()) };
    let (known, log) = done.map(|done| (&done.known, &mut done.log)).unzip();
    let known = known.filter(|known| known.count() > 0);
    let mut objects = Objects::new(contents, wanted, log);
    let mut each = |object: &Header<'_>, content: &mut dyn BufRead| objects.search(object, content, None, report);
    match known {
        None => objects::all(repository, each)?,
        Some(known) => {
            let mut left_out = 0;
            let is_left_out = |name: &str| known.has(name).then(|| left_out += 1).is_some();
            objects::all_but(repository, is_left_out, &mut each)?;
            report.count(Counts { known: left_out, ..Counts::default() });
        }
    }
    Ok(())
}

/// Searches the listed objects for values.
fn listed(
    repository: &Repository,
    mut listed: Vec<Listed>,
    wanted: Wanted<'_>,
    done: Option<&mut Done>,
    report: &mut Report,
) -> Result<(), Gone> {
    let Some(contents) = wanted.contents() else { return Ok(()) };
    let (known, log) = done.map(|done| (&done.known, &mut done.log)).unzip();
    let count = listed.len();
    listed.retain(|object| known.is_none_or(|known| !known.has(&object.name)));
    report.count(Counts { known: (count - listed.len()) as u64, ..Counts::default() });
    let mut objects = Objects::new(contents, wanted, log);
    let mut origins = listed.iter().map(|listed| listed.origin.as_ref());
    objects::read(repository, listed.iter().map(|listed| &listed.name), |object, content| {
        objects.search(object, content, origins.next().flatten(), report);
    })
}

/// Searches the staged files like a tree.
fn staged_files(repository: &Repository, wanted: Wanted<'_>, report: &mut Report) -> Result<(), Gone> {
    let (listed, top) = (staged(repository)?, repository.top()?);
    let mut contents = wanted.contents();
    let mut origins = listed.iter().filter_map(|listed| listed.origin.as_ref());
    objects::read(repository, listed.iter().map(|listed| &listed.name), |object, content| {
        let Some(origin) = origins.next() else { return };
        let place = match &mut contents {
            Some(contents) => contents.path(&origin.path, report),
            None => Place::file(&origin.path),
        };
        if wanted.sources {
            sources::tracked([origin.path.as_path()], report);
        }
        if object.size > wanted.bounds.bytes {
            report.skip(place, walk::TOO_LARGE);
            return;
        }
        tree::content(content, object.size, (&place, &top.join(&origin.path)), wanted, &mut contents, report);
        report.count(Counts { objects: contents.iter().len() as u64, ..Counts::default() });
    })
}
