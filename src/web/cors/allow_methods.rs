//! `Access-Control-Allow-Methods`: which methods a page may use.

use http::{HeaderValue, Method};

use super::header_name::join;
use crate::{Violation, finding::Message, message, rule};

/// The methods as they were written, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub(super) struct Methods {
    pub(super) any: bool,
    pub(super) list: Vec<Method>,
    mistakes: Vec<Violation>,
    count: usize,
}

impl Methods {
    /// Adds one method; `*` means every method.
    pub(super) fn push(&mut self, name: &str) {
        self.count += 1;
        if name == "*" {
            self.any = true;
            return;
        }
        match self.judge(name) {
            Ok(method) => self.list.push(method),
            Err(violation) => self.mistakes.push(violation.prefixed(message!("item ", self.count, ": "))),
        }
    }

    fn judge(&self, name: &str) -> Result<Method, Violation> {
        let malformed = |fact: Message| Violation::new(rule::CORS_METHOD_MALFORMED, fact);
        let method = Method::from_bytes(name.as_bytes()).map_err(|_| malformed("not a valid HTTP method".into()))?;
        let same = |known: &&&str| known.eq_ignore_ascii_case(name);
        if let Some(known) = FORBIDDEN.iter().find(same) {
            return Err(Violation::new(
                rule::CORS_METHOD_FORBIDDEN,
                message!("browsers do not let pages send ", *known),
            ));
        }
        if let Some(known) = COMMON.iter().find(same).filter(|known| **known != name) {
            return Err(malformed(message!("methods are case-sensitive: write ", *known)));
        }
        if self.list.contains(&method) {
            return Err(Violation::new(rule::CORS_DUPLICATE, "already in the list"));
        }
        Ok(method)
    }

    /// Returns what is wrong, as violations about the given setting of the builder.
    pub(super) fn mistakes(&self, about: &'static str) -> impl Iterator<Item = Violation> {
        self.mistakes.iter().cloned().map(move |violation| violation.about(about))
    }
}

/// The methods that a policy allows.
#[derive(Debug)]
pub(super) struct AllowMethods {
    any: bool,
    list: Vec<Method>,
    pub(super) value: Option<HeaderValue>,
}

impl AllowMethods {
    pub(super) fn new(allowed: &Methods) -> Self {
        let star = allowed.any.then_some("*");
        Self {
            any: allowed.any,
            list: allowed.list.clone(),
            value: join(star.into_iter().chain(allowed.list.iter().map(Method::as_str))),
        }
    }

    /// Returns the methods for tower-http, or `None` if every method is allowed.
    pub(super) fn listed(&self) -> Option<&[Method]> {
        (!self.any).then_some(&self.list)
    }

    /// Returns whether the method in `Access-Control-Request-Method` is allowed. The methods that the standard allows
    /// every page always are. The comparison is case-sensitive.
    #[inline]
    pub(super) fn allow(&self, method: &[u8]) -> bool {
        self.any || SAFELISTED.contains(&method) || self.list.iter().any(|listed| listed.as_str().as_bytes() == method)
    }
}

/// [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method).
const SAFELISTED: [&[u8]; 3] = [b"GET", b"HEAD", b"POST"];

/// [Forbidden methods](https://fetch.spec.whatwg.org/#forbidden-method), compared without regard to case.
const FORBIDDEN: &[&str] = &["CONNECT", "TRACE", "TRACK"];

/// Common methods: in another case, they are mistakes.
const COMMON: &[&str] = &["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_judged_with_its_case() {
        for (name, code) in [
            ("PUT", None),
            ("OPTIONS", None),
            ("PURGE", None),
            ("purge", None),
            ("put", Some("cors-method-malformed")),
            ("Patch", Some("cors-method-malformed")),
            ("", Some("cors-method-malformed")),
            ("PUT, DELETE", Some("cors-method-malformed")),
            ("CONNECT", Some("cors-method-forbidden")),
            ("trace", Some("cors-method-forbidden")),
            ("Track", Some("cors-method-forbidden")),
        ] {
            let mut methods = Methods::default();
            methods.push(name);
            let found: Vec<_> = methods.mistakes("methods").map(|violation| violation.rule().code()).collect();
            assert_eq!(found, Vec::from_iter(code), "{name:?}");
        }
    }

    #[test]
    fn a_method_is_allowed_when_it_is_listed_or_every_page_may_use_it() {
        let mut methods = Methods::default();
        ["PUT", "PURGE"].iter().for_each(|name| methods.push(name));
        let methods = AllowMethods::new(&methods);
        for (method, allowed) in [
            ("GET", true),
            ("HEAD", true),
            ("POST", true),
            ("PUT", true),
            ("PURGE", true),
            ("put", false),
            ("DELETE", false),
            ("get", false),
            ("PUT,DELETE", false),
            (" PUT", false),
            ("*", false),
            ("", false),
        ] {
            assert_eq!(methods.allow(method.as_bytes()), allowed, "{method:?}");
        }
    }
}
