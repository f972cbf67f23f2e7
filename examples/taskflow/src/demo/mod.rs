//! `taskflow demo`: shows what a service on this machine answers and what it refuses.
//!
//! It needs no setup and leaves nothing behind: tasks are kept in memory, keys are new, and it listens on loopback.

mod refusal;
mod screen;
mod service;
mod verified;

use std::{error::Error, process::ExitCode, time::Instant};

use hardened::Loaded;
use hardened_verify::Family;

use self::{screen::Screen, service::Service};

/// The text that says how to verify another service.
const VERIFIED: &str = "\
These are the checks of `hardened verify`. Two users sign up for them. A refusal counts only while a request
that must succeed does succeed: that request follows `while`. For your own deployment:
  hardened verify https://api.example.com --profile hardened.verify.toml";

/// Runs the demo. Fails if one answer is not as expected.
pub async fn run() -> ExitCode {
    let (start, mut screen) = (Instant::now(), Screen::default());
    if let Err(error) = show(&mut screen).await {
        screen.text(&format!("the demo failed: {error}"));
        return ExitCode::FAILURE;
    }
    screen.sum(start.elapsed());
    if screen.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

async fn show(screen: &mut Screen) -> Result<(), Box<dyn Error>> {
    let production = Service::in_production().await?;
    screen.title("a service in production, on this machine");
    screen.text(&format!("{}\n\n{}", Loaded::table(production.settings()), Loaded::report(production.settings())));
    screen.title("what it promised, verified from outside");
    screen.text(VERIFIED);
    verified::show(&verified::verify(&production, Family::ALL).await?, screen);

    screen.title("the same in development, where documentation is shown");
    let development = Service::in_development().await?;
    verified::show(&verified::verify(&development, &[Family::Reach, Family::Docs]).await?, screen);

    screen.title("the configuration of the service that this one replaces");
    let refused = refusal::of_the_original()?;
    screen.text(&refused.to_string());
    for outcome in refusal::judge(&refused) {
        screen.check(outcome);
    }
    Ok(())
}
