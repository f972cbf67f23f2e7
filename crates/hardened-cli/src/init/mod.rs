//! The command `hardened init`, which prepares a project for development.

mod apply;
mod cargo_config;
mod dotenv;
mod example;
mod found;
mod gitignore;
mod plan;
mod project;
mod step;

use std::{io, path::PathBuf};

use hardened_core::terminal::Style;

use self::{found::Survey, plan::Plan, project::Project, step::Step};
use crate::{
    outcome::{Outcome, complain},
    output, secret,
};

/// Prepares a cargo project for development
///
/// Writes, at the root of the workspace:
///   .gitignore          keeps .env, .env.local and hardened.local.toml out of git
///   .cargo/config.toml  `cargo run` and `cargo test` set ENVIRONMENT=development;
///                       a binary started directly does not
///   .env                fresh keys, readable only by you; never read in production
///   .env.example        the settings without the secrets, for colleagues
///
/// It overwrites nothing and lists what it did. If you run it again, it adds what
/// is missing. An existing `.env.example`, as `cargo run -- config env` prints it,
/// determines the settings and keys in `.env`, and the variable of the tier.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Arguments {
    /// A directory inside the project
    #[arg(long, value_name = "DIR", default_value = ".")]
    path: PathBuf,

    /// The variable that names the tier, if not ENVIRONMENT or as .env.example says
    #[arg(long, value_name = "NAME", value_parser = variable)]
    tier_variable: Option<String>,
}

/// Parses the name of a variable.
fn variable(text: &str) -> Result<String, String> {
    let plain = |symbol: char| symbol.is_ascii_alphanumeric() || symbol == '_';
    let is_name = matches!(text.len(), 1..=64)
        && text.chars().all(plain)
        && text.starts_with(|first: char| !first.is_ascii_digit());
    if is_name { Ok(text.to_owned()) } else { Err("must be letters, digits and underscores".to_owned()) }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let project = match Project::find(&arguments.path) {
        Ok(project) => project,
        Err(reason) => {
            complain(&reason);
            return Ok(Outcome::Refused);
        }
    };
    let plan = Plan::new(&Survey::of(&project), arguments.tier_variable.as_deref(), &mut |bytes| secret::fresh(bytes));
    let plan = plan.map_err(io::Error::other)?;

    output::line(2, &[(Style::Strong, &output::path(&project.root))])?;
    for step in &plan.steps {
        if let Err(error) = apply::apply(&project.root, step) {
            complain(&format!("cannot write {}: {}", step.file, plain(&error)));
            return Ok(Outcome::Refused);
        }
        tell(step)?;
    }
    next(&plan)?;
    Ok(Outcome::Done)
}

fn tell(step: &Step) -> io::Result<()> {
    let (style, word) = step.deed.told();
    let file = format!("{:18}  ", step.file);
    output::line(
        34,
        &[(Style::Plain, "  "), (style, &format!("{word:12}")), (Style::Plain, &file), (Style::Plain, &step.said)],
    )
}

fn next(plan: &Plan) -> io::Result<()> {
    let first = |task: &str| output::line(7, &[(Style::Strong, "first:"), (Style::Plain, " "), (Style::Plain, task)]);
    output::line(0, &[])?;
    plan.tasks.iter().try_for_each(|task| first(task))?;
    let masks = |value: std::ffi::OsString| !matches!(value.to_str(), Some("development" | "test"));
    let variable = &plan.tier_variable;
    if std::env::var_os(variable).is_some_and(masks) {
        // The [env] table of cargo does not override what the shell has set, not even an empty value.
        first(&format!("unset {variable}, because the value in this shell hides cargo's entry"))?;
    }
    output::line(7, &[(Style::Strong, "next:"), (Style::Plain, "  cargo run")])?;
    if plan.example_is_ours {
        let why = "  (writes your own service's settings; then run `hardened init` again)";
        output::line(9, &[(Style::Plain, "       cargo run -- config env > .env.example"), (Style::Faint, why)])?;
    }
    Ok(())
}

/// Returns the text of an error without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::AlreadyExists => "something else is already there; run `hardened init` again".to_owned(),
        _ => error.to_string(),
    }
}
