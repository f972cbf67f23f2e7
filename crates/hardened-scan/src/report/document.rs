//! The types of the JSON report. Its JSON Schema is `docs/scan.schema.json`.

use hardened_core::document::{
    DocumentError, Version,
    described::{objects, words},
    reading,
};
use serde_json::Value;

objects! {
    /// The result of `hardened scan`. No value is in it.
    Document {
        /// The version of this form of document.
        schema_version: Version<1>,
        /// Whether there is an error among the findings.
        outcome: Verdict,
        /// How much was searched.
        searched: Searched,
        /// What is wrong, errors first.
        findings: Vec<Found>,
        /// More places of the same secrets in the same files.
        omitted: u64,
        /// Findings that hardened.scan.toml accepts, and so left out.
        accepted: u64,
        /// Values and places that were not searched.
        not_searched: Vec<NotSearched>,
    }

    /// How much was searched.
    Searched {
        /// Secrets whose values were searched.
        values: u64,
        /// Files, and files inside of archives.
        files: u64,
        /// Git objects.
        objects: u64,
        /// Git objects in which an earlier run found nothing, and which were not read again.
        objects_before: u64,
        /// Bytes.
        bytes: u64,
    }

    /// One rule that does not hold at one place.
    Found {
        /// The code of the rule.
        code: String,
        /// How serious it is.
        severity: Level,
        /// The name of the secret, the variable or the field.
        subject: String,
        /// The kind of problem and the fact.
        message: String,
        /// What to do. Empty: nothing.
        remedy: String,
        /// Where it is.
        place: At,
    }

    /// What was not searched: the value of a secret, or a place.
    NotSearched {
        /// The name of the secret. Absent: it is a place.
        value: Option<String>,
        /// The place. Absent: it is a value.
        place: Option<At>,
        /// Why.
        reason: String,
    }

    /// A place in a file, an archive or a git object.
    At {
        /// The path of the file from the root of what was searched. Empty: a git object without one.
        path: String,
        /// The whole place, as the text shows it.
        text: String,
        /// Files inside of the file, the outermost first.
        members: Vec<String>,
        /// The line, from 1. Absent: it is not at a line.
        line: Option<u64>,
        /// The column in characters, from 1. Absent: it is not at a line.
        column: Option<u64>,
        /// The distance from the beginning in bytes. Absent: it is text, or about the whole file.
        offset: Option<u64>,
        /// Where in the history it is. Absent: it is in the working tree.
        git: Option<Object>,
    }

    /// A git object.
    Object {
        /// Its name, in hexadecimal digits.
        object: String,
        /// What it is.
        kind: ObjectKind,
        /// The first commit found that has it. Absent: none does.
        commit: Option<String>,
    }
}

words! {
    /// Whether there is an error among the findings.
    Verdict ("\"found\" or \"nothing-found\"") {
        /// There is an error.
        Found = "found",
        /// There is none.
        NothingFound = "nothing-found",
    }

    /// How serious a finding is.
    Level ("\"error\", \"warning\" or \"note\"") {
        /// The exit status is 1.
        Error = "error",
        /// Somebody should look at it.
        Warning = "warning",
        /// Good to know.
        Note = "note",
    }

    /// What a git object is.
    ObjectKind ("\"blob\", \"tree\", \"commit\" or \"tag\"") {
        /// The content of a file.
        Blob = "blob",
        /// A list of files.
        Tree = "tree",
        /// A commit.
        Commit = "commit",
        /// A tag with a message.
        Tag = "tag",
    }
}

impl Document {
    /// Reads a document that `hardened scan --format json` has written.
    ///
    /// # Errors
    ///
    /// When the text is not such a document, or has another version.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        reading::parse(text, 1)
    }

    /// Returns the JSON Schema (draft 2020-12) of the document.
    #[must_use]
    pub fn json_schema() -> Value {
        reading::schema_of::<Self>("hardened scan")
    }
}
