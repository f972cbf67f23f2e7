//! Reads groups of settings.

use std::sync::Arc;

use super::{Choose, Config, Reader, Row, SettingState};
use crate::{
    finding::Reported,
    schema::{Declared, GroupPlace, GroupSchema, Requirement},
};

impl Reader<'_> {
    /// Reads a group of settings.
    ///
    /// # Errors
    ///
    /// Returns an error if one of them is missing or not accepted. It is already in the report.
    pub fn group<T: Config>(&mut self, group: &'static GroupSchema) -> Result<T, Reported> {
        T::read(&mut Reader { group: self.group.inner(group), session: self.session })
    }

    /// Reads a group of settings that code configures in part.
    ///
    /// # Errors
    ///
    /// Returns an error if a setting is missing or not accepted, or a choice of the code is wrong. It is already in the
    /// report.
    pub fn group_with<T: Choose>(
        &mut self,
        group: &'static GroupSchema,
        choose: fn(T::Draft) -> T::Draft,
    ) -> Result<T, Reported> {
        T::read_with(&mut Reader { group: self.group.inner(group), session: self.session }, choose)
    }

    /// Reads a group that is required as soon as one of its variables is set, and in some tiers always.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the settings is set and another one is missing or not accepted, or if none is set and
    /// the tier needs the group. It is already in the report.
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

    /// Reports that a group is absent with one finding, about the first setting that it needs.
    fn absent_group(&mut self, group: &Arc<GroupPlace>, declared: &[Declared]) -> Result<(), Reported> {
        if self.session.sources.is_incomplete() && declared.iter().any(|setting| !setting.kind().is_secret()) {
            // The group may be in the part that could not be read, so do not report it as absent too.
            return self.session.journal.outcome();
        }
        let Some(place) = group.first_needed() else { return Ok(()) };
        // There is no value, but this reports a blank one.
        let _ = self.session.find(&place)?;
        self.unset(&place, Requirement::InProduction)
            .inspect_err(|_| self.session.row(Row::without_value(place.clone(), SettingState::Missing)))
    }
}
