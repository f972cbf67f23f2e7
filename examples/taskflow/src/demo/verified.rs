//! Runs the checks of `hardened verify` on a running service and shows each result.

use std::error::Error;

use hardened::Loaded;
use hardened_core::verification::Exchange;
use hardened_verify::{Family, OpenApi, Outcome, Profile, Verdict, Verification, Verifier};

use super::{
    screen::{Line, Screen, Word},
    service::Service,
};
use crate::app;

/// The profile of the service, the same file that an operator uses.
const PROFILE: &str = include_str!("../../hardened.verify.toml");

/// Verifies the service from outside, as two users who sign up for it. The key of the demo is known, so expired tokens and
/// the like can be tried as well.
pub(super) async fn verify(service: &Service, families: &[Family]) -> Result<Verification, Box<dyn Error>> {
    let builder = Verifier::builder(&service.url())?
        .only(families)
        .manifest(Loaded::manifest(service.settings()))
        .openapi(OpenApi::parse(&app::documentation().to_json()?, "openapi.json")?)
        .profile(Profile::parse(PROFILE, "hardened.verify.toml")?)
        .signing_key(service.key());
    Ok(builder.build()?.run().await)
}

/// Shows every check that was not skipped, by family.
pub(super) fn show(verification: &Verification, screen: &mut Screen) {
    for family in Family::ALL {
        let is_asked = |outcome: &&Outcome| !matches!(outcome.verdict(), Verdict::Skipped { .. });
        let outcomes = verification.outcomes().iter().filter(|outcome| outcome.check().family() == *family);
        let outcomes: Vec<&Outcome> = outcomes.filter(is_asked).collect();
        if outcomes.is_empty() {
            continue;
        }
        screen.title(family.name());
        for check in family.checks() {
            let cases: Vec<&Outcome> = outcomes.iter().copied().filter(|outcome| outcome.check() == *check).collect();
            if let Some(line) = line(&cases) {
                screen.check(line);
            }
        }
    }
}

/// Returns one line for all cases of a check: that of a case that did not pass, if there is one.
fn line(cases: &[&Outcome]) -> Option<Line> {
    let is_pass = |outcome: &&&Outcome| matches!(outcome.verdict(), Verdict::Pass(_));
    let one = cases.iter().find(|outcome| !is_pass(outcome)).or(cases.first())?;
    let claim = one.check().claim().to_owned();
    let claim = if cases.len() > 1 { format!("{claim} ({} cases)", cases.len()) } else { claim };
    let reason = (!one.verdict().reason().is_empty()).then(|| one.verdict().reason().to_owned());
    let shown = one.verdict().evidence().last().map(in_short);
    let word = match one.verdict() {
        Verdict::Pass(_) => Word::Pass,
        Verdict::Fail { .. } => Word::Fail,
        _ => Word::Inconclusive,
    };
    let control = match one.verdict() {
        Verdict::Pass(pass) => pass.control().map(|control| format!("while {}", in_short(control.after()))),
        _ => None,
    };
    Some(Line { claim, word, evidence: [reason, shown, control].into_iter().flatten().collect() })
}

/// Describes a request and its answer: `GET /tasks as user B → 404`.
fn in_short(exchange: &Exchange) -> String {
    let (sent, got) = (&exchange.sent, &exchange.got);
    let who = sent.who.as_deref().map(|who| format!(" as {who}")).unwrap_or_default();
    let origin = sent.headers.iter().find(|header| header.name == "origin");
    let origin = origin.map(|header| format!(", origin: {}", header.value)).unwrap_or_default();
    let answer = match (got.status, &got.reason) {
        (Some(status), _) => format!(" → {status}"),
        (None, Some(reason)) => format!(" → {reason}"),
        (None, None) => String::new(),
    };
    format!("{} {}{who}{origin}{answer}", sent.method, sent.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shown(service: &Service) -> Screen {
        let mut screen = Screen::default();
        show(&verify(service, Family::ALL).await.unwrap(), &mut screen);
        screen
    }

    /// The original's own verification claimed that users were isolated, because every request had been refused.
    #[tokio::test]
    async fn where_nothing_answers_nothing_is_said_to_hold() {
        let service = Service::in_development().await.unwrap();
        let running = shown(&service).await;
        assert!(!running.has_failed() && running.passed() > 30, "{running:?}");
        service.stop();
        let stopped = shown(&service).await;
        assert!(stopped.has_failed() && stopped.passed() == 0, "{stopped:?}");
    }
}
