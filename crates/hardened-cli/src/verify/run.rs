//! Runs the command `hardened verify`.

use std::{
    env, fs,
    io::{self, Write},
    path::Path,
};

use hardened_core::{
    terminal::Look,
    verification::{SeverityWord, VerdictWord, Verification as Document},
};
use hardened_verify::{Builder, Family, Journal, User, Verifier};

use super::{
    arguments::{Arguments, FailOn},
    credentials, documents,
    format::{self, Format},
    list,
    progress::Shown,
    signals,
};
use crate::{
    outcome::{Outcome, complain},
    output,
};

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let families = families(arguments);
    if arguments.init {
        return match documents::begin(arguments.profile.as_deref(), arguments.openapi.as_deref()) {
            Ok(done) => writeln!(io::stdout().lock(), "{done}").map(|()| Outcome::Done),
            Err(reason) => Ok(misused(&reason)),
        };
    }
    let Some(url) = arguments.url.as_deref().filter(|_| !arguments.list) else {
        list::checks(&families)?;
        return Ok(Outcome::Done);
    };
    let builder = match builder(arguments, url, &families) {
        Ok(builder) => builder,
        Err(reason) => return Ok(misused(&reason)),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        if let Some(journal) = &arguments.cleanup {
            return clean_up(journal, builder).await;
        }
        if arguments.plan {
            return match builder.build() {
                Ok(verifier) => list::requests(&verifier.plan().await).map(|()| Outcome::Done),
                Err(error) => Ok(misused(&error.to_string())),
            };
        }
        verify(arguments, url, builder).await
    })
}

fn families(arguments: &Arguments) -> Vec<Family> {
    let wanted = |family: &Family| arguments.only.is_empty() || arguments.only.contains(family);
    let is_skipped = |family: &Family| arguments.skip.iter().any(|word| word == family.name());
    Family::ALL.iter().copied().filter(|family| wanted(family) && !is_skipped(family)).collect()
}

fn builder(arguments: &Arguments, url: &str, families: &[Family]) -> Result<Builder, String> {
    let mut builder = Verifier::builder(url)
        .map_err(|error| error.to_string())?
        .only(families)
        .max_requests(arguments.max_requests)
        .deadline(arguments.deadline)
        .concurrency(usize::from(arguments.concurrency))
        .skip(arguments.skip.iter().cloned())
        .deep(arguments.deep)
        .slow(arguments.slow)
        .journal(&arguments.journal);
    builder = with_documents(arguments, builder)?;
    builder = with_connection(arguments, builder)?;
    if let Some(tier) = arguments.tier {
        builder = builder.tier(tier);
    }
    if let Some(path) = &arguments.protected {
        builder = builder.protected_path(path);
    }
    if let Some((host, address)) = &arguments.resolve {
        if !url.contains(host.as_str()) {
            return Err(format!("--resolve names a different host than the URL; it must be the host of {url}"));
        }
        builder = builder.resolve(*address);
    }
    for header in &arguments.header {
        builder = builder.header(credentials::header("--header", header)?);
    }
    let key = credentials::key(arguments.signing_key_env.as_deref(), arguments.signing_key_file.as_deref())?;
    if let Some(key) = key {
        builder = builder.signing_key(key.trim().as_bytes());
    }
    for (option, source, user) in [("--user-a", &arguments.user_a, User::A), ("--user-b", &arguments.user_b, User::B)] {
        if let Some(source) = source {
            builder = builder.credential(user, credentials::token(option, source)?);
        }
    }
    Ok(builder)
}

fn with_documents(arguments: &Arguments, mut builder: Builder) -> Result<Builder, String> {
    if let Some(path) = &arguments.manifest {
        builder = builder.manifest(documents::manifest(path)?);
    }
    if let Some(path) = &arguments.profile {
        builder = builder.profile(documents::profile(path)?);
    }
    if let Some(path) = &arguments.openapi {
        builder = builder.openapi(documents::openapi(path)?);
    }
    Ok(builder)
}

fn with_connection(arguments: &Arguments, mut builder: Builder) -> Result<Builder, String> {
    let said = |error: hardened_verify::Error| error.to_string();
    if let Some(path) = &arguments.ca {
        let pem = fs::read(path)
            .map_err(|error| format!("{} cannot be read: {}", output::path(path), output::cause(&error)))?;
        builder = builder.ca(&pem).map_err(said)?;
    }
    if let Some(reason) = &arguments.insecure {
        builder = builder.insecure(reason).map_err(said)?;
    }
    if let Some(url) = &arguments.proxy {
        builder = builder.proxy(url).map_err(said)?;
    }
    Ok(builder)
}

/// Removes what a killed run has left behind.
async fn clean_up(path: &Path, builder: Builder) -> io::Result<Outcome> {
    let verifier = match builder.build() {
        Ok(verifier) => verifier,
        Err(error) => return Ok(misused(&error.to_string())),
    };
    let journal = match Journal::read(path) {
        Ok(journal) => journal,
        Err(error) => return Ok(misused(&error.to_string())),
    };
    let left = match verifier.cleanup(journal).await {
        Ok(left) => left,
        Err(error) => return Ok(misused(&error.to_string())),
    };
    let (removable, others): (Vec<_>, Vec<_>) = left.iter().partition(|left| left.removable);
    for left in &removable {
        complain(&format!("left behind: {}: {}", left.path, left.reason));
    }
    for left in &others {
        writeln!(io::stderr().lock(), "left behind: {}: {}", left.path, left.reason)?;
    }
    if !removable.is_empty() {
        return Ok(Outcome::Refused);
    }
    let word = if others.is_empty() { "nothing" } else { "nothing else" };
    writeln!(io::stdout().lock(), "{word} is left behind").map(|()| Outcome::Done)
}

async fn verify(arguments: &Arguments, url: &str, builder: Builder) -> io::Result<Outcome> {
    let shown = Shown::begin(url, arguments.quiet);
    let builder = builder.observe(shown.observer(arguments.quiet));
    signals::watch(builder.interrupt());
    let verifier = match builder.build() {
        Ok(verifier) => verifier,
        Err(error) => return Ok(misused(&error.to_string())),
    };
    let document = verifier.run().await.document();
    drop(shown);
    if let Err(reason) = write(arguments, &document)? {
        return Ok(misused(&reason));
    }
    Ok(outcome(arguments.fail_on, &document))
}

fn misused(reason: &str) -> Outcome {
    complain(reason);
    Outcome::Misused
}

/// Writes the result to its destination, and additionally for GitHub Actions if the command runs there.
fn write(arguments: &Arguments, document: &Document) -> io::Result<Result<(), String>> {
    let is_on_terminal = arguments.output.is_none();
    let look = if is_on_terminal { output::look() } else { Look::PLAIN };
    let text = match format::write(arguments.format, document, look) {
        Ok(text) => text,
        Err(reason) => return Ok(Err(reason)),
    };
    match &arguments.output {
        None => write!(io::stdout().lock(), "{text}")?,
        Some(path) => {
            if let Err(error) = fs::write(path, &text) {
                return Ok(Err(format!("{} cannot be written: {}", output::path(path), output::cause(&error))));
            }
            writeln!(io::stdout().lock(), "{}", document.text(output::look()))?;
        }
    }
    if env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true") {
        github(arguments.format, document)?;
    }
    Ok(Ok(()))
}

/// Writes annotations to standard output, unless it contains machine-readable output, and the summary of the step.
fn github(format: Format, document: &Document) -> io::Result<()> {
    if format == Format::Text {
        write!(io::stdout().lock(), "{}", format::annotations(document))?;
    }
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY") else { return Ok(()) };
    let summary = format!("### hardened verify\n\n```text\n{document}\n```\n");
    fs::OpenOptions::new().append(true).create(true).open(path)?.write_all(summary.as_bytes())
}

fn outcome(fail_on: FailOn, document: &Document) -> Outcome {
    let severity = match fail_on {
        FailOn::Error => SeverityWord::Error,
        FailOn::Warning | FailOn::Inconclusive => SeverityWord::Warning,
        FailOn::Note => SeverityWord::Note,
    };
    let unclear = document.outcomes.iter().any(|outcome| outcome.verdict == VerdictWord::Inconclusive);
    let is_empty = document.summary.pass == 0;
    let is_left = document.not_removed().next().is_some();
    if is_left || document.outcomes.iter().any(|outcome| outcome.severity >= Some(severity)) {
        Outcome::Refused
    } else if unclear || is_empty {
        if fail_on == FailOn::Inconclusive { Outcome::Refused } else { Outcome::Inconclusive }
    } else {
        Outcome::Done
    }
}
