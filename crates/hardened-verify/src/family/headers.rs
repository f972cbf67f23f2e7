//! The family `headers`: the security headers of answers, and headers that name the software.

use std::net::IpAddr;

use hardened_core::verification::Exchange;
use http::{HeaderName, header};

use super::cookies;
use crate::{
    answer::Answer,
    check::Family,
    context::Context,
    judge::{Positive, checks},
    outcome::{Fact, Outcome},
    request::Request,
    rule,
};

checks! { Headers;
    /// Browsers do not guess the type of a response.
    NOSNIFF: Positive "headers-nosniff" rule::headers::LIVE_NOSNIFF;
    /// After the first visit, browsers use TLS only.
    HSTS: Positive "headers-hsts" rule::headers::LIVE_HSTS;
    /// No foreign page can embed a page.
    FRAME: Positive "headers-frame" rule::headers::LIVE_FRAME;
    /// Pages have a policy for what they load and run.
    CSP: Positive "headers-csp" rule::headers::LIVE_CSP;
    /// Links of a page do not reveal its address.
    REFERRER: Positive "headers-referrer" rule::headers::LIVE_REFERRER;
    /// A response to one user is not kept for the next.
    CACHE: Positive "headers-cache" rule::headers::LIVE_CACHE;
    /// No header names the software and its version.
    SOFTWARE: Positive "headers-software" rule::headers::LIVE_SOFTWARE;
    /// Session cookies are sent over TLS only.
    SECURE: Positive "cookies-secure" rule::headers::LIVE_COOKIE_SECURE;
    /// Scripts cannot read session cookies.
    HTTP_ONLY: Positive "cookies-http-only" rule::headers::LIVE_COOKIE_HTTP_ONLY;
    /// Session cookies are not sent with requests of foreign pages.
    SAME_SITE: Positive "cookies-same-site" rule::headers::LIVE_COOKIE_SAME_SITE;
    /// Session cookies have every attribute that is promised.
    PROMISED: Positive "cookies-promised" rule::headers::LIVE_COOKIE_PROMISED;
}

/// The minimum time in seconds for which browsers should remember `https:`: half a year.
const HSTS_SECONDS: u64 = 15_768_000;

/// An answer, and the exchange that shows it.
type Seen = (Exchange, Answer);

pub(super) async fn run(context: &Context) -> Vec<Outcome> {
    let mut seen = Vec::new();
    let known = context.known().map_or_else(|_| context.path("/"), |known| known.path);
    let mut paths = vec![known];
    if !paths.contains(&context.path("/")) {
        paths.push(context.path("/"));
    }
    for path in paths {
        keep(context, Request::get(path), &mut seen).await;
    }
    let mut of_user = Vec::new();
    if let (Ok(request), Some(_)) = (context.protected(), &context.credentials.a) {
        keep(context, context.as_user(request), &mut of_user).await;
    }
    let answers: Vec<&Seen> = seen.iter().chain(&of_user).collect();
    let good: Vec<&Seen> = answers.iter().copied().filter(|(_, answer)| answer.status.is_success()).collect();
    let pages: Vec<&Seen> = good.iter().copied().filter(|(_, answer)| answer.is_html()).collect();
    let mut outcomes = vec![
        each(NOSNIFF, &good, nosniff),
        hsts(context, &good),
        page(FRAME, &good, &pages, frame),
        page(CSP, &good, &pages, |answer| given(answer, &header::CONTENT_SECURITY_POLICY)),
        page(REFERRER, &good, &pages, referrer),
        cache(context, &of_user),
        each(SOFTWARE, &answers, software),
    ];
    outcomes.extend(cookies::judge(context, [SECURE, HTTP_ONLY, SAME_SITE]));
    outcomes.push(cookies::judge_promised(context, PROMISED));
    outcomes
}

async fn keep(context: &Context, request: Request, seen: &mut Vec<Seen>) {
    if let (exchange, Ok(answer)) = context.send(Family::Headers, request).await {
        seen.push((exchange, answer));
    }
}

/// Judges the answers; the first bad one decides.
fn each(check: Positive, answers: &[&Seen], judge: impl Fn(&Answer) -> Result<(), Fact>) -> Outcome {
    for (exchange, answer) in answers {
        if let Err(fact) = judge(answer) {
            return check.failed(fact, vec![exchange.clone()]);
        }
    }
    if answers.is_empty() {
        return check.unclear("no request was answered with success", Vec::new());
    }
    check.shown(answers.iter().map(|(exchange, _)| exchange.clone()).collect())
}

fn page(check: Positive, good: &[&Seen], pages: &[&Seen], judge: impl Fn(&Answer) -> Result<(), Fact>) -> Outcome {
    if pages.is_empty() && !good.is_empty() {
        return check.skipped("no page was seen, only data");
    }
    each(check, pages, judge)
}

fn hsts(context: &Context, good: &[&Seen]) -> Outcome {
    if !context.target.is_https() {
        return HSTS.skipped("browsers ignore it over http:");
    }
    if context.target.host().parse::<IpAddr>().is_ok() {
        return HSTS.skipped("browsers ignore it for IP addresses");
    }
    each(HSTS, good, |answer| {
        given(answer, &header::STRICT_TRANSPORT_SECURITY)?;
        let value = answer.header(&header::STRICT_TRANSPORT_SECURITY).unwrap_or_default();
        let seconds = value.split(';').filter_map(|part| part.trim().split_once('=')).find_map(|(name, value)| {
            let value = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("max-age").then(|| value.parse::<u64>().ok()).flatten()
        });
        match seconds {
            Some(seconds) if seconds >= HSTS_SECONDS => Ok(()),
            Some(seconds) => {
                let fact = Fact::new("`strict-transport-security` lasts ").with(seconds).with(" s");
                Err(fact.with("; must last at least 15768000 s"))
            }
            None => Err(Fact::new("`strict-transport-security` has no `max-age`")),
        }
    })
}

fn given(answer: &Answer, name: &HeaderName) -> Result<(), Fact> {
    match answer.headers.get(name) {
        Some(value) if !value.is_empty() => Ok(()),
        _ => Err(Fact::new("`").with(name).with("` is missing")),
    }
}

fn nosniff(answer: &Answer) -> Result<(), Fact> {
    given(answer, &header::X_CONTENT_TYPE_OPTIONS)?;
    let values = answer.list(&header::X_CONTENT_TYPE_OPTIONS);
    if values.first().is_some_and(|value| value.eq_ignore_ascii_case("nosniff")) {
        Ok(())
    } else {
        Err(Fact::new("`x-content-type-options` is not `nosniff`"))
    }
}

fn frame(answer: &Answer) -> Result<(), Fact> {
    let policies = answer.headers.get_all(&header::CONTENT_SECURITY_POLICY).iter();
    let mut policies = policies.map(|policy| String::from_utf8_lossy(policy.as_bytes()).to_ascii_lowercase());
    let is_old = answer
        .header(&header::X_FRAME_OPTIONS)
        .is_some_and(|value| ["deny", "sameorigin"].iter().any(|good| value.trim().eq_ignore_ascii_case(good)));
    if is_old || policies.any(|policy| policy.contains("frame-ancestors")) {
        Ok(())
    } else {
        Err(Fact::new("neither `frame-ancestors` nor `x-frame-options` is set"))
    }
}

fn referrer(answer: &Answer) -> Result<(), Fact> {
    given(answer, &header::REFERRER_POLICY)?;
    // Browsers use the last value that they know.
    match answer.list(&header::REFERRER_POLICY).last() {
        Some(value) if value.eq_ignore_ascii_case("unsafe-url") => Err(Fact::new("`referrer-policy` is `unsafe-url`")),
        _ => Ok(()),
    }
}

fn cache(context: &Context, of_user: &[Seen]) -> Outcome {
    let Some((exchange, answer)) = of_user.first() else {
        return CACHE.skipped("no route that needs a credential is known");
    };
    let evidence = vec![exchange.clone()];
    if !answer.status.is_success() {
        return CACHE.unclear(format!("the route is answered with {}", answer.status.as_u16()), evidence);
    }
    let words = answer.list(&header::CACHE_CONTROL);
    let has =
        |name: &str| words.iter().any(|word| word.split('=').next().is_some_and(|it| it.eq_ignore_ascii_case(name)));
    let is_silent = words.is_empty() && is_kept_by_nobody(context, exchange, answer);
    if has("no-store") || has("private") || has("no-cache") || is_silent {
        CACHE.shown(evidence)
    } else if has("public") || has("s-maxage") || has("max-age") || answer.headers.contains_key(header::EXPIRES) {
        CACHE.failed("the response to a user may be kept and shown to others", evidence)
    } else {
        CACHE.failed("`cache-control` is missing", evidence)
    }
}

/// Returns whether caches must not store the answer although it does not say so: for a request with `Authorization`
/// (RFC 9111, section 3.5) or `POST` (RFC 9110, section 9.3.3), if nothing says how old it is (RFC 9111, section 4.2.2).
fn is_kept_by_nobody(context: &Context, exchange: &Exchange, answer: &Answer) -> bool {
    let is_authorized = context.credentials.a.as_ref().is_some_and(|credential| credential.is_authorization());
    let has_age = [header::EXPIRES, header::LAST_MODIFIED].iter().any(|name| answer.headers.contains_key(name));
    (is_authorized || exchange.sent.method == "POST") && !has_age
}

/// Headers that only name software.
const NAMES_SOFTWARE: [&str; 8] = [
    "x-powered-by",
    "x-aspnet-version",
    "x-aspnetmvc-version",
    "x-generator",
    "x-drupal-cache",
    "x-application-context",
    "x-debug-token",
    "x-powered-cms",
];

fn software(answer: &Answer) -> Result<(), Fact> {
    if let Some(name) = NAMES_SOFTWARE.into_iter().find(|name| answer.headers.contains_key(*name)) {
        return Err(Fact::new("`").with(name).with("` is sent"));
    }
    // `Apache/2.4.52 (Ubuntu)`, `Werkzeug/3.0.1 Python/3.12`.
    let value = answer.header(&header::SERVER).unwrap_or_default();
    let has_version =
        value.split_once('/').is_some_and(|(_, rest)| rest.starts_with(|first: char| first.is_ascii_digit()));
    if has_version {
        return Err(Fact::new("`server` names a version: ").quoting(value));
    }
    Ok(())
}
