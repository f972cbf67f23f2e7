//! Origins as settings: the rule that each flaw breaks, and the rules about where an origin may be.

use hardened_core::origin::{Example, example_of};

use super::{Kind, Setting};
use crate::{
    Violation,
    finding::Part,
    message,
    origin::{Flaw, Origin, OriginError},
    rule::{self, Rule},
};

/// A web origin in its canonical spelling. The rules against plain `http` and loopback apply in Preview and Production
/// only.
impl Setting for Origin {
    const KIND: Kind = Kind::Origin;
    const FAMILIES: &'static [&'static str] = &["host-", "origin-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        Self::parse(text.trim()).map_err(first)
    }

    fn flaws(&self) -> Vec<Violation> {
        placement(self)
    }
}

/// An origin in its canonical spelling, or all origins below a domain.
#[cfg(feature = "cors")]
impl Setting for crate::origin::OriginPattern {
    const KIND: Kind = Kind::Origin;
    const FAMILIES: &'static [&'static str] = &["host-", "origin-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        Self::parse(text.trim()).map_err(first)
    }

    fn flaws(&self) -> Vec<Violation> {
        pattern_placement(self)
    }
}

/// Returns the first flaw as a violation, because a setting has only one. Its fix is the canonical spelling, which
/// mends all flaws.
fn first(error: OriginError) -> Violation {
    let fallback = || Violation::new(rule::ORIGIN_MALFORMED, Flaw::Host.fact());
    violations(&error).into_iter().next().unwrap_or_else(fallback)
}

/// Returns every flaw as a violation of its rule, with the canonical spelling as the fix if there is one.
pub(crate) fn violations(error: &OriginError) -> Vec<Violation> {
    let violation = |flaw: &Flaw| {
        let violation = Violation::new(rule_of(*flaw), flaw.fact());
        match error.canonical() {
            Some(origin) => violation.remedy(message!("write ", Part::origin(origin))),
            None if *flaw == Flaw::AnyPort => violation.remedy("list the origin once for each port"),
            None => violation,
        }
    };
    error.flaws().iter().map(violation).collect()
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
        Flaw::Wildcard | Flaw::AnyPort | Flaw::Expression => rule::ORIGIN_PATTERN,
        Flaw::Template => rule::ORIGIN_TEMPLATE,
        // The text is not an origin: blank, without a scheme, several origins in one, or without a readable host or port.
        _ => rule::ORIGIN_MALFORMED,
    }
}

/// Returns the rules that the location of an origin breaks. A loopback page over http is reported only as loopback.
///
/// The messages do not contain the origin: any `word://word` can be parsed as one, even a credential.
pub(crate) fn placement(origin: &Origin) -> Vec<Violation> {
    if !origin.is_web() {
        return vec![Violation::new(rule::ORIGIN_SCHEME, "the scheme is neither https nor http")];
    }
    if origin.is_loopback() {
        let fact = "the visitor's own machine, where any program can serve a page";
        return vec![Violation::new(rule::ORIGIN_LOOPBACK, fact)];
    }
    let mut found = Vec::new();
    if origin.scheme() == "http" {
        let fact = "loaded over http, so anyone on the network can change the page";
        found.push(Violation::new(rule::ORIGIN_INSECURE, fact));
    }
    found.extend(example(origin.host()));
    found
}

/// Returns the rule that a host from an example breaks.
pub(crate) fn example(host: &str) -> Option<Violation> {
    Some(match example_of(host)? {
        Example::Template => {
            Violation::new(rule::HOST_PLACEHOLDER, "the host comes from an example; the name belongs to somebody else")
        }
        Example::Reserved => Violation::new(rule::HOST_RESERVED, "the host is reserved for documentation and tests"),
    })
}

/// Returns the rules that the location of a pattern breaks.
#[cfg(feature = "cors")]
pub(crate) fn pattern_placement(pattern: &crate::origin::OriginPattern) -> Vec<Violation> {
    let open = || Violation::new(rule::ORIGIN_PUBLIC_SUFFIX, message!("matches names that anyone can register"));
    placement(pattern.base()).into_iter().chain(pattern.is_open().then(open)).collect()
}
