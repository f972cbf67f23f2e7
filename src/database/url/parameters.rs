//! The parameters behind the question mark.

use std::ops::Range;

use hardened_core::text::percent;

use super::{
    known::{self, Effect, Used},
    span::Span,
    tls::{Request, Root, Tls},
};
use crate::{Rejection, message, rule};

/// The parameters that have an effect, and the names of those that have none.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    used: Vec<(Used, Span)>,
    /// What the parameters ask of TLS.
    pub(super) tls: Request,
    /// How many prepared statements a connection keeps, where the URL says so.
    pub(super) statement_cache: Option<usize>,
    without_effect: Vec<&'static str>,
    without_protection: Vec<&'static str>,
    unknown: usize,
    unknown_protection: usize,
}

impl Parameters {
    /// Reads the parameters in `query`, a range of `text`.
    ///
    /// # Errors
    ///
    /// `database-malformed`, `database-conflict`.
    pub(super) fn read(text: &str, query: Option<Range<usize>>) -> Result<Self, Rejection> {
        let mut parameters = Self::default();
        let mut start = query.clone().map_or(0, |query| query.start);
        for pair in text.get(query.unwrap_or_default()).unwrap_or_default().split('&') {
            let end = start.saturating_add(pair.len());
            if !pair.is_empty() {
                parameters.take(text, pair, start)?;
            }
            start = end.saturating_add(1);
        }
        parameters.interpret(text)?;
        Ok(parameters)
    }

    /// The value of a parameter.
    pub(super) fn get(&self, wanted: Used) -> Option<&Span> {
        self.used.iter().find_map(|(used, span)| (*used == wanted).then_some(span))
    }

    /// What has no effect.
    pub(super) fn flaws(&self) -> Vec<Rejection> {
        let note = |fact| Rejection::new(rule::DATABASE_PARAMETER, fact);
        let refuse = |fact| Rejection::new(rule::DATABASE_PARAMETER_SECURITY, fact);
        let mut flaws = Vec::new();
        flaws.extend(self.without_effect.iter().map(|name| note(message!(*name, " has no effect here"))));
        if self.unknown > 0 {
            flaws.push(note(message!(self.unknown, " unknown, without effect here")));
        }
        flaws.extend(self.without_protection.iter().map(|name| refuse(message!(*name, " asks for what is not done"))));
        if self.unknown_protection > 0 {
            let fact = message!(self.unknown_protection, " unknown with a name that begins with ssl or tls");
            flaws.push(refuse(fact));
        }
        flaws
    }

    fn take(&mut self, text: &str, pair: &str, start: usize) -> Result<(), Rejection> {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value_start = start.saturating_add(pair.len()).saturating_sub(value.len());
        let span = Span::checked(text, value_start..value_start.saturating_add(value.len()), "a parameter")?;
        let name = percent::decode(name).unwrap_or_default().to_ascii_lowercase().replace('-', "_");
        match known::find(&name) {
            Some((_, Effect::Used(used))) => self.insert(text, *used, span),
            Some((name, Effect::Without(allowed))) => {
                let value = span.decode(text).to_ascii_lowercase();
                if !allowed.is_empty() && !allowed.contains(&value.as_str()) {
                    let fact = message!(*name, " must be one of ").list(", ", allowed.iter().copied());
                    return Err(Rejection::new(rule::DATABASE_MALFORMED, fact));
                }
                push(&mut self.without_effect, name);
                Ok(())
            }
            Some((name, Effect::Protects(harmless))) => {
                let value = span.decode(text).to_ascii_lowercase();
                let list = if harmless.contains(&value.as_str()) {
                    &mut self.without_effect
                } else {
                    &mut self.without_protection
                };
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

    fn insert(&mut self, text: &str, used: Used, span: Span) -> Result<(), Rejection> {
        match self.get(used) {
            None => {
                self.used.push((used, span));
                Ok(())
            }
            Some(other) if other.decode(text) == span.decode(text) => Ok(()),
            Some(_) if used == Used::Host => {
                Err(Rejection::new(rule::DATABASE_MULTI_HOST, "the parameter host stands several times"))
            }
            Some(_) => {
                let fact = message!("the parameter ", used.name(), " stands twice, with different values");
                Err(Rejection::new(rule::DATABASE_CONFLICT, fact))
            }
        }
    }

    /// Gives meaning to the parameters that are no plain text.
    fn interpret(&mut self, text: &str) -> Result<(), Rejection> {
        let value = |used| self.get(used).map(|span| span.decode(text));
        let mode = value(Used::SslMode).map(|value| Tls::of_sslmode(&value)).transpose()?;
        let ssl = value(Used::Ssl).map(|value| Tls::of_ssl(&value)).transpose()?;
        if let (Some(mode), Some(ssl)) = (mode, ssl)
            && (mode >= Tls::Require) != (ssl >= Tls::Require)
        {
            let fact = "sslmode and ssl contradict each other";
            return Err(Rejection::new(rule::DATABASE_CONFLICT, fact));
        }
        let root = self.get(Used::RootCert).map(|span| match span.decode(text).as_str() {
            "system" => Root::System,
            _ => Root::File(span.clone()),
        });
        let cache = [
            value(Used::StatementCache).map(|value| cache_size(&value)).transpose()?,
            value(Used::PgBouncer).and_then(|value| is_true(&value).then_some(0)),
            value(Used::PreparedStatements).and_then(|value| is_false(&value).then_some(0)),
            value(Used::PrepareThreshold).and_then(|value| is_false(&value).then_some(0)),
        ];
        if self.get(Used::ClientCert).is_some() != self.get(Used::ClientKey).is_some() {
            let fact = "of sslcert and sslkey one is missing";
            return Err(Rejection::new(rule::DATABASE_CONFLICT, fact));
        }
        self.statement_cache = cache.into_iter().flatten().min();
        self.tls = Request { mode: mode.max(ssl), root };
        Ok(())
    }
}

fn push(list: &mut Vec<&'static str>, name: &'static str) {
    if !list.contains(&name) {
        list.push(name);
    }
}

fn cache_size(text: &str) -> Result<usize, Rejection> {
    const MOST: usize = 10_000;
    match text.parse() {
        Ok(size @ 0..=MOST) => Ok(size),
        _ => Err(Rejection::new(
            rule::DATABASE_MALFORMED,
            message!("the size of the statement cache is no whole number from ", 0, " to ", MOST),
        )),
    }
}

fn is_true(text: &str) -> bool {
    ["true", "1", "yes", "on"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_false(text: &str) -> bool {
    ["false", "0", "no", "off"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Parameters, &'static str> {
        Parameters::read(query, Some(0..query.len())).map_err(|rejection| rejection.rule().code())
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
            ("hunter2=x&hunter3=y", &["notice: 2 unknown, without effect here"]),
            ("sslcrl=/x", &["prohibited: sslcrl asks for what is not done"]),
            ("ssl_min_protocol_version=TLSv1.2", &["notice: ssl_min_protocol_version has no effect here"]),
            ("ssl_min_protocol_version=TLSv1.3", &["prohibited: ssl_min_protocol_version asks for what is not done"]),
            ("sslmod=verify-full", &["prohibited: 1 unknown with a name that begins with ssl or tls"]),
            ("pgbouncer=true&application_name=a&options=endpoint%3Dx", &[]),
        ] {
            let flaws = read(query).unwrap().flaws();
            let word = |flaw: &Rejection| if flaw.rule() == rule::DATABASE_PARAMETER { "notice" } else { "prohibited" };
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
