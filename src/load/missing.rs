//! What is said about a setting that is set nowhere.

use super::{near_miss::is_slip, place::Place, session::Session};
use crate::{
    Violation,
    finding::{Message, Reported},
    message, rule,
    schema::Kind,
};

impl Session {
    /// A setting that every tier needs.
    pub(super) fn missing(&mut self, place: &Place) -> Reported {
        let rule = if place.setting.kind().is_secret() { rule::SECRET_MISSING } else { rule::SETTING_MISSING };
        let (requirement, remedy) = self.wanted(place);
        self.fatal(place.subject(), Violation::new(rule, requirement).remedy(remedy), None)
    }

    /// A setting that may be absent in Development and Test only.
    ///
    /// # Errors
    ///
    /// When this tier needs it, and no waiver accepts that it is absent.
    pub(super) fn absent(&mut self, place: &Place) -> Result<(), Reported> {
        let (requirement, remedy) = self.wanted(place);
        self.judge(place.subject(), Violation::new(rule::SETTING_ABSENT, requirement).remedy(remedy), None)
    }

    /// A slip in the name of a setting that can do without: it would be missed by nobody.
    pub(super) fn note_misspelling(&mut self, place: &Place) {
        let found = self.misspelling(place);
        if let Some(found) = found.filter(|found| place.names().any(|wanted| is_slip(wanted.as_str(), found.as_str())))
        {
            let fact = message!("looks like ", place.name(), ", which is not set");
            let remedy = message!("rename it to ", place.name());
            self.tell(found.into(), Violation::new(rule::SETTING_MISSPELT, fact).remedy(remedy));
        }
    }

    /// What its value must be, and how to get one.
    fn wanted(&mut self, place: &Place) -> (Message, Message) {
        let kind = place.setting.kind();
        let requirement = match self.near_miss(place) {
            Some(found) => kind.requirement().with(" (").with(found).with(" is set: did you mean that?)"),
            None => kind.requirement(),
        };
        let name = place.name();
        let file = name.suffixed("_FILE");
        let in_file = message!(", or ", file, " to the path of a file that contains it");
        let remedy = match (place.setting.form(), kind) {
            (Some(form), _) => message!("set ", name, " to ", form).then(in_file),
            (None, Kind::Key { .. } | Kind::KeyRing { .. }) => {
                message!("set ", name, " to the output of `openssl rand -base64 48`").then(in_file)
            }
            (None, kind) if kind.is_secret() => {
                message!("get it from the service that issued it; set ", name).then(in_file)
            }
            (None, _) => Message::new(),
        };
        (requirement, remedy)
    }
}
