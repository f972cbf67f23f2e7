//! Implements `Setting` and `FromStr` for `DatabaseUrl`.

use std::str::FromStr;

use super::{DatabaseUrl, parse};
use crate::{
    Setting, Violation,
    schema::{Kind, OwnRules},
};

impl Setting for DatabaseUrl {
    const KIND: Kind = Kind::Credential;
    const FAMILIES: &'static [&'static str] = &["database-"];

    fn parse(text: &str) -> Result<Self, Violation> {
        parse::parse(text)
    }

    fn flaws(&self) -> Vec<Violation> {
        self.all_flaws()
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        if let Some(password) = self.expose_password() {
            visit(password.as_bytes());
        }
    }

    fn has_own_rules(_: OwnRules) -> bool {
        true
    }
}

/// Parses a URL without checking its flaws.
impl FromStr for DatabaseUrl {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        parse::parse(text)
    }
}
