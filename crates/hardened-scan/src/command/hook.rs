//! Installation of a pre-commit hook in a repository.

use std::{fs, path::Path};

use crate::history::Repository;

/// The line by which our hook is recognised.
const MARK: &str = "# Made by `scan --hook` of hardened:";

/// Installs the hook. Returns what was done, or why it was not.
pub(super) fn install(at: &Path, program: &str, options: &[String]) -> Result<String, String> {
    let not_one = |_| "there is no git repository here, so no hook can be installed".to_owned();
    let hooks = Repository::of(at).and_then(|repository| repository.hooks()).map_err(not_one)?;
    let file = hooks.join("pre-commit");
    let command = [&[program.to_owned(), "--staged".to_owned()], options].concat().join(" ");
    let script = format!("#!/bin/sh\n{MARK} refuses a commit that adds a secret.\nexec {command}\n");
    let shown = hardened_core::text::escape(&file.to_string_lossy()).into_owned();
    match fs::read_to_string(&file) {
        Ok(text) if text == script => return Ok(format!("{shown} already exists")),
        Ok(text) if !text.contains(MARK) => {
            return Err(format!(
                "{shown} was not installed by hardened, so it was not changed; add this line to it: {command}"
            ));
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("{shown} cannot be read, so it was not changed"));
        }
        _ => {}
    }
    let write = || {
        fs::create_dir_all(&hooks)?;
        fs::write(&file, &script)?;
        executable(&file)
    };
    write().map_err(|error| format!("{shown} was not written: {error}"))?;
    let values = if options.iter().any(|option| option == "--values-if-set") {
        "; values of secrets that are not set are not searched, and code and files are judged in any case"
    } else {
        "; it judges code and files: to search for values too, install it with --names or --env-file"
    };
    Ok(format!("wrote {shown}: it runs `{command}` before each commit{values}"))
}

#[cfg(unix)]
fn executable(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Quotes a word for a shell.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./,:=@+".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
