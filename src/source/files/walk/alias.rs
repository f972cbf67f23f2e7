//! Handles keys that are other names of a field.

use super::{At, Walk};
use crate::{
    Violation,
    finding::Name,
    message, rule,
    schema::{Alias, Field},
    source::files::{
        settings::Section,
        tree::{self, Entry},
    },
};

impl Walk<'_, '_> {
    /// Processes a field that has another name. The name may be deprecated, and must not contradict another name of the
    /// field in the same table. Returns whether it does.
    pub(super) fn alias(
        &mut self,
        at: At<'_>,
        field: &Field,
        alias: &'static Alias,
        entry: &Entry<'_>,
        all: &[Entry<'_>],
    ) -> bool {
        let name = Name::declared(alias.key());
        if alias.is_deprecated() && at.section != Section::OtherTier {
            let fact = message!("a deprecated name of ", field.key());
            let remedy = message!("rename it to ", field.key(), ", before a release stops reading the old name");
            let violation = Violation::new(rule::SETTING_DEPRECATED, fact).remedy(remedy);
            self.report(violation, Some(name.clone()), entry);
        }
        let text = |entry: &Entry<'_>| match field {
            Field::Setting(setting) => tree::text(&entry.value, &setting.kind()).ok().map(|text| text.into_owned()),
            Field::Group(_) | Field::Groups(_) => None,
        };
        let own = text(entry);
        // Report each pair once.
        let mut before = all.iter().take_while(|other| !std::ptr::eq(*other, entry));
        let names = |other: &&Entry<'_>| other.names(field.key(), field.aliases());
        let mut behind = all.iter().skip_while(|other| !std::ptr::eq(*other, entry)).skip(1);
        let main = behind.find(|other| other.key == field.key());
        let differs = |other: &&Entry<'_>| own.is_none() || text(other) != own;
        let other = before.find(|other| names(other) && differs(other)).or(main.filter(differs));
        let Some(other) = other else { return false };
        let alias_of_other = field.aliases().iter().find(|alias| alias.key() == other.key);
        let other = alias_of_other.map_or(field.key(), Alias::key);
        let fact = match field {
            Field::Setting(_) => message!(alias.key(), " and ", other, " have different values"),
            Field::Group(_) | Field::Groups(_) => message!(alias.key(), " and ", other, " are both set"),
        };
        self.report(Violation::new(rule::SETTING_CONFLICT, fact), Some(name), entry);
        true
    }
}
