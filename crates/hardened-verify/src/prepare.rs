//! What happens between the family `reach` and the others: routes are looked for, and users sign in.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use http::{Method, StatusCode};

use crate::{check::Family, context::Context, credentials::User, openapi::OpenApi, recipe, request::Request};

/// The requests that the checks of isolation need which are not always made.
const OPTIONAL: u32 = 3;

/// The requests that remove what two PUTs made.
const COPIES: u32 = 6;

/// Prepares what the families need. What fails here is the reason of a verdict later.
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
    // A fault of our own leaves what was prepared so far.
    let _ = AssertUnwindSafe(preparing).catch_unwind().await;
}

/// Gives what is needed for signing in to the family that it is counted for: from those that do not run, and then from the
/// one with the most probes that are not needed for a verdict. Nothing of it was spent yet.
fn lend(context: &Context, families: &[Family]) {
    let profile = &context.profile;
    let asks_for_csrf = profile.csrf.as_ref().is_some_and(|csrf| csrf.path.is_some());
    let each = u32::from(profile.sign_up.is_some()) + u32::from(profile.sign_in.is_some());
    let mut needed = if each == 0 { 0 } else { 2 * (each + if asks_for_csrf { 2 } else { 0 }) };
    if profile.writes {
        needed += OPTIONAL;
    }
    // Two accounts are removed as well.
    let accounts = if profile.sign_up.is_some() { 2 } else { 0 };
    needed += accounts;
    context.prober.budget().keep_more(accounts);
    // PUT can make an item where it should change one, for each user.
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

/// Takes the document that the target offers, where nothing else says what it would: it is asked of the target alone.
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
