//! The state of one run: what was found, what was told.

use std::path::PathBuf;

use super::{
    Loader, core_dumps,
    dotenv::{Dotenv, Mistake},
    files::Files,
    hints::hints,
    keys::Keys,
    lookup::Sources,
    place::{Place, Subject},
    secret_directory::SecretDirectories,
    table::{Row, Table},
    tier, upwards,
    waiver::Waivers,
};
use crate::{
    Environment, Message, Name, Rejection, Tier,
    finding::{Finding, Findings, Reported, Severity},
    message,
    provenance::Provenance,
    report::{Report, Waived},
    rule::{self, Level, Rule},
    schema::Schema,
    tier::{Detected, detect},
};

/// One run of loading.
pub(crate) struct Session {
    pub(super) environment: Environment,
    /// The working directory, from which files are searched.
    pub(super) directory: Option<PathBuf>,
    pub(super) sources: Sources,
    pub(super) keys: Keys,
    detected: Detected,
    waivers: Waivers,
    /// Waivers that a group declares itself, and that were needed.
    accepted: Vec<Waived>,
    findings: Findings,
    rows: Vec<Row>,
}

impl Session {
    /// Detects the tier and looks at the waivers.
    pub(super) fn begin(loader: Loader, schema: &'static Schema) -> Self {
        let mut detected = detect(&loader.environment, &loader.tier_names);
        let observations = std::mem::take(&mut detected.observations);
        let mistakes: Vec<_> =
            loader.waivers.iter().filter_map(|waiver| Some((waiver.subject, waiver.rule, waiver.mistake()?))).collect();
        let mut known = loader.known;
        known.extend(loader.tier_names.variables());
        let sources = Sources {
            schema,
            known,
            strangers: None,
            directories: SecretDirectories::new(loader.secret_directories, &loader.environment),
            dotenv: Dotenv::default(),
            files: Files::default(),
        };
        let mut session = Self {
            sources,
            directory: loader.environment.current_directory(),
            environment: loader.environment,
            keys: Keys::default(),
            detected,
            waivers: loader.waivers,
            accepted: Vec::new(),
            findings: Findings::default(),
            // A struct of groups has more rows than fields.
            rows: Vec::with_capacity(schema.fields().len().max(16)),
        };
        observations.into_iter().for_each(|observation| tier::report(&mut session, observation));
        core_dumps::forbid(&mut session, loader.owns_process);
        session.read_dotenv();
        session.sources.files = Files::read(&mut session, loader.files);
        for (subject, rule, mistake) in mistakes {
            let fact = message!(mistake, ": ", rule.code());
            session.tell(Name::declared(subject).into(), Rejection::new(rule::WAIVER_INVALID, fact));
        }
        session
    }

    /// Reads `.env` in Development and Test.
    fn read_dotenv(&mut self) {
        if self.tier().is_hardened() {
            return;
        }
        let Some(directory) = &self.directory else { return };
        let Some(path) = upwards::find(directory, ".env") else { return };
        self.sources.dotenv = Dotenv::read(path);
        for mistake in std::mem::take(&mut self.sources.dotenv.mistakes) {
            self.tell_mistake(mistake);
        }
    }

    /// Tells that a `.env` was not read; of a refusal it may be the reason, so that one further up is told as well.
    fn tell_unread_dotenv(&mut self) {
        let Some(directory) = self.directory.as_ref().filter(|_| self.tier().is_hardened()) else {
            return;
        };
        let is_refusal = self.findings.has_error();
        let (lies, fact) = if is_refusal {
            let lies = upwards::find(directory, ".env").is_some();
            (lies, "lies in the working directory or above it, and is never opened in preview and production")
        } else {
            let lies = directory.join(".env").exists();
            (lies, "lies in the working directory, and is never opened in preview and production")
        };
        if lies {
            self.tell(Name::declared(".env").into(), Rejection::new(rule::DOTENV_IGNORED, fact));
        }
    }

    fn tell_mistake(&mut self, mistake: Mistake) {
        let (fact, line) = match mistake {
            Mistake::Unreadable => (Message::from("cannot be opened, or is not a regular file"), 0),
            Mistake::TooLarge => (Message::from("longer than 1 MiB"), 0),
            Mistake::NotText => (Message::from("not UTF-8 text"), 0),
            Mistake::Malformed { line, expected } => (message!("line ", line, ": expected ", expected), line),
        };
        let provenance =
            (line > 0).then(|| Provenance::Line { path: self.sources.dotenv.path.clone(), line, column: None });
        // Whether it is an error shows in the report.
        let _ = self.judge(Name::declared(".env").into(), Rejection::new(rule::DOTENV_MALFORMED, fact), provenance);
    }

    /// The tier of this run.
    pub(super) fn tier(&self) -> Tier {
        self.detected.tier
    }

    /// Reports something that is about no field.
    pub(super) fn tell(&mut self, subject: Subject, rejection: Rejection) {
        // Whether it is an error shows in the report.
        let _ = self.judge(subject, rejection, None);
    }

    /// Reports a rule that does not hold. An error, unless the tier or a waiver relaxes it.
    ///
    /// # Errors
    ///
    /// When the start is refused for it.
    pub(super) fn judge(
        &mut self,
        subject: Subject,
        mut rejection: Rejection,
        provenance: Option<Provenance>,
    ) -> Result<(), Reported> {
        if let Some(instead) = rejection.instead().filter(|instead| self.is_on(instead.platform)) {
            rejection.rule = instead.rule;
        }
        let rule = rejection.rule;
        let Some(severity) = Severity::of(rule.level(self.tier())) else { return Ok(()) };
        if severity > Severity::Note && self.waivers.accept(rule, &subject.name, rejection.host(), self.tier()) {
            return Ok(());
        }
        self.record(severity, subject, rejection, provenance);
        if severity == Severity::Error { Err(Reported::an_error_was_recorded()) } else { Ok(()) }
    }

    /// Whether a rule that the library itself can uphold binds in this tier and is not waived for the subject.
    pub(super) fn upholds(&mut self, rule: Rule, subject: &Name) -> bool {
        let tier = self.tier();
        rule.level(tier) != Level::Off && !self.waivers.accept(rule, subject, None, tier)
    }

    /// Reports a rule that nothing can relax: it refuses the start in every tier.
    pub(super) fn fatal(&mut self, subject: Subject, rejection: Rejection, provenance: Option<Provenance>) -> Reported {
        self.record(Severity::Error, subject, rejection, provenance);
        Reported::an_error_was_recorded()
    }

    fn record(&mut self, severity: Severity, subject: Subject, rejection: Rejection, provenance: Option<Provenance>) {
        let rule = rejection.rule;
        self.findings.push(Finding {
            rule,
            severity,
            subject: subject.name,
            field: subject.field,
            message: rejection.message,
            remedy: rejection.remedy.or_else(|| rule.remedy().map(Message::from)).unwrap_or_default(),
            provenance,
        });
    }

    /// Whether the code has a waiver for this name.
    #[cfg(feature = "files")]
    pub(super) fn has_waiver_for(&self, name: &str) -> bool {
        self.waivers.names(name)
    }

    /// Adds a row to the table.
    pub(super) fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Remembers that a setting was judged.
    pub(super) fn judged(&mut self, place: &Place) {
        if !self.waivers.is_empty() {
            self.waivers.judged(&place.name());
        }
    }

    /// Adds a waiver that a group declares itself, and that was needed.
    #[cfg(feature = "cors")]
    pub(super) fn accepted(&mut self, waived: Waived) {
        self.accepted.push(waived);
    }

    /// The report and the table.
    pub(super) fn finish(mut self) -> (Report, Table) {
        self.tell_unread_dotenv();
        for (rule, subject) in self.waivers.unused(self.detected.tier) {
            let fact = message!("the waiver of ", rule.code(), " is not needed");
            self.tell(Name::declared(subject).into(), Rejection::new(rule::WAIVER_UNUSED, fact));
        }
        let is_refusal = self.findings.has_error();
        self.rows.iter_mut().filter(|row| self.findings.rejects(&row.path())).for_each(Row::reject);
        let (findings, omitted) = self.findings.sorted();
        let undeclared = self.detected.undeclared.filter(|_| is_refusal);
        let report = Report {
            tier: self.detected.tier,
            evidence: self.detected.evidence,
            findings,
            omitted,
            waivers: self.waivers.into_report().into_iter().chain(self.accepted).collect(),
            hints: undeclared.map_or_else(Vec::new, |undeclared| hints(&self.environment, undeclared)),
        };
        (report, Table(self.rows))
    }
}
