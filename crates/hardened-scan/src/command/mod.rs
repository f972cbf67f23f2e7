//! The command `scan` of `hardened`, and of a service that registers it.

mod arguments;
mod environment;
mod hook;
mod run;

use std::{
    ffi::OsString,
    io::{self, Write},
};

use hardened_core::{arguments::behind, terminal::Look};

pub use self::{
    arguments::{Format, Options},
    run::run,
};
use crate::values::Values;

/// Returns the subcommand `config scan` of a service. See [`ScanCommand`].
///
/// `names` are the names of the service's secrets, which its schema knows.
///
/// ```no_run
/// # let names = ["JWT_SECRET_KEY"];
/// hardened_scan::command(names).run_if_asked();
/// ```
pub fn command<N: Into<String>>(names: impl IntoIterator<Item = N>) -> ScanCommand {
    ScanCommand { names: names.into_iter().map(Into::into).collect(), values: Values::new() }
}

/// The subcommand `config scan` of a service. It searches a tree, its history and build output for the values of the service's
/// own secrets, and sources for code that contains a secret.
///
/// `my-service config scan [PATH]...` reads each secret from its variable and from the file that `NAME_FILE` names; with
/// `--env-file`, the variables come from a file instead of the environment. It never prints a value. Exit status: 0 nothing
/// found, 1 something found, 2 wrong usage or nothing searched.
///
/// A service that uses the crate `hardened` registers it like this, before `hardened::command` and its own arguments:
///
/// ```text
/// let secrets = Settings::SCHEMA.settings().into_iter().filter(|setting| setting.kind().is_secret());
/// hardened_scan::command(secrets.flat_map(|secret| secret.variables().to_vec()).map(|name| name.to_string())).run_if_asked();
/// ```
#[derive(Debug)]
#[must_use = "the subcommand does nothing until `run_if_asked` is called"]
pub struct ScanCommand {
    names: Vec<String>,
    values: Values,
}

impl ScanCommand {
    /// Also searches for these values, which come from a source other than variables, such as a secret store.
    pub fn values(mut self, values: Values) -> Self {
        self.values = values;
        self
    }

    /// Runs the subcommand and ends the process if the first arguments are `config scan`; otherwise does nothing.
    pub fn run_if_asked(self) {
        if let Some(arguments) = behind(&["config", "scan"]) {
            let program = std::env::args_os().next().unwrap_or_default();
            let program = format!("{} config scan", hook::quoted(&program.to_string_lossy()));
            let looks = (Look::stdout(Default::default()), Look::stderr(Default::default()));
            let status = self.run_with(&program, arguments, &mut io::stdout().lock(), &mut io::stderr().lock(), looks);
            std::process::exit(status);
        }
    }

    /// Runs the subcommand with the arguments after `config scan` and returns the exit status. Both outputs are treated as plain
    /// text, not as a terminal.
    pub fn run(
        self,
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut dyn Write,
        errors: &mut dyn Write,
    ) -> i32 {
        self.run_with("my-service config scan", arguments, output, errors, (Look::PLAIN, Look::PLAIN))
    }

    fn run_with(
        self,
        program: &str,
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut dyn Write,
        errors: &mut dyn Write,
        looks: (Look, Look),
    ) -> i32 {
        match arguments::parse(arguments, program) {
            Ok(Some(options)) => {
                let options = Options { names: [self.names, options.names].concat(), ..options };
                run(options, self.values, output, errors, looks, &|_| {})
            }
            Ok(None) => write!(output, "{}", arguments::HELP).map_or(1, |()| 0),
            Err(mistake) => {
                // If standard error cannot be written, there is nowhere to report it.
                let _ = writeln!(errors, "error: {mistake}\n\n{}", arguments::HELP);
                2
            }
        }
    }
}
