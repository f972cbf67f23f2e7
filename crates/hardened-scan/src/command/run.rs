//! Execution of the command.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use hardened_core::terminal::{Look, Page, Style};

use super::{
    arguments::{Format, Options},
    environment, hook,
};
use crate::{
    accepted::{Accepted, FILE_NAME},
    error::Error,
    progress::Progress,
    report::Report,
    scan::Scan,
    values::Values,
};

/// Runs a scan, writes its result, and returns the exit status: 0 nothing found, 1 something found, 2 wrong usage or
/// nothing searched.
///
/// `values` are searched for in addition to those of the named secrets; `observe` is called with the progress.
pub fn run(
    options: Options,
    mut values: Values,
    output: &mut dyn Write,
    errors: &mut dyn Write,
    looks: (Look, Look),
    observe: &(dyn Fn(Progress<'_>) + Sync),
) -> i32 {
    if options.hook {
        let here = options.paths.first().map_or(Path::new("."), PathBuf::as_path);
        return match hook::install(here, &options.program, &of_hook(&options)) {
            Ok(done) => writeln!(output, "{done}").map_or(1, |()| 0),
            Err(reason) => complain(&reason, 1, errors, looks.1),
        };
    }
    if let Err(mistake) = environment::collect(&options.names, options.env_file.as_deref(), &mut values) {
        return complain(mistake, 2, errors, looks.1);
    }
    match search(&options, &values, observe) {
        Ok(report) => match write(&report, options.format, output, looks.0) {
            Ok(()) => i32::from(report.is_refusal()),
            // The reader has closed the pipe, because it has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => i32::from(report.is_refusal()),
            Err(_) => 2,
        },
        Err(error) => complain(&error.to_string(), 2, errors, looks.1),
    }
}

fn search(options: &Options, values: &Values, observe: &(dyn Fn(Progress<'_>) + Sync)) -> Result<Report, Error> {
    let wants_values =
        !options.names.is_empty() || options.env_file.is_some() || options.values_only || !values.is_empty();
    let wants_history = options.history || options.since.is_some();
    let scan = match (wants_values || wants_history, options.values_only) {
        (true, true) => Scan::values(values),
        (true, false) => Scan::values(values).and_sources(),
        (false, _) => Scan::sources(),
    };
    let scan = scan.observe(observe);
    let scan = if options.values_if_set { scan.values_if_set() } else { scan };
    let scan = if let Some(file) = &options.resume { scan.resume(file) } else { scan };
    let here = [PathBuf::from(".")];
    let paths = if options.paths.is_empty() { &here[..] } else { &options.paths };
    let mut scan = if let Some(accepted) = accepted(options, paths)? { scan.accepted(accepted) } else { scan };
    for path in paths {
        scan = match (options.staged, &options.since) {
            (true, _) => scan.staged(path),
            (false, Some(date)) => scan.history_since(path, date),
            (false, None) if options.history => scan.path(path).history(path),
            (false, None) => scan.path(path),
        };
    }
    scan.run()
}

/// Reads the list of accepted findings that an option names, or the one in the first path.
fn accepted(options: &Options, paths: &[PathBuf]) -> Result<Option<Accepted>, Error> {
    let usual = || paths.first().map(|path| path.join(FILE_NAME)).filter(|file| file.is_file());
    options.accepted.clone().or_else(usual).map(|file| Accepted::read(&file)).transpose()
}

/// Returns the arguments that the hook passes.
fn of_hook(options: &Options) -> Vec<String> {
    let mut words = vec!["--quiet".to_owned()];
    if !options.names.is_empty() || options.env_file.is_some() {
        words.push("--values-if-set".to_owned());
    }
    if !options.names.is_empty() {
        words.extend(["--names".to_owned(), hook::quoted(&options.names.join(","))]);
    }
    if let Some(file) = &options.env_file {
        words.extend(["--env-file".to_owned(), hook::quoted(&file.to_string_lossy())]);
    }
    words
}

fn write(report: &Report, format: Format, output: &mut dyn Write, look: Look) -> io::Result<()> {
    match format {
        Format::Text => writeln!(output, "{}", report.text(look)),
        Format::Json => write!(output, "{}", report.to_json()),
        Format::Sarif => writeln!(output, "{:#}", report.sarif()),
        Format::Github => write!(output, "{}", report.annotations()),
    }
}

fn complain(words: &str, status: i32, errors: &mut dyn Write, look: Look) -> i32 {
    let mut page = Page::new(look);
    page.line(7, &[(Style::Bad, "error: "), (Style::Plain, words)]);
    // If standard error cannot be written, there is nowhere to report it.
    let _ = writeln!(errors, "{}", page.finish());
    status
}
