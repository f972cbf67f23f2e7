//! The cookies of sessions.

use hardened_core::verification::Exchange;
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
    /// Name and value of each attribute.
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

    /// Whether it proves who asks, as far as its name and value show. One that is removed does not.
    fn is_of_session(&self) -> bool {
        let is_removed = self.value.trim_matches('"').is_empty() || self.attribute("max-age") == Some("0");
        let is_token = self.value.matches('.').count() == 2 && self.value.starts_with("eyJ");
        !is_removed && (is_token || cookie::is_of_session(self.name))
    }

    /// `None` is an answer as well, for a service that is used on foreign pages; browsers ask for `Secure` with it.
    fn stays_on_site(&self) -> bool {
        let value = self.attribute("samesite").unwrap_or_default();
        let is = |word: &str| value.eq_ignore_ascii_case(word);
        is("strict") || is("lax") || (is("none") && self.attribute("secure").is_some())
    }
}
