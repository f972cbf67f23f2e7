//! The subcommand `config` for a service's own binary: only that binary knows its settings.

mod arguments;
mod check_file;

use std::{
    ffi::OsString,
    io::{self, Write},
    marker::PhantomData,
};

use self::arguments::{Action, Elsewhere, Form};
use crate::{Config, Loaded, Loader, Report, source::environment_of};

/// Returns the subcommand `config` of a service. See [`ConfigCommand`].
pub fn command<T: Config>() -> ConfigCommand<T> {
    ConfigCommand { loader: Loader::new(), settings: PhantomData }
}

/// The subcommand `config`: `my-service config check | env | schema`.
///
/// - `check` runs exactly what the start runs, and prints the settings and the report; `--format json` prints one
///   document for machines.
/// - `env` prints an `.env.example`.
/// - `schema` prints the JSON Schema of the configuration, or with `--format markdown` a table for a README.
///
/// `check --env-file FILE --tier production` judges the variables of a file instead of this process's.
/// `--check FILE` compares instead of printing, for continuous integration. Exit status: 0 accepted, 1 refused or
/// different, 2 wrong usage.
#[derive(Debug)]
#[must_use = "the subcommand does nothing until `run_if_asked` is called"]
pub struct ConfigCommand<T> {
    loader: Loader,
    settings: PhantomData<fn() -> T>,
}

impl<T: Config> ConfigCommand<T> {
    /// Uses this loader instead of [`Loader::new`].
    pub fn loader(mut self, loader: Loader) -> Self {
        self.loader = loader;
        self
    }

    /// Runs the subcommand and ends the process if the first argument is `config`; otherwise does nothing. Call it
    /// before [`Config::load_or_exit`].
    pub fn run_if_asked(self) {
        let mut arguments = std::env::args_os().skip(1);
        if arguments.next().is_some_and(|first| first == "config") {
            let status = self.run(arguments, &mut io::stdout().lock(), &mut io::stderr().lock());
            std::process::exit(status);
        }
    }

    /// Runs the subcommand with the arguments after `config` and returns the exit status.
    pub fn run(
        self,
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut dyn Write,
        errors: &mut dyn Write,
    ) -> i32 {
        let outcome = match arguments::parse(arguments) {
            Ok(Action::Help(text)) => print(output, text).map(|()| 0),
            Ok(Action::Check(form, None)) => self.check(form, output),
            Ok(Action::Check(form, Some(elsewhere))) => match self.elsewhere(elsewhere) {
                Ok(command) => command.check(form, output),
                Err(mistake) => print(errors, &format!("{mistake}\n")).map(|()| 2),
            },
            Ok(Action::Env(file)) => {
                let loader = T::loader(self.loader);
                let text = T::SCHEMA.env_example_for(loader.tier_variables().first().copied().unwrap_or_default());
                check_file::print_or_compare(&text, file, output, errors)
            }
            Ok(Action::Schema(form, file)) => {
                let text = match form {
                    Form::Text => T::SCHEMA.markdown(),
                    Form::Json => format!("{:#}\n", T::SCHEMA.json_schema()),
                };
                check_file::print_or_compare(&text, file, output, errors)
            }
            Err(mistake) => print(errors, &format!("{mistake}\n\n{}", arguments::USAGE)).map(|()| 2),
        };
        // Whoever closed the pipe does not want the rest.
        outcome.unwrap_or(1)
    }

    /// Judges the variables of a file, and nothing of this process.
    fn elsewhere(self, Elsewhere { file, tier }: Elsewhere) -> Result<Self, &'static str> {
        let mut environment = environment_of(&file)?;
        if let Some(tier) = tier {
            // What the service's own loader says of the variable is asked of a loader that reads nothing.
            let variable = T::loader(Loader::new()).tier_variables().first().copied().unwrap_or_default();
            environment = environment.set(variable, tier.name());
        }
        Ok(Self { loader: self.loader.environment(environment), ..self })
    }

    fn check(self, form: Form, output: &mut dyn Write) -> io::Result<i32> {
        let outcome = self.loader.load::<T>();
        let (report, table, document) = match &outcome {
            Ok(loaded) => (Loaded::report(loaded), Loaded::table(loaded), Loaded::to_json(loaded)),
            Err(refusal) => (refusal.report(), refusal.table(), refusal.to_json()),
        };
        match form {
            Form::Json => writeln!(output, "{document}")?,
            Form::Text => writeln!(output, "{table}\n\n{report}")?,
        }
        Ok(status(report))
    }
}

fn status(report: &Report) -> i32 {
    i32::from(report.is_refusal())
}

fn print(output: &mut dyn Write, text: &str) -> io::Result<()> {
    output.write_all(text.as_bytes())
}
