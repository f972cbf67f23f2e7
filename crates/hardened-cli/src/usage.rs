//! Usage errors, printed without repeating a secret.

use std::{error::Error, process::ExitCode};

use clap::{
    ColorChoice,
    error::{ContextKind, ContextValue, ErrorKind},
};

/// Prints a message of clap: help and version on standard output, errors on standard error.
///
/// clap repeats what it does not understand. After `hardened secret`, that may be the secret itself, so that command has its own
/// messages.
pub(crate) fn report(error: &clap::Error) -> ExitCode {
    // The word may also come after options. An error that contains a secret must not be repeated.
    if std::env::args_os().skip(1).any(|word| word == "secret")
        && let Some(words) = without_values(error)
    {
        crate::outcome::complain(&format!("{words}\n\nFor more information, try 'hardened secret --help'."));
        return ExitCode::from(2);
    }
    // If the output cannot be written, there is nowhere to report it.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// Returns the value of `--color`, for messages that are printed before the arguments are parsed.
pub(crate) fn color() -> ColorChoice {
    let words: Vec<_> = std::env::args_os()
        .skip(1)
        .filter_map(|word| word.into_string().ok())
        .take_while(|word| word != "--")
        .collect();
    let attached = words.iter().find_map(|word| word.strip_prefix("--color="));
    let apart = || words.iter().skip_while(|word| *word != "--color").nth(1).map(String::as_str);
    attached.or_else(apart).and_then(|word| word.parse().ok()).unwrap_or_default()
}

/// Returns our own message for errors that clap would describe by repeating the argument.
fn without_values(error: &clap::Error) -> Option<String> {
    match error.kind() {
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => {
            let suggested = text(error, ContextKind::SuggestedArg).map(|flag| format!("; did you mean `{flag}`?"));
            Some(format!(
                "unknown argument (not repeated here){}\n\n\
                 Never pass a secret as an argument: every process on the machine can read it, and the shell remembers it.\n\
                 Pass it on standard input: hardened secret --check < FILE",
                suggested.unwrap_or_default()
            ))
        }
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let flag = text(error, ContextKind::InvalidArg).unwrap_or("a value");
            let requirement = error.source().map_or_else(|| "needs a number".to_owned(), ToString::to_string);
            Some(format!("{flag} {requirement}"))
        }
        _ => None,
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}
