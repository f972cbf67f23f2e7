//! The checks. Each one is a question about the live service, and belongs to a family.

use std::fmt;

use hardened_core::rule::Rule;

/// A family of checks, by topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Family {
    /// Whether the target can be reached and answers over HTTP.
    Reach,
    /// The certificate, the versions of TLS, the redirect from `http:` to `https:`.
    Tls,
    /// The health paths and their answers.
    Health,
    /// Which origins can read answers.
    Cors,
    /// Which tokens are accepted.
    Tokens,
    /// Whether one user can reach the data of another.
    Isolation,
    /// Whether the documentation of the API is hidden.
    Docs,
    /// The security headers and the cookies.
    Headers,
    /// What error responses reveal.
    Errors,
    /// Files and pages that must not be public.
    Exposure,
    /// Which host names are answered, and how large a request may be.
    Hosts,
    /// Whether the service behaves as its manifest promises.
    Drift,
}

impl Family {
    /// All families, in the order in which they are reported.
    pub const ALL: &[Self] = &[
        Self::Reach,
        Self::Tls,
        Self::Health,
        Self::Cors,
        Self::Tokens,
        Self::Isolation,
        Self::Docs,
        Self::Headers,
        Self::Errors,
        Self::Exposure,
        Self::Hosts,
        Self::Drift,
    ];

    /// Returns the name, as `--only` and `--skip` accept it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Tls => "tls",
            Self::Health => "health",
            Self::Cors => "cors",
            Self::Tokens => "tokens",
            Self::Isolation => "isolation",
            Self::Docs => "docs",
            Self::Headers => "headers",
            Self::Errors => "errors",
            Self::Exposure => "exposure",
            Self::Hosts => "hosts",
            Self::Drift => "drift",
        }
    }

    /// Returns how many requests the family may send by default.
    #[must_use]
    pub const fn budget(self) -> u32 {
        match self {
            Self::Reach => 7,
            Self::Tls => 4,
            Self::Health => 7,
            Self::Cors => 34,
            Self::Tokens => 30,
            Self::Isolation => 34,
            Self::Docs => 11,
            Self::Headers => 3,
            Self::Errors => 9,
            Self::Exposure => 9,
            Self::Hosts => 12,
            Self::Drift => 0,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A question about the live service.
#[derive(Debug)]
pub struct Check {
    pub(crate) id: &'static str,
    pub(crate) family: Family,
    pub(crate) rule: Rule,
    pub(crate) claim: &'static str,
    pub(crate) needs_control: bool,
}

impl Check {
    /// Returns the stable identifier, such as `cors-foreign-origin`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the family that the check belongs to.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.family
    }

    /// Returns the rule that a failure breaks. It says why this matters, how severe it is, and what to do.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// Returns what a *pass* shows, in one sentence.
    #[must_use]
    pub fn claim(&self) -> &'static str {
        self.claim.trim()
    }

    /// Returns whether a *pass* needs a control: a request that must succeed before and after.
    #[must_use]
    pub const fn needs_control(&self) -> bool {
        self.needs_control
    }
}

/// Two checks are the same when their identifiers are.
impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Check {}
