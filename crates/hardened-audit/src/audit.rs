//! Collects the documents of an audit and makes the report.

use hardened_core::{document::Version, manifest::Manifest, rule::Rule, verification::Verification};

use crate::{
    asvs,
    decision::{self, Decision},
    diff,
    facts::Facts,
    promise,
    report::{About, DecisionStanding, Finding, Report, RequirementStanding, Standing, Summary},
    rule,
    scan::ScanResult,
    section::{self, finding},
};

/// The documents of one audit. Each is optional; the report lists what a missing one would show as not shown.
#[derive(Debug, Clone, Default)]
#[must_use = "an audit does nothing until its report is created"]
pub struct Audit {
    manifest: Option<Manifest>,
    verification: Option<Verification>,
    scan: Option<ScanResult>,
    decisions: Vec<Decision>,
    rules: Vec<Rule>,
    checks: Vec<String>,
    previous: Option<Manifest>,
}

impl Audit {
    /// Creates an audit without any document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the manifest of the release.
    pub fn manifest(mut self, manifest: Manifest) -> Self {
        self.manifest = Some(manifest);
        self
    }

    /// Adds the verification of the live service.
    pub fn verification(mut self, verification: Verification) -> Self {
        self.verification = Some(verification);
        self
    }

    /// Adds the result of a search for secrets in the sources.
    pub fn scan(mut self, scan: ScanResult) -> Self {
        self.scan = Some(scan);
        self
    }

    /// Adds the decisions (ADRs).
    pub fn decisions(mut self, decisions: Vec<Decision>) -> Self {
        self.decisions = decisions;
        self
    }

    /// Adds known rules. The report names their weaknesses (CWE), and a decision that names an unknown code is a finding.
    pub fn rules(mut self, rules: impl IntoIterator<Item = Rule>) -> Self {
        self.rules.extend(rules);
        self
    }

    /// Adds the identifiers of known live checks. A decision that names an unknown code is a finding.
    pub fn checks(mut self, checks: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.checks.extend(checks.into_iter().map(Into::into));
        self
    }

    /// Adds the manifest of the previous release, so that the report says what changed.
    pub fn previous(mut self, manifest: Manifest) -> Self {
        self.previous = Some(manifest);
        self
    }

    /// Makes the report.
    #[must_use]
    pub fn report(&self) -> Report {
        let (manifest, verification) = (self.manifest.as_ref(), self.verification.as_ref());
        let facts = Facts::of(manifest, verification, self.scan.as_ref(), &self.rules);
        let decisions: Vec<_> = self.decisions.iter().map(|decision| decision::judge(decision, &facts)).collect();
        let asvs: Vec<_> = asvs::TABLE.iter().map(|row| asvs::judge(row, &facts)).collect();
        let mut report = Report {
            schema_version: Version,
            about: self.about(),
            summary: Summary {
                held: 0,
                not_held: 0,
                in_part: 0,
                not_shown: 0,
                decisions_confirmed: 0,
                decisions_contradicted: 0,
                requirements_met: 0,
                requirements_not_met: 0,
            },
            findings: self.findings(&facts),
            endpoints: manifest.map(section::endpoints).unwrap_or_default(),
            settings: manifest.map(section::settings).unwrap_or_default(),
            promises: manifest.map(|it| promise::promises(it, &facts)).unwrap_or_default(),
            measures: section::measures(&facts),
            waivers: manifest.map(|it| it.waivers.clone()).unwrap_or_default(),
            live: verification.map(section::live),
            scan: self.scan.as_ref().map(section::scan),
            decisions,
            asvs,
            changes: self.previous.as_ref().zip(manifest).map(|(old, new)| diff::changes(old, new)),
            not_shown: section::not_shown(verification),
        };
        report.summary = summary(&report);
        report
    }

    fn about(&self) -> About {
        let service = self.manifest.as_ref().map(|manifest| &manifest.service);
        let tier = self.manifest.as_ref().map(|manifest| &manifest.tier);
        let inputs = [
            ("manifest", self.manifest.is_some()),
            ("verification", self.verification.is_some()),
            ("scan", self.scan.is_some()),
            ("decisions", !self.decisions.is_empty()),
            ("previous manifest", self.previous.is_some()),
        ];
        About {
            service: service.and_then(|service| service.name.clone()),
            version: service.and_then(|service| service.version.clone()),
            tier: tier.map(|tier| tier.value.name().to_owned()),
            tier_evidence: tier.map(|tier| tier.evidence.clone()).unwrap_or_default(),
            inputs: inputs.into_iter().filter(|(_, given)| *given).map(|(name, _)| name.to_owned()).collect(),
            tool: format!("hardened-audit {}", env!("CARGO_PKG_VERSION")),
        }
    }

    fn findings(&self, facts: &Facts) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(verification) = &self.verification {
            self.compare(verification, &mut findings);
            findings.extend(section::failures(verification, facts));
            for left in verification.not_removed() {
                findings.push(finding(rule::AUDIT_LEFT_BEHIND, &left.path, left.reason.as_str()));
            }
        }
        findings.extend(self.scan.iter().flat_map(|scan| section::found(scan, facts)));
        for decision in &self.decisions {
            self.judge(decision, facts, &mut findings);
        }
        self.gaps(&mut findings);
        let order = |severity: &str| ["error", "warning", "note"].iter().position(|word| *word == severity);
        findings.sort_by_key(|finding| order(&finding.severity));
        findings
    }

    /// Adds findings if the verification is of another release or tier than the manifest.
    fn compare(&self, verification: &Verification, findings: &mut Vec<Finding>) {
        let Some(manifest) = &self.manifest else { return };
        let (target, service) = (&verification.target, &manifest.service);
        let differs = |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
        if differs(&target.service, &service.name) || differs(&target.version, &service.version) {
            let named = |name: &Option<String>, version: &Option<String>| {
                format!("{} {}", name.as_deref().unwrap_or("a service"), version.as_deref().unwrap_or("of no version"))
            };
            let verified = named(&target.service, &target.version);
            let fact = format!(
                "the verification is of {verified}, the manifest of {}",
                named(&service.name, &service.version)
            );
            findings.push(finding(rule::AUDIT_OTHER_RELEASE, &target.url, fact));
        }
        if target.tier != manifest.tier.value {
            let fact = format!(
                "the verification judged the tier {}, the manifest is of {}",
                target.tier.name(),
                manifest.tier.value.name()
            );
            findings.push(finding(rule::AUDIT_OTHER_TIER, &target.url, fact));
        }
    }

    fn judge(&self, decision: &Decision, facts: &Facts, findings: &mut Vec<Finding>) {
        let missing: Vec<_> = [
            ("a number", decision.number.is_none()),
            ("a title", decision.title.is_empty()),
            ("a status", decision.status.is_empty()),
        ]
        .into_iter()
        .filter(|(_, is_missing)| *is_missing)
        .map(|(what, _)| what)
        .collect();
        if !missing.is_empty() {
            findings.push(finding(
                rule::DECISION_MALFORMED,
                &decision.file,
                format!("it does not have {}", missing.join(" or ")),
            ));
        }
        if !decision.is_in_force() {
            return;
        }
        for code in &decision.confirmed_by {
            let measure = facts.measure(code);
            if measure.standing == Standing::NotHeld {
                let fact = format!("{code} does not hold: {}", measure.evidence.join("; "));
                findings.push(finding(rule::DECISION_CONTRADICTED, &decision.file, fact));
            } else if measure.standing == Standing::NotShown && !self.knows(code) {
                let fact = format!("no rule or check has the code {code}");
                findings.push(finding(rule::DECISION_UNKNOWN_CODE, &decision.file, fact));
            }
        }
    }

    /// Returns whether a code exists; `true` if no codes are known.
    fn knows(&self, code: &str) -> bool {
        let mut known = self.rules.iter().map(|rule| rule.code()).chain(self.checks.iter().map(String::as_str));
        match code.strip_suffix('*') {
            _ if self.rules.is_empty() && self.checks.is_empty() => true,
            Some(begin) => known.any(|known| known.starts_with(begin)),
            None => known.any(|known| known == code),
        }
    }

    fn gaps(&self, findings: &mut Vec<Finding>) {
        let mut numbers: Vec<u64> = self.decisions.iter().filter_map(|decision| decision.number).collect();
        numbers.sort_unstable();
        for pair in numbers.windows(2) {
            let [before, after] = pair else { continue };
            if after - before > 1 {
                let fact = format!("no decision has a number between {before} and {after}");
                findings.push(finding(rule::DECISION_GAP, "decisions", fact));
            }
        }
    }
}

fn summary(report: &Report) -> Summary {
    let measures = |standing| report.measures.iter().filter(|it| it.standing == standing).count() as u64;
    let decisions = |standing| report.decisions.iter().filter(|it| it.standing == standing).count() as u64;
    let requirements = |standing| report.asvs.iter().filter(|it| it.standing == standing).count() as u64;
    Summary {
        held: measures(Standing::Held),
        not_held: measures(Standing::NotHeld),
        in_part: measures(Standing::InPart),
        not_shown: measures(Standing::NotShown),
        decisions_confirmed: decisions(DecisionStanding::Confirmed),
        decisions_contradicted: decisions(DecisionStanding::Contradicted),
        requirements_met: requirements(RequirementStanding::Met),
        requirements_not_met: requirements(RequirementStanding::NotMet),
    }
}
