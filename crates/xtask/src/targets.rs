//! Tries `hardened-verify` on servers from the npm registry, which are installed below the target directory. They need many
//! packages for one test, so this does not run for every change.

use std::process::Command;

use crate::args::{flag, takes_none};
use crate::failure::{Failure, failed};
use crate::shell;
use crate::tools::Consent;

/// The directories and their packages. Each directory has its own version of Express.
const SERVERS: [(&str, &[&str]); 2] =
    [("json-server", &["json-server@0.17.4", "json-server-auth@2.1.0"]), ("parse-server", &["parse-server@9.10.0"])];

/// Runs the task: installs what is missing, and verifies the servers.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    let (yes, args) = flag("--yes", args);
    takes_none("targets", &args)?;
    let folder = shell::target().join("targets");
    let (done, wanted) = (folder.join("installed"), SERVERS.map(|(_, packages)| packages.join(" ")).join(" "));
    if !std::fs::read_to_string(&done).is_ok_and(|installed| installed == wanted) {
        let typed = format!("npm, for {wanted} below {}", folder.display());
        if !Consent::of(yes).is_given(&typed, &mut std::io::stdin().lock()) {
            return Err(failed("the servers are not installed"));
        }
        for (name, packages) in SERVERS {
            let mut npm = Command::new("npm");
            npm.args(["install", "--silent", "--ignore-scripts", "--prefix"]).arg(folder.join(name)).args(packages);
            shell::run(&mut npm)?;
        }
        std::fs::write(&done, wanted).map_err(|error| failed(format!("{}: {error}", done.display())))?;
    }
    let arguments = "test --package hardened-verify --test all -- foreign::registry";
    shell::run(shell::cargo(arguments).env("HARDENED_TARGETS", "1"))
}

/// Does the same, as a step of `ci --full`.
pub(crate) fn verify() -> Result<(), Failure> {
    run(&["--yes".to_owned()])
}
