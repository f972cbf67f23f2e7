//! The parameters after the question mark of a URL.

use hardened_core::text::{boolean, percent};
use zeroize::Zeroizing;

use super::dialect::{Dialect, Effect};
use crate::{Violation, database::Tls, groups::url::decoded, message, rule};

/// The parsed parameters.
#[derive(Default)]
pub(super) struct Parameters {
    /// The encryption that the parameters ask for.
    pub(super) tls: Option<Tls>,
    /// Whether the server's certificate must not be checked.
    pub(super) is_unverified: bool,
    pub(super) path: Option<Zeroizing<String>>,
    pub(super) user: Option<Zeroizing<String>>,
    pub(super) password: Option<Zeroizing<String>>,
    pub(super) socket: Option<Zeroizing<String>>,
    /// The parameters that are passed to the driver, by their names there.
    pub(super) kept: Vec<(&'static str, Zeroizing<String>)>,
    without_effect: Vec<&'static str>,
    unknown: usize,
    unknown_protection: usize,
}

impl Parameters {
    /// Parses the parameters.
    ///
    /// # Errors
    ///
    /// `connection-malformed`, `connection-conflict`, `secret-control`.
    pub(super) fn read(query: &str, dialect: &Dialect) -> Result<Self, Violation> {
        let mut parameters = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decoded(value, "a parameter", &dialect.codes)?;
            let name = percent::decode(name).unwrap_or_default().to_ascii_lowercase().replace('-', "_");
            let known = dialect.parameters.iter().find(|(known, _)| *known == name.as_str());
            parameters.take(known, &name, value)?;
        }
        Ok(parameters)
    }

    fn take(
        &mut self,
        known: Option<&(&'static str, Effect)>,
        name: &str,
        value: Zeroizing<String>,
    ) -> Result<(), Violation> {
        let Some((name, effect)) = known else {
            let protects = name.starts_with("ssl") || name.starts_with("tls");
            let count = if protects { &mut self.unknown_protection } else { &mut self.unknown };
            *count = count.saturating_add(1);
            return Ok(());
        };
        match effect {
            Effect::Tls(read) => self.encrypt(name, read(&value)),
            Effect::Verified => self.verify(name, &value),
            Effect::Path => set(&mut self.path, name, value),
            Effect::User => set(&mut self.user, name, value),
            Effect::Password => set(&mut self.password, name, value),
            Effect::Socket => set(&mut self.socket, name, value),
            Effect::Kept(driver) => {
                self.kept.push((driver, value));
                Ok(())
            }
            Effect::Without => {
                self.without_effect.push(name);
                Ok(())
            }
        }
    }

    /// Adds a request for encryption. Several parameters may request it in the words of several drivers; the strongest
    /// counts, and all must agree whether there is any encryption.
    fn encrypt(&mut self, name: &'static str, asked: Option<Tls>) -> Result<(), Violation> {
        let asked = asked.ok_or_else(|| unknown(name))?;
        if self.tls.is_some_and(|other| (other >= Tls::Require) != (asked >= Tls::Require)) {
            let fact = "two parameters contradict each other about encryption";
            return Err(Violation::new(rule::CONNECTION_CONFLICT, fact));
        }
        self.tls = self.tls.max(Some(asked));
        Ok(())
    }

    /// Parses whether to verify the certificate: a boolean, or a word of Python's `ssl`.
    fn verify(&mut self, name: &'static str, value: &str) -> Result<(), Violation> {
        let word = value.to_ascii_lowercase();
        let is_verified = match word.strip_prefix("cert_").unwrap_or(&word) {
            "none" => Some(false),
            "optional" | "required" => Some(true),
            word => boolean(word),
        };
        self.is_unverified |= !is_verified.ok_or_else(|| unknown(name))?;
        Ok(())
    }

    /// Returns a violation for each parameter that has no effect.
    pub(super) fn flaws(&self) -> Vec<Violation> {
        let note = |fact| Violation::new(rule::CONNECTION_PARAMETER, fact);
        let mut flaws: Vec<_> =
            self.without_effect.iter().map(|name| note(message!(*name, " has no effect here"))).collect();
        if self.unknown > 0 {
            flaws.push(note(message!("unknown parameters in the URL (", self.unknown, ") have no effect here")));
        }
        if self.unknown_protection > 0 {
            let fact = message!("unknown TLS parameters in the URL (", self.unknown_protection, ")");
            flaws.push(Violation::new(rule::CONNECTION_PARAMETER_SECURITY, fact));
        }
        flaws
    }
}

fn unknown(name: &'static str) -> Violation {
    let fact = message!("the value of ", name, " is not known");
    Violation::new(rule::CONNECTION_MALFORMED, fact).remedy("correct the parameter, or remove it")
}

fn set(place: &mut Option<Zeroizing<String>>, name: &'static str, value: Zeroizing<String>) -> Result<(), Violation> {
    if place.as_ref().is_some_and(|other| *other != value) {
        let fact = message!("the parameter ", name, " is given twice, with different values");
        return Err(Violation::new(rule::CONNECTION_CONFLICT, fact));
    }
    *place = Some(value);
    Ok(())
}
