//! Whether the documentation of the API is hidden.

use http::StatusCode;

use hardened_core::verification::Exchange;

use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    control::succeeds,
    judge::{Seen, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Docs;
    /// No path shows the documentation of the API.
    HIDDEN: Negative "docs-hidden" rule::docs::LIVE_DOCS_SHOWN;
}

/// Where frameworks put it.
const PATHS: [&str; 6] = ["/docs", "/openapi.json", "/swagger-ui/", "/redoc", "//docs", "/%64ocs"];

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let control = match context.known() {
        Ok(control) => control,
        Err(reason) => return vec![HIDDEN.unclear(reason, Vec::new())],
    };
    let batch = match context.batch(Family::Docs, control, succeeds()).await {
        Ok(batch) => batch,
        Err(reason) => return vec![HIDDEN.unclear(reason, Vec::new())],
    };
    let mut seen = Vec::new();
    for path in PATHS {
        let request = Request::get(context.path(path)).expects(StatusCode::NOT_FOUND);
        let (exchange, got) = batch.probe(request).await;
        let judged = match got {
            Ok(answer) => judge(context, &answer, exchange),
            Err(reason) => Seen::Unclear(reason.to_string(), vec![exchange]),
        };
        seen.push((path, judged));
    }
    let control = batch.close().await;
    seen.into_iter().map(|(path, seen)| HIDDEN.judged(seen, &control).case(path)).collect()
}

fn judge(context: &Context, answer: &Answer, exchange: Exchange) -> Seen {
    let evidence = vec![exchange];
    let is_documentation = ["swagger", "redoc", "\"openapi\"", "scalar"].iter().any(|word| answer.contains(word));
    let is_catch_all = context.found().catch_all.as_ref().is_some_and(|all| all.is(answer));
    match answer.status {
        status if status.is_success() && (is_documentation || !is_catch_all) => {
            Seen::Broken(Fact::new("answered with ").with(status.as_u16()), evidence)
        }
        StatusCode::NOT_FOUND | StatusCode::GONE | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Seen::Refused(evidence)
        }
        status => Seen::Unclear(format!("answered with {}", status.as_u16()), evidence),
    }
}
