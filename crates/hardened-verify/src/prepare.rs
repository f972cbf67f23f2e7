//! What happens between the family `reach` and the others: routes are looked for, and users sign in.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use http::StatusCode;

use crate::{check::Family, context::Context, credentials::User, openapi::OpenApi, recipe, request::Request};

/// Where frameworks offer the document, the likeliest first.
const OFFERED: [&str; 3] = ["/openapi.json", "/v3/api-docs", "/swagger/v1/swagger.json"];

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
        let users: &[User] = if needs(&[Family::Isolation]) { &User::BOTH } else { &[User::A] };
        recipe::sign_in(context, users, &[]).await;
    };
    // A fault of our own leaves what was prepared so far.
    let _ = AssertUnwindSafe(preparing).catch_unwind().await;
}

/// Takes the document that the target offers, where nothing else says what it would: it is asked of the target alone.
async fn look_for_routes(context: &mut Context) {
    let has_user = context.credentials.of(User::A).is_some() || context.profile.names_users();
    let is_needed = context.protected().is_err() || (context.profile.writes && context.resource().is_err());
    if !has_user || !is_needed || !context.openapi.routes().is_empty() {
        return;
    }
    for path in OFFERED {
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
