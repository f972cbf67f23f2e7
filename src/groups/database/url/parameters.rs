//! The parameters after the question mark of a URL.

use hardened_core::text::{boolean, percent};
use zeroize::Zeroizing;

use super::{
    known::{self, Effect, Used},
    tls::{Request, Root, Tls},
};
use crate::{
    Violation,
    groups::url::{Codes, decoded},
    message, rule,
};

/// The fix for a parameter that cannot be read.
pub(super) const PARAMETER: &str = "correct the parameter, or remove it from the URL";

/// The parameters that are used, and the names of those that are ignored.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    used: Vec<(Used, Zeroizing<String>)>,
    /// What the parameters ask for about TLS.
    pub(super) tls: Request,
    /// How many prepared statements a connection keeps, if the URL says so.
    pub(super) statement_cache: Option<usize>,
    without_effect: Vec<&'static str>,
    without_protection: Vec<&'static str>,
    unknown: usize,
    unknown_protection: usize,
}

impl Parameters {
    /// Parses the parameters.
    ///
    /// # Errors
    ///
    /// `database-malformed`, `database-conflict`.
    pub(super) fn read(query: &str) -> Result<Self, Violation> {
        let mut parameters = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            parameters.take(pair)?;
        }
        parameters.interpret()?;
        Ok(parameters)
    }

    /// Returns the decoded value of a parameter.
    pub(super) fn get(&self, wanted: Used) -> Option<&str> {
        self.used.iter().find_map(|(used, value)| (*used == wanted).then_some(value.as_str()))
    }

    /// Returns a violation for each parameter that has no effect.
    pub(super) fn flaws(&self) -> Vec<Violation> {
        let note = |fact| Violation::new(rule::DATABASE_PARAMETER, fact);
        let refuse = |fact| Violation::new(rule::DATABASE_PARAMETER_SECURITY, fact);
        let mut flaws = Vec::new();
        flaws.extend(self.without_effect.iter().map(|name| note(message!(*name, " has no effect here"))));
        if self.unknown > 0 {
            flaws.push(note(message!("unknown parameters in the URL (", self.unknown, ") have no effect here")));
        }
        flaws.extend(
            self.without_protection.iter().map(|name| {
                refuse(message!(*name, " is not supported, so the protection it asks for would not apply"))
            }),
        );
        if self.unknown_protection > 0 {
            let fact = message!("unknown TLS parameters in the URL (", self.unknown_protection, ")");
            flaws.push(refuse(fact));
        }
        flaws
    }

    fn take(&mut self, pair: &str) -> Result<(), Violation> {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(value, "a parameter", &Codes::DATABASE)?;
        // A name that cannot be decoded counts as unknown.
        let name = percent::decode(name).unwrap_or_default().to_ascii_lowercase().replace('-', "_");
        match known::find(&name) {
            Some((_, Effect::Used(used))) => self.insert(*used, value),
            Some((name, Effect::Without(allowed))) => {
                if !allowed.is_empty() && !contains(allowed, &value) {
                    let fact = message!(*name, " must be one of ").list(", ", allowed.iter().copied());
                    return Err(Violation::new(rule::DATABASE_MALFORMED, fact).remedy(PARAMETER));
                }
                push(&mut self.without_effect, name);
                Ok(())
            }
            Some((name, Effect::Protects(harmless))) => {
                let list =
                    if contains(harmless, &value) { &mut self.without_effect } else { &mut self.without_protection };
                push(list, name);
                Ok(())
            }
            None => {
                let protects = name.starts_with("ssl") || name.starts_with("tls");
                let count = if protects { &mut self.unknown_protection } else { &mut self.unknown };
                *count = count.saturating_add(1);
                Ok(())
            }
        }
    }

    fn insert(&mut self, used: Used, value: Zeroizing<String>) -> Result<(), Violation> {
        match self.get(used) {
            None => {
                self.used.push((used, value));
                Ok(())
            }
            Some(other) if other == value.as_str() => Ok(()),
            Some(_) if used == Used::Host => {
                Err(Violation::new(rule::DATABASE_MULTI_HOST, "the parameter host is given several times"))
            }
            Some(_) => {
                let fact = message!("the parameter ", used.name(), " is given twice, with different values");
                Err(Violation::new(rule::DATABASE_CONFLICT, fact))
            }
        }
    }

    /// Interprets the parameters whose values are not plain text.
    fn interpret(&mut self) -> Result<(), Violation> {
        let mode = self.get(Used::SslMode).map(Tls::of_sslmode).transpose()?;
        let ssl = self.get(Used::Ssl).map(Tls::of_ssl).transpose()?;
        if let (Some(mode), Some(ssl)) = (mode, ssl)
            && (mode >= Tls::Require) != (ssl >= Tls::Require)
        {
            let fact = "sslmode and ssl contradict each other";
            return Err(Violation::new(rule::DATABASE_CONFLICT, fact));
        }
        let root = self.get(Used::RootCert).map(|text| if text == "system" { Root::System } else { Root::File });
        let without_statements =
            |used, word: bool| self.get(used).is_some_and(|value| boolean(value) == Some(word)).then_some(0);
        let cache = [
            self.get(Used::StatementCache).map(cache_size).transpose()?,
            without_statements(Used::PgBouncer, true),
            without_statements(Used::PreparedStatements, false),
            without_statements(Used::PrepareThreshold, false),
        ];
        if self.get(Used::ClientCert).is_some() != self.get(Used::ClientKey).is_some() {
            let fact = "sslcert and sslkey must be set together";
            return Err(Violation::new(rule::DATABASE_CONFLICT, fact).remedy("set both, or neither"));
        }
        self.statement_cache = cache.into_iter().flatten().min();
        self.tls = Request { mode: mode.max(ssl), root };
        Ok(())
    }
}

fn contains(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

fn push(list: &mut Vec<&'static str>, name: &'static str) {
    if !list.contains(&name) {
        list.push(name);
    }
}

fn cache_size(text: &str) -> Result<usize, Violation> {
    const MOST: usize = 10_000;
    match text.parse() {
        Ok(size @ 0..=MOST) => Ok(size),
        _ => Err(Violation::new(
            rule::DATABASE_MALFORMED,
            message!("the size of the statement cache must be a whole number from ", 0, " to ", MOST),
        )
        .remedy(PARAMETER)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Parameters, &'static str> {
        Parameters::read(query).map_err(|violation| violation.rule().code())
    }

    #[test]
    fn what_is_asked_of_tls_is_understood() {
        for (query, mode) in [
            ("", None),
            ("sslmode=require", Some(Tls::Require)),
            ("ssl-mode=Require", Some(Tls::Require)),
            ("sslMode=verify-full", Some(Tls::VerifyFull)),
            ("ssl=true", Some(Tls::Require)),
            ("ssl=false", Some(Tls::Disable)),
            ("ssl=true&sslmode=verify-ca", Some(Tls::VerifyCa)),
            ("sslmode=require&sslmode=require", Some(Tls::Require)),
            ("a=b&&sslmode=disable&", Some(Tls::Disable)),
        ] {
            assert_eq!(read(query).unwrap().tls.mode, mode, "{query}");
        }
    }

    #[test]
    fn contradictions_and_unknown_words_are_refused() {
        for (query, code) in [
            ("sslmode=require&sslmode=disable", "database-conflict"),
            ("sslmode=require&ssl=false", "database-conflict"),
            ("ssl=true&sslmode=prefer", "database-conflict"),
            ("user=a&user=b", "database-conflict"),
            ("host=a&host=b", "database-multi-host"),
            ("sslcert=/c", "database-conflict"),
            ("sslmode=on", "database-malformed"),
            ("channel_binding=bogus", "database-malformed"),
            ("application_name=%zz", "database-malformed"),
            ("application_name=a%00", "secret-control"),
            ("statement-cache-capacity=many", "database-malformed"),
        ] {
            assert_eq!(read(query).err(), Some(code), "{query}");
        }
    }

    #[test]
    fn what_has_no_effect_is_told_once_and_by_known_names_only() {
        for (query, told) in [
            ("channel_binding=require", &["notice: channel_binding has no effect here"][..]),
            ("hunter2=x&hunter3=y", &["notice: unknown parameters in the URL (2) have no effect here"]),
            ("sslcrl=/x", &["prohibited: sslcrl is not supported, so the protection it asks for would not apply"]),
            ("ssl_min_protocol_version=TLSv1.2", &["notice: ssl_min_protocol_version has no effect here"]),
            (
                "ssl_min_protocol_version=TLSv1.3",
                &[
                    "prohibited: ssl_min_protocol_version is not supported, so the protection it asks for would not apply",
                ],
            ),
            ("sslmod=verify-full", &["prohibited: unknown TLS parameters in the URL (1)"]),
            ("pgbouncer=true&application_name=a&options=endpoint%3Dx", &[]),
        ] {
            let flaws = read(query).unwrap().flaws();
            let word = |flaw: &Violation| if flaw.rule() == rule::DATABASE_PARAMETER { "notice" } else { "prohibited" };
            let found: Vec<_> = flaws.iter().map(|flaw| format!("{}: {}", word(flaw), flaw.fact())).collect();
            assert_eq!(found, told, "{query}");
        }
    }

    #[test]
    fn a_pooler_without_prepared_statements_means_no_statement_cache() {
        for (query, size) in [
            ("pgbouncer=true", Some(0)),
            ("pgbouncer=false", None),
            ("prepared_statements=false", Some(0)),
            ("prepareThreshold=0", Some(0)),
            ("statement-cache-capacity=500", Some(500)),
            ("statement_cache_size=0", Some(0)),
            ("statement-cache-capacity=500&pgbouncer=true", Some(0)),
        ] {
            assert_eq!(read(query).unwrap().statement_cache, size, "{query}");
        }
    }
}
