//! Collects inputs and their reports, so that they can be read in a snapshot.

use std::fmt;

use hardened::{Config, Environment, Loaded, Loader, Refusal, Report, finding::Severity};

/// The reports of one family of rules.
#[derive(Default)]
pub(crate) struct Book {
    pages: Vec<(String, String)>,
    codes: Vec<&'static str>,
    hidden: Vec<(String, &'static str)>,
    healthy: Vec<String>,
}

impl Book {
    /// Loads a configuration and keeps its report.
    pub(crate) fn load<T: Config>(&mut self, name: &str, loader: Loader) {
        match loader.load::<T>() {
            Ok(loaded) => self.accepted(name, &loaded),
            Err(refusal) => self.refused(name, &refusal),
        }
    }

    /// Loads a configuration in one environment.
    pub(crate) fn load_in<T: Config>(&mut self, name: &str, environment: Environment) {
        self.load::<T>(name, Loader::new().environment(environment));
    }

    /// Loads a configuration once for each row of variables, in a tier.
    pub(crate) fn rows<T: Config>(&mut self, tier: &str, rows: &[(&str, &[(&str, &str)])]) {
        for (name, variables) in rows {
            self.load_in::<T>(name, environment(tier, variables));
        }
    }

    /// Keeps the report of an accepted configuration.
    pub(crate) fn accepted<T>(&mut self, name: &str, loaded: &Loaded<T>) {
        self.page(name, Loaded::report(loaded), Loaded::report(loaded).to_string());
    }

    /// Keeps the report of a refused configuration, with its hints.
    pub(crate) fn refused(&mut self, name: &str, refusal: &Refusal) {
        self.page(name, refusal.report(), refusal.to_string());
    }

    /// Keeps a report.
    pub(crate) fn report(&mut self, name: &str, report: &Report) {
        self.page(name, report, report.to_string());
    }

    /// Keeps a text that another process printed.
    pub(crate) fn printed(&mut self, name: &str, text: &str) {
        let codes = hardened::rule::ALL.iter().map(|rule| rule.code());
        self.codes.extend(codes.filter(|code| text.lines().any(|line| line.trim().split(" · ").next() == Some(code))));
        self.pages.push((name.to_owned(), text.to_owned()));
    }

    /// Replaces a text that differs between machines.
    pub(crate) fn hide(&mut self, text: impl fmt::Display, instead: &'static str) {
        self.hidden.push((text.to_string(), instead));
    }

    /// Returns the codes of all rules that were broken.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.codes.iter().copied()
    }

    /// Returns the names of inputs that break no rule and belong in another test.
    pub(crate) fn healthy(&self) -> &[String] {
        &self.healthy
    }

    fn page(&mut self, name: &str, report: &Report, text: String) {
        let broken = report.findings().iter().map(hardened::finding::Finding::code);
        // A rule that a layer or the process enforces is never broken. A waiver switches it off, and counts as used.
        let waived = report.waivers().iter().filter(|waiver| waiver.is_used()).map(|waiver| waiver.rule().code());
        let codes: Vec<_> = broken.chain(waived).collect();
        if codes.is_empty() {
            self.healthy.push(name.to_owned());
        }
        self.codes.extend(codes);
        // The text of a report has no remedy for a note, but its JSON has.
        let notes = report.findings().iter().filter(|it| it.severity() == Severity::Note && !it.remedy().is_empty());
        let remedies: String = notes.map(|it| format!("\n[{}: {}]", it.code(), it.remedy())).collect();
        self.pages.push((name.to_owned(), text + &remedies));
    }
}

/// Each input and its report.
impl fmt::Display for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, text) in &self.pages {
            // The last one first, because it may begin with an earlier one.
            let hidden = self.hidden.iter().rev();
            let text = hidden.fold(text.clone(), |text, (hidden, instead)| text.replace(hidden, instead));
            write!(f, "# {name}\n{text}\n\n")?;
        }
        Ok(())
    }
}

/// Returns an environment with a tier and some variables.
pub(crate) fn environment(tier: &str, variables: &[(&str, &str)]) -> Environment {
    let environment = Environment::empty().set("ENVIRONMENT", tier);
    variables.iter().fold(environment, |environment, (name, value)| environment.set(*name, *value))
}
