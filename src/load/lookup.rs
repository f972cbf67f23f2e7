//! Where the text of one setting is found, highest source first.

use std::path::{Path, PathBuf};

use zeroize::{Zeroize, Zeroizing};

use super::{
    dotenv::Dotenv, files::Files, place::Place, secret_directory::SecretDirectories, secret_file, session::Session,
};
use crate::{
    Violation,
    finding::{Name, Part, Reported},
    message,
    report::Provenance,
    rule,
    schema::{Schema, SettingSchema},
    tier::is_on,
};
use hardened_core::finding::Subject;

/// The longest value of any setting, in bytes.
pub(super) const MAX_BYTES: usize = 64 * 1024;

/// The exact text of one setting, wiped when dropped.
pub(super) struct Found {
    pub(super) text: Zeroizing<String>,
    pub(super) provenance: Provenance,
}

/// What is known of the sources of one run.
pub(super) struct Sources {
    pub(super) schema: &'static Schema,
    /// Names that belong to something else, and are no misspellings.
    pub(super) known: Vec<&'static str>,
    /// Variables that belong to no setting; listed when a setting is found nowhere.
    pub(super) strangers: Option<Vec<Name>>,
    pub(super) directories: SecretDirectories,
    /// `.env.local` before `.env`.
    pub(super) dotenv: Vec<Dotenv>,
    /// The variables that name the tier.
    pub(super) tier_variables: Vec<&'static str>,
    pub(super) files: Files,
}

impl Session {
    /// The text of one setting.
    ///
    /// # Errors
    ///
    /// When there is a text that cannot be used. It is in the report.
    pub(super) fn find(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        let mut found = self.in_variables(place)?;
        if place.setting.is_from_file() {
            for name in place.names() {
                self.in_named_file(place, &name, &mut found)?;
            }
            if found.is_none() {
                found = self.in_secret_directory(place)?;
            }
        }
        match found {
            Some(found) => Ok(Some(found)),
            None => match self.in_dotenv(place)? {
                Some(found) => Ok(Some(found)),
                None => self.in_files(place),
            },
        }
    }

    /// Whether any source has the setting at a field path.
    pub(super) fn is_set(&self, path: &str, setting: &SettingSchema, variables: &[Name]) -> bool {
        let in_environment = |name: &str| self.is_in_environment(name);
        let in_file = |name: &Name| setting.is_from_file() && in_environment(name.suffixed("_FILE").as_str());
        variables.iter().any(|name| {
            in_environment(name.as_str())
                || in_file(name)
                || self.sources.dotenv.iter().any(|file| file.get(name.as_str()).is_some())
        }) || setting.is_from_file() && !self.sources.directories.files(variables.iter().cloned()).is_empty()
            || self.sources.files.has(path)
    }

    /// The environment: several variables of one setting must agree.
    fn in_variables(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        let mut found: Option<(Name, Zeroizing<String>)> = None;
        for name in place.names() {
            let Some(text) = self.variable(&name, || place.subject())? else { continue };
            match &found {
                Some((first, other)) if **other != *text => {
                    let fact = message!(first, " and ", name, " have different values");
                    return Err(self.fatal(place.subject(), Violation::new(rule::SETTING_CONFLICT, fact), None));
                }
                Some(_) => {}
                None => found = Some((name, text)),
            }
        }
        Ok(found.map(|(name, text)| Found { text, provenance: Provenance::Environment { variable: name.into_cow() } }))
    }

    /// The file that `NAME_FILE` names.
    fn in_named_file(&mut self, place: &Place, name: &Name, found: &mut Option<Found>) -> Result<(), Reported> {
        let twin = name.suffixed("_FILE");
        let subject = || Subject { name: twin.clone(), field: place.path() };
        let Some(path) = self.variable(&twin, subject)? else { return Ok(()) };
        if found.is_some() {
            let fact = message!(twin, " is set too");
            return Err(self.fatal(place.subject(), Violation::new(rule::FILE_CONFLICT, fact), None));
        }
        let path = Path::new(path.as_str());
        let named = |path: Option<PathBuf>| Provenance::NamedFile { variable: twin.clone().into_cow(), path };
        *found = Some(self.secret_file(place, path, named)?);
        Ok(())
    }

    /// A file in a directory of secrets.
    fn in_secret_directory(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        let files = self.sources.directories.files(place.names());
        match files.as_slice() {
            [] => Ok(None),
            [file] => {
                let mounted = |_: Option<PathBuf>| Provenance::SecretDirectory { path: file.clone() };
                self.secret_file(place, file, mounted).map(Some)
            }
            [first, second, ..] => {
                let fact =
                    message!("both ", Part::existing_path(first), " and ", Part::existing_path(second), " hold it");
                let violation = Violation::new(rule::FILE_CONFLICT, fact).remedy("remove one of the two files");
                Err(self.fatal(place.subject(), violation, None))
            }
        }
    }

    fn secret_file(
        &mut self,
        place: &Place,
        path: &Path,
        provenance: impl Fn(Option<PathBuf>) -> Provenance,
    ) -> Result<Found, Reported> {
        match secret_file::read(path) {
            Ok(file) => {
                let provenance = provenance(Some(path.to_owned()));
                for flaw in file.flaws {
                    self.judge(place.subject(), flaw, Some(provenance.clone()))?;
                }
                Ok(Found { text: file.text, provenance })
            }
            Err(refused) => {
                let provenance = provenance(refused.exists.then(|| path.to_owned()));
                Err(self.fatal(place.subject(), refused.violation, Some(provenance)))
            }
        }
    }

    /// The files `.env.local` and `.env`, which are read in Development and Test only.
    fn in_dotenv(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        let files = self.sources.dotenv.len();
        for (file, name) in (0..files).flat_map(|file| place.names().map(move |name| (file, name))) {
            if let Some(found) = self.in_dotenv_file(place, file, &name)? {
                return Ok(Some(found));
            }
        }
        // The value may be in the file that could not be read, so that it is missing would be said too much.
        let is_broken = self.sources.dotenv.iter().any(|file| file.is_broken);
        if is_broken { Err(self.outcome().err().unwrap_or_else(|| self.missing(place))) } else { Ok(None) }
    }

    fn in_dotenv_file(&mut self, place: &Place, file: usize, name: &Name) -> Result<Option<Found>, Reported> {
        let Some(file) = self.sources.dotenv.get(file) else { return Ok(None) };
        let mut entries = file.entries.iter().filter(|entry| entry.name == name.as_str());
        let Some(entry) = entries.next_back() else { return Ok(None) };
        let provenance = Provenance::Line { path: file.path.clone(), line: entry.line, column: None };
        let other = entries.find(|other| *other.value != *entry.value).map(|other| other.line);
        if let Some(other) = other {
            let fact =
                message!(name, " is set on line ", other, " and on line ", entry.line, ", with different values");
            let violation = Violation::new(rule::SETTING_CONFLICT, fact).remedy("remove one of the two lines");
            return Err(self.fatal(place.subject(), violation, Some(provenance)));
        }
        let text = entry.value.clone();
        let refused = |violation| (place.subject(), violation, Some(provenance.clone()));
        let text = self.usable(name, text, refused)?;
        Ok(text.map(|text| Found { text, provenance }))
    }

    /// `hardened.toml` and the service's own providers, in which no secret is ever looked for.
    fn in_files(&mut self, place: &Place) -> Result<Option<Found>, Reported> {
        if self.sources.files.is_empty() || place.setting.kind().is_secret() {
            return Ok(None);
        }
        match self.sources.files.find(&place.path()) {
            Some(Ok(Found { text, provenance })) => {
                let refused = |violation| (place.subject(), violation, Some(provenance.clone()));
                let text = self.usable(&place.name(), text, refused)?;
                Ok(text.map(|text| Found { text, provenance }))
            }
            Some(Err((violation, provenance))) => Err(self.fatal(place.subject(), violation, Some(provenance))),
            // The value may stand in the part that could not be read: that it is missing would be said too much.
            None if self.sources.files.is_broken() => self.outcome().map(|()| None),
            None => Ok(None),
        }
    }

    /// The value of one variable; blank counts as unset.
    fn variable(&mut self, name: &Name, subject: impl Fn() -> Subject) -> Result<Option<Zeroizing<String>>, Reported> {
        let Some(value) = self.environment.get(name.as_str()) else { return Ok(None) };
        let refused =
            |violation| (subject(), violation, Some(Provenance::Environment { variable: name.clone().into_cow() }));
        if self.environment.differs(name.as_str()) {
            value.into_encoded_bytes().zeroize();
            let fact = message!(name, " is set twice in the environment, with different values");
            let remedy = "set it once; programs differ in which of the two they read";
            let (subject, violation, provenance) = refused(Violation::new(rule::SETTING_CONFLICT, fact).remedy(remedy));
            return Err(self.fatal(subject, violation, provenance));
        }
        match value.into_string() {
            Ok(text) => self.usable(name, Zeroizing::new(text), refused),
            Err(bytes) => {
                bytes.into_encoded_bytes().zeroize();
                let (subject, violation, provenance) =
                    refused(Violation::new(rule::SETTING_NOT_TEXT, "the value is not Unicode text"));
                Err(self.fatal(subject, violation, provenance))
            }
        }
    }

    /// A text that is neither too long, nor blank, nor put there by Kubernetes.
    fn usable(
        &mut self,
        name: &Name,
        text: Zeroizing<String>,
        refused: impl Fn(Violation) -> (Subject, Violation, Option<Provenance>),
    ) -> Result<Option<Zeroizing<String>>, Reported> {
        if text.len() > MAX_BYTES {
            let fact = message!(text.len(), " bytes; must be at most ", MAX_BYTES);
            let (subject, violation, provenance) = refused(Violation::new(rule::SETTING_TOO_LONG, fact));
            return Err(self.fatal(subject, violation, provenance));
        }
        if text.chars().all(char::is_whitespace) {
            let fact = "the value is blank, so it counts as unset";
            self.tell(name.clone().into(), Violation::new(rule::SETTING_BLANK, fact));
            return Ok(None);
        }
        if self.is_service_link(name, &text) {
            let fact = "the address of a Kubernetes Service, so it counts as unset";
            self.tell(name.clone().into(), Violation::new(rule::SETTING_SERVICE_LINK, fact));
            return Ok(None);
        }
        Ok(Some(text))
    }

    /// Whether the service runs on a platform, as far as its variables tell.
    pub(super) fn is_on(&self, platform: &str) -> bool {
        is_on(&self.environment, platform)
    }

    pub(super) fn is_in_environment(&self, name: &str) -> bool {
        self.environment.differs(name)
            || self.environment.get(name).is_some_and(|value| {
                let bytes = Zeroizing::new(value.into_encoded_bytes());
                bytes.iter().any(|byte| !byte.is_ascii_whitespace())
            })
    }

    /// Whether Kubernetes made the variable from a Service: `API_PORT=tcp://…` beside `API_SERVICE_HOST`.
    fn is_service_link(&self, name: &Name, text: &str) -> bool {
        let address = ["tcp://", "udp://", "sctp://"].iter().any(|scheme| text.starts_with(scheme));
        address
            && name
                .as_str()
                .strip_suffix("_PORT")
                .is_some_and(|service| self.environment.has(&format!("{service}_SERVICE_HOST")))
    }
}
