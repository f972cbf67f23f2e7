//! The CORS policy that the target promises, as far as it is known.

use hardened_core::{
    manifest::CorsPromise,
    origin::{Origin, OriginPattern},
};

/// The CORS policy of the target. A field that is `None` is not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Policy {
    /// Whether every page may read answers. In that case no origin is listed.
    pub(crate) any_origin: bool,
    pub(crate) origins: Vec<Origin>,
    pub(crate) patterns: Vec<OriginPattern>,
    pub(crate) credentials: Option<bool>,
    /// The methods in addition to those that need no preflight; `*` is any.
    pub(crate) methods: Option<Vec<String>>,
    /// The request headers in lower case; `*` is any except `authorization`.
    pub(crate) headers: Option<Vec<String>>,
    pub(crate) exposed: Option<Vec<String>>,
    /// The time in seconds; the inner `None` promises that the header is not sent.
    pub(crate) max_age: Option<Option<u64>>,
    /// Whether it combines several policies for different routes.
    pub(crate) is_sum: bool,
    /// Whether a manifest promises it for the whole service.
    pub(crate) is_promised: bool,
}

impl Policy {
    /// Creates a policy for which only the allowed origins are known.
    pub(crate) fn of_patterns(patterns: impl IntoIterator<Item = OriginPattern>) -> Self {
        let mut policy = Self::default();
        for pattern in patterns {
            match pattern.origin() {
                Some(origin) => policy.origins.push(origin.clone()),
                None => policy.patterns.push(pattern),
            }
        }
        policy
    }

    /// Returns the policy that a manifest promises, if it promises one.
    pub(crate) fn promised(promises: &[CorsPromise]) -> Option<Self> {
        let (first, others) = promises.split_first()?;
        let mut policy = Self::of(first);
        for other in others {
            policy.any_origin |= other.any_origin;
            policy.origins.extend_from_slice(&other.origins);
            policy.patterns.extend_from_slice(&other.patterns);
        }
        if !others.is_empty() {
            // It is not known which policy a route has.
            (policy.credentials, policy.methods, policy.headers) = (None, None, None);
            (policy.exposed, policy.max_age, policy.is_sum) = (None, None, true);
        }
        Some(policy)
    }

    fn of(promise: &CorsPromise) -> Self {
        let tokens = |list: &[hardened_core::manifest::HttpToken]| list.iter().map(ToString::to_string).collect();
        Self {
            any_origin: promise.any_origin,
            origins: promise.origins.clone(),
            patterns: promise.patterns.clone(),
            credentials: Some(promise.credentials),
            methods: Some(tokens(&promise.methods)),
            headers: Some(tokens(&promise.headers)),
            exposed: Some(tokens(&promise.exposed_headers)),
            max_age: Some(promise.max_age_seconds),
            is_sum: false,
            is_promised: true,
        }
    }

    /// Returns whether a page of this origin may read answers.
    pub(crate) fn allows(&self, origin: &str) -> bool {
        let matches = |origin: &Origin| self.patterns.iter().any(|pattern| pattern.matches(origin));
        self.any_origin
            || self.origins.iter().any(|allowed| allowed.as_str() == origin)
            || Origin::parse(origin).is_ok_and(|origin| matches(&origin))
    }

    /// Returns origins that may read answers: the listed ones, and one for each pattern, with this label.
    pub(crate) fn members(&self, label: &str) -> Vec<Origin> {
        let below = self.patterns.iter().filter_map(|pattern| {
            let base = pattern.base();
            let port = base.port().map_or_else(String::new, |port| format!(":{port}"));
            Origin::parse(&format!("{}://{label}.{}{port}", base.scheme(), base.host())).ok()
        });
        self.origins.iter().cloned().chain(below).collect()
    }

    /// Returns the methods that need a preflight, as far as they are known.
    pub(crate) fn own_methods(&self) -> Vec<&str> {
        named(self.methods.as_deref())
    }

    /// Returns the request headers that need a preflight, as far as they are known.
    pub(crate) fn own_headers(&self) -> Vec<&str> {
        named(self.headers.as_deref())
    }
}

fn named(list: Option<&[String]>) -> Vec<&str> {
    list.unwrap_or_default().iter().map(String::as_str).filter(|name| *name != "*").collect()
}
