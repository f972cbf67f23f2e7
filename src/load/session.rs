//! The state of one run: the journal, the sources, and everything read so far.

use std::{cell::OnceCell, collections::BTreeSet};

use hardened_core::{finding::Subject, journal::Journal};

use super::{
    Loader, declaration,
    hints::hints,
    keys::Keys,
    missing,
    near_miss::UnknownVariables,
    policy::Policies,
    table::{Row, Table},
    tier,
};
use crate::{
    Report, Violation,
    finding::{Name, Reported},
    report::Provenance,
    rule::{self, Rule},
    runtime::core_dumps,
    schema::{Place, Schema},
    source::{Found, KnownNames, Sources},
    tier::{Undeclared, detect, is_on},
};

/// One run of loading.
pub(crate) struct Session {
    pub(super) journal: Journal,
    pub(super) sources: Sources,
    pub(super) keys: Keys,
    known: KnownNames,
    unknown: OnceCell<UnknownVariables>,
    /// The variable that would declare a tier, if no tier is declared.
    unset_tier: Option<&'static str>,
    /// Set if no tier is declared and this may be a developer's own machine.
    undeclared: Option<Undeclared>,
    rows: Vec<Row>,
    /// Whether missing secrets are assumed.
    pub(super) assumes_secrets: bool,
    /// The paths of the assumed secrets.
    pub(super) assumed: Vec<String>,
    /// The rules that could not be judged.
    pub(super) unjudged: Vec<Rule>,
    /// The code prefixes of the rules for which there was something to judge.
    pub(super) judged: BTreeSet<&'static str>,
    /// The policies of the service's organisation.
    pub(super) policies: Policies,
}

impl Session {
    /// Detects the tier, checks what the code declares, and opens the sources.
    pub(super) fn begin(mut loader: Loader, schema: &'static Schema) -> Self {
        loader.sources.environment = loader.sources.environment.fresh();
        let detected = detect(&loader.sources.environment, &loader.tier_names);
        let known = KnownNames::new(schema, loader.known, loader.tier_names.variables());
        let strays = declaration::stray_waivers(&loader.waivers, &known);
        let forbidden = loader.policies.forbidden(&loader.waivers);
        let mut journal = Journal::new(detected.tier).with_evidence(detected.evidence).with_waivers(loader.waivers);
        detected.observations.into_iter().for_each(|observation| tier::report(&mut journal, observation));
        declaration::report_strays(strays, &mut journal);
        forbidden.into_iter().for_each(|(subject, violation)| journal.report(subject.into(), violation));
        declaration::report_shared(&known, &mut journal);
        // Must happen before the first secret is read.
        core_dumps::forbid(&mut journal, loader.owns_process);
        let sources = Sources::open(loader.sources, &known, &mut journal);
        Self {
            journal,
            sources,
            keys: Keys::default(),
            known,
            unknown: OnceCell::new(),
            unset_tier: detected.unset,
            undeclared: detected.undeclared,
            // A struct with groups has more rows than fields.
            rows: Vec::with_capacity(schema.fields().len().max(16)),
            assumes_secrets: loader.assumes_secrets,
            assumed: Vec::new(),
            // Only a real start can judge the rule about core dumps.
            judged: BTreeSet::new(),
            policies: loader.policies,
            unjudged: if loader.owns_process { Vec::new() } else { vec![rule::PROCESS_CORE_DUMPS] },
        }
    }

    /// Returns the text of one setting.
    ///
    /// # Errors
    ///
    /// Returns an error if there is a text that cannot be used. It is already in the report.
    pub(super) fn find(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        self.sources.find(place, &mut self.journal)
    }

    /// Reports a violation: an error, unless the tier or a waiver relaxes it. This is where the parts that depend on
    /// the platform are decided.
    ///
    /// # Errors
    ///
    /// Returns an error if the violation refuses the start.
    pub(super) fn check(
        &mut self,
        subject: Subject,
        violation: Violation,
        provenance: Option<Provenance>,
    ) -> Result<(), Reported> {
        let violation = violation.resolved(|platform| self.is_on(platform));
        self.journal.check(subject, violation, provenance)
    }

    /// Returns whether the service runs on a platform, according to the platform's variables.
    pub(super) fn is_on(&self, platform: &str) -> bool {
        is_on(&self.sources.environment, platform)
    }

    /// Returns the variables that are set and belong to no setting. They are collected on the first call.
    pub(super) fn unknown(&self) -> &UnknownVariables {
        self.unknown.get_or_init(|| UnknownVariables::of(&self.sources, &self.known))
    }

    /// Adds a row to the table.
    pub(super) fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// If no tier is declared, reports a variable that is probably a misspelling of the one that names the tier.
    fn report_misspelt_tier(&mut self) {
        if let Some(variable) = self.unset_tier
            && let Some(found) = self.unknown().slip(variable).cloned()
        {
            self.journal.report(found.into(), missing::misspelling_of(Name::declared(variable)));
        }
    }

    /// Returns the report and the table.
    pub(super) fn finish(mut self) -> (Report, Table) {
        self.report_misspelt_tier();
        self.sources.report_unread(&mut self.journal);
        if let Some(undeclared) = self.undeclared.filter(|_| self.journal.is_refusal()) {
            hints(&self.sources.environment, undeclared).into_iter().for_each(|hint| self.journal.hint(hint));
        }
        let Self { journal, mut rows, unjudged, judged, policies, .. } = self;
        if journal.is_refusal() {
            rows.iter_mut().filter(|row| journal.rejects(&row.path())).for_each(Row::reject);
        }
        (journal.finish(), Table { rows, unjudged, judged, rules: policies.rules() })
    }
}
