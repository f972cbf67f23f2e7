//! Origins as settings: which rule each flaw breaks, and where an origin may lie.

use hardened_core::origin::{Example, example_of};

use super::{Kind, Setting};
use crate::{
    Origin, Rejection, message,
    origin::{Flaw, OriginError},
    rule::{self, Rule},
};

/// A web origin in its canonical spelling. Plain `http` and loopback bind in Preview and Production only.
impl Setting for Origin {
    const KIND: Kind = Kind::Origin;

    fn parse(text: &str) -> Result<Self, Rejection> {
        Self::parse(text.trim()).map_err(first)
    }

    fn flaws(&self) -> Vec<Rejection> {
        placement(self)
    }
}

/// An origin in its canonical spelling, or all origins below a domain.
#[cfg(feature = "cors")]
impl Setting for crate::OriginPattern {
    const KIND: Kind = Kind::Origin;

    fn parse(text: &str) -> Result<Self, Rejection> {
        Self::parse(text.trim()).map_err(first)
    }

    fn flaws(&self) -> Vec<Rejection> {
        pattern_placement(self)
    }
}

/// A setting is one rejection: the first flaw, with the canonical spelling that mends all of them.
fn first(error: OriginError) -> Rejection {
    let fallback = || Rejection::new(rule::ORIGIN_MALFORMED, Flaw::Host.fact());
    rejections(&error).into_iter().next().unwrap_or_else(fallback)
}

/// Every flaw as the rule that it breaks, each with the canonical spelling where there is one.
pub(crate) fn rejections(error: &OriginError) -> Vec<Rejection> {
    let rejection = |flaw: &Flaw| {
        let rejection = Rejection::new(rule_of(*flaw), flaw.fact());
        match error.canonical() {
            Some(origin) => rejection.remedy(message!("write ", origin)),
            None => rejection,
        }
    };
    error.flaws().iter().map(rejection).collect()
}

fn rule_of(flaw: Flaw) -> Rule {
    match flaw {
        Flaw::Path => rule::ORIGIN_PATH,
        Flaw::UpperCase => rule::ORIGIN_CASE,
        Flaw::DefaultPort => rule::ORIGIN_PORT,
        Flaw::Unicode => rule::ORIGIN_UNICODE,
        Flaw::Address => rule::ORIGIN_ADDRESS,
        Flaw::TrailingDot => rule::ORIGIN_TRAILING_DOT,
        Flaw::UserInfo => rule::ORIGIN_USERINFO,
        Flaw::Null => rule::ORIGIN_NULL,
        Flaw::Any => rule::ORIGIN_ANY,
        Flaw::Wildcard | Flaw::AnyPort => rule::ORIGIN_PATTERN,
        Flaw::Template => rule::ORIGIN_TEMPLATE,
        // The text is none: blank, without a scheme, several in one, without a host or port that can be read.
        _ => rule::ORIGIN_MALFORMED,
    }
}

/// The rules that the place of an origin breaks. Of where it is loaded from, one is enough: a loopback page over http is
/// loopback.
pub(crate) fn placement(origin: &Origin) -> Vec<Rejection> {
    let found = |rule: Rule, fact: &'static str| Rejection::new(rule, message!(origin, fact));
    if !origin.is_web() {
        return vec![found(rule::ORIGIN_SCHEME, " is no origin of the web")];
    }
    if origin.is_loopback() {
        return vec![found(rule::ORIGIN_LOOPBACK, " is whatever runs on the visitor's machine")];
    }
    let insecure = (origin.scheme() == "http").then(|| found(rule::ORIGIN_INSECURE, " is loaded over http"));
    let example = example(origin.host()).map(|(rule, fact)| Rejection::new(rule, message!(origin, fact)));
    insecure.into_iter().chain(example).collect()
}

/// The rule that the host of an example breaks, and what there is to say of it.
pub(crate) fn example(host: &str) -> Option<(Rule, &'static str)> {
    Some(match example_of(host)? {
        Example::Template => (rule::HOST_PLACEHOLDER, " comes from an example; the name belongs to somebody else"),
        Example::Reserved => (rule::HOST_RESERVED, " is reserved for documentation and tests"),
    })
}

/// The rules that the place of a pattern breaks.
#[cfg(feature = "cors")]
pub(crate) fn pattern_placement(pattern: &crate::OriginPattern) -> Vec<Rejection> {
    let open = || Rejection::new(rule::ORIGIN_PUBLIC_SUFFIX, message!("matches names that anybody can have"));
    placement(pattern.base()).into_iter().chain(pattern.is_open().then(open)).collect()
}
