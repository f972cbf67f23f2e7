//! The state of one run: what was found, what was told.

use std::path::PathBuf;

use hardened_core::{finding::Subject, journal::Journal, upwards};

use super::{
    Loader, core_dumps, declaration,
    files::Files,
    hints::hints,
    keys::Keys,
    lookup::Sources,
    place::Place,
    secret_directory::SecretDirectories,
    table::{Row, Table},
    tier,
};
use crate::{
    Environment, Report, Tier, Violation,
    finding::{Name, Reported},
    report::Provenance,
    rule::{self, Rule},
    schema::Schema,
    tier::{Undeclared, detect, is_on},
};

/// One run of loading.
pub(crate) struct Session {
    pub(super) environment: Environment,
    /// The working directory, from which files are searched.
    pub(super) directory: Option<PathBuf>,
    pub(super) sources: Sources,
    pub(super) keys: Keys,
    journal: Journal,
    /// Set when no tier is declared and this may be a person's own machine.
    undeclared: Option<Undeclared>,
    rows: Vec<Row>,
}

impl Session {
    /// Detects the tier and looks at the waivers.
    pub(super) fn begin(loader: Loader, schema: &'static Schema) -> Self {
        let detected = detect(&loader.environment, &loader.tier_names);
        let mut known = loader.known;
        known.extend(loader.tier_names.variables());
        let (directories, missing) = SecretDirectories::new(loader.secret_directories, &loader.environment);
        let strays = declaration::stray_waivers(&loader.waivers, schema, &known);
        let sources = Sources {
            schema,
            known,
            strangers: None,
            directories,
            dotenv: Vec::new(),
            tier_variables: loader.tier_names.variables().to_vec(),
            files: Files::default(),
        };
        let mut session = Self {
            sources,
            directory: loader.environment.current_directory(),
            environment: loader.environment,
            keys: Keys::default(),
            journal: Journal::new(detected.tier).with_evidence(detected.evidence).with_waivers(loader.waivers),
            undeclared: detected.undeclared,
            // A struct of groups has more rows than fields.
            rows: Vec::with_capacity(schema.fields().len().max(16)),
        };
        detected.observations.into_iter().for_each(|observation| tier::report(&mut session, observation));
        session.report_directories(missing);
        session.report_strays(strays);
        session.report_shared(schema);
        core_dumps::forbid(&mut session, loader.owns_process);
        session.read_dotenv();
        session.sources.files = Files::read(&mut session, loader.files);
        session
    }

    /// Tells that a `.env` was not read; of a refusal it may be the reason, so that one further up is told as well.
    fn tell_unread_dotenv(&mut self) {
        let Some(directory) = self.directory.as_ref().filter(|_| self.tier().is_hardened()) else {
            return;
        };
        let (lies, fact) = if self.journal.is_refusal() {
            let lies = upwards::find(directory, ".env").is_some();
            (lies, "found in the working directory or above it; it is never opened in preview or production")
        } else {
            let lies = directory.join(".env").exists();
            (lies, "found in the working directory; it is never opened in preview or production")
        };
        if lies {
            self.tell(Name::declared(".env").into(), Violation::new(rule::DOTENV_IGNORED, fact));
        }
    }

    /// Returns the tier of this run.
    pub(super) fn tier(&self) -> Tier {
        self.journal.tier()
    }

    /// Reports something that is about no field.
    pub(super) fn tell(&mut self, subject: Subject, violation: Violation) {
        self.journal.report(subject, violation);
    }

    /// Reports a rule that does not hold. An error, unless the tier or a waiver relaxes it.
    ///
    /// # Errors
    ///
    /// When the start is refused for it.
    pub(super) fn judge(
        &mut self,
        subject: Subject,
        violation: Violation,
        provenance: Option<Provenance>,
    ) -> Result<(), Reported> {
        let violation = violation.resolved(|platform| is_on(&self.environment, platform));
        self.journal.check(subject, violation, provenance)
    }

    /// Whether a rule that the library itself can uphold binds in this tier and is not waived for the subject.
    pub(super) fn upholds(&mut self, rule: Rule, subject: &Name) -> bool {
        self.journal.binds(rule, subject)
    }

    /// Reports a rule that nothing can relax: it refuses the start in every tier.
    pub(super) fn fatal(&mut self, subject: Subject, violation: Violation, provenance: Option<Provenance>) -> Reported {
        self.journal.refuse(subject, violation, provenance)
    }

    /// The error that was already reported, where there is one.
    pub(super) fn outcome(&self) -> Result<(), Reported> {
        self.journal.outcome()
    }

    /// Whether the code has a waiver for this name.
    #[cfg(feature = "files")]
    pub(super) fn has_waiver_for(&self, name: &str) -> bool {
        self.journal.has_waiver_for(name)
    }

    /// Adds a row to the table.
    pub(super) fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Remembers that a setting was judged.
    pub(super) fn judged(&mut self, place: &Place) {
        if self.journal.has_waivers() {
            self.journal.judged(&place.name());
        }
    }

    /// Adds a waiver that a group declares itself, and that was needed.
    #[cfg(feature = "cors")]
    pub(super) fn accepted(&mut self, waived: hardened_core::report::Waived) {
        self.journal.accept(waived);
    }

    /// The report and the table.
    pub(super) fn finish(mut self) -> (Report, Table) {
        self.tell_unread_dotenv();
        if let Some(undeclared) = self.undeclared.filter(|_| self.journal.is_refusal()) {
            hints(&self.environment, undeclared).into_iter().for_each(|hint| self.journal.hint(hint));
        }
        let Self { journal, mut rows, .. } = self;
        rows.iter_mut().filter(|row| journal.rejects(&row.path())).for_each(Row::reject);
        (journal.finish(), Table(rows))
    }
}
