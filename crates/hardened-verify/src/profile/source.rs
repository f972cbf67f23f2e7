//! The sources of secrets: an environment variable or a file, never the profile itself.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
};

use super::read::Item;

/// The maximum size of a secret in a file.
const LONGEST: u64 = 64 * 1024;

/// The source of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// An environment variable.
    Env(String),
    /// A file.
    File(PathBuf),
}

const EXPECTED: &str = "must be { env = \"NAME\" } or { file = \"PATH\" }; a secret must not be written in this file";

impl Source {
    pub(super) fn read_from(item: &Item<'_>, folder: &Path) -> Option<Self> {
        if item.is_text() {
            item.wrong("prohibited", EXPECTED);
            return None;
        }
        let table = item.table(&["env", "file"], EXPECTED)?;
        match (table.get("env"), table.get("file")) {
            (Some(name), None) => {
                let text = name.text("must be the name of a variable")?;
                if is_name(&text) {
                    Some(Self::Env(text))
                } else {
                    name.malformed("must be the name of a variable, such as \"TOKEN_A\"")
                }
            }
            (None, Some(path)) => path.text("must be the path of a file").map(|text| Self::File(folder.join(text))),
            _ => item.malformed(EXPECTED),
        }
    }

    /// Reads the secret, and trims it.
    pub(crate) fn secret(&self) -> Result<String, String> {
        let text = match self {
            Self::Env(name) => match env::var(name) {
                Ok(text) => text,
                Err(env::VarError::NotPresent) => return Err(format!("the variable {name} is not set")),
                Err(env::VarError::NotUnicode(_)) => return Err(format!("the variable {name} is not text")),
            },
            Self::File(path) => read(path).map_err(|reason| format!("the file {} {reason}", path.display()))?,
        };
        match text.trim() {
            "" => Err(format!("{} is empty", self.name())),
            text => Ok(text.to_owned()),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Env(name) => format!("the variable {name}"),
            Self::File(path) => format!("the file {}", path.display()),
        }
    }
}

fn read(path: &Path) -> Result<String, &'static str> {
    let file = fs::File::open(path).map_err(|_| "cannot be read")?;
    let mut text = String::new();
    match file.take(LONGEST + 1).read_to_string(&mut text) {
        Ok(length) if length as u64 > LONGEST => Err("is longer than 64 KiB"),
        Ok(_) => Ok(text),
        Err(_) => Err("cannot be read as text"),
    }
}

fn is_name(text: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=64).contains(&text.len())
        && text.bytes().all(is_of_name)
        && !text.starts_with(|first: char| first.is_ascii_digit())
}
