//! The result as a JUnit report: a suite for each family, a case for each check.

use hardened_core::verification::{Outcome, VerdictWord, Verification as Document};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// Renders the report. An inconclusive check is an error, because it did not show anything.
pub(super) fn write(document: &Document) -> Result<String, String> {
    let mut report = Report::new(format!("hardened verify {}", document.target.url));
    let mut suites: Vec<TestSuite> = Vec::new();
    for outcome in &document.outcomes {
        match suites.iter_mut().find(|suite| suite.name.as_str() == outcome.family) {
            Some(suite) => drop(suite.add_test_case(case(outcome))),
            None => {
                let mut suite = TestSuite::new(outcome.family.as_str());
                suite.add_test_case(case(outcome));
                suites.push(suite);
            }
        }
    }
    report.add_test_suites(suites);
    let text = report.to_string().map_err(|error| format!("the report cannot be written: {error}"))?;
    Ok(without_the_sum_of_skipped(&text))
}

/// Removes the total number of skipped cases, because the JUnit schema allows it only for each suite.
fn without_the_sum_of_skipped(text: &str) -> String {
    let Some((before, rest)) = text.split_once("<testsuites ") else { return text.to_owned() };
    let Some((attributes, behind)) = rest.split_once('>') else { return text.to_owned() };
    let kept = match attributes.split_once(" skipped=\"") {
        Some((first, second)) => format!("{first}{}", second.split_once('"').map_or("", |(_, last)| last)),
        None => attributes.to_owned(),
    };
    format!("{before}<testsuites {kept}>{behind}")
}

fn case(outcome: &Outcome) -> TestCase {
    let which = outcome.case.as_deref().map(|case| format!(" [{case}]")).unwrap_or_default();
    let reason = outcome.reason.clone().unwrap_or_default();
    let not = |kind| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_type(outcome.rule.as_str());
        status.set_message(reason.as_str());
        status.set_description(format!("{}\n{}", outcome.why, outcome.remedy.clone().unwrap_or_default()));
        status
    };
    let status = match outcome.verdict {
        VerdictWord::Pass => TestCaseStatus::success(),
        VerdictWord::Fail => not(NonSuccessKind::Failure),
        VerdictWord::Skipped => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(reason.as_str());
            status
        }
        _ => not(NonSuccessKind::Error),
    };
    let mut case = TestCase::new(format!("{}{which}", outcome.check), status);
    case.set_classname(format!("hardened.verify.{}", outcome.family));
    case
}
