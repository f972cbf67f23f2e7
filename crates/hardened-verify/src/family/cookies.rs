//! The checks of session cookies.

use hardened_core::{
    manifest::{CookiePromise, SameSite},
    verification::Exchange,
};
use http::header;

use crate::{
    context::Context,
    cookie,
    judge::Positive,
    outcome::{Fact, Outcome},
    prober::Head,
};

/// A cookie that an answer sets.
struct Cookie<'a> {
    name: &'a str,
    value: &'a str,
    /// The name and value of each attribute.
    attributes: Vec<(&'a str, &'a str)>,
}

/// Judges every session cookie of the run: `Secure`, `HttpOnly`, `SameSite`.
pub(super) fn judge(context: &Context, [secure, http_only, same_site]: [Positive; 3]) -> Vec<Outcome> {
    let heads = context.prober.heads();
    let set: Vec<_> = heads.iter().flat_map(set_cookies).collect();
    let cookies: Vec<_> = set.iter().map(|(exchange, text)| (*exchange, Cookie::parse(text))).collect();
    let sessions: Vec<_> = cookies.iter().filter(|(_, cookie)| cookie.is_of_session()).collect();
    let judge = |check: Positive, is_good: fn(&Cookie<'_>) -> bool, attribute: &'static str| {
        let bad = sessions.iter().find(|(_, cookie)| !is_good(cookie));
        match bad {
            Some((exchange, cookie)) => {
                let fact = Fact::new("the cookie ").quoting(cookie.name).with(" is set without `").with(attribute);
                check.failed(fact.with("`"), vec![(*exchange).clone()])
            }
            None if sessions.is_empty() => check.skipped("no session cookie was set"),
            None => check.shown(sessions.iter().map(|(exchange, _)| Exchange::clone(exchange)).collect()),
        }
    };
    vec![
        judge(secure, |cookie| cookie.attribute("secure").is_some(), "Secure"),
        judge(
            http_only,
            |cookie| cookie::is_for_scripts(cookie.name) || cookie.attribute("httponly").is_some(),
            "HttpOnly",
        ),
        judge(same_site, |cookie| cookie.stays_on_site(), "SameSite"),
    ]
}

/// Judges the promised cookies that the run saw. A proxy may make a cookie stricter than promised, but not weaker.
pub(super) fn judge_promised(context: &Context, check: Positive) -> Outcome {
    let promised = context.promises().and_then(|promises| promises.cookies.as_deref()).unwrap_or_default();
    if promised.is_empty() {
        return check.skipped("no session cookie is promised");
    }
    let heads = context.prober.heads();
    let mut evidence = Vec::new();
    for (exchange, text) in heads.iter().flat_map(set_cookies) {
        let cookie = Cookie::parse(&text);
        let Some(promise) = cookie.promise(promised).filter(|_| !cookie.is_removed()) else { continue };
        if let Some(missing) = cookie.lacks(promise) {
            let fact = Fact::new("the cookie ").quoting(cookie.name).with(" ").with(missing);
            return check.failed(fact, vec![exchange.clone()]);
        }
        evidence.push(exchange.clone());
    }
    if evidence.is_empty() {
        return check.skipped("no promised session cookie was set");
    }
    check.shown(evidence)
}

fn set_cookies(head: &Head) -> impl Iterator<Item = (&Exchange, String)> {
    let set = head.headers.get_all(header::SET_COOKIE).iter();
    set.map(|cookie| (&head.exchange, String::from_utf8_lossy(cookie.as_bytes()).into_owned()))
}

impl<'a> Cookie<'a> {
    fn parse(text: &'a str) -> Self {
        let mut parts = text.split(';').map(|part| part.split_once('=').unwrap_or((part, "")));
        let (name, value) = parts.next().unwrap_or_default();
        let attributes = parts.map(|(name, value)| (name.trim(), value.trim())).collect();
        Self { name: name.trim(), value: value.trim(), attributes }
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    fn is_removed(&self) -> bool {
        self.value.trim_matches('"').is_empty() || self.attribute("max-age") == Some("0")
    }

    /// Returns the promise about this cookie, by its full name or by its name without `__Secure-` or `__Host-`.
    fn promise<'b>(&self, promised: &'b [CookiePromise]) -> Option<&'b CookiePromise> {
        let same = promised.iter().find(|promise| promise.name.as_str() == self.name);
        same.or_else(|| promised.iter().find(|promise| bare(promise.name.as_str()) == bare(self.name)))
    }

    /// Returns how the cookie falls short of a promise.
    fn lacks(&self, promise: &CookiePromise) -> Option<&'static str> {
        let domain = self.attribute("domain").filter(|domain| !domain.is_empty());
        let longest = self.attribute("max-age").and_then(|seconds| seconds.parse::<u64>().ok());
        let is_promised = |domain: &str| {
            let domain = domain.strip_prefix('.').unwrap_or(domain);
            promise.domain.as_ref().is_some_and(|promised| promised.eq_ignore_ascii_case(domain))
        };
        if prefix(promise.name.as_str()) > prefix(self.name) {
            Some("has a different name than promised, without the prefix")
        } else if promise.secure && self.attribute("secure").is_none() {
            Some("is set without `Secure`, which is promised")
        } else if promise.http_only && self.attribute("httponly").is_none() {
            Some("is set without `HttpOnly`, which is promised")
        } else if self.same_site() > strictness(promise.same_site) {
            Some("is set with a weaker `SameSite` than promised")
        } else if domain.is_some_and(|domain| !is_promised(domain)) {
            Some("is set for a domain that is not promised")
        } else if longest.is_some_and(|seconds| seconds > promise.lifetime_seconds) {
            Some("lasts longer than promised")
        } else {
            None
        }
    }

    /// Ranks the attribute `SameSite`: 0 is the strictest, 2 the weakest, and 3 means that it is missing.
    fn same_site(&self) -> u8 {
        let value = self.attribute("samesite").unwrap_or_default();
        let words = [("strict", SameSite::Strict), ("lax", SameSite::Lax), ("none", SameSite::None)];
        let found = words.into_iter().find(|(word, _)| value.eq_ignore_ascii_case(word));
        found.map_or(3, |(_, same_site)| strictness(same_site))
    }

    /// Returns whether the cookie identifies the user, judging by its name and value. A cookie that is removed does not.
    fn is_of_session(&self) -> bool {
        let is_token = self.value.matches('.').count() == 2 && self.value.starts_with("eyJ");
        !self.is_removed() && (is_token || cookie::is_of_session(self.name))
    }

    /// Returns whether `SameSite` is set. `None` is acceptable for a service that foreign pages use, but needs `Secure`.
    fn stays_on_site(&self) -> bool {
        let value = self.attribute("samesite").unwrap_or_default();
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        is("strict") || is("lax") || (is("none") && self.attribute("secure").is_some())
    }
}

/// Ranks a value of `SameSite`, with 0 as the strictest.
fn strictness(same_site: SameSite) -> u8 {
    match same_site {
        SameSite::Strict => 0,
        SameSite::Lax => 1,
        _ => 2,
    }
}

/// Name prefixes that make browsers enforce the attributes of a cookie, the stronger one last.
const PREFIXES: [&str; 2] = ["__Secure-", "__Host-"];

/// Returns the rank of the prefix of a name; 0 if it has none.
fn prefix(name: &str) -> usize {
    PREFIXES.iter().position(|prefix| name.starts_with(prefix)).map_or(0, |at| at + 1)
}

/// Returns a name without its prefix.
fn bare(name: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}
