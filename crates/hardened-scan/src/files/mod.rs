//! Configuration files that contain a usable secret.
//!
//! Each file is read line by line in the format that its name indicates. A value counts if its name denotes a secret and the
//! value could be used. Placeholders, references, templates and well-known defaults do not count. In all other text files,
//! only secrets with a recognisable form count: private keys and keys of known issuers.
//!
//! Tests and examples may contain their own keys, so only keys of known issuers are reported there.

mod dockerfile;
mod dotenv;
mod entry;
mod example;
mod kind;
mod kubernetes;
mod netrc;
mod pairs;
mod pgpass;
mod shell;
mod terraform;
mod text;
mod yaml;

pub use self::example::{is_example, out_of_step, tracked};
use self::{entry::Entry, kind::Kind};
use crate::{
    code,
    found::Found,
    judge::{
        credential::{self, Kind as Form},
        tests_only,
    },
    place::Place,
    report::Report,
    rule::sources::SCAN_FILE_SECRET,
};

/// The maximum size of a file that is read, in bytes. Configuration files are small.
pub(crate) const LARGEST: u64 = 8 << 20;

/// Checks one file that is not Rust and reports its findings. `place` is the file.
pub fn check(place: &Place, bytes: &[u8], report: &mut Report) {
    if bytes.len() as u64 > LARGEST {
        return too_large(place, report);
    }
    let kind = kind::of(place.path());
    // A file that is neither UTF-8 nor UTF-16 is not text.
    let Some(text) = text::decode(bytes) else { return };
    let is_test = tests_only::is_path(place.path());
    let mut found = Found::default();
    if !is_test {
        for Entry { name, part, .. } in entries(kind, &text).into_iter().filter(|entry| entry.is_secret()) {
            found.add(part, SCAN_FILE_SECRET, &name, "this file has a usable value for it");
        }
    }
    let counts = |form: Form, at: usize| match form {
        // Documentation contains the same example keys as tests.
        Form::Issued => !(is_test || kind == Kind::Prose) || tests_only::opens(text.get(at..).unwrap_or_default()),
        Form::PrivateKey => !is_test && kind != Kind::Prose && !tests_only::is_key_of_tests(place.path()),
        Form::Token | Form::Password => !is_test && kind.is_configuration(),
    };
    credential::find(&text)
        .filter(|credential| counts(credential.kind, credential.at))
        .for_each(|credential| found.credential(credential));
    found.report(place, &text, report);
}

/// Notes that a file is too large to be read, if it would have been checked.
pub(crate) fn too_large(place: &Place, report: &mut Report) {
    if code::is_rust(place.path()) || kind::of(place.path()).is_configuration() {
        report.skip(place.clone(), "it is too large for a file that people write");
    }
}

fn entries(kind: Kind, text: &str) -> Vec<Entry> {
    match kind {
        Kind::Dotenv => dotenv::entries(text),
        Kind::Dockerfile => dockerfile::entries(text),
        Kind::Yaml => yaml::entries(text),
        Kind::Shell => shell::entries(text),
        Kind::Terraform => terraform::entries(text),
        Kind::Pairs => pairs::entries(text),
        Kind::Netrc => netrc::entries(text),
        Kind::Pgpass => pgpass::entries(text),
        Kind::Prose | Kind::Other => Vec::new(),
    }
}
