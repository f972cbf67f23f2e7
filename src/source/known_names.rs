//! The names of variables that belong to the service or that it declares as known.

use std::{cell::OnceCell, collections::HashSet};

use crate::{
    finding::Name,
    schema::{Declared, Schema},
};

/// The variables that a service knows.
pub(crate) struct KnownNames {
    pub(crate) schema: &'static Schema,
    /// The variables of other configurations in the same process, and those that name the tier.
    others: Vec<&'static str>,
    tier_variables: Vec<&'static str>,
    declared: OnceCell<Vec<Declared>>,
    names: OnceCell<HashSet<String>>,
}

impl KnownNames {
    pub(crate) fn new(schema: &'static Schema, mut others: Vec<&'static str>, tier_variables: &[&'static str]) -> Self {
        others.extend(tier_variables);
        let tier_variables = tier_variables.to_vec();
        Self { schema, others, tier_variables, declared: OnceCell::new(), names: OnceCell::new() }
    }

    /// Returns all settings of the service.
    pub(crate) fn declared(&self) -> &[Declared] {
        self.declared.get_or_init(|| self.schema.settings())
    }

    /// Returns known variables that are not settings of the service.
    pub(crate) fn others(&self) -> &[&'static str] {
        &self.others
    }

    /// Returns whether a variable is known, or names the file of a known one. Names that begin like the variables of
    /// elements count as known here, because they are checked where the elements are read.
    pub(crate) fn contains(&self, name: &str) -> bool {
        let with_twin = |name: &str| [name.to_owned(), format!("{name}_FILE")];
        let names = self.names.get_or_init(|| {
            let settings = self.declared().iter().flat_map(Declared::variables).map(Name::as_str);
            settings.chain(self.others.iter().copied()).flat_map(with_twin).collect()
        });
        names.contains(name) || self.schema.begins_like_an_element(name)
    }

    /// Returns whether a variable names the tier.
    pub(super) fn is_tier_variable(&self, name: &str) -> bool {
        self.tier_variables.contains(&name)
    }
}
