//! The types of settings for a session cookie.

use std::time::Duration;

use hardened_core::origin::{Host, OriginPattern};

use crate::{
    Setting, Violation, message, rule,
    schema::{Choice, Kind, choose},
};

/// The name of a cookie after its prefix: a word of letters, digits, `_` and `-`.
#[derive(Debug, Clone)]
pub(super) struct Name(pub(super) Box<str>);

/// The maximum length of a name, which leaves room for the value.
const LONGEST_NAME: usize = 64;

impl Setting for Name {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Violation> {
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        // The prefixes `__Host-` and `__Secure-` are added later, so that a name cannot claim attributes that its
        // cookie lacks.
        let is_name = !text.is_empty() && text.chars().all(is_letter) && !text.starts_with("__");
        if is_name && text.len() <= LONGEST_NAME {
            return Ok(Self(text.into()));
        }
        let must = message!("must be a name of 1 to ", LONGEST_NAME, " letters, digits, _ and -, such as session");
        Err(Violation::malformed(must).remedy("leave out the prefix __Host-, which is added automatically"))
    }
}

/// The lifetime of a session: from a minute to 400 days, the most for which browsers keep a cookie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lifetime(pub(super) Duration);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const SHORTEST: Duration = Duration::from_secs(60);
/// The maximum lifetime of a cookie (RFC 6265bis §5.5).
const LONGEST_DAYS: u32 = 400;
/// The maximum without a warning. NIST SP 800-63B, AAL1: users must sign in again at least every 30 days.
const USUAL_DAYS: u32 = 30;

impl Setting for Lifetime {
    const KIND: Kind = Kind::Duration;

    fn parse(text: &str) -> Result<Self, Violation> {
        let lifetime = Duration::parse(text)?;
        if (SHORTEST..=DAY * LONGEST_DAYS).contains(&lifetime) {
            return Ok(Self(lifetime));
        }
        Err(Violation::malformed(message!("must be from 1m to ", LONGEST_DAYS, "d")))
    }

    fn flaws(&self) -> Vec<Violation> {
        if self.0 <= DAY * USUAL_DAYS {
            return Vec::new();
        }
        let days = self.0.as_secs().div_ceil(DAY.as_secs());
        let fact =
            message!(days, " days; should be at most ", USUAL_DAYS, ", because a stolen cookie works until then");
        vec![Violation::new(rule::HTTP_COOKIE_LIFETIME, fact)]
    }
}

/// The sites whose pages make the browser send the cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SameSite {
    /// Pages of the same site.
    Strict,
    /// Pages of the same site, and links on other sites.
    Lax,
    /// Pages of every site.
    None,
}

impl Setting for SameSite {
    const KIND: Kind = Kind::Choice(&["strict", "lax", "none"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        let choice = |value: fn() -> Self, name| Choice::new(name, &[], value);
        choose(
            text,
            Self::KIND,
            &[choice(|| Self::Strict, "strict"), choice(|| Self::Lax, "lax"), choice(|| Self::None, "none")],
        )
    }

    fn flaws(&self) -> Vec<Violation> {
        if *self != Self::None {
            return Vec::new();
        }
        let fact = "pages of every other site can send requests with the cookie";
        vec![Violation::new(rule::HTTP_COOKIE_SAME_SITE, fact)]
    }
}

/// A domain whose hosts share a cookie.
#[derive(Debug, Clone)]
pub(super) struct Domain(pub(super) Box<str>);

impl Setting for Domain {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Violation> {
        let is_name = matches!(Host::parse(text), Some(Host::Name(name)) if name.contains('.') && !name.ends_with('.'));
        let domain = text.to_ascii_lowercase();
        let Some(pattern) = OriginPattern::parse(&format!("https://*.{domain}")).ok().filter(|_| is_name) else {
            return Err(Violation::malformed("must be a domain without scheme, port or dot in front")
                .remedy("set a domain such as example.com; unset it for a cookie of this host alone"));
        };
        if pattern.is_open() {
            let fact = "anyone can register a host below this domain, so browsers do not store cookies for it";
            return Err(Violation::malformed(fact).remedy("set a domain whose hosts are all yours"));
        }
        Ok(Self(domain.into()))
    }

    fn flaws(&self) -> Vec<Violation> {
        let fact = "every host below the domain receives the session cookie, and can replace it with another";
        vec![Violation::new(rule::HTTP_COOKIE_DOMAIN, fact)]
    }
}

/// Whether browsers send the cookie over `https:` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Secure(pub(super) bool);

impl Setting for Secure {
    const KIND: Kind = Kind::Boolean;
    const FAMILIES: &'static [&'static str] = &["http-cookie-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        bool::parse(text).map(Self)
    }

    fn flaws(&self) -> Vec<Violation> {
        if self.0 {
            return Vec::new();
        }
        let fact = "browsers send the session cookie over http: too, where anyone on the network path can read it";
        vec![Violation::new(rule::HTTP_COOKIE_INSECURE, fact)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_short_word_without_a_prefix() {
        let longest = "a".repeat(LONGEST_NAME);
        let too_long = "a".repeat(LONGEST_NAME + 1);
        for (text, accepted) in [
            ("session", true),
            ("shop-session_2", true),
            (longest.as_str(), true),
            (too_long.as_str(), false),
            ("", false),
            ("__Host-session", false),
            ("__secure-session", false),
            ("a b", false),
            ("a;b", false),
            ("a=b", false),
            ("sesión", false),
            ("a\r\nb", false),
        ] {
            assert_eq!(Name::parse(text).is_ok(), accepted, "{text:?}");
        }
    }

    #[test]
    fn a_session_lasts_from_a_minute_to_400_days_and_usually_at_most_30() {
        for (text, accepted, told) in [
            ("59s", false, false),
            ("1m", true, false),
            ("12h", true, false),
            ("30d", true, false),
            ("30d1s", true, true),
            ("400d", true, true),
            ("400d1s", false, false),
            ("0", false, false),
        ] {
            let lifetime = Lifetime::parse(text);
            assert_eq!(lifetime.is_ok(), accepted, "{text}");
            assert_eq!(lifetime.is_ok_and(|lifetime| !lifetime.flaws().is_empty()), told, "{text}");
        }
    }

    #[test]
    fn a_domain_is_one_whose_hosts_belong_together() {
        for (text, accepted) in [
            ("example.com", true),
            ("Shop.Example.com", true),
            ("example.co.uk", true),
            ("", false),
            (".example.com", false),
            ("*.example.com", false),
            ("https://example.com", false),
            ("example.com:443", false),
            ("example.com/", false),
            ("example.com.", false),
            ("example.com; Path=/x", false),
            ("com", false),
            ("localhost", false),
            ("co.uk", false),
            ("herokuapp.com", false),
            ("10.0.0.1", false),
            ("[::1]", false),
        ] {
            assert_eq!(Domain::parse(text).is_ok(), accepted, "{text}");
        }
    }
}
