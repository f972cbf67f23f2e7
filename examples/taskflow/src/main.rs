//! The binary: `taskflow`, `taskflow migrate`, `taskflow demo`, `taskflow config check`.

use std::{
    error::Error,
    process::{ExitCode, Termination},
};

use clap::{Parser, Subcommand};
use hardened::{
    Config as _, Exit, Loaded,
    manifest::{Manifest, Route},
};
use taskflow::{Settings, Store, app, demo, server};

/// Accounts and their tasks.
///
/// Without a command, it starts the service. `taskflow config` shows what can be set and what the service promises (check, env,
/// schema, manifest), and `taskflow config audit` writes a report about it for an auditor.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Applies the migrations of the database and exits.
    Migrate,
    /// Shows on this machine what the service answers and what it refuses; needs no setup.
    Demo,
}

#[tokio::main]
async fn main() -> ExitCode {
    hardened_audit::command(manifest).rules(hardened::rule::ALL).run_if_asked();
    hardened::command::<Settings>().openapi(&app::documentation()).run_if_asked();
    let outcome = match Arguments::parse().command {
        None => server::run(Settings::load_or_exit()).await,
        Some(Command::Migrate) => migrate().await,
        Some(Command::Demo) => return demo::run().await,
    };
    Exit::from(outcome).report()
}

/// Returns the manifest of the configuration of this process, with the routes.
fn manifest() -> Manifest {
    let mut manifest = Loaded::manifest(&Settings::load_or_exit());
    manifest.routes = app::documentation().to_json().ok().and_then(|document| Route::of_openapi(&document).ok());
    manifest
}

async fn migrate() -> Result<(), Box<dyn Error>> {
    Store::open(&Settings::load_or_exit()).await?;
    Ok(())
}
