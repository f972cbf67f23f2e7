//! Installs programs in other languages for tests, below the target directory: parsers of database URLs, for
//! `tests/database/readers` (with the system's libpq); validators of JSON Schema, for `tests/schema_documents.rs`;
//! schemathesis, which compares taskflow with its descriptions; and FastAPI and Express, whose services
//! `hardened-verify` tells apart in `tests/foreign`.

use std::process::Command;

use crate::args::{flag, takes_none};
use crate::failure::{Failure, failed};
use crate::shell;
use crate::tools::{Consent, on_path};

const PYTHON: &[&str] = &[
    "asyncpg==0.32.0",
    "fastapi==0.165.0",
    "SQLAlchemy==2.1.9",
    "jsonschema==4.26.0",
    "jsonschema-rs==0.60.3",
    "PyJWT==2.15.1",
    "python-multipart==0.0.34",
    "schemathesis==4.32.5",
    "uvicorn==0.54.0",
    "xmlschema==4.3.2",
];
const NODE: &[&str] = &["cors@2.8.6", "express@5.3.0", "helmet@8.3.0", "pg-connection-string@2.14.1"];

/// How many URLs `ci --full` compares.
const MANY: &str = "100000";

/// Runs the task: installs what is missing.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, args) = flag("--yes", args);
    takes_none("readers", &args)?;
    provide(yes)?.map_or(Ok(()), |reason| Err(failed(reason)))
}

/// Installs what is missing with the user's consent, or else returns what is skipped.
pub(crate) fn provide(yes: bool) -> Result<Option<String>, Failure> {
    let skipped = "the comparison with programs of other languages";
    if ["python3", "npm"].iter().any(|program| on_path(program).is_none()) {
        return Ok(Some(format!("{skipped}: no Python or no npm")));
    }
    let folder = shell::target().join("readers");
    let (venv, done) = (folder.join("venv"), folder.join("installed"));
    let wanted = [PYTHON, NODE].concat().join(" ");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(None);
    }
    let typed = format!("pip and npm, for {wanted} below {}", folder.display());
    if !Consent::of(yes).is_given(&typed, &mut std::io::stdin().lock()) {
        return Ok(Some(format!("{skipped}: not installed")));
    }
    shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    let mut pip = Command::new(venv.join("bin/python"));
    shell::run(pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:"]).args(PYTHON))?;
    let mut npm = Command::new("npm");
    shell::run(npm.args(["install", "--silent", "--ignore-scripts", "--prefix"]).arg(&folder).args(NODE))?;
    std::fs::write(&done, wanted).map_err(|error| failed(format!("{}: {error}", done.display())))?;
    Ok(None)
}

/// Compares many URLs, as a step of `ci --full`.
pub(crate) fn compare() -> Result<(), Failure> {
    provide(true)?;
    let arguments = "test --package hardened --all-features --test all database::readers";
    shell::run(shell::cargo(arguments).env("HARDENED_READERS_URLS", MANY))
}
