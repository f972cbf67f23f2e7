//! Makes the sections of the report that need only the documents and the facts.

use hardened_core::{
    manifest::Manifest,
    rule::Rule,
    verification::{Outcome, SeverityWord, VerdictWord, Verification},
};

use crate::{
    facts::Facts,
    report::{Access, Endpoint, Finding, Live, Measure, NotShown, Scan, Setting, Standing},
    scan::ScanResult,
};

pub(crate) fn endpoints(manifest: &Manifest) -> Vec<Endpoint> {
    let who = |token| match token {
        Some(true) => Access::Users,
        Some(false) => Access::Anyone,
        None => Access::NotDescribed,
    };
    let routes = manifest.routes.iter().flatten();
    routes
        .map(|route| Endpoint { method: route.method.to_string(), path: route.path.to_string(), who: who(route.token) })
        .collect()
}

pub(crate) fn settings(manifest: &Manifest) -> Vec<Setting> {
    let entry = |setting: &hardened_core::manifest::SettingEntry| Setting {
        name: setting.name.clone(),
        variables: setting.variables.clone(),
        kind: setting.kind.clone(),
        secret: setting.secret,
        state: setting.state.name().to_owned(),
        source: setting.source.map(|source| source.name().to_owned()),
    };
    manifest.settings.iter().map(entry).collect()
}

/// Returns every rule and live check, beginning with those that do not hold.
pub(crate) fn measures(facts: &Facts) -> Vec<Measure> {
    let order = |standing| match standing {
        Standing::NotHeld => 0,
        Standing::InPart => 1,
        Standing::Held => 2,
        Standing::NotShown => 3,
    };
    let mut measures: Vec<_> = facts.all().map(|code| facts.measure(code)).collect();
    measures.sort_by_key(|measure| order(measure.standing));
    measures
}

pub(crate) fn live(verification: &Verification) -> Live {
    let summary = &verification.summary;
    Live {
        target: verification.target.url.clone(),
        started: verification.run.started.clone(),
        requests: verification.run.requests.iter().map(|family| family.count).sum(),
        pass: summary.pass,
        fail: summary.fail,
        inconclusive: summary.inconclusive,
        skipped: summary.skipped,
        remarks: verification.run.remarks.clone(),
        left_behind: verification.left_behind.iter().map(|left| format!("{}: {}", left.path, left.reason)).collect(),
    }
}

/// Returns what was not tested: skipped and inconclusive checks, or everything if no verification was given.
pub(crate) fn not_shown(verification: Option<&Verification>) -> Vec<NotShown> {
    let Some(verification) = verification else {
        let reason = "no verification of the live service was given".to_owned();
        return vec![NotShown { code: "live".to_owned(), reason }];
    };
    let unclear = |outcome: &&Outcome| matches!(outcome.verdict, VerdictWord::Inconclusive | VerdictWord::Skipped);
    let entry = |outcome: &Outcome| {
        let case = outcome.case.as_deref().map(|case| format!(" [{case}]")).unwrap_or_default();
        let code = format!("{}{case}", outcome.check);
        NotShown { code, reason: outcome.reason.clone().unwrap_or_default() }
    };
    verification.outcomes.iter().filter(unclear).map(entry).collect()
}

/// Converts the failures of a verification into findings of the audit.
pub(crate) fn failures(verification: &Verification, facts: &Facts) -> Vec<Finding> {
    let failed = verification.outcomes.iter().filter(|outcome| outcome.severity.is_some());
    failed
        .map(|outcome| Finding {
            code: outcome.rule.clone(),
            cwe: facts.cwe(&outcome.rule),
            severity: outcome.severity.map_or("note", SeverityWord::name).to_owned(),
            subject: outcome.check.clone(),
            fact: outcome.reason.clone().unwrap_or_default(),
            remedy: outcome.remedy.clone().unwrap_or_default(),
        })
        .collect()
}

pub(crate) fn scan(scan: &ScanResult) -> Scan {
    Scan {
        values: scan.searched.values,
        files: scan.searched.files,
        objects: scan.searched.objects,
        found: scan.findings.len() as u64 + scan.omitted,
        accepted: scan.accepted,
        not_searched: scan.not_searched.len() as u64,
    }
}

/// Converts the findings of a search for secrets into findings of the audit.
pub(crate) fn found(scan: &ScanResult, facts: &Facts) -> Vec<Finding> {
    let finding = |found: &crate::scan::Found| Finding {
        code: found.code.clone(),
        cwe: facts.cwe(&found.code),
        severity: found.severity.clone(),
        subject: found.place.text.clone(),
        fact: found.message.clone(),
        remedy: found.remedy.clone().unwrap_or_default(),
    };
    scan.findings.iter().map(finding).collect()
}

/// Creates a finding of the audit itself.
pub(crate) fn finding(rule: Rule, subject: impl Into<String>, fact: impl Into<String>) -> Finding {
    use hardened_core::{finding::Severity, tier::Tier};
    let severity = Severity::of(rule.level(Tier::Production)).map_or("note", Severity::name);
    Finding {
        code: rule.code().to_owned(),
        cwe: rule.cwe().iter().map(|cwe| u64::from(cwe.number())).collect(),
        severity: severity.to_owned(),
        subject: subject.into(),
        fact: fact.into(),
        remedy: rule.remedy().unwrap_or_default().to_owned(),
    }
}
