//! The search of a repository's objects: every commit, tag and file that git still has.

mod git;
mod objects;
mod origin;
mod repositories;
#[cfg(test)]
mod tests;

use std::io::Read;

pub(crate) use self::git::{Gone, Repository};
use self::objects::{Header, Listed, all, since, staged};
use crate::{
    contents::Contents,
    files,
    place::{Git, Kind, Place},
    report::{Counts, Report},
    sources,
    tree::Wanted,
};

/// Which objects of a repository are searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// All that are there, those that nothing refers to any more too.
    All,
    /// Those of commits since a date, as git understands dates.
    Since(String),
    /// Those that the next commit would add.
    Staged,
}

/// Searches objects of a repository, and of the submodules that have been fetched.
pub(crate) fn search(
    repository: &Repository,
    selection: &Selection,
    wanted: Wanted<'_>,
    report: &mut Report,
) -> Result<(), Gone> {
    match selection {
        Selection::Staged => staged_files(repository, wanted, report),
        Selection::Since(date) => since(repository, date).and_then(|listed| each(repository, &listed, wanted, report)),
        Selection::All => repositories::with_submodules(repository).iter().try_for_each(|repository| {
            repository.note_what_is_not_here(report)?;
            let mut own = Report::default();
            each(repository, &all(repository)?, wanted, &mut own)?;
            origin::name(repository, &mut own);
            report.merge(own);
            Ok(())
        }),
    }
}

/// Searches the listed objects for values.
fn each(repository: &Repository, listed: &[Listed], wanted: Wanted<'_>, report: &mut Report) -> Result<(), Gone> {
    let Some(mut contents) = wanted.contents() else { return Ok(()) };
    let mut origins = listed.iter().map(|listed| listed.origin.as_ref());
    objects::read(repository, listed, |object, content| {
        let origin = origins.next().flatten();
        let Some(kind) = object.kind else {
            report.pass(Place::file(""), "a git object that is not here");
            return;
        };
        let place = match origin {
            Some(origin) => contents.path(&origin.path, report),
            None => Place::file(""),
        };
        let commit = match kind {
            Kind::Commit => Some(object.name.to_owned()),
            _ => origin.and_then(|origin| origin.commit.clone()),
        };
        let place = place.in_git(Git { object: object.name.to_owned(), kind, commit });
        value(&mut contents, wanted, object, content, &place, report);
    })
}

/// Searches what is staged as if it were a tree of its own.
fn staged_files(repository: &Repository, wanted: Wanted<'_>, report: &mut Report) -> Result<(), Gone> {
    let listed = staged(repository)?;
    let mut contents = wanted.contents();
    let mut origins = listed.iter().filter_map(|listed| listed.origin.as_ref());
    objects::read(repository, &listed, |object, content| {
        let Some(origin) = origins.next() else { return };
        let place = match &mut contents {
            Some(contents) => contents.path(&origin.path, report),
            None => Place::file(&origin.path),
        };
        if wanted.sources {
            sources::tracked([origin.path.as_path()], report);
        }
        if wanted.sources && object.size <= files::LARGEST {
            let mut bytes = Vec::new();
            if content.read_to_end(&mut bytes).is_err() {
                report.pass(place, "the rest of it: git ended early");
                return;
            }
            sources::check(&place, &bytes, report);
            contents
                .iter_mut()
                .for_each(|contents| value(contents, wanted, object, &mut bytes.as_slice(), &place, report));
        } else {
            if wanted.sources {
                files::too_large(&place, report);
            }
            contents.iter_mut().for_each(|contents| value(contents, wanted, object, content, &place, report));
        }
        if contents.is_none() {
            report.count(Counts { files: 1, bytes: object.size, ..Counts::default() });
        }
    })
}

fn value(
    contents: &mut Contents<'_>,
    wanted: Wanted<'_>,
    object: &Header<'_>,
    content: &mut dyn Read,
    place: &Place,
    report: &mut Report,
) {
    if object.size > wanted.bounds.bytes {
        report.pass(place.clone(), "larger than the limit");
    } else {
        contents.read(content, place, report);
        report.count(Counts { objects: 1, ..Counts::default() });
    }
}
