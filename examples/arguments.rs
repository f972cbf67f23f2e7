//! Command line arguments that override environment variables, with clap.
//!
//! ```text
//! PORT=8080 cargo run --example arguments -- --port 9000 --mail-host mail.example.com
//! ```
//!
//! clap parses the arguments, and the loader receives those that were given. An argument has the name of its variable
//! (`--mail-host` for `MAIL_HOST`), so most need only their name. Reports show each as `argument --port`.

use clap::Parser;
use hardened::{Config, Loaded, Loader, SecretText};

/// The settings of the service.
#[derive(Debug, Config)]
struct Settings {
    /// Port to listen on.
    #[config(default = 8080)]
    port: u16,
    /// Where mail is sent.
    #[config(nested)]
    mail: Mail,
    /// The token of the mail service: no argument sets it, because every user of the machine could read it.
    mail_token: Option<SecretText>,
    /// Services next to this one.
    #[config(default = [], show)]
    peers: Vec<String>,
    /// Whether every request is logged.
    #[config(default = false)]
    verbose: bool,
}

/// Where mail is sent.
#[derive(Debug, Config)]
#[config(prefix = "MAIL_")]
struct Mail {
    /// The host.
    #[config(default = "localhost", show)]
    host: String,
}

/// The command line of the service.
#[derive(Debug, Parser)]
struct Cli {
    #[command(flatten)]
    settings: Args,
}

/// The settings that can be given as arguments. Every one is optional, because it can come from another source.
#[derive(Debug, clap::Args)]
struct Args {
    /// Port to listen on [variable: PORT].
    #[arg(long)]
    port: Option<String>,
    /// The host that mail is sent to [variable: MAIL_HOST].
    #[arg(long)]
    mail_host: Option<String>,
    /// A service next to this one; repeatable [variable: PEERS].
    #[arg(long)]
    peer: Vec<String>,
    /// Log every request [variable: VERBOSE].
    #[arg(long)]
    verbose: bool,
}

impl Args {
    /// Adds the given arguments to a loader.
    fn over(self, loader: Loader) -> Loader {
        loader
            .argument("--port", self.port)
            .argument("--mail-host", self.mail_host)
            .argument_for("--peer", "peers", self.peer)
            .argument("--verbose", self.verbose.then_some(true))
    }
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() {
    let settings: Loaded<Settings> = Cli::parse().settings.over(Loader::new()).load_or_exit();
    println!("{}", Loaded::table(&settings));
    println!("listening on {} ({}, {} peers)", settings.port, settings.mail.host, settings.peers.len());
    let _ = (settings.verbose, &settings.mail_token);
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use hardened::Environment;

    #[test]
    fn arguments_win_over_variables_and_are_named_as_their_source() {
        let given = ["service", "--port", "9000", "--peer", "a", "--peer", "b"];
        let loader = Cli::parse_from(given).settings.over(Loader::new());
        let environment = Environment::empty().set("PORT", "8000").set("MAIL_HOST", "mail.example.com");
        let settings = loader.environment(environment).load::<Settings>().unwrap();
        assert_eq!((settings.port, settings.mail.host.as_str()), (9000, "mail.example.com"));
        assert_eq!(settings.peers, ["a", "b"]);
        let sources: Vec<_> = Loaded::table(&settings)
            .rows()
            .iter()
            .filter_map(|row| row.provenance())
            .map(ToString::to_string)
            .collect();
        assert_eq!(sources, ["argument --port", "variable MAIL_HOST", "argument --peer", "default"]);
    }
}
