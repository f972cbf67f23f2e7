//! Reports deprecated settings, and deprecated names of settings.

use super::{Reader, SettingState};
use crate::{Violation, finding::Message, message, report::Provenance, rule, schema::Place};

impl Reader<'_> {
    /// Reports a setting that is set although it is deprecated, and each of its variables that has a deprecated name.
    pub(super) fn report_deprecated(&mut self, place: &Place, state: SettingState, provenance: &Provenance) {
        let setting = place.setting;
        if let Some(instead) = setting.deprecation().filter(|_| state == SettingState::Set) {
            let violation = Violation::new(rule::SETTING_DEPRECATED, "a deprecated setting");
            let violation = violation.remedy(Message::from(instead));
            self.session.journal.report_from(place.subject(), violation, Some(provenance.clone()));
        }
        let deprecated = setting.aliases().iter().filter(|alias| alias.is_deprecated() && !alias.variable().is_empty());
        for alias in deprecated {
            let name = place.group.name(alias.variable());
            if self.session.sources.is_named(setting, std::slice::from_ref(&name)) {
                let fact = message!("a deprecated name of ", place.name());
                let remedy = message!("rename it to ", place.name(), ", before a release stops reading the old name");
                let violation = Violation::new(rule::SETTING_DEPRECATED, fact).remedy(remedy);
                self.session.journal.report(name.into(), violation);
            }
        }
    }
}
