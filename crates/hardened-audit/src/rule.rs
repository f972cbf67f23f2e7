//! The rules of an audit.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Malformed, Missing},
};

hardened_core::rules! {
    /// The evidence does not contradict a decision that is in force.
    DECISION_CONTRADICTED: "decision-contradicted" Inconsistent [Refuse Refuse Refuse Refuse] Never decision;
    /// A decision names rules and checks that exist.
    DECISION_UNKNOWN_CODE: "decision-unknown-code" Inconsistent [Warn Warn Warn Warn] Never decision;
    /// A decision has a number, a title and a status.
    DECISION_MALFORMED: "decision-malformed" Malformed [Warn Warn Warn Warn] Never decision;
    /// Decisions are numbered without gaps.
    DECISION_GAP: "decision-gap" Missing [Note Note Note Note] Never decision;
    /// A verification tested the release that the manifest describes.
    AUDIT_OTHER_RELEASE: "audit-other-release" Inconsistent [Refuse Refuse Refuse Refuse] Never audit;
    /// A verification judged the tier that the manifest describes.
    AUDIT_OTHER_TIER: "audit-other-tier" Inconsistent [Refuse Refuse Refuse Refuse] Never audit;
    /// Every live check of a verification that binds in its tier passed.
    AUDIT_LIVE_FAILURE: "audit-live-failure" Inconsistent [Refuse Refuse Refuse Refuse] Never audit;
    /// Nothing that a verification created was left behind on the service.
    #[cwe(459)]
    AUDIT_LEFT_BEHIND: "audit-left-behind" Inconsistent [Warn Warn Warn Warn] Never audit;
}

mod explanation {
    pub(super) mod decision {
        use hardened_core::rule::Explanation;

        pub(crate) const DECISION_CONTRADICTED: Explanation = Explanation::new(
            "A decision that the service does not follow is worse than none, because its readers rely on it.",
            "change the service so that it follows the decision, or supersede the decision",
        );
        pub(crate) const DECISION_UNKNOWN_CODE: Explanation = Explanation::new(
            "A decision that names a rule which does not exist is never checked.",
            "correct the code; `hardened explain` and `hardened verify --list` list all",
        );
        pub(crate) const DECISION_MALFORMED: Explanation = Explanation::new(
            "Without a number, a title and a status nobody knows whether a decision is in force.",
            "begin the file with `# 7. Title` and a line `Status: accepted`",
        );
        pub(crate) const DECISION_GAP: Explanation = Explanation::new(
            "A missing number can be a decision that was deleted instead of superseded.",
            "restore the decision, and mark it as superseded",
        );
    }

    pub(super) mod audit {
        use hardened_core::rule::Explanation;

        pub(crate) const AUDIT_OTHER_RELEASE: Explanation = Explanation::new(
            "Evidence about one release says nothing about another.",
            "verify the release that the manifest describes, and give both to the audit",
        );
        pub(crate) const AUDIT_OTHER_TIER: Explanation = Explanation::new(
            "A service is judged less strictly in Development than in Production.",
            "verify with the manifest of the tier that is deployed",
        );
        pub(crate) const AUDIT_LIVE_FAILURE: Explanation = Explanation::new(
            "The live service does not do what it promised.",
            "follow the remedy of the check that failed",
        );
        pub(crate) const AUDIT_LEFT_BEHIND: Explanation = Explanation::new(
            "Test data in a production database confuses its users.",
            "run `hardened verify --cleanup` with the journal of the run, or remove it by hand",
        );
    }
}
