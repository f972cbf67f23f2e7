//! The programs that read the database's URL beside this library, for `tests/database/readers`: asyncpg, SQLAlchemy and
//! node-postgres below the target directory, and libpq as the system has it.

use std::process::Command;

use crate::failure::{Failure, failed};
use crate::task::takes_none;
use crate::{shell, tools};

const PYTHON: [&str; 2] = ["asyncpg==0.32.0", "SQLAlchemy==2.1.9"];
const NODE: &str = "pg-connection-string@2.14.1";

/// How many URLs `ci --full` asks about.
const MANY: &str = "100000";

/// The task: installs what is not there.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    takes_none("readers", args)?;
    provide()
}

/// Installs what is not there.
pub(crate) fn provide() -> Result<(), Failure> {
    tools::provide(&[&tools::PYTHON, &tools::NPM])?;
    let folder = shell::target().join("readers");
    let (venv, done) = (folder.join("venv"), folder.join("installed"));
    let wanted = format!("{} {NODE}", PYTHON.join(" "));
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    let mut pip = Command::new(venv.join("bin/python"));
    shell::run(pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:"]).args(PYTHON))?;
    let mut npm = Command::new("npm");
    shell::run(npm.args(["install", "--silent", "--ignore-scripts", NODE, "--prefix"]).arg(&folder))?;
    std::fs::write(&done, wanted).map_err(|error| failed(format!("{}: {error}", done.display())))
}

/// Compares many URLs, as a step of `ci --full`.
pub(crate) fn compare() -> Result<(), Failure> {
    provide()?;
    let arguments = "test --package hardened --all-features --test database readers";
    shell::run(shell::cargo(arguments).env("HARDENED_READERS_URLS", MANY))
}
