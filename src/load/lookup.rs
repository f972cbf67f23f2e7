//! Where the text of one setting is found, highest source first.

use zeroize::{Zeroize, Zeroizing};

use super::{
    secret_file,
    session::{Session, Subject},
};
use crate::{
    Name, Rejection,
    finding::Reported,
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
    pub(super) known: Vec<&'static str>,
    pub(super) names: Option<Vec<Name>>,
}

impl Sources {
    pub(super) fn new(schema: &'static Schema, mut known: Vec<&'static str>, tier: &[&'static str]) -> Self {
        known.extend(tier);
        Self { schema, known, names: None }
    }
}

impl Session {
    /// The text of one setting: from a variable, or for a secret from a file that a variable names.
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
        if setting.is_from_file() {
            for variable in variables {
                self.named_file(subject, variable, &mut found)?;
            }
        }
        Ok(found.map(|(_, found)| found))
    }

    /// The file that `NAME_FILE` names.
    fn named_file<'n>(
        &mut self,
        subject: &Subject,
        variable: &'n Name,
        found: &mut Option<(&'n Name, Found)>,
    ) -> Result<(), Reported> {
        let twin = variable.suffixed("_FILE");
        let Some(path) = self.variable(&Subject { name: twin.clone(), field: subject.field.clone() }, &twin)? else {
            return Ok(());
        };
        if let Some((first, _)) = found {
            let fact = message!("both ", *first, " and ", twin, " are set");
            return Err(self.fatal(subject, Rejection::new(rule::FILE_CONFLICT, fact), None));
        }
        *found = Some((variable, self.secret_file(subject, twin, path.as_ref())?));
        Ok(())
    }

    fn secret_file(&mut self, subject: &Subject, twin: Name, path: &str) -> Result<Found, Reported> {
        match secret_file::read(path.as_ref()) {
            Ok(file) => {
                let provenance = Provenance::NamedFile { variable: twin.into_cow(), path: Some(path.into()) };
                for flaw in file.flaws {
                    self.judge(subject, flaw, Some(provenance.clone()))?;
                }
                Ok(Found { text: file.text, provenance })
            }
            Err(refused) => {
                let path = refused.exists.then(|| path.into());
                let provenance = Provenance::NamedFile { variable: twin.into_cow(), path };
                Err(self.fatal(subject, refused.rejection, Some(provenance)))
            }
        }
    }

    /// The value of one variable; blank counts as unset.
    fn variable(&mut self, subject: &Subject, name: &Name) -> Result<Option<Zeroizing<String>>, Reported> {
        let Some(value) = self.environment.get(name.as_str()) else { return Ok(None) };
        let provenance = || Some(Provenance::Environment { variable: name.clone().into_cow() });
        let text = match value.into_string() {
            Ok(text) => Zeroizing::new(text),
            Err(bytes) => {
                bytes.into_encoded_bytes().zeroize();
                let fact = "the value is not Unicode text";
                return Err(self.fatal(subject, Rejection::new(rule::SETTING_NOT_TEXT, fact), provenance()));
            }
        };
        if text.len() > MAX_BYTES {
            let fact = message!(text.len(), " bytes, at most ", MAX_BYTES, " are accepted");
            return Err(self.fatal(subject, Rejection::new(rule::SETTING_TOO_LONG, fact), provenance()));
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

    /// Whether a variable is set to something that counts.
    pub(super) fn is_set(&self, name: &str) -> bool {
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
