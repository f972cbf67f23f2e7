//! The command `hardened secret`, which generates or checks a key.

use std::io::{self, IsTerminal, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use hardened_core::{report::counted, terminal::Style};
use zeroize::Zeroizing;

use crate::{
    check,
    outcome::{Outcome, complain},
    output,
};

/// The length of a new key in random bytes. Its 64 characters of base64 are enough for HS512.
pub(crate) const DEFAULT_BYTES: usize = 48;
/// The minimum number of random bytes. No algorithm accepts a shorter key.
pub(crate) const MIN_BYTES: usize = 32;
/// The maximum number of random bytes. In base64, they have the maximum length of a key, 4,096 bytes.
pub(crate) const MAX_BYTES: usize = 3072;

/// Generates a key, or checks one.
///
/// Prints N random bytes from the operating system in base64, and nothing else: `hardened secret > jwt.key`.
///
/// With --check, reads a key from standard input and reports what is wrong with it, without showing it:
/// `hardened secret --check < jwt.key`. One line break at the end is ignored. Exit status: 0 strong, 1 not strong, 2
/// wrong usage.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Number of random bytes, from 32 to 3072
    #[arg(long, value_name = "N", default_value_t = DEFAULT_BYTES, value_parser = bytes, conflicts_with = "check")]
    bytes: usize,

    /// Check the key on standard input instead
    #[arg(long)]
    check: bool,

    /// Minimum length in bytes: 32 for HS256, 48 for HS384, 64 for HS512
    #[arg(long, value_name = "N", default_value_t = MIN_BYTES, value_parser = required, requires = "check")]
    required: usize,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    if arguments.check { judge(arguments.required) } else { make(arguments.bytes) }
}

/// Generates a key: random bytes from the operating system in base64.
pub(crate) fn fresh(bytes: usize) -> Result<Zeroizing<String>, getrandom::Error> {
    let mut random = Zeroizing::new(vec![0; bytes]);
    getrandom::fill(&mut random)?;
    // The full capacity, so that the string never grows and leaves an unwiped copy behind.
    let mut key = Zeroizing::new(String::with_capacity(bytes.div_ceil(3) * 4));
    STANDARD.encode_string(&*random, &mut key);
    Ok(key)
}

fn make(bytes: usize) -> io::Result<Outcome> {
    let mut key = fresh(bytes).map_err(io::Error::other)?;
    key.push('\n');
    let mut stdout = io::stdout().lock();
    stdout.write_all(key.as_bytes())?;
    stdout.flush()?;
    Ok(Outcome::Done)
}

fn judge(required: usize) -> io::Result<Outcome> {
    let stdin = io::stdin().lock();
    if stdin.is_terminal() {
        complain(
            "the key is read from standard input, and a terminal would show it; run: hardened secret --check < FILE",
        );
        return Ok(Outcome::Misused);
    }
    let violations = check::input(stdin, required)?;
    if violations.is_empty() {
        let told = " no problems found; it cannot be checked whether the key was generated at random";
        output::line(2, &[(Style::Good, "accepted:"), (Style::Plain, told)])?;
        return Ok(Outcome::Done);
    }
    let count = format!(" {}", counted(violations.len(), "problem"));
    output::line(2, &[(Style::Bad, "refused:"), (Style::Plain, &count)])?;
    for violation in violations {
        output::line(6, &[(Style::Plain, "  "), (Style::Plain, &violation.message())])?;
        output::line(11, &[(Style::Plain, "      "), (Style::Good, "fix: "), (Style::Plain, &violation.advice())])?;
        output::line(6, &[(Style::Plain, "      "), (Style::Faint, violation.rule().code())])?;
    }
    Ok(Outcome::Refused)
}

fn bytes(text: &str) -> Result<usize, String> {
    within(text, MIN_BYTES, MAX_BYTES)
}

fn required(text: &str) -> Result<usize, String> {
    within(text, MIN_BYTES, check::MAX_KEY_BYTES)
}

fn within(text: &str, min: usize, max: usize) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (min..=max).contains(number));
    number.ok_or_else(|| format!("must be a whole number from {min} to {max}"))
}
