//! `taskflow demo`: what is answered, and what is refused, by a service on this machine.
//!
//! It needs nothing and leaves nothing: tasks are kept in memory, keys are made for it, and it listens on loopback.

mod checks;
mod client;
mod forgeries;
mod refusal;
mod screen;
mod service;

use std::{error::Error, process::ExitCode, time::Instant};

use hardened::{Loaded, rule};

use self::{checks::People, screen::Screen, service::Service};

/// Shows everything. Fails when one answer is not what it should be.
pub async fn run() -> ExitCode {
    let (start, mut screen) = (Instant::now(), Screen::default());
    if let Err(error) = show(&mut screen).await {
        screen.text(&format!("the demo could not go on: {error}"));
        return ExitCode::FAILURE;
    }
    screen.sum(start.elapsed());
    if screen.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

async fn show(screen: &mut Screen) -> Result<(), Box<dyn Error>> {
    let production = Service::start(service::production(), |loader| {
        loader.waive(rule::SETTING_ABSENT, "DATABASE_URL", "the demo keeps its tasks in memory")
    });
    let production = production.await?;
    screen.title("a service in production, on this machine");
    screen.text(&format!("{}\n\n{}", Loaded::table(production.settings()), Loaded::report(production.settings())));

    let people = People::sign_up(&production).await?;
    for (title, checks) in checks::of_production(&production, &people)? {
        screen.title(title);
        for check in checks {
            screen.check(check.run(&production).await?);
        }
    }

    screen.title("the same in development");
    let development = Service::start(service::development(), |loader| loader).await?;
    for check in checks::of_development() {
        screen.check(check.run(&development).await?);
    }

    screen.title("the configuration of the service that this one replaces");
    let refused = refusal::of_the_original()?;
    screen.text(&refused.to_string());
    for outcome in refusal::judge(&refused) {
        screen.check(outcome);
    }
    Ok(())
}
