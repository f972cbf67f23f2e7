//! The values of secrets from the environment, or from a `.env` file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, Read},
    path::Path,
};

use hardened_core::{
    dotenv::{Meaning, statements},
    finding::Name,
    text::secret_words::{self, Reading},
};
use zeroize::Zeroizing;

use crate::values::Values;

/// The maximum size of a file that contains one secret; below it, that of a `.env` file.
const MAX_SECRET: u64 = 64 << 10;
const MAX_ENV_FILE: u64 = 1 << 20;

type Text = Zeroizing<String>;

/// Adds the values of the named secrets, each from its variable and from the file that `NAME_FILE` names. Without names, adds
/// those variables of the `.env` file whose names read like a secret.
pub(super) fn collect(names: &[String], env_file: Option<&Path>, values: &mut Values) -> Result<(), &'static str> {
    if names.iter().any(|name| Name::found(name).is_none()) {
        return Err("--names takes names of variables, such as JWT_SECRET_KEY,DATABASE_URL, never values");
    }
    let file = env_file.map(read).transpose()?;
    let variable = |name: &str| match &file {
        Some(variables) => variables.get(name).cloned(),
        None => std::env::var_os(name).map(|value| Zeroizing::new(value.to_string_lossy().into_owned())),
    };
    for name in wanted(names, file.as_ref()) {
        let value = variable(name);
        if let Some(value) = &value {
            values.add(name, value.as_bytes());
        }
        let named = variable(&format!("{name}_FILE"));
        match named.filter(|path| !path.is_empty()).map(|path| content(Path::new(path.as_str()), MAX_SECRET)) {
            Some(Ok(content)) => values.add(name, &*content),
            Some(Err(_)) => values.add_absent(name),
            None if value.is_none() => values.add_absent(name),
            None => {}
        }
    }
    Ok(())
}

/// Returns the given names. Without any, returns the names in the file that read like a secret, `NAME` for `NAME_FILE`.
fn wanted<'n>(names: &'n [String], file: Option<&'n BTreeMap<String, Text>>) -> Vec<&'n str> {
    if !names.is_empty() {
        return names.iter().map(String::as_str).collect();
    }
    let of_file = file.into_iter().flat_map(BTreeMap::keys).map(|name| name.strip_suffix("_FILE").unwrap_or(name));
    let found: BTreeSet<_> = of_file.filter(|name| secret_words::read(name) != Reading::Plain).collect();
    found.into_iter().collect()
}

fn read(path: &Path) -> Result<BTreeMap<String, Text>, &'static str> {
    let content =
        content(path, MAX_ENV_FILE).map_err(|_| "the file of --env-file cannot be read, or is larger than 1 MiB")?;
    let text = std::str::from_utf8(&content).map_err(|_| "the file of --env-file is not UTF-8")?;
    let entries = statements(text).filter_map(|statement| match statement.meaning {
        Meaning::Entry { name, value, .. } => Some((name.to_owned(), value)),
        _ => None,
    });
    Ok(entries.collect())
}

/// Reads a regular file of bounded size.
fn content(path: &Path, most: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    if !path.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // The full capacity, so that the buffer never grows and leaves an unwiped copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(most).unwrap_or_default() + 1));
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
