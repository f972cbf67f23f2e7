//! The search of objects, one after the other.

use std::io::BufRead;

use super::{
    objects::{Header, Origin},
    resume::Log,
    versions::{self, Versions},
};
use crate::{
    contents::Contents,
    place::{Git, Kind, Place},
    progress::Progress,
    report::{Counts, Report},
    tree::Wanted,
    walk::{self, Bounds},
};

/// A search of objects for values.
pub(super) struct Objects<'o> {
    contents: Contents<'o>,
    wanted: Wanted<'o>,
    versions: Versions,
    log: Option<&'o mut Log>,
}

impl<'o> Objects<'o> {
    /// Creates a search that adds objects without findings to the log.
    pub(super) fn new(contents: Contents<'o>, wanted: Wanted<'o>, log: Option<&'o mut Log>) -> Self {
        Self { contents, wanted, versions: Versions::default(), log }
    }

    /// Searches an object.
    pub(super) fn search(
        &mut self,
        object: &Header<'_>,
        content: &mut dyn BufRead,
        origin: Option<&Origin>,
        report: &mut Report,
    ) {
        let Some(kind) = object.kind else {
            report.skip(Place::file(""), "a git object that is missing here");
            return;
        };
        let mut own = Report::default();
        if kind == Kind::Blob && object.size <= versions::LARGEST.min(self.wanted.bounds.bytes) {
            self.version(object, content, origin, &mut own);
        } else {
            self.object(kind, object, content, origin, &mut own);
        }
        if own.is_quiet()
            && let Some(log) = &mut self.log
        {
            log.add(object.name, report);
        }
        report.merge(own);
        (self.wanted.observer.0)(Progress::Searched);
    }

    /// Searches the content of a file, which is often similar to the previous one.
    fn version(
        &mut self,
        object: &Header<'_>,
        content: &mut dyn BufRead,
        origin: Option<&Origin>,
        report: &mut Report,
    ) {
        let is_read = self.versions.read(content, object.size).is_ok();
        if is_read && origin.is_none() && self.versions.is_clean(&mut self.contents) {
            report.count(Counts { files: 1, objects: 1, bytes: object.size, ..Counts::default() });
            return;
        }
        let versions = std::mem::take(&mut self.versions);
        self.object(Kind::Blob, object, &mut versions.text(), origin, report);
        self.versions = versions;
        self.versions.searched(is_read && report.is_quiet(), &self.contents);
        if !is_read {
            report.skip(Place::file(""), "the rest of it: git ended early");
        }
    }

    fn object(
        &mut self,
        kind: Kind,
        object: &Header<'_>,
        content: &mut dyn BufRead,
        origin: Option<&Origin>,
        report: &mut Report,
    ) {
        let place = match origin {
            Some(origin) => self.contents.path(&origin.path, report),
            None => Place::file(""),
        };
        let commit = match kind {
            Kind::Commit => Some(object.name.to_owned()),
            _ => origin.and_then(|origin| origin.commit.clone()),
        };
        let place = place.in_git(Git { object: object.name.to_owned(), kind, commit });
        self::content(&mut self.contents, self.wanted.bounds, object, content, &place, report);
    }
}

/// Searches the content of an object, unless it is too large.
fn content(
    contents: &mut Contents<'_>,
    bounds: Bounds,
    object: &Header<'_>,
    content: &mut dyn BufRead,
    place: &Place,
    report: &mut Report,
) {
    if object.size > bounds.bytes {
        report.skip(place.clone(), walk::TOO_LARGE);
    } else {
        contents.read(content, place, report);
        report.count(Counts { objects: 1, ..Counts::default() });
    }
}
