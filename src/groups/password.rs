//! A password that has its own variable.

use crate::{
    SecretText, Setting, Violation, rule,
    schema::{Kind, OwnRules},
    secret::credential_flaws,
};

/// A password in its own variable. The rules of a credential apply to it, except those against placeholders and published
/// values: the rules of the connection replace these, because a development server may break them.
#[derive(Debug)]
pub(crate) struct Password(pub(crate) SecretText);

impl Setting for Password {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Violation> {
        SecretText::parse(text).map(Self)
    }

    fn flaws(&self) -> Vec<Violation> {
        let first_guess = [rule::SECRET_PLACEHOLDER, rule::SECRET_PUBLISHED];
        credential_flaws(self.0.expose_text().as_bytes())
            .into_iter()
            .filter(|flaw| !first_guess.contains(&flaw.rule()))
            .collect()
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        self.0.visit_secrets(visit);
    }

    fn has_own_rules(_: OwnRules) -> bool {
        true
    }
}
