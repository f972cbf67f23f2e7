//! Where the text of one setting is found, highest source first.

use std::path::{Path, PathBuf};

use zeroize::{Zeroize, Zeroizing};

use super::{
    dotenv::Dotenv,
    secret_directory::SecretDirectories,
    secret_file,
    session::{Session, Subject},
};
use crate::{
    Name, Rejection,
    finding::{Part, Reported},
    message,
    provenance::Provenance,
    rule,
    schema::{Schema, SettingSchema},
};

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
    pub(super) dotenv: Dotenv,
}

impl Session {
    /// The text of one setting.
    ///
    /// # Errors
    ///
    /// When there is a text that cannot be used. It is in the report.
    pub(super) fn find(
        &mut self,
        subject: &Subject,
        setting: &'static SettingSchema,
        variables: &[Name],
    ) -> Result<Option<Found>, Reported> {
        let mut found = self.in_variables(subject, variables)?;
        if setting.is_from_file() {
            for variable in variables {
                self.in_named_file(subject, variable, &mut found)?;
            }
            if found.is_none() {
                found = self.in_secret_directory(subject, variables)?;
            }
        }
        match found {
            Some(found) => Ok(Some(found)),
            None => self.in_dotenv(subject, variables),
        }
    }

    /// Whether any source has one of the variables.
    pub(super) fn is_set(&self, setting: &SettingSchema, variables: &[Name]) -> bool {
        let in_environment = |name: &str| self.is_in_environment(name);
        let in_file = |name: &Name| setting.is_from_file() && in_environment(name.suffixed("_FILE").as_str());
        variables.iter().any(|name| {
            in_environment(name.as_str()) || in_file(name) || self.sources.dotenv.get(name.as_str()).is_some()
        }) || setting.is_from_file() && !self.sources.directories.files(variables).is_empty()
    }

    /// The environment: several variables of one setting must agree.
    fn in_variables(&mut self, subject: &Subject, variables: &[Name]) -> Result<Option<Found>, Reported> {
        let mut found: Option<(&Name, Found)> = None;
        for variable in variables {
            let Some(text) = self.variable(subject, variable)? else { continue };
            match &found {
                Some((first, other)) if *other.text != *text => {
                    let fact = message!(*first, " and ", variable, " have different values");
                    return Err(self.fatal(subject, Rejection::new(rule::SETTING_CONFLICT, fact), None));
                }
                Some(_) => {}
                None => {
                    let provenance = Provenance::Environment { variable: variable.clone().into_cow() };
                    found = Some((variable, Found { text, provenance }));
                }
            }
        }
        Ok(found.map(|(_, found)| found))
    }

    /// The file that `NAME_FILE` names.
    fn in_named_file(&mut self, subject: &Subject, variable: &Name, found: &mut Option<Found>) -> Result<(), Reported> {
        let twin = variable.suffixed("_FILE");
        let Some(path) = self.variable(&Subject { name: twin.clone(), field: subject.field.clone() }, &twin)? else {
            return Ok(());
        };
        if found.is_some() {
            let fact = message!(twin, " is set beside the value itself");
            return Err(self.fatal(subject, Rejection::new(rule::FILE_CONFLICT, fact), None));
        }
        let path = Path::new(path.as_str());
        let named = |path: Option<PathBuf>| Provenance::NamedFile { variable: twin.clone().into_cow(), path };
        *found = Some(self.secret_file(subject, path, named)?);
        Ok(())
    }

    /// A file in a directory of secrets.
    fn in_secret_directory(&mut self, subject: &Subject, variables: &[Name]) -> Result<Option<Found>, Reported> {
        let files = self.sources.directories.files(variables);
        match files.as_slice() {
            [] => Ok(None),
            [file] => {
                let mounted = |_: Option<PathBuf>| Provenance::SecretDirectory { path: file.clone() };
                self.secret_file(subject, file, mounted).map(Some)
            }
            [first, second, ..] => {
                let fact =
                    message!("both ", Part::existing_path(first), " and ", Part::existing_path(second), " hold it");
                Err(self.fatal(subject, Rejection::new(rule::FILE_CONFLICT, fact), None))
            }
        }
    }

    fn secret_file(
        &mut self,
        subject: &Subject,
        path: &Path,
        provenance: impl Fn(Option<PathBuf>) -> Provenance,
    ) -> Result<Found, Reported> {
        match secret_file::read(path) {
            Ok(file) => {
                let provenance = provenance(Some(path.to_owned()));
                for flaw in file.flaws {
                    self.judge(subject, flaw, Some(provenance.clone()))?;
                }
                Ok(Found { text: file.text, provenance })
            }
            Err(refused) => {
                let provenance = provenance(refused.exists.then(|| path.to_owned()));
                Err(self.fatal(subject, refused.rejection, Some(provenance)))
            }
        }
    }

    /// The file `.env`, which is read in Development and Test only.
    fn in_dotenv(&mut self, subject: &Subject, variables: &[Name]) -> Result<Option<Found>, Reported> {
        for variable in variables {
            let dotenv = &self.sources.dotenv;
            let Some(entry) = dotenv.get(variable.as_str()) else { continue };
            let provenance = Provenance::Line { path: dotenv.path.clone(), line: entry.line, column: None };
            let text = entry.value.clone();
            if let Some(text) = self.usable(subject, variable, text, &provenance)? {
                return Ok(Some(Found { text, provenance }));
            }
        }
        Ok(None)
    }

    /// The value of one variable; blank counts as unset.
    fn variable(&mut self, subject: &Subject, name: &Name) -> Result<Option<Zeroizing<String>>, Reported> {
        let Some(value) = self.environment.get(name.as_str()) else { return Ok(None) };
        let provenance = Provenance::Environment { variable: name.clone().into_cow() };
        match value.into_string() {
            Ok(text) => self.usable(subject, name, Zeroizing::new(text), &provenance),
            Err(bytes) => {
                bytes.into_encoded_bytes().zeroize();
                let fact = "the value is not Unicode text";
                Err(self.fatal(subject, Rejection::new(rule::SETTING_NOT_TEXT, fact), Some(provenance)))
            }
        }
    }

    /// A text that is neither too long, nor blank, nor put there by Kubernetes.
    fn usable(
        &mut self,
        subject: &Subject,
        name: &Name,
        text: Zeroizing<String>,
        provenance: &Provenance,
    ) -> Result<Option<Zeroizing<String>>, Reported> {
        if text.len() > MAX_BYTES {
            let fact = message!(text.len(), " bytes, at most ", MAX_BYTES, " are accepted");
            return Err(self.fatal(subject, Rejection::new(rule::SETTING_TOO_LONG, fact), Some(provenance.clone())));
        }
        if text.trim().is_empty() {
            self.tell(name.clone(), Rejection::new(rule::SETTING_BLANK, "set to a blank value, which counts as unset"));
            return Ok(None);
        }
        if self.is_service_link(name, &text) {
            let fact = "the address of a Kubernetes Service stands here, which counts as unset";
            self.tell(name.clone(), Rejection::new(rule::SETTING_SERVICE_LINK, fact));
            return Ok(None);
        }
        Ok(Some(text))
    }

    /// Whether one of several variables is set to something that counts.
    pub(super) fn is_any_set(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is_in_environment(name))
    }

    fn is_in_environment(&self, name: &str) -> bool {
        self.environment.get(name).is_some_and(|value| {
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
