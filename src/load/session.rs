//! The state of one run: what was found, what was told.

use zeroize::Zeroizing;

use super::{
    Loader,
    hints::hints,
    keys::Keys,
    lookup::Sources,
    table::{Row, State, Table},
    tier,
    waiver::Waivers,
};
use crate::{
    Environment, Name, Rejection, Tier,
    finding::{Finding, Reported, Severity},
    message,
    provenance::Provenance,
    report::Report,
    rule,
    schema::{Schema, SettingSchema},
    tier::{Detected, detect},
};

/// One run of loading.
pub(crate) struct Session {
    pub(super) environment: Environment,
    pub(super) sources: Sources,
    pub(super) keys: Keys,
    detected: Detected,
    waivers: Waivers,
    findings: Vec<Finding>,
    rows: Vec<Row>,
    groups: usize,
}

/// A finding's place: the subject and the path of the field.
#[derive(Clone)]
pub(super) struct Subject {
    pub(super) name: Name,
    pub(super) field: String,
}

impl Session {
    /// Detects the tier and looks at the waivers.
    pub(super) fn begin(loader: Loader, schema: &'static Schema) -> Self {
        let mut detected = detect(&loader.environment, &loader.tier_names);
        let observations = std::mem::take(&mut detected.observations);
        let mistakes: Vec<_> =
            loader.waivers.iter().filter_map(|waiver| Some((waiver.subject, waiver.rule, waiver.mistake()?))).collect();
        let mut session = Self {
            sources: Sources::new(schema, loader.known, loader.tier_names.variables()),
            environment: loader.environment,
            keys: Keys::default(),
            detected,
            waivers: loader.waivers,
            findings: Vec::new(),
            rows: Vec::new(),
            groups: 0,
        };
        observations.into_iter().for_each(|observation| tier::report(&mut session, observation));
        for (subject, rule, mistake) in mistakes {
            let fact = message!(mistake, ": ", rule.code());
            session.tell(Name::declared(subject), Rejection::new(rule::WAIVER_INVALID, fact));
        }
        session
    }

    /// The tier of this run.
    pub(super) fn tier(&self) -> Tier {
        self.detected.tier
    }

    /// A number for one more group.
    pub(super) fn next_group(&mut self) -> usize {
        self.groups += 1;
        self.groups
    }

    /// Reports something that is about no field.
    pub(super) fn tell(&mut self, name: Name, rejection: Rejection) {
        // Whether it is an error shows in the report.
        let _ = self.judge(&Subject { name, field: String::new() }, rejection, None);
    }

    /// Reports a rule that does not hold. An error, unless the tier or a waiver relaxes it.
    ///
    /// # Errors
    ///
    /// When the start is refused for it.
    pub(super) fn judge(
        &mut self,
        subject: &Subject,
        rejection: Rejection,
        provenance: Option<Provenance>,
    ) -> Result<(), Reported> {
        let rule = rejection.rule;
        let Some(severity) = Severity::of(rule.level(self.tier())) else { return Ok(()) };
        if severity > Severity::Note && self.waivers.accept(rule, &subject.name, self.tier()) {
            return Ok(());
        }
        self.record(severity, subject, rejection, provenance);
        if severity == Severity::Error { Err(Reported::an_error_was_recorded()) } else { Ok(()) }
    }

    /// Reports a rule that nothing can relax: it refuses the start in every tier.
    pub(super) fn fatal(
        &mut self,
        subject: &Subject,
        rejection: Rejection,
        provenance: Option<Provenance>,
    ) -> Reported {
        self.record(Severity::Error, subject, rejection, provenance);
        Reported::an_error_was_recorded()
    }

    fn record(&mut self, severity: Severity, subject: &Subject, rejection: Rejection, provenance: Option<Provenance>) {
        let rule = rejection.rule;
        self.findings.push(Finding {
            rule,
            severity,
            subject: subject.name.clone(),
            field: subject.field.clone(),
            message: rejection.message,
            remedy: rejection.remedy.unwrap_or_else(|| rule.remedy().into()),
            provenance,
        });
    }

    /// Adds a row to the table.
    pub(super) fn row(
        &mut self,
        path: String,
        variables: Vec<Name>,
        setting: &'static SettingSchema,
        (state, value, provenance): (State, Option<Zeroizing<String>>, Option<Provenance>),
    ) {
        let value = value.map(|mut text| std::mem::take(&mut *text));
        self.rows.push(Row { path, variables, setting, state, value, provenance });
    }

    /// Remembers that a subject was judged.
    pub(super) fn judged(&mut self, subject: &Name) {
        self.waivers.judged(subject);
    }

    /// The report and the table.
    pub(super) fn finish(mut self) -> (Report, Table) {
        for (rule, subject) in self.waivers.unused(self.detected.tier) {
            let fact = message!("the waiver of ", rule.code(), " is not needed");
            self.tell(Name::declared(subject), Rejection::new(rule::WAIVER_UNUSED, fact));
        }
        self.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let is_refusal = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        let undeclared = self.detected.undeclared.filter(|_| is_refusal);
        let report = Report {
            tier: self.detected.tier,
            evidence: self.detected.evidence,
            findings: self.findings,
            waivers: self.waivers.into_report(),
            hints: undeclared.map_or_else(Vec::new, |undeclared| hints(&self.environment, undeclared)),
        };
        (report, Table(self.rows))
    }
}
