//! Reading groups of settings.

use std::sync::Arc;

use super::{Choose, Config, Reader, Row, SettingState};
use crate::{
    finding::Reported,
    schema::{Declared, GroupPlace, GroupSchema, Requirement},
};

impl Reader<'_> {
    /// A group of settings.
    ///
    /// # Errors
    ///
    /// When one of them is missing or not accepted. It is in the report.
    pub fn group<T: Config>(&mut self, group: &'static GroupSchema) -> Result<T, Reported> {
        T::read(&mut Reader { group: self.group.inner(group), session: self.session })
    }

    /// Reads a group of settings that has a part which the code decides.
    ///
    /// # Errors
    ///
    /// When one of them is missing or not accepted, or what the code decides is wrong. It is in the report.
    pub fn group_with<T: Choose>(
        &mut self,
        group: &'static GroupSchema,
        choose: fn(T::Draft) -> T::Draft,
    ) -> Result<T, Reported> {
        T::read_with(&mut Reader { group: self.group.inner(group), session: self.session }, choose)
    }

    /// Reads a group that is required as soon as one of its variables is set, and in some tiers even before.
    ///
    /// # Errors
    ///
    /// When one of them is set, and one is missing or not accepted; when none is set, and the tier needs the group. It
    /// is in the report.
    pub fn optional_group<T: Config>(&mut self, group: &'static GroupSchema) -> Result<Option<T>, Reported> {
        let inner = self.group.inner(group);
        let declared = group.schema().settings();
        let is_set = declared.iter().any(|declared| {
            let names: Vec<_> = declared.variables().iter().map(|name| inner.outer(name)).collect();
            self.session.sources.is_set(&inner.join(declared.path()), declared.setting(), &names)
        }) || self.has_elements(&inner, group.schema());
        match group.requirement() {
            _ if is_set => self.group(group).map(Some),
            Requirement::InProduction if self.assumes_group(&inner) => self.group(group).map(Some),
            Requirement::InProduction => self.absent_group(&inner, &declared).map(|()| None),
            _ => Ok(None),
        }
    }

    /// Judges that nothing of a group is set: one finding, about the first setting that the group needs.
    fn absent_group(&mut self, group: &Arc<GroupPlace>, declared: &[Declared]) -> Result<(), Reported> {
        if self.session.sources.is_incomplete() && declared.iter().any(|setting| !setting.kind().is_secret()) {
            // The group may be in the part that could not be read, so do not report it as absent too.
            return self.session.journal.outcome();
        }
        let Some(place) = group.first_needed() else { return Ok(()) };
        // There is no value, but perhaps a blank one to tell about.
        let _ = self.session.find(&place)?;
        self.unset(&place, Requirement::InProduction)
            .inspect_err(|_| self.session.row(Row::without_value(place.clone(), SettingState::Missing)))
    }
}
