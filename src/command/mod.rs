//! The subcommand `config`. It is part of the service's own binary, because only that binary knows its settings.

mod arguments;
mod check_file;
mod difference;
mod manifest;
mod rules;

use std::{
    ffi::OsString,
    io::{self, Write},
    marker::PhantomData,
};

use hardened_core::terminal::{Color, Look, Page, Style};

use self::arguments::{Action, Asked, Elsewhere, Form, Mistake};
use crate::{Config, Loaded, Loader, Report, source::environment_of};

/// Creates the subcommand `config` for a service. See [`ConfigCommand`](crate::load::ConfigCommand).
pub fn command<T: Config>() -> ConfigCommand<T> {
    ConfigCommand { loader: Loader::new(), openapi: None, settings: PhantomData }
}

/// The subcommand `config`: `my-service config check | env | toml | schema | rules | explain |
/// manifest`.
///
/// - `check` runs exactly what the start runs, and prints the settings and the report; `--format json` prints one
///   document for machines.
/// - `env` prints an `.env.example`.
/// - `toml` prints a `hardened.toml` with every setting that the file can contain, most of them commented out.
/// - `schema` prints the JSON Schema of the configuration, or with `--format markdown` a table for a README.
/// - `rules` prints a page about the [service's own rules](Loader::rules), and `explain CODE` explains one rule.
/// - `manifest` prints the [manifest](crate::manifest) of the release; `--openapi FILE` adds its routes.
///
/// `check --env-file FILE --tier production` judges the variables of a file: no variable, directory, provider or
/// configuration file of this machine is read, only the files that FILE itself names. `manifest` accepts both options too,
/// and then assumes that any secret missing from the file is set. `--check FILE` compares instead of printing, for
/// continuous integration, and shows the lines that differ. On a terminal, output is coloured and wrapped to its width;
/// `--color auto|always|never` overrides the colour. Exit status: 0 accepted, 1 refused or different, 2 wrong usage.
#[derive(Debug)]
#[must_use = "the subcommand does nothing until `run_if_asked` is called"]
pub struct ConfigCommand<T> {
    loader: Loader,
    openapi: Option<serde_json::Value>,
    settings: PhantomData<fn() -> T>,
}

impl<T: Config> ConfigCommand<T> {
    /// Uses this loader instead of [`Loader::new`].
    pub fn loader(mut self, loader: Loader) -> Self {
        self.loader = loader;
        self
    }

    /// Adds the routes of an OpenAPI document to the manifest, such as utoipa's `OpenApi`. `--openapi FILE` replaces it.
    pub fn openapi(mut self, document: &impl serde::Serialize) -> Self {
        // A value that does not serialize becomes `null`, and reading the routes then reports that it is not a document.
        self.openapi = Some(serde_json::to_value(document).unwrap_or_default());
        self
    }

    /// Runs the subcommand and ends the process if the first argument is `config`; otherwise does nothing. Call it before
    /// [`Config::load_or_exit`].
    pub fn run_if_asked(self) {
        if let Some(arguments) = hardened_core::arguments::behind(&["config"]) {
            let look = |color| (Look::stdout(color), Look::stderr(color));
            let status = self.run_looking(arguments, &mut io::stdout().lock(), &mut io::stderr().lock(), look);
            std::process::exit(status);
        }
    }

    /// Runs the subcommand with the arguments after `config` and returns the exit status. Neither output is treated as a
    /// terminal.
    pub fn run(
        self,
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut dyn Write,
        errors: &mut dyn Write,
    ) -> i32 {
        let look = |color| {
            let look = Look { color: color == Color::Always, width: None };
            (look, look)
        };
        self.run_looking(arguments, output, errors, look)
    }

    /// Runs the subcommand; `look` returns how standard output and standard error look.
    fn run_looking(
        self,
        arguments: impl IntoIterator<Item = OsString>,
        output: &mut dyn Write,
        errors: &mut dyn Write,
        look: impl Fn(Color) -> (Look, Look),
    ) -> i32 {
        let Asked { action, color } = match arguments::parse(arguments) {
            Ok(asked) => asked,
            Err(Mistake { words, usage }) => {
                let text = mistake(&words, look(Color::Auto).1);
                return print(errors, &format!("{text}\n\n{usage}")).map_or(1, |()| 2);
            }
        };
        let (look, look_of_errors) = look(color);
        let outcome = match action {
            Action::Help(text) => print(output, text).map(|()| 0),
            Action::Check(form, None) => self.check(form, look, output),
            Action::Check(form, Some(elsewhere)) => match self.elsewhere(elsewhere) {
                Ok(command) => command.check(form, look, output),
                Err(words) => print(errors, &format!("{}\n", mistake(words, look_of_errors))).map(|()| 2),
            },
            Action::Env(file) => {
                let loader = T::loader(self.loader);
                let text = T::SCHEMA.env_example_for(loader.tier_variables().first().copied().unwrap_or_default());
                check_file::print_or_compare(&text, file, "config env", look_of_errors, output, errors)
            }
            Action::Toml(file) => {
                let text = T::SCHEMA.toml_example();
                check_file::print_or_compare(&text, file, "config toml", look_of_errors, output, errors)
            }
            Action::Schema(form, file) => {
                let (text, command) = match form {
                    Form::Text => (T::SCHEMA.markdown(), "config schema --format markdown"),
                    Form::Json => (format!("{:#}\n", T::SCHEMA.json_schema()), "config schema"),
                };
                check_file::print_or_compare(&text, file, command, look_of_errors, output, errors)
            }
            Action::Rules(file) => {
                let text = rules::page(T::SCHEMA.name(), &T::loader(self.loader).own_rules());
                check_file::print_or_compare(&text, file, "config rules", look_of_errors, output, errors)
            }
            Action::Explain(code) => match rules::explained(&code, &T::loader(self.loader).own_rules(), look) {
                Ok(text) => print(output, &text).map(|()| 0),
                Err(words) => print(errors, &format!("{}\n", mistake(&words, look_of_errors))).map(|()| 2),
            },
            Action::Manifest(asked) => self.manifest(asked, look_of_errors, output, errors),
        };
        // Writing fails when the reader has closed the pipe: it does not want the rest.
        outcome.unwrap_or(1)
    }

    /// Replaces the environment with the variables of a file. Nothing of this machine is read after that.
    fn elsewhere(self, Elsewhere { file, tier }: Elsewhere) -> Result<Self, &'static str> {
        let mut environment = environment_of(&file)?;
        if let Some(tier) = tier {
            // A loader that reads nothing tells which tier variables the service's own loader uses.
            let asked = T::loader(self.loader.with_its_tier_names());
            for variable in asked.tier_variables() {
                environment = environment.unset(variable);
            }
            environment = environment.set(asked.tier_variables().first().copied().unwrap_or_default(), tier.name());
        }
        Ok(Self { loader: self.loader.elsewhere(environment), ..self })
    }

    fn check(self, form: Form, look: Look, output: &mut dyn Write) -> io::Result<i32> {
        let outcome = self.loader.load::<T>();
        let (report, table, document) = match &outcome {
            Ok(loaded) => (Loaded::report(loaded), Loaded::table(loaded), Loaded::to_json(loaded)),
            Err(refusal) => (refusal.report(), refusal.table(), refusal.to_json()),
        };
        match form {
            Form::Json => writeln!(output, "{document}")?,
            Form::Text => writeln!(output, "{}\n\n{}", table.text(look), report.text(look))?,
        }
        Ok(status(report))
    }
}

fn mistake(words: &str, look: Look) -> String {
    let mut page = Page::new(look);
    page.line(7, &[(Style::Bad, "error: "), (Style::Plain, words)]);
    page.finish()
}

fn status(report: &Report) -> i32 {
    i32::from(report.is_refusal())
}

fn print(output: &mut dyn Write, text: &str) -> io::Result<()> {
    output.write_all(text.as_bytes())
}
