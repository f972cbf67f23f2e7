//! The report as a typed document. Its JSON Schema is `docs/audit.schema.json`.

use hardened_core::{
    document::{
        self, DocumentError, Version,
        described::{objects, words},
        reading,
    },
    manifest::WaiverEntry,
};
use serde_json::Value;

use crate::diff::Change;

objects! {
    /// The report of one audit. No secret is in it.
    Report {
        /// The version of this document format.
        schema_version: Version<1>,
        /// What was audited, and with what.
        about: About,
        /// How much holds, and how much was not shown.
        summary: Summary,
        /// What is wrong with the service, its decisions, or the documents that were given.
        findings: Vec<Finding>,
        /// Every route, with who may call it.
        endpoints: Vec<Endpoint>,
        /// Every setting, without any value.
        settings: Vec<Setting>,
        /// What the service commits itself to, in words.
        promises: Vec<Promise>,
        /// The rules and live checks: those that hold, those that do not, and those about which nothing was shown.
        measures: Vec<Measure>,
        /// The waivers.
        waivers: Vec<WaiverEntry>,
        /// What was shown from outside. Absent: no verification was given.
        live: Option<Live>,
        /// What a search for secrets in the code found. Absent: no scan was given.
        scan: Option<Scan>,
        /// The decisions, with what confirms each.
        decisions: Vec<DecisionEntry>,
        /// The requirements of OWASP ASVS 5.0 that a rule or check covers.
        asvs: Vec<Requirement>,
        /// What changed since the manifest of the previous release. Absent: none was given.
        changes: Option<Vec<Change>>,
        /// What was not tested, and why.
        not_shown: Vec<NotShown>,
    }

    /// What was audited, and with what.
    About {
        /// The name of the service. Absent: not known.
        service: Option<String>,
        /// Its version. Absent: not known.
        version: Option<String>,
        /// The tier that it was judged in. Absent: no manifest was given.
        tier: Option<String>,
        /// Why it is this tier.
        tier_evidence: Vec<String>,
        /// The documents that were given.
        inputs: Vec<String>,
        /// What made the report.
        tool: String,
    }

    /// How much holds, and how much was not shown.
    Summary {
        /// Rules and live checks that hold.
        held: u64,
        /// Rules and live checks that do not hold.
        not_held: u64,
        /// Live checks for which some cases held and the others were not tried.
        in_part: u64,
        /// Rules and live checks that nothing was shown about.
        not_shown: u64,
        /// Decisions that are confirmed.
        decisions_confirmed: u64,
        /// Decisions that the evidence contradicts.
        decisions_contradicted: u64,
        /// Requirements that are met.
        requirements_met: u64,
        /// Requirements that are not met.
        requirements_not_met: u64,
    }

    /// Something that is wrong.
    Finding {
        /// The code of its rule.
        code: String,
        /// The numbers of the weaknesses (CWE) that the rule is about.
        cwe: Vec<u64>,
        /// How severe it is: note, warning or error.
        severity: String,
        /// What it is about.
        subject: String,
        /// The fact.
        fact: String,
        /// What to do.
        remedy: String,
    }

    /// A route.
    Endpoint {
        /// The method.
        method: String,
        /// The path.
        path: String,
        /// Who may call it, as its description says.
        who: Access,
    }

    /// A setting.
    Setting {
        /// The path of its field.
        name: String,
        /// The variables that it is read from.
        variables: Vec<String>,
        /// The kind of its value.
        kind: String,
        /// Whether its value is a secret.
        secret: bool,
        /// Whether it is set.
        state: String,
        /// The kind of source that its value came from. Absent: it has none.
        source: Option<String>,
    }

    /// Something that the service commits itself to.
    Promise {
        /// What it is about, such as `cors`.
        about: String,
        /// The commitment, in one sentence.
        text: String,
        /// Whether it was seen from outside.
        seen: Standing,
        /// The checks that cover it.
        checks: Vec<String>,
        /// What each of them showed, or why nothing was shown.
        evidence: Vec<String>,
    }

    /// A rule or a live check, and whether it holds.
    Measure {
        /// Its code.
        code: String,
        /// The rule of a live check. Absent: it is a rule itself.
        rule: Option<String>,
        /// What happens in this tier when it does not hold. Absent: it is a live check.
        level: Option<String>,
        /// The numbers of the weaknesses (CWE) that the rule is about.
        cwe: Vec<u64>,
        /// Whether it holds.
        standing: Standing,
        /// What shows it.
        evidence: Vec<String>,
    }

    /// What was shown from outside.
    Live {
        /// The base URL.
        target: String,
        /// When the verification began: RFC 3339, UTC.
        started: String,
        /// How many requests were sent.
        requests: u64,
        /// How many checks passed.
        pass: u64,
        /// How many failed.
        fail: u64,
        /// How many showed nothing.
        inconclusive: u64,
        /// How many were not tried.
        skipped: u64,
        /// What a reader must know about how it was done.
        remarks: Vec<String>,
        /// What was created on the service and could not be removed.
        left_behind: Vec<String>,
    }

    /// What a search for secrets in the code found.
    Scan {
        /// How many secrets were searched by their values.
        values: u64,
        /// How many files were searched, including the contents of archives.
        files: u64,
        /// How many Git objects were searched.
        objects: u64,
        /// How many places it found, including those that its list leaves out.
        found: u64,
        /// How many it found that its own list accepts.
        accepted: u64,
        /// What it did not search.
        not_searched: u64,
    }

    /// A decision.
    DecisionEntry {
        /// Its number.
        number: u64,
        /// Its title.
        title: String,
        /// Its status, such as accepted.
        status: String,
        /// Whether the evidence confirms it.
        standing: DecisionStanding,
        /// What confirms it, each with what was shown.
        confirmed_by: Vec<Measure>,
    }

    /// A requirement of OWASP ASVS 5.0.
    Requirement {
        /// Its number, such as `3.4.2`.
        number: String,
        /// Its level, from 1 to 3.
        level: u64,
        /// What it requires, in our words.
        summary: String,
        /// Whether it is met.
        standing: RequirementStanding,
        /// What shows it.
        evidence: Vec<String>,
        /// Where its text is.
        link: String,
    }

    /// Something that was not tested.
    NotShown {
        /// The code of the check or rule.
        code: String,
        /// Why.
        reason: String,
    }
}

words! {
    /// Who may call a route.
    Access ("one of anyone, users, not-described") {
        /// No token is needed.
        Anyone = "anyone",
        /// A token or another credential is needed.
        Users = "users",
        /// The description says nothing about it.
        NotDescribed = "not-described",
    }

    /// Whether something holds.
    Standing ("one of held, in-part, not-held, not-shown") {
        /// It holds, and the evidence shows it.
        Held = "held",
        /// Some cases of it were seen to hold, and the others were not tried.
        InPart = "in-part",
        /// It does not hold.
        NotHeld = "not-held",
        /// Nothing was shown.
        NotShown = "not-shown",
    }

    /// Whether the evidence confirms a decision.
    DecisionStanding ("one of confirmed, contradicted, in-part, not-shown, not-in-force") {
        /// Everything that it names holds.
        Confirmed = "confirmed",
        /// Something that it names does not hold.
        Contradicted = "contradicted",
        /// Some of what it names holds, and nothing was shown about the rest.
        InPart = "in-part",
        /// Nothing was shown.
        NotShown = "not-shown",
        /// It is proposed, rejected or superseded.
        NotInForce = "not-in-force",
    }

    /// Whether a requirement is met.
    RequirementStanding ("one of met, in-part, not-met, not-shown") {
        /// Everything that it requires was shown.
        Met = "met",
        /// A part of it was shown.
        InPart = "in-part",
        /// The opposite was shown.
        NotMet = "not-met",
        /// Nothing was shown.
        NotShown = "not-shown",
    }
}

impl Report {
    /// Reads a report. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`DocumentError`] with the line, the member and what is expected, if the text is not JSON, not a report, or a report of
    /// another version.
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        reading::parse(text, 1)
    }

    /// Returns the report as JSON, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::text(self)
    }

    /// Returns whether the report has a finding that must be fixed: a warning or an error.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity != "note")
    }

    /// Returns the JSON Schema of the document: draft 2020-12.
    #[must_use]
    pub fn json_schema() -> Value {
        reading::schema_of::<Self>("hardened audit")
    }
}
