//! Rules of an organisation, over the settings of any service.

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

/// Rules that hold for every service of an organisation, whatever its settings are: a crate of its own has them, and each
/// service adds them with [`Loader::policy`](crate::Loader::policy).
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
#[must_use = "a policy does nothing until a loader has it"]
pub struct Policy {
    rules: &'static [Rule],
    checks: Vec<Check>,
    forbidden: Vec<&'static str>,
}

impl Policy {
    /// Creates a policy with these rules, which [`rules!`](crate::rules) defines. They are in the
    /// [manifest](crate::manifest), whether they hold or not.
    pub fn new(rules: &'static [Rule]) -> Self {
        Self { rules, checks: Vec::new(), forbidden: Vec::new() }
    }

    /// Checks every plain setting that is read from a source or has a default text, once its type has accepted it. Secrets are
    /// not given to a policy, and neither is a default that `default_with` makes, because it has no text.
    pub fn each_setting<V: Verdict>(mut self, check: impl Fn(&PlainSetting<'_>) -> V + Send + Sync + 'static) -> Self {
        self.checks.push(Box::new(move |setting| check(setting).violations()));
        self
    }

    /// Forbids waivers of the rules whose codes match a pattern: `*` stands for any characters.
    ///
    /// # Errors
    ///
    /// Such a waiver refuses the start: `waiver-invalid`.
    pub fn forbid_waivers(mut self, codes: &'static str) -> Self {
        self.forbidden.push(codes);
        self
    }
}

/// Shows the codes.
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

    /// Returns the variable that messages use.
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

/// The policies of one loader, and the rules that are the service's own.
#[derive(Debug, Default)]
pub(crate) struct Policies {
    all: Vec<Policy>,
}

impl Policies {
    pub(super) fn push(&mut self, policy: Policy) {
        self.all.push(policy);
    }

    /// Every rule of every policy, once.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for rule in self.all.iter().flat_map(|policy| policy.rules) {
            if !rules.contains(rule) {
                rules.push(*rule);
            }
        }
        rules
    }

    /// What the policies say of a setting.
    pub(super) fn judge(&self, place: &Place, kind: Kind, text: &str, tier: Tier) -> Vec<Violation> {
        if self.all.is_empty() || kind.is_secret() {
            return Vec::new();
        }
        let setting = PlainSetting { place, kind, text, tier };
        self.all.iter().flat_map(|policy| &policy.checks).flat_map(|check| check(&setting)).collect()
    }

    /// What is wrong with a waiver of a rule, where a policy forbids it.
    pub(super) fn forbids(&self, waived: Rule) -> Option<Violation> {
        let is_forbidden = self.all.iter().flat_map(|policy| &policy.forbidden).any(|codes| glob(codes, waived.code()));
        is_forbidden.then(|| {
            let fact = message!("a policy of this service forbids waivers of ", waived.code());
            Violation::new(rule::WAIVER_INVALID, fact).remedy("remove the waiver, and correct what it accepts")
        })
    }

    /// The waivers that a policy forbids, each with its subject.
    pub(super) fn forbidden(&self, waivers: &Waivers) -> Vec<(&'static str, Violation)> {
        waivers.iter().filter_map(|waiver| Some((waiver.subject(), self.forbids(waiver.rule())?))).collect()
    }
}
