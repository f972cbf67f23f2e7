//! Reads the documents that describe the service, and writes a first profile.

use std::{fs, io, path::Path};

use hardened_core::manifest::Manifest;
use hardened_verify::{OpenApi, Profile};

use crate::output;

/// The default name of a profile.
const PROFILE: &str = "hardened.verify.toml";

/// Reads a manifest.
pub(super) fn manifest(path: &Path) -> Result<Manifest, String> {
    Manifest::parse(&text(path)?).map_err(|error| format!("{}: {error}", output::path(path)))
}

/// Reads a profile.
pub(super) fn profile(path: &Path) -> Result<Profile, String> {
    Profile::parse(&text(path)?, &output::path(path)).map_err(|error| error.to_string())
}

/// Reads an OpenAPI document.
pub(super) fn openapi(path: &Path) -> Result<OpenApi, String> {
    OpenApi::parse(&text(path)?, &output::path(path)).map_err(|error| error.to_string())
}

/// Writes a commented profile. Never overwrites another file.
pub(super) fn begin(path: Option<&Path>, openapi: Option<&Path>) -> Result<String, String> {
    let openapi = openapi.map(self::openapi).transpose()?;
    let path = path.unwrap_or(Path::new(PROFILE));
    let created = fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written =
        created.and_then(|mut file| io::Write::write_all(&mut file, Profile::starter(openapi.as_ref()).as_bytes()));
    match written {
        Ok(()) => Ok(format!("wrote {}: name the two users in it", output::path(path))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(format!("{} already exists; nothing was written", output::path(path)))
        }
        Err(error) => Err(format!("{} cannot be written: {}", output::path(path), output::cause(&error))),
    }
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {}", output::path(path), output::cause(&error)))
}
