//! The rules of an organisation for the settings of any service.

use std::fmt;

use hardened_core::{
    finding::{Verdict, Violation},
    journal::Waivers,
    message,
    text::glob,
};

use crate::{
    Tier,
    rule::{self, Rule},
    schema::{Kind, Place},
};

type Check = Box<dyn Fn(&PlainSetting<'_>) -> Vec<Violation> + Send + Sync>;

/// A set of rules for every service of an organisation, whatever its settings are: put it in its own crate, and add it
/// to each service with [`Loader::policy`](crate::Loader::policy).
///
/// ```
/// use hardened::{Config, Environment, Loader, Violation, load::Policy, schema::Kind};
///
/// hardened::rules! {
///     /// Services call each other over HTTPS.
///     #[cwe(319)]
///     ACME_HTTPS: "acme-https" Insecure [Note Note Refuse Refuse] Everywhere {
///         why: "Customer data would cross the network in clear text.",
///         remedy: "use an address that begins with https://",
///     }
/// }
///
/// /// The policy of Acme, for every service.
/// fn acme() -> Policy {
///     Policy::new(ALL)
///         .each_setting(|setting| {
///             if setting.kind() == Kind::Url && setting.text().starts_with("http://") {
///                 Err(Violation::new(ACME_HTTPS, "begins with http://"))
///             } else {
///                 Ok(())
///             }
///         })
///         .forbid_waivers("database-*")
/// }
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     /// Where bills are made.
///     billing_url: url::Url,
/// }
///
/// # fn main() {
/// let environment = Environment::empty().set("ENVIRONMENT", "production").set("BILLING_URL", "http://billing.acme.io/");
/// let refusal = Loader::new().policy(acme()).environment(environment).load::<Settings>().unwrap_err();
/// assert!(refusal.report().refuses("acme-https", "BILLING_URL"));
/// # }
/// ```
#[must_use = "a policy does nothing until it is passed to a loader"]
pub struct Policy {
    rules: &'static [Rule],
    checks: Vec<Check>,
    forbidden: Vec<&'static str>,
}

impl Policy {
    /// Creates a policy with these rules, which [`rules!`](crate::rules) defines. The [manifest](crate::manifest)
    /// contains them, whether they hold or not.
    pub fn new(rules: &'static [Rule]) -> Self {
        Self { rules, checks: Vec::new(), forbidden: Vec::new() }
    }

    /// Checks every plain setting that a source sets or that has a default text, after its type has accepted it. A
    /// policy never sees secrets, nor a default made by `default_with`, because that has no text.
    pub fn each_setting<V: Verdict>(mut self, check: impl Fn(&PlainSetting<'_>) -> V + Send + Sync + 'static) -> Self {
        self.checks.push(Box::new(move |setting| check(setting).violations()));
        self
    }

    /// Forbids waivers of the rules whose codes match a pattern, in which `*` matches any characters.
    ///
    /// # Errors
    ///
    /// Loading refuses such a waiver with `waiver-invalid`.
    pub fn forbid_waivers(mut self, codes: &'static str) -> Self {
        self.forbidden.push(codes);
        self
    }
}

/// Shows the rule codes.
impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rules, checks, forbidden } = self;
        let checks = checks.len();
        f.debug_struct("Policy").field("rules", rules).field("checks", &checks).field("forbidden", forbidden).finish()
    }
}

/// A setting that is not a secret, with its value.
#[derive(Clone, Copy)]
pub struct PlainSetting<'a> {
    place: &'a Place,
    kind: Kind,
    text: &'a str,
    tier: Tier,
}

impl PlainSetting<'_> {
    /// Returns the path of its field, such as `mail.host`.
    #[must_use]
    pub fn path(&self) -> String {
        self.place.path()
    }

    /// Returns the variable that messages name.
    #[must_use]
    pub fn variable(&self) -> String {
        self.place.name().to_string()
    }

    /// Returns the kind of its value.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Returns the text that was read, or the default.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text
    }

    /// Returns the tier of this run.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.tier
    }
}

/// Shows no value.
impl fmt::Debug for PlainSetting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlainSetting").field("path", &self.path()).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The policies of one loader, including the service's own rules.
#[derive(Debug, Default)]
pub(crate) struct Policies {
    all: Vec<Policy>,
}

impl Policies {
    pub(super) fn push(&mut self, policy: Policy) {
        self.all.push(policy);
    }

    /// Returns every rule of every policy, without duplicates.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for rule in self.all.iter().flat_map(|policy| policy.rules) {
            if !rules.contains(rule) {
                rules.push(*rule);
            }
        }
        rules
    }

    /// Returns what the policies find wrong with a setting.
    pub(super) fn judge(&self, place: &Place, kind: Kind, text: &str, tier: Tier) -> Vec<Violation> {
        if self.all.is_empty() || kind.is_secret() {
            return Vec::new();
        }
        let setting = PlainSetting { place, kind, text, tier };
        self.all.iter().flat_map(|policy| &policy.checks).flat_map(|check| check(&setting)).collect()
    }

    /// Returns the violation for a waiver of this rule if a policy forbids it.
    pub(super) fn forbids(&self, waived: Rule) -> Option<Violation> {
        let is_forbidden = self.all.iter().flat_map(|policy| &policy.forbidden).any(|codes| glob(codes, waived.code()));
        is_forbidden.then(|| {
            let fact = message!("a policy of this service forbids waivers of ", waived.code());
            Violation::new(rule::WAIVER_INVALID, fact).remedy("remove the waiver, and correct what it accepts")
        })
    }

    /// Returns the waivers that a policy forbids, each as its subject and the violation.
    pub(super) fn forbidden(&self, waivers: &Waivers) -> Vec<(&'static str, Violation)> {
        waivers.iter().filter_map(|waiver| Some((waiver.subject(), self.forbids(waiver.rule())?))).collect()
    }
}
