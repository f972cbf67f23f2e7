//! The types of the manifest.

use super::{
    order::{sort, sort_by},
    promises::Promises,
    routes::Route,
};
use crate::{
    document::{
        self, Version,
        described::{objects, words},
    },
    rule::Level,
    tier::Tier,
};

objects! {
    /// The manifest of one release: what its configuration is, and what a start with it commits the live service to. No
    /// secret is in it.
    Manifest {
        /// The version of this document format.
        schema_version: Version<1>,
        /// The service.
        service: Service,
        /// How strictly the configuration was judged, and why.
        tier: TierAndWhy,
        /// Every setting.
        settings: Vec<SettingEntry>,
        /// Every rule for which the service has something to judge.
        rules: Vec<RuleEntry>,
        /// Every waiver.
        waivers: Vec<WaiverEntry>,
        /// What a start commits the live service to.
        promises: Promises,
        /// The routes of the service. Absent: not known.
        routes: Option<Vec<Route>>,
    }

    /// A service.
    Service {
        /// Its name. Absent: not known.
        name: Option<String>,
        /// Its version. Absent: not known.
        version: Option<String>,
    }

    /// A tier, and why it is this one.
    TierAndWhy {
        /// The tier.
        value: Tier,
        /// What decided it, with the deciding reason first.
        evidence: Vec<String>,
    }

    /// A setting.
    SettingEntry {
        /// The path of its field, such as `jwt.secret_key`.
        name: String,
        /// The variables it is read from; messages use the first.
        variables: Vec<String>,
        /// The kind of its value, such as `number` or `key`.
        kind: String,
        /// Whether its value is a secret.
        secret: bool,
        /// Whether it is set.
        state: SettingState,
        /// Its value, where reports show it.
        value: Option<String>,
        /// Whether the value would be shown, and is not because it looks like a secret.
        withheld: bool,
        /// Where its value came from. Absent: it has none.
        source: Option<SourceKind>,
    }

    /// A rule.
    RuleEntry {
        /// Its code, such as `secret-too-short`.
        code: String,
        /// What happens in this tier when it does not hold.
        level: Level,
        /// Whether it held.
        outcome: RuleOutcome,
        /// What it did not hold for, such as a variable. A waiver accepts some of them.
        subjects: Vec<String>,
    }

    /// A waiver: code that accepts one rule not holding for one subject.
    WaiverEntry {
        /// The code of the rule.
        code: String,
        /// What the rule need not hold for.
        subject: String,
        /// Why. Absent: it looks like a secret.
        reason: Option<String>,
        /// Whether the waiver was needed.
        used: bool,
    }
}

words! {
    /// Whether a setting has a value.
    SettingState ("one of set, default, unset, assumed") {
        /// A source provides it.
        Set = "set",
        /// It has its default value.
        Default = "default",
        /// It is optional and not set.
        Unset = "unset",
        /// It is a secret that the start needs and that was not given when this document was made.
        Assumed = "assumed",
    }

    /// The kind of source that a value came from.
    SourceKind ("one of environment, named-file, secret-directory, file, provider, code, argument, default") {
        /// An environment variable.
        Environment = "environment",
        /// A file that a variable such as `JWT_SECRET_KEY_FILE` names.
        NamedFile = "named-file",
        /// A file in a secret directory such as `/run/secrets`.
        SecretDirectory = "secret-directory",
        /// A line of a file such as `hardened.toml`.
        File = "file",
        /// A provider that the service added.
        Provider = "provider",
        /// The service's code, over every other source.
        Code = "code",
        /// An argument of the command line.
        Argument = "argument",
        /// The default in the service's code.
        Default = "default",
    }

    /// Whether a rule held.
    RuleOutcome ("one of held, not-held, not-judged") {
        /// It held for everything that it is about.
        Held = "held",
        /// It did not hold for something: the start was not refused for it, because the level or a waiver allows it.
        NotHeld = "not-held",
        /// It is off in this tier, about secrets that were assumed, or about the process of a start.
        NotJudged = "not-judged",
    }
}

impl Manifest {
    /// Sorts everything whose order has no meaning, so that the same configuration gives the same bytes.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        sort_by(&mut self.settings, |one, other| one.name.cmp(&other.name));
        sort_by(&mut self.rules, |one, other| one.code.cmp(&other.code));
        self.rules.iter_mut().for_each(|rule| sort(&mut rule.subjects));
        sort_by(&mut self.waivers, |one, other| {
            (&one.code, &one.subject, &one.reason).cmp(&(&other.code, &other.subject, &other.reason))
        });
        self.promises.sort();
        if let Some(routes) = &mut self.routes {
            // An API can have thousands.
            routes.sort();
            routes.dedup();
        }
        self
    }

    /// Returns the document as JSON, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::text(self)
    }
}
