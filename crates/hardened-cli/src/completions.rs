//! The command `hardened completions`, which prints what a shell needs to complete the command line.

use std::io::{self, Write};

use clap_complete::{Shell, generate};

use crate::outcome::Outcome;

/// Prints completions for a shell
///
/// Install them once:
///   bash   echo 'source <(hardened completions bash)' >> ~/.bashrc
///   zsh    hardened completions zsh > ~/.zfunc/_hardened  (~/.zfunc in fpath)
///   fish   hardened completions fish > ~/.config/fish/completions/hardened.fish
///   pwsh   hardened completions powershell >> $PROFILE
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions for the whole command line.
pub(crate) fn run(arguments: &Arguments, mut whole: clap::Command) -> io::Result<Outcome> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut whole, "hardened", &mut script);
    let mut stdout = io::stdout().lock();
    stdout.write_all(&script)?;
    stdout.flush()?;
    Ok(Outcome::Done)
}
