//! The types of the verification document.

use serde_json::Value;

use super::exchange::{Control, Exchange};
use crate::{
    document::{
        self, DocumentError, Version,
        described::{objects, words},
        reading,
    },
    tier::Tier,
};

objects! {
    /// The verification of one live service.
    Verification {
        /// The version of this document format.
        schema_version: Version<1>,
        /// What made it.
        tool: Tool,
        /// What was verified.
        target: Target,
        /// When and how.
        run: Performed,
        /// The number of checks with each verdict.
        summary: Summary,
        /// The result of each check.
        outcomes: Vec<Outcome>,
        /// What was created on the target and could not be removed.
        left_behind: Vec<Left>,
    }

    /// A tool.
    Tool {
        /// Its name.
        name: String,
        /// Its version.
        version: String,
    }

    /// A live service.
    Target {
        /// Its base URL.
        url: String,
        /// The tier that it was judged in.
        tier: Tier,
        /// The name of the service, as its manifest states it. Absent: no manifest was given, or it has none.
        service: Option<String>,
        /// The version of the release, as its manifest states it. Absent: no manifest was given, or it has none.
        version: Option<String>,
    }

    /// When a run took place, and how.
    Performed {
        /// When it began: RFC 3339, UTC.
        started: String,
        /// How long it took, in milliseconds.
        took_ms: u64,
        /// How many requests were sent, by family.
        requests: Vec<RequestCount>,
        /// What a reader must know about how it was done, such as that the certificate was not checked.
        remarks: Vec<String>,
    }

    /// How many requests a family of checks sent.
    RequestCount {
        /// The family.
        family: String,
        /// The number.
        count: u64,
    }

    /// The number of checks with each verdict.
    Summary {
        /// The claim was seen to hold.
        pass: u64,
        /// A rule did not hold.
        fail: u64,
        /// Nothing was shown.
        inconclusive: u64,
        /// It was not tried.
        skipped: u64,
    }

    /// The result of one check.
    Outcome {
        /// The identifier of the check, such as `cors-foreign-origin`.
        check: String,
        /// The family of checks.
        family: String,
        /// Which of several cases of the check it is, such as an origin. Absent: it has one.
        case: Option<String>,
        /// The code of the rule that a failure breaks.
        rule: String,
        /// What a pass shows.
        claim: String,
        /// The verdict.
        verdict: VerdictWord,
        /// How severe the failure is in this tier. Absent: it is not a failure, or the rule does not bind.
        severity: Option<SeverityWord>,
        /// What was seen instead, or why nothing was shown or tried. Absent for a pass.
        reason: Option<String>,
        /// Why the rule exists.
        why: String,
        /// What to do. Absent: there is nothing to do.
        remedy: Option<String>,
        /// The exchanges that show it.
        evidence: Vec<Exchange>,
        /// What succeeded before and after. Absent: the check needs none, or it did not succeed.
        control: Option<Control>,
    }

    /// Something that was created on the target and could not be removed.
    Left {
        /// The path.
        path: String,
        /// Why it could not be removed.
        reason: String,
        /// Whether a way to remove it was known. False for an account that the profile does not say how to remove.
        removable: bool,
        /// Whether the service confirmed its creation. False if it may exist: the request was not answered, or was refused.
        made: bool,
    }
}

words! {
    /// The verdict of a check.
    VerdictWord ("one of pass, fail, inconclusive, skipped") {
        /// The claim was seen to hold.
        Pass = "pass",
        /// A rule did not hold.
        Fail = "fail",
        /// Nothing was shown.
        Inconclusive = "inconclusive",
        /// It was not tried.
        Skipped = "skipped",
    }

    /// How severe a failure is.
    SeverityWord ("one of note, warning, error") {
        /// It is worth knowing.
        Note = "note",
        /// It should be fixed.
        Warning = "warning",
        /// It is not acceptable in this tier.
        Error = "error",
    }
}

impl Left {
    /// Returns whether the item was created, should have been removed, and was not.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.removable && self.made
    }
}

impl Verification {
    /// Returns the items that were created, should have been removed, and were not. Excludes accounts for which the profile
    /// has no way of removal.
    pub fn not_removed(&self) -> impl Iterator<Item = &Left> {
        self.left_behind.iter().filter(|left| left.counts())
    }

    /// Reads a verification. Members that this version does not know are ignored.
    ///
    /// # Errors
    ///
    /// A [`DocumentError`] with the line, the member and what is expected, for text that is not JSON, not a verification, or a
    /// verification of another version.
    ///
    /// ```
    /// use hardened_core::verification::Verification;
    ///
    /// let error = Verification::parse("{\"schema_version\": 1}").unwrap_err();
    /// assert_eq!(error.to_string(), "missing: line 1: the member `tool`");
    /// ```
    pub fn parse(text: &str) -> Result<Self, DocumentError> {
        reading::parse(text, 1)
    }

    /// Returns the document as JSON, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        document::text(self)
    }

    /// Returns the JSON Schema (draft 2020-12) of the document.
    #[must_use]
    pub fn json_schema() -> Value {
        reading::schema_of::<Self>("hardened verification")
    }
}
