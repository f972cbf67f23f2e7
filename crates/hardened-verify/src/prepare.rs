//! Prepares the families that run after `reach`: looks for routes, and signs in the users.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use http::{Method, StatusCode};

use crate::{check::Family, context::Context, credentials::User, openapi::OpenApi, recipe, request::Request};

/// The requests that the optional checks of isolation need.
const OPTIONAL: u32 = 3;

/// The requests for removing the items that two PUTs may create.
const COPIES: u32 = 6;

/// Prepares what the families need. A failure here becomes the reason for a verdict later.
pub(crate) async fn run(context: &mut Context, families: &[Family]) {
    let needs = |wanted: &[Family]| families.iter().any(|family| wanted.contains(family));
    if !needs(&[Family::Cors, Family::Tokens, Family::Isolation, Family::Headers, Family::Errors]) {
        return;
    }
    let preparing = async {
        if needs(&[Family::Tokens, Family::Isolation]) {
            look_for_routes(context).await;
        }
        lend(context, families);
        let users: &[User] = if needs(&[Family::Isolation]) { &User::BOTH } else { &[User::A] };
        recipe::sign_in(context, users, &[]).await;
    };
    // After a panic, the run continues with what was prepared so far.
    let _ = AssertUnwindSafe(preparing).catch_unwind().await;
}

/// Gives the requests for signing in to the family `isolation`, which sends them. They come from families that do not run,
/// and then from `cors`, which has the most optional probes. None of these has spent any requests yet.
fn lend(context: &Context, families: &[Family]) {
    let profile = &context.profile;
    let asks_for_csrf = profile.csrf.as_ref().is_some_and(|csrf| csrf.path.is_some());
    let each = u32::from(profile.sign_up.is_some()) + u32::from(profile.sign_in.is_some());
    let mut needed = if each == 0 { 0 } else { 2 * (each + if asks_for_csrf { 2 } else { 0 }) };
    if profile.writes {
        needed += OPTIONAL;
    }
    // The two accounts must be removed as well.
    let accounts = if profile.sign_up.is_some() { 2 } else { 0 };
    needed += accounts;
    context.prober.budget().keep_more(accounts);
    // For each user, a PUT that should change an item may create one instead.
    let puts = context.calls().is_ok_and(|calls| calls.update.is_some_and(|update| update.method == Method::PUT));
    if puts && profile.writes {
        needed += COPIES;
        context.prober.budget().keep_more(COPIES);
    }
    let idle = Family::ALL.iter().filter(|family| **family != Family::Reach && !families.contains(family));
    for family in idle.chain(&[Family::Cors]) {
        needed -= context.prober.budget().lend(*family, Family::Isolation, needed).min(needed);
    }
}

/// Requests the OpenAPI document from the target if its routes are needed and not known otherwise.
async fn look_for_routes(context: &mut Context) {
    let has_user = context.credentials.of(User::A).is_some() || context.profile.names_users();
    let is_needed = context.protected().is_err() || (context.profile.writes && context.calls().is_err());
    if !has_user || !is_needed || !context.openapi.routes().is_empty() {
        return;
    }
    for path in OpenApi::OFFERED {
        let request = Request::get(context.path(path)).expects(StatusCode::NOT_FOUND);
        let (_, got) = context.send(Family::Isolation, request).await;
        let Ok(answer) = got else { return };
        let is_document = answer.status.is_success() && answer.is_complete;
        let text = std::str::from_utf8(&answer.body).ok().filter(|_| is_document);
        if let Some(document) = text.and_then(|text| OpenApi::parse(text, path).ok()) {
            context.openapi = document.below(context.target.base());
            return;
        }
    }
}
