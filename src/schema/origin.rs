//! Origins as settings: which rule each flaw breaks, and where an origin may lie.

use hardened_core::origin::{Example, example_of};

use super::{Kind, Setting};
use crate::{
    Violation,
    finding::Part,
    message,
    origin::{Flaw, Origin, OriginError},
    rule::{self, Rule},
};

/// A web origin in its canonical spelling. Plain `http` and loopback bind in Preview and Production only.
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

/// A setting is one violation: the first flaw, with the canonical spelling that mends all of them.
fn first(error: OriginError) -> Violation {
    let fallback = || Violation::new(rule::ORIGIN_MALFORMED, Flaw::Host.fact());
    violations(&error).into_iter().next().unwrap_or_else(fallback)
}

/// Every flaw as the rule that it breaks, each with the canonical spelling where there is one.
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
        // The text is none: blank, without a scheme, several in one, without a host or port that can be read.
        _ => rule::ORIGIN_MALFORMED,
    }
}

/// The rules that the place of an origin breaks. Of where it is loaded from, one is enough: a loopback page over http is
/// loopback.
///
/// They do not name the origin: any `word://word` can be read as one, a credential too.
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

/// The rule that the host of an example breaks.
pub(crate) fn example(host: &str) -> Option<Violation> {
    Some(match example_of(host)? {
        Example::Template => {
            Violation::new(rule::HOST_PLACEHOLDER, "the host comes from an example; the name belongs to somebody else")
        }
        Example::Reserved => Violation::new(rule::HOST_RESERVED, "the host is reserved for documentation and tests"),
    })
}

/// The rules that the place of a pattern breaks.
#[cfg(feature = "cors")]
pub(crate) fn pattern_placement(pattern: &crate::origin::OriginPattern) -> Vec<Violation> {
    let open = || Violation::new(rule::ORIGIN_PUBLIC_SUFFIX, message!("matches names that anyone can register"));
    placement(pattern.base()).into_iter().chain(pattern.is_open().then(open)).collect()
}
