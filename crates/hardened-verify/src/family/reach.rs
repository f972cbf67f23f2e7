//! The family `reach`: whether the target can be reached, and how it answers paths that do not exist.

use http::{StatusCode, header};

use hardened_core::verification::Exchange;

use crate::{
    answer::{Answer, NoAnswer},
    check::Family,
    context::{CatchAll, Context, Found},
    judge::checks,
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Reach;
    /// The target answers over HTTP.
    ANSWERS: Positive "reach-answers" rule::reach::LIVE_UNREACHABLE;
    /// A path that does not exist is answered with 404.
    MISSING: Positive "reach-missing-path" rule::reach::LIVE_CATCH_ALL;
}

/// Paths that most services answer with success.
const LIKELY: [&str; 5] = ["/health", "/livez", "/healthz", "/", "/actuator/health"];

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let missing = Request::get(context.random_path()).expects(StatusCode::NOT_FOUND);
    let (exchange, got) = context.send(Family::Reach, missing).await;
    let answer = match got {
        Ok(answer) => answer,
        Err(reason) => return unreachable(&reason, exchange),
    };
    let catch_all = CatchAll::of(&answer);
    let known_path = known(context, catch_all.as_ref()).await;
    context.set_found(Found { catch_all, known_path });
    vec![ANSWERS.shown(vec![exchange.clone()]), missing_path(context, &answer, exchange)]
}

fn unreachable(reason: &NoAnswer, exchange: Exchange) -> Vec<Outcome> {
    let text = reason.to_string();
    let answers = match reason {
        NoAnswer::Interrupted | NoAnswer::BudgetSpent | NoAnswer::DeadlineOver | NoAnswer::AskedToWait(_) => {
            ANSWERS.unclear(text.clone(), vec![exchange.clone()])
        }
        _ => ANSWERS.failed(Fact::new("").with(reason), vec![exchange.clone()]),
    };
    vec![answers, MISSING.unclear(text, vec![exchange])]
}

fn missing_path(context: &Context, answer: &Answer, exchange: Exchange) -> Outcome {
    let evidence = vec![exchange];
    match answer.status {
        StatusCode::NOT_FOUND | StatusCode::GONE => MISSING.shown(evidence),
        status if status.is_success() => {
            MISSING.failed(Fact::new("a random path is answered with ").with(status.as_u16()), evidence)
        }
        // Some services demand a token for every path, which reveals nothing.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => MISSING.shown(evidence),
        status if leads_away(context, answer) => {
            let reason = "every path is redirected to another scheme or host; verify that address";
            MISSING.unclear(format!("answered with {}: {reason}", status.as_u16()), evidence)
        }
        status => MISSING.unclear(format!("a random path is answered with {}", status.as_u16()), evidence),
    }
}

/// Returns whether an answer redirects to another origin, so that the address is only an alias.
fn leads_away(context: &Context, answer: &Answer) -> bool {
    let to = answer.header(&header::LOCATION).filter(|_| answer.status.is_redirection()).unwrap_or_default();
    let is_absolute = to.starts_with("//") || to.contains("://");
    let own = context.target.origin();
    let is_own =
        to.to_ascii_lowercase().strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    is_absolute && !is_own
}

/// Returns the first likely path that succeeds, and not because of the catch-all.
async fn known(context: &Context, catch_all: Option<&CatchAll>) -> Option<String> {
    let promised = context.promises().map(|promises| promises.health.as_slice()).unwrap_or_default();
    let promised = promised.iter().map(|check| check.path.as_str());
    let said = context.profile.health_paths.iter().map(String::as_str);
    for path in promised.chain(said).chain(LIKELY).take(5) {
        let (_, got) = context.get(Family::Reach, path).await;
        let Ok(answer) = got else { continue };
        let is_known =
            |answer: &Answer| answer.status.is_success() && catch_all.is_none_or(|all| all.is_distinct(answer));
        if is_known(&answer) {
            return Some(context.path(path));
        }
        // Some frameworks redirect every path to one with a trailing slash.
        let slashed = context.path(&format!("{path}/"));
        let to = answer.header(&header::LOCATION).filter(|_| answer.status.is_redirection());
        if to.and_then(|to| context.target.path_at(to)) == Some(&slashed) {
            let (_, got) = context.send(Family::Reach, Request::get(&slashed)).await;
            if got.is_ok_and(|answer| is_known(&answer)) {
                return Some(slashed);
            }
        }
    }
    None
}
