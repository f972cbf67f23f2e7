//! What is said about a setting that is set nowhere.

use super::{near_miss::is_slip, place::Place, session::Session};
use crate::{Kind, Message, Rejection, finding::Reported, message, rule};

impl Session {
    /// A setting that every tier needs.
    pub(super) fn missing(&mut self, place: &Place) -> Reported {
        let rule = if place.setting.kind().is_secret() { rule::SECRET_MISSING } else { rule::SETTING_MISSING };
        let (requirement, remedy) = self.wanted(place);
        self.fatal(place.subject(), Rejection::new(rule, requirement).remedy(remedy), None)
    }

    /// A setting that may be absent in Development and Test only.
    ///
    /// # Errors
    ///
    /// When this tier needs it, and no waiver accepts that it is absent.
    pub(super) fn absent(&mut self, place: &Place) -> Result<(), Reported> {
        let (requirement, remedy) = self.wanted(place);
        self.judge(place.subject(), Rejection::new(rule::SETTING_ABSENT, requirement).remedy(remedy), None)
    }

    /// A slip in the name of a setting that can do without: it would be missed by nobody.
    pub(super) fn note_misspelling(&mut self, place: &Place) {
        let found = self.misspelling(place);
        if let Some(found) = found.filter(|found| place.names().any(|wanted| is_slip(wanted.as_str(), found.as_str())))
        {
            let fact = message!("resembles ", place.name(), ", which is not set");
            self.tell(found.into(), Rejection::new(rule::SETTING_MISSPELT, fact));
        }
    }

    /// What its value must be, and how to get one.
    fn wanted(&mut self, place: &Place) -> (Message, Message) {
        let kind = place.setting.kind();
        let requirement = match self.near_miss(place) {
            Some(found) => kind.requirement().with(" (").with(found).with(" is set: is that what you meant?)"),
            None => kind.requirement(),
        };
        let name = place.name();
        let into = message!("into ", &name, " or a file named by ", name.suffixed("_FILE"));
        let form = place.setting.form();
        let remedy = match kind {
            _ if form.is_some() => message!(form.unwrap_or_default(), ", ").then(into),
            Kind::Key { .. } | Kind::KeyRing { .. } => message!("openssl rand -base64 48, ").then(into),
            _ if kind.is_secret() => message!("copy it from the issuer, ").then(into),
            _ => Message::new(),
        };
        (requirement, remedy)
    }
}
