//! Settings that depend on one another: groups that one setting selects, and fields that must be set alone or together.

use hardened_core::finding::Subject;

use super::Reader;
use crate::{
    Violation,
    finding::{Message, Name, Reported},
    message, rule,
    schema::{Field, GroupSchema, SettingSchema},
};

impl Reader<'_> {
    /// Reports settings that are set but belong to a variant that was not chosen.
    #[doc(hidden)]
    pub fn other_variants(
        &mut self,
        tag: &'static SettingSchema,
        chosen: Option<&'static GroupSchema>,
        others: &[&'static GroupSchema],
    ) {
        let own = chosen.map_or_else(Vec::new, |group| group.schema().settings());
        for other in others {
            for declared in other.schema().settings() {
                let is_own = |variable: &Name| own.iter().any(|own| own.variables().contains(variable));
                let names: Vec<_> = declared.variables().iter().map(|name| self.group.outer(name)).collect();
                let field = self.group.join(declared.path());
                let is_set = self.session.sources.is_set(&field, declared.setting(), &names);
                if !is_set || declared.variables().iter().any(is_own) {
                    continue;
                }
                let Some(((_, word), name)) = other.variant().zip(names.into_iter().next()) else { continue };
                let tag = self.group.subject(tag.field()).name;
                let fact = message!("is for ", &tag, "=", word, ", which is not chosen, so it has no effect");
                let violation = Violation::new(rule::SETTING_OTHER_VARIANT, fact);
                self.session.journal.report(Subject { name, field }, violation);
            }
        }
    }

    /// Checks that exactly one of some fields is set. A field that could not be read has already been reported.
    ///
    /// # Errors
    ///
    /// Returns an error if none is set, or several are. It is already in the report.
    #[doc(hidden)]
    pub fn one_of(&mut self, fields: &[(&'static str, Option<bool>)]) -> Result<(), Reported> {
        let Some(set) = set(fields) else { return Ok(()) };
        let all = || Message::new().list(" or ", fields.iter().map(|(field, _)| self.group.subject(field).name));
        match set.as_slice() {
            [_] => Ok(()),
            [] => {
                let Some((first, _)) = fields.first() else { return Ok(()) };
                let violation = Violation::new(self.missing_rule(first), message!("exactly one of ").then(all()));
                let violation = violation.remedy(message!("set one of ").then(all()));
                let subject = self.group.subject(first);
                self.session.check(subject, violation, None)
            }
            [first, rest @ ..] => {
                let names = rest.iter().map(|field| self.group.subject(field).name);
                let fact = message!("set together with ").then(Message::new().list(" and ", names));
                let violation = Violation::new(rule::SETTING_ONE_OF, fact.with("; only one of them may be set"));
                let violation = violation.remedy(message!("set one of ").then(all()));
                self.session.check(self.group.subject(first), violation, None)
            }
        }
    }

    /// Checks that all of some fields are set, or none.
    ///
    /// # Errors
    ///
    /// Returns an error if only some are set. It is already in the report.
    #[doc(hidden)]
    pub fn all_or_none(&mut self, fields: &[(&'static str, Option<bool>)]) -> Result<(), Reported> {
        let Some(set) = set(fields) else { return Ok(()) };
        let missing = fields.iter().map(|(field, _)| *field).find(|field| !set.contains(field));
        let (Some(first), Some(missing)) = (set.first(), missing) else { return Ok(()) };
        let subject = self.group.subject(missing);
        let first = self.group.subject(first).name;
        let fact = message!(&first, " is set, but ", &subject.name, " is not");
        let remedy = message!("set ", &subject.name, " too, or unset ", first);
        self.session.check(subject, Violation::new(rule::SETTING_ALL_OR_NONE, fact).remedy(remedy), None)
    }

    fn missing_rule(&self, field: &str) -> rule::Rule {
        let is_secret = self.group.schema().fields().iter().any(|candidate| match candidate {
            Field::Setting(setting) => setting.field() == field && setting.kind().is_secret(),
            _ => false,
        });
        if is_secret { rule::SECRET_MISSING } else { rule::SETTING_MISSING }
    }
}

/// Returns the fields that are set, or `None` if one could not be read.
fn set(fields: &[(&'static str, Option<bool>)]) -> Option<Vec<&'static str>> {
    let mut set = Vec::new();
    for (field, is_set) in fields {
        if (*is_set)? {
            set.push(*field);
        }
    }
    Some(set)
}

/// Returns whether a field has a value, or `None` if it could not be read.
#[must_use]
pub fn is_set<T>(outcome: &Result<Option<T>, Reported>) -> Option<bool> {
    outcome.as_ref().ok().map(Option::is_some)
}
