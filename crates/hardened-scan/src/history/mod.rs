//! The search of a repository's objects: every commit, tag and file that git still has.

mod git;
mod objects;
mod origin;
mod repositories;
#[cfg(test)]
mod tests;

pub(crate) use self::git::{Gone, Repository};
use self::objects::{Listed, all, since, staged};
use crate::{
    contents::Contents,
    place::{Git, Kind, Place},
    report::{Counts, Report},
    values::Search,
    values::Values,
    walk::Bounds,
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
    values: &Values,
    search: &Search,
    bounds: Bounds,
    report: &mut Report,
) -> Result<(), Gone> {
    let mut contents = Contents::new(values, search, bounds);
    match selection {
        Selection::Staged => {
            let listed = staged(repository)?;
            return each(repository, &listed, true, &mut contents, bounds, report);
        }
        Selection::Since(date) => {
            let listed = since(repository, date)?;
            return each(repository, &listed, false, &mut contents, bounds, report);
        }
        Selection::All => {}
    }
    for repository in repositories::with_submodules(repository) {
        repository.note_what_is_not_here(report)?;
        let listed = all(&repository)?;
        let mut own = Report::default();
        each(&repository, &listed, false, &mut contents, bounds, &mut own)?;
        origin::name(&repository, &mut own);
        report.merge(own);
    }
    Ok(())
}

/// Searches the listed objects. Those that are staged have the places of files.
fn each(
    repository: &Repository,
    listed: &[Listed],
    as_files: bool,
    contents: &mut Contents<'_>,
    bounds: Bounds,
    report: &mut Report,
) -> Result<(), Gone> {
    let mut origins = listed.iter().map(|listed| &listed.origin);
    objects::read(repository, listed, |object, content| {
        let origin = origins.next().and_then(Option::as_ref);
        let Some(kind) = object.kind else {
            report.pass(Place::file(""), "a git object that is not here");
            return;
        };
        let place = match origin.map(|origin| &origin.path) {
            Some(path) => contents.path(path, report),
            None => Place::file(""),
        };
        let commit = match kind {
            Kind::Commit => Some(object.name.to_owned()),
            _ => origin.and_then(|origin| origin.commit.clone()),
        };
        let place = if as_files { place } else { place.in_git(Git { object: object.name.to_owned(), kind, commit }) };
        if object.size > bounds.bytes {
            report.pass(place, "larger than the limit");
        } else {
            contents.read(content, &place, report);
            report.count(Counts { objects: 1, ..Counts::default() });
        }
    })
}
