//! Converts the report to JSON.

use hardened_core::{
    document::{self, Version},
    finding::Severity,
};

use super::{
    Report, Skipped, SkippedItem,
    document::{At, Document, Found, Level, NotSearched, Object, ObjectKind, Searched, Verdict},
};
use crate::{
    finding::Finding,
    place::{Git, Kind, Place, Position},
};

impl Report {
    /// Returns the report as a document. It contains no values.
    #[must_use]
    pub fn document(&self) -> Document {
        let counts = self.counts;
        Document {
            schema_version: Version,
            outcome: if self.is_refusal() { Verdict::Found } else { Verdict::NothingFound },
            searched: Searched {
                values: counts.values as u64,
                files: counts.files,
                objects: counts.objects,
                objects_before: counts.known,
                bytes: counts.bytes,
            },
            findings: self.findings.iter().map(found).collect(),
            omitted: self.omitted,
            accepted: self.accepted as u64,
            not_searched: self.skipped.iter().map(not_searched).collect(),
        }
    }

    /// Returns the document as JSON, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::text(&self.document())
    }
}

fn found(finding: &Finding) -> Found {
    Found {
        code: finding.rule().code().to_owned(),
        severity: match finding.severity() {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        },
        subject: finding.subject().to_owned(),
        message: finding.message(),
        remedy: finding.remedy(),
        place: at(finding.place()),
    }
}

fn not_searched(skipped: &Skipped) -> NotSearched {
    let (value, place) = match &skipped.what {
        SkippedItem::Value(name) => (Some(name.clone()), None),
        SkippedItem::Place(place) => (None, Some(at(place))),
    };
    NotSearched { value, place, reason: skipped.reason.to_string() }
}

fn at(place: &Place) -> At {
    let (line, column, offset) = match place.position() {
        Position::Whole => (None, None, None),
        Position::Line { line, column } => (Some(line.into()), Some(column.into()), None),
        Position::Offset(offset) => (None, None, Some(offset)),
    };
    At {
        path: place.path().to_string_lossy().replace('\\', "/"),
        text: place.to_string(),
        members: place.members().to_vec(),
        line,
        column,
        offset,
        git: place.git().map(object),
    }
}

fn object(git: &Git) -> Object {
    let kind = match git.kind {
        Kind::Blob => ObjectKind::Blob,
        Kind::Tree => ObjectKind::Tree,
        Kind::Commit => ObjectKind::Commit,
        Kind::Tag => ObjectKind::Tag,
    };
    Object { object: git.object.clone(), kind, commit: git.commit.clone() }
}
