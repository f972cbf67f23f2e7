//! What the code of `#[derive(Config)]` reads through.

use zeroize::Zeroizing;

use super::{
    Config, State,
    session::{Session, Subject},
};
use crate::{
    Message, Name, Rejection, Tier,
    finding::{Reported, Verdict},
    message,
    provenance::Provenance,
    rule::{self, Rule},
    schema::{Field, GroupSchema, Kind, Requirement, Schema, Setting, SettingSchema},
};

/// Reads the fields of one struct.
pub struct Reader<'s> {
    session: &'s mut Session,
    schema: &'static Schema,
    path: String,
    prefix: String,
    group: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn root(session: &'s mut Session, schema: &'static Schema) -> Self {
        let group = session.next_group();
        Reader { session, schema, path: String::new(), prefix: String::new(), group }
    }

    /// The tier of this run.
    #[must_use]
    pub fn tier(&self) -> Tier {
        self.session.tier()
    }

    /// A setting that is required or has a default.
    ///
    /// # Errors
    ///
    /// When it is missing or not accepted. It is in the report.
    pub fn setting<T: Setting>(&mut self, setting: &'static SettingSchema) -> Result<T, Reported> {
        let place = self.place(setting);
        if let Some(value) = self.search(setting, &place)? {
            return Ok(value);
        }
        match setting.requirement() {
            Requirement::Default(text) => {
                let text = Zeroizing::new(text.to_owned());
                self.accept(setting, place, text, State::Default, Provenance::Default)
            }
            _ => {
                let rejection = self.missing(setting, &place);
                let reported = self.session.fatal(&place.subject, rejection, None);
                self.row(setting, place, State::Rejected, None, None);
                Err(reported)
            }
        }
    }

    /// A setting that may be set nowhere.
    ///
    /// # Errors
    ///
    /// When it is not accepted. It is in the report.
    pub fn optional<T: Setting>(&mut self, setting: &'static SettingSchema) -> Result<Option<T>, Reported> {
        let place = self.place(setting);
        let value = self.search(setting, &place)?;
        if value.is_none() {
            self.row(setting, place, State::Unset, None, None);
        }
        Ok(value)
    }

    /// A group of settings.
    ///
    /// # Errors
    ///
    /// When one of them is missing or not accepted. It is in the report.
    pub fn group<T: Config>(&mut self, group: &'static GroupSchema) -> Result<T, Reported> {
        let number = self.session.next_group();
        T::read(&mut Reader {
            path: self.join(group.field()),
            prefix: format!("{}{}", self.prefix, group.prefix()),
            schema: group.schema(),
            session: self.session,
            group: number,
        })
    }

    /// A group of settings that is required as soon as one of its variables is set.
    ///
    /// # Errors
    ///
    /// When one of them is set, and one is missing or not accepted. It is in the report.
    pub fn optional_group<T: Config>(&mut self, group: &'static GroupSchema) -> Result<Option<T>, Reported> {
        let prefix = format!("{}{}", self.prefix, group.prefix());
        let is_set = group.schema().settings().iter().any(|declared| {
            let names: Vec<_> = declared.variables().iter().map(|name| name.behind(&prefix)).collect();
            self.session.is_set(declared.setting(), &names)
        });
        if is_set { self.group(group).map(Some) } else { Ok(None) }
    }

    /// Whether a rule that the library itself can uphold is to be upheld: it binds in this tier, and no waiver accepts
    /// that it does not hold for the subject. A waiver that is asked for stands in the report as needed.
    #[must_use]
    pub fn upholds(&mut self, rule: Rule, subject: &'static str) -> bool {
        self.session.upholds(rule, &Name::declared(subject))
    }

    /// Judges a rule across settings. `about` is the field that it is about unless the rejection names another.
    ///
    /// # Errors
    ///
    /// When the start is refused for it. It is in the report.
    pub fn check(&mut self, about: &'static str, verdict: impl Verdict) -> Result<(), Reported> {
        let mut outcome = Ok(());
        for rejection in verdict.rejections() {
            let subject = self.subject(rejection.about.unwrap_or(about));
            let judged = self.session.judge(&subject, rejection, None);
            outcome = outcome.and(judged);
        }
        outcome
    }
}

/// Where one setting stands in this run.
struct Place {
    subject: Subject,
    variables: Vec<Name>,
}

impl Reader<'_> {
    fn join(&self, field: &str) -> String {
        match (self.path.as_str(), field) {
            ("", field) => field.to_owned(),
            (path, "") => path.to_owned(),
            (path, field) => format!("{path}.{field}"),
        }
    }

    fn place(&self, setting: &'static SettingSchema) -> Place {
        let variables: Vec<_> = setting.variables().iter().map(|name| Name::prefixed(&self.prefix, name)).collect();
        let name = variables.first().cloned().unwrap_or(Name::declared(setting.field()));
        Place { subject: Subject { name, field: self.join(setting.field()) }, variables }
    }

    /// The subject of a check: the variable of a field, or the field itself where it is a group.
    fn subject(&self, field: &'static str) -> Subject {
        let variable = self.schema.fields().iter().find_map(|candidate| match candidate {
            Field::Setting(setting) if setting.field() == field => setting.variables().first(),
            _ => None,
        });
        let name = match variable {
            Some(variable) => Name::prefixed(&self.prefix, variable),
            None if field.is_empty() => Name::declared(self.schema.name()),
            None => Name::declared(field),
        };
        Subject { name, field: self.join(field) }
    }

    /// Searches every source.
    fn search<T: Setting>(&mut self, setting: &'static SettingSchema, place: &Place) -> Result<Option<T>, Reported> {
        let found = self.session.find(&place.subject, setting, &place.variables);
        match found {
            Ok(Some(found)) => {
                let place = Place { subject: place.subject.clone(), variables: place.variables.clone() };
                self.accept(setting, place, found.text, State::Set, found.provenance).map(Some)
            }
            Ok(None) => {
                self.note_misspelling(setting, place);
                Ok(None)
            }
            Err(reported) => {
                let place = Place { subject: place.subject.clone(), variables: place.variables.clone() };
                self.row(setting, place, State::Rejected, None, None);
                Err(reported)
            }
        }
    }

    /// Reads and judges a text.
    fn accept<T: Setting>(
        &mut self,
        setting: &'static SettingSchema,
        place: Place,
        text: Zeroizing<String>,
        state: State,
        provenance: Provenance,
    ) -> Result<T, Reported> {
        self.session.judged(&place.subject.name);
        let verdict = match T::parse(&text) {
            Ok(value) => self.judge(&value, &place, &provenance).map(|()| value),
            Err(mut rejection) => {
                if T::KIND.is_secret() && rejection.rule == rule::SETTING_MALFORMED {
                    rejection.rule = rule::SECRET_MALFORMED;
                }
                Err(self.session.fatal(&place.subject, rejection, Some(provenance.clone())))
            }
        };
        let state = if verdict.is_ok() { state } else { State::Rejected };
        let shown = (verdict.is_ok() && setting.shows(&text)).then_some(text);
        self.row(setting, place, state, shown, Some(provenance));
        verdict
    }

    fn judge<T: Setting>(&mut self, value: &T, place: &Place, provenance: &Provenance) -> Result<(), Reported> {
        let mut outcome = Ok(());
        for flaw in value.flaws() {
            let judged = self.session.judge(&place.subject, flaw, Some(provenance.clone()));
            outcome = outcome.and(judged);
        }
        if let Kind::Key { .. } | Kind::KeyRing { .. } = T::KIND {
            outcome = outcome.and(self.differs(value, place, provenance));
        }
        outcome
    }

    /// Two keys of one configuration must differ.
    fn differs<T: Setting>(&mut self, value: &T, place: &Place, provenance: &Provenance) -> Result<(), Reported> {
        let mut repeated = None;
        let (keys, name, group) = (&mut self.session.keys, &place.subject.name, self.group);
        value.visit_secrets(&mut |key| {
            let other = keys.insert(key, name, T::KIND, group);
            repeated = repeated.take().or(other);
        });
        let Some(other) = repeated else { return Ok(()) };
        let rejection = Rejection::new(rule::SECRET_REPEATED, message!("the same key as ", other));
        self.session.judge(&place.subject, rejection, Some(provenance.clone()))
    }

    fn missing(&mut self, setting: &'static SettingSchema, place: &Place) -> Rejection {
        let kind = setting.kind();
        let requirement = match self.session.near_miss(&place.variables) {
            Some(found) => kind.requirement().with(" (").with(found).with(" is set: is that what you meant?)"),
            None => kind.requirement(),
        };
        let name = &place.subject.name;
        let twin = || name.suffixed("_FILE");
        match kind {
            Kind::Key { .. } | Kind::KeyRing { .. } => Rejection::new(rule::SECRET_MISSING, requirement)
                .remedy(message!("openssl rand -base64 48, into ", name, " or a file named by ", twin())),
            _ if kind.is_secret() => Rejection::new(rule::SECRET_MISSING, requirement).remedy(message!(
                "copy it from the issuer, into ",
                name,
                " or a file named by ",
                twin()
            )),
            _ => Rejection::new(rule::SETTING_MISSING, requirement).remedy(Message::new()),
        }
    }

    /// A near miss of a setting that can do without.
    fn note_misspelling(&mut self, setting: &'static SettingSchema, place: &Place) {
        if setting.requirement() == Requirement::Required {
            return;
        }
        if let Some(found) = self.session.near_miss(&place.variables) {
            let fact = message!("resembles ", &place.subject.name, ", which is not set");
            self.session.tell(found, Rejection::new(rule::SETTING_MISSPELT, fact));
        }
    }

    fn row(
        &mut self,
        setting: &'static SettingSchema,
        place: Place,
        state: State,
        value: Option<Zeroizing<String>>,
        provenance: Option<Provenance>,
    ) {
        self.session.row(place.subject.field, place.variables, setting, (state, value, provenance));
    }
}
