//! The interface through which `#[derive(Config)]` and functions of a service read settings.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{
    Row, SettingState,
    missing::{absent, missing, misspelt},
    session::Session,
    spelling::{of_field, spelling, unreadable},
};
use crate::{
    Setting, Tier, Violation,
    finding::{Reported, Verdict},
    message,
    report::Provenance,
    rule::{self, Rule},
    schema::{GroupPlace, Kind, Place, Requirement, Schema, SettingSchema},
    secret::{broken_rules, shown_secret},
    source::Found,
};

/// Reads the fields of one struct.
///
/// The derive uses it, and so do the functions that its attributes name: `default_with` computes a default, and `with`
/// computes a field that no variable describes.
///
/// ```
/// use hardened::{Config, Environment, Loader, Tier, finding::Reported, load::Reader};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     /// How many requests are served at once.
///     #[config(default_with = workers)]
///     workers: u32,
///     #[config(with = verbose)]
///     verbose: bool,
/// }
///
/// fn workers(reader: &Reader<'_>) -> u32 {
///     if reader.is_on("aws-lambda") { 1 } else { 8 }
/// }
///
/// fn verbose(reader: &mut Reader<'_>) -> Result<bool, Reported> {
///     Ok(reader.tier() == Tier::Development)
/// }
///
/// let environment = Environment::empty().set("LAMBDA_TASK_ROOT", "/var/task");
/// let settings = Loader::new().environment(environment).load::<Settings>()?;
/// assert_eq!((settings.workers, settings.verbose), (1, false));
/// # Ok::<(), hardened::Refusal>(())
/// ```
pub struct Reader<'s> {
    pub(super) session: &'s mut Session,
    pub(super) group: Arc<GroupPlace>,
}

impl<'s> Reader<'s> {
    pub(super) fn root(session: &'s mut Session, schema: &'static Schema) -> Self {
        Reader { session, group: GroupPlace::root(schema) }
    }

    /// Returns the tier of this run.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.session.journal.tier()
    }

    /// Reads a setting that is required or has a default.
    ///
    /// # Errors
    ///
    /// Returns an error if the setting is missing or not accepted. It is already in the report.
    pub fn setting<T: Setting>(&mut self, setting: &'static SettingSchema) -> Result<T, Reported> {
        let place = self.place(setting);
        self.judges(T::FAMILIES);
        match self.text(&place)? {
            Some((found, state)) => self.accept(place, found, state),
            None => self.assume(&place).ok_or_else(|| self.missing(&place)),
        }
    }

    /// Reads a setting that may be absent, in some tiers or in all.
    ///
    /// # Errors
    ///
    /// Returns an error if the setting is not accepted, or is unset and the tier needs it. It is already in the report.
    pub fn optional<T: Setting>(&mut self, setting: &'static SettingSchema) -> Result<Option<T>, Reported> {
        let place = self.place(setting);
        if let Some(found) = self.search(&place)? {
            self.judges(T::FAMILIES);
            return self.accept(place, found, SettingState::Set).map(Some);
        }
        if setting.requirement() == Requirement::InProduction
            && let Some(value) = self.assume(&place)
        {
            self.judges(T::FAMILIES);
            return Ok(Some(value));
        }
        self.absent(&place).map(|()| None)
    }

    /// Records that there is something to judge for the rules whose codes have these prefixes.
    pub(crate) fn judges(&mut self, families: &'static [&'static str]) {
        self.session.judged.extend(families);
    }

    /// Returns whether a setting has a value, accepted or not.
    pub(crate) fn is_set(&self, setting: &'static SettingSchema) -> bool {
        let place = self.place(setting);
        self.session.sources.is_set(&place.path(), setting, &place.names().collect::<Vec<_>>())
    }

    /// Returns whether a variable that is not a setting has a value.
    pub(crate) fn is_variable_set(&self, name: &str) -> bool {
        self.session.sources.has_variable(name)
    }

    /// Returns the path in a variable that is not a setting, or `None` if the variable is blank.
    #[cfg(feature = "guard")]
    pub(crate) fn variable_path(&self, name: &str) -> Option<std::path::PathBuf> {
        if self.is_variable_set(name) { self.session.sources.environment.get(name).map(Into::into) } else { None }
    }

    /// Checks a rule about a variable that is not a setting.
    #[cfg(feature = "guard")]
    pub(crate) fn check_variable(
        &mut self,
        about: &'static str,
        violation: Violation,
        variable: &'static str,
    ) -> Result<(), Reported> {
        let provenance = Provenance::Environment { variable: variable.into() };
        self.session.check(self.group.subject(about), violation, Some(provenance))
    }

    /// Returns whether the service runs on a platform, according to the platform's variables: `aws-lambda`, `fly`,
    /// `kubernetes` and so on.
    #[must_use]
    pub fn is_on(&self, platform: &str) -> bool {
        self.session.is_on(platform)
    }

    /// Returns whether the binary was built without `debug_assertions`.
    #[must_use]
    pub fn is_release_build(&self) -> bool {
        self.session.sources.environment.is_release_build()
    }

    /// Returns whether the process runs in a container, which has its own address.
    pub(crate) fn is_in_container(&self) -> bool {
        let has = |path: &str| self.session.sources.environment.has_marker_file(std::path::Path::new(path));
        has("/.dockerenv") || has("/run/.containerenv") || self.is_on("kubernetes")
    }

    /// Reports a violation that nothing can relax.
    pub(crate) fn refuse(&mut self, about: &'static str, violation: Violation) -> Reported {
        let subject = self.group.subject(violation.field().unwrap_or(about));
        self.session.journal.refuse(subject, violation, None)
    }

    /// Returns whether the library must enforce a rule itself: it applies in this tier, and no waiver accepts the
    /// subject. A waiver that was used appears in the report as needed.
    #[must_use]
    pub fn upholds(&mut self, rule: Rule, subject: &'static str) -> bool {
        self.session.journal.binds(rule, &crate::finding::Name::declared(subject))
    }

    /// Checks a rule across settings. `about` is the field that the finding is about, unless the violation names another one.
    ///
    /// # Errors
    ///
    /// Returns an error if the violation refuses the start. It is already in the report.
    pub fn check(&mut self, about: &'static str, verdict: impl Verdict) -> Result<(), Reported> {
        let mut outcome = Ok(());
        for violation in verdict.violations() {
            let subject = self.group.subject(violation.field().unwrap_or(about));
            if self.session.is_assumed(&subject.field) {
                self.session.unjudged.push(violation.rule());
                continue;
            }
            let judged = self.session.check(subject, violation, None);
            outcome = outcome.and(judged);
        }
        outcome
    }
}

#[cfg(feature = "cors")]
impl Reader<'_> {
    /// Returns the variable of a field, with the prefix of its group.
    pub(crate) fn variable(&self, field: &'static str) -> crate::finding::Name {
        self.group.subject(field).name
    }

    /// Adds a waiver that a group itself declares and that was needed.
    pub(crate) fn accepted(&mut self, waived: hardened_core::report::Waived) {
        if let Some(violation) = self.session.policies.forbids(waived.rule()) {
            let subject = crate::finding::Name::prefixed(waived.subject(), "");
            self.session.journal.report(subject.into(), violation);
        }
        self.session.journal.accept(waived);
    }
}

impl Reader<'_> {
    fn place(&self, setting: &'static SettingSchema) -> Place {
        Place { group: Arc::clone(&self.group), setting }
    }

    /// Returns the text that is set, or the default from the code.
    fn text(&mut self, place: &Place) -> Result<Option<(Found, SettingState)>, Reported> {
        if let Some(found) = self.search(place)? {
            return Ok(Some((found, SettingState::Set)));
        }
        let Requirement::Default(text) = place.setting.requirement() else { return Ok(None) };
        self.report_misspelling(place);
        let found = Found { text: Zeroizing::new(text.to_owned()), provenance: Provenance::Default };
        Ok(Some((found, SettingState::Default)))
    }

    /// Reports a required setting that no source sets.
    fn missing(&mut self, place: &Place) -> Reported {
        let violation = missing(place, self.session.unknown());
        let reported = self.session.journal.refuse(place.subject(), violation, None);
        self.session.row(Row::without_value(place.clone(), SettingState::Missing));
        reported
    }

    /// Checks an optional setting that no source sets, and adds its row.
    fn absent(&mut self, place: &Place) -> Result<(), Reported> {
        let judged = self.unset(place, place.setting.requirement());
        let state = if judged.is_ok() { SettingState::Unset } else { SettingState::Missing };
        self.session.row(Row::without_value(place.clone(), state));
        judged
    }

    /// Searches every source.
    fn search(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        self.session.find(place).inspect_err(|_| {
            self.session.row(Row::without_value(place.clone(), SettingState::Rejected));
        })
    }

    /// Checks whether an optional setting may be unset.
    pub(super) fn unset(&mut self, place: &Place, requirement: Requirement) -> Result<(), Reported> {
        if requirement == Requirement::InProduction {
            let violation = absent(place, self.session.unknown());
            self.session.check(place.subject(), violation, None)?;
        }
        self.report_misspelling(place);
        Ok(())
    }

    /// Reports a variable that is probably a misspelling of a setting that is not set.
    fn report_misspelling(&mut self, place: &Place) {
        if let Some((found, violation)) = misspelt(place, self.session.unknown()) {
            self.session.journal.report(found.into(), violation);
        }
    }

    /// Parses and judges a text. The compiler generates this function for each type, so everything that does not depend
    /// on the type is elsewhere.
    fn accept<T: Setting>(&mut self, place: Place, found: Found, state: SettingState) -> Result<T, Reported> {
        match T::parse(&found.text) {
            Ok(value) => {
                let flaws = broken_rules(&value, &found.text);
                let read = Read { kind: T::KIND, flaws, visit_secrets: &|visit| value.visit_secrets(visit) };
                self.settle(place, found, state, read).map(|()| value)
            }
            Err(violation) => Err(self.reject(place, found, state, T::KIND, violation)),
        }
    }

    /// Reports a text that its type does not accept.
    fn reject(
        &mut self,
        place: Place,
        found: Found,
        state: SettingState,
        kind: Kind,
        violation: Violation,
    ) -> Reported {
        let violation = unreadable(violation, kind, &found.text, place.setting, state);
        let reported = self.session.journal.refuse(place.subject(), violation, Some(found.provenance.clone()));
        let too_many = place.setting.too_many(&found.text).into_iter().collect();
        for violation in of_field(too_many, kind, &found.provenance) {
            self.session.journal.refuse(place.subject(), violation, Some(found.provenance.clone()));
        }
        self.note(place, found, SettingState::Rejected);
        reported
    }

    /// Judges a text that its type accepts.
    fn settle(&mut self, place: Place, found: Found, state: SettingState, read: Read<'_>) -> Result<(), Reported> {
        self.report_deprecated(&place, state, &found.provenance);
        let verdict = self.judge(&place, &found, read);
        self.note(place, found, if verdict.is_ok() { state } else { SettingState::Rejected });
        verdict
    }

    /// Adds the row of a setting that is set, with its text if reports may show it.
    fn note(&mut self, place: Place, found: Found, state: SettingState) {
        let Found { mut text, provenance } = found;
        let is_shown = state != SettingState::Rejected && place.setting.shows(&text);
        let sighting = place.setting.sighting(&text).filter(|_| is_shown);
        if let Some(violation) = sighting.and_then(shown_secret) {
            self.session.journal.report_from(place.subject(), violation, Some(provenance.clone()));
        }
        self.session.row(Row {
            place,
            state,
            value: (is_shown && sighting.is_none()).then(|| std::mem::take(&mut *text)),
            withheld: sighting.is_some(),
            provenance: Some(provenance),
        });
    }

    fn judge(&mut self, place: &Place, found: &Found, read: Read<'_>) -> Result<(), Reported> {
        if self.session.journal.has_waivers() {
            self.session.journal.judged(&place.name());
        }
        let mut violations = read.flaws;
        if place.setting.is_example(&found.text) {
            let fact = "the example from the service's own code";
            violations.push(Violation::new(rule::SECRET_EXAMPLE, fact));
        }
        violations.extend(of_field(place.setting.broken(&found.text), read.kind, &found.provenance));
        violations.extend(spelling(read.kind, &found.text, &found.provenance));
        violations.extend(self.session.policies.judge(place, read.kind, &found.text, self.tier()));
        if let Kind::Key { .. } | Kind::KeyRing { .. } = read.kind {
            violations.extend(self.repeated(place, &found.text, read.kind, read.visit_secrets));
        }
        let mut outcome = Ok(());
        for violation in violations {
            let judged = self.session.check(place.subject(), violation, Some(found.provenance.clone()));
            outcome = outcome.and(judged);
        }
        outcome
    }

    /// Returns a violation if another setting of this configuration has the same key.
    fn repeated(
        &mut self,
        place: &Place,
        text: &str,
        kind: Kind,
        visit_secrets: VisitSecrets<'_>,
    ) -> Option<Violation> {
        let (mut repeated, mut visited) = (None, false);
        let keys = &mut self.session.keys;
        visit_secrets(&mut |key| {
            let other = keys.insert(key, place, kind);
            repeated = repeated.take().or(other);
            visited = true;
        });
        if !visited {
            // The key type does not expose its keys, so the text itself is the key.
            repeated = keys.insert(text.as_bytes(), place, kind);
        }
        Some(Violation::new(rule::SECRET_REPEATED, message!("the same key as ", repeated?)))
    }
}

/// What is judged about a value of any type.
struct Read<'a> {
    kind: Kind,
    /// The rules that the value breaks.
    flaws: Vec<Violation>,
    visit_secrets: VisitSecrets<'a>,
}

/// [`Setting::visit_secrets`] of one value.
type VisitSecrets<'a> = &'a dyn Fn(&mut dyn FnMut(&[u8]));
