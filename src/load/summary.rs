//! The summary of an accepted start.

use std::fmt;

use hardened_core::{report::counted, text::escape};

use super::{
    loaded::Loaded,
    table::{SettingState, Table},
};
use crate::{Report, finding::Severity, report::Provenance};

/// The summary of an accepted start in one line: the tier and why, where the settings came from, and the number of findings.
///
/// Its `Display` is that line; [`Loader::announce`](crate::Loader::announce) decides whether a start prints it.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    report: &'a Report,
    table: &'a Table,
}

impl<T> Loaded<T> {
    /// Returns the summary in one line, for a service that logs it itself once its logs are set up:
    ///
    /// ```
    /// # use hardened::{Environment, Jwt, Loaded, Loader};
    /// # let environment = Environment::empty()
    /// #     .set("ENVIRONMENT", "production")
    /// #     .set("JWT_SECRET_KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM");
    /// let settings = Loader::new().environment(environment).load::<Jwt>()?;
    /// assert_eq!(
    ///     Loaded::summary(&settings).to_string(),
    ///     "configuration accepted (tier Production: ENVIRONMENT=production): 1 setting from variables, 2 defaults, 3 unset"
    /// );
    /// # Ok::<(), hardened::Refusal>(())
    /// ```
    #[must_use]
    pub fn summary(this: &Self) -> Summary<'_> {
        Summary { report: Self::report(this), table: Self::table(this) }
    }
}

impl Summary<'_> {
    /// Logs each warning as a `tracing` event of level warn, and then the summary as one of level info. For a service
    /// with [`Announce::RefusalOnly`](crate::report::Announce::RefusalOnly), once its logs are set up.
    #[cfg(feature = "tracing")]
    pub fn trace(&self) {
        let findings = self.report.findings().iter();
        for finding in findings.filter(|finding| finding.severity() == Severity::Warning) {
            let (code, subject) = (finding.code(), escape(finding.subject()));
            let (message, remedy) = (finding.message(), finding.remedy());
            tracing::warn!(code, subject = &*subject, remedy = &*escape(&remedy), "{}", escape(&message));
        }
        tracing::info!(tier = self.report.tier().name(), "{self}");
    }

    /// Returns the part after the headline: where the settings came from, and the number of findings.
    fn counts(&self) -> String {
        let rows = self.table.rows();
        let mut sources: Vec<(String, usize)> = Vec::new();
        for source in rows.iter().filter_map(|row| row.provenance()).filter_map(name) {
            match sources.iter_mut().find(|(name, _)| *name == source) {
                Some((_, count)) => *count += 1,
                None => sources.push((source, 1)),
            }
        }
        let mut parts: Vec<String> = sources
            .iter()
            .enumerate()
            .map(|(index, (name, count))| match index {
                0 => format!("{} from {name}", counted(*count, "setting")),
                _ => format!("{count} from {name}"),
            })
            .collect();
        let of = |state| rows.iter().filter(|row| row.state() == state).count();
        match of(SettingState::Default) {
            0 => {}
            count => parts.push(counted(count, "default")),
        }
        match of(SettingState::Unset) {
            0 => {}
            count => parts.push(format!("{count} unset")),
        }
        let waivers = self.report.waivers().iter().filter(|waiver| waiver.is_used()).count();
        let told = [
            (self.report.count(Severity::Warning), "warning"),
            (self.report.count(Severity::Note), "note"),
            (waivers, "waiver"),
        ];
        let told: Vec<_> =
            told.into_iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(count, noun)).collect();
        let parts = if parts.is_empty() { "no settings".to_owned() } else { parts.join(", ") };
        if told.is_empty() { parts } else { format!("{parts}; {}", told.join(", ")) }
    }
}

/// Returns the kind of a source. A default is not a source.
fn name(provenance: &Provenance) -> Option<String> {
    Some(match provenance {
        Provenance::Environment { .. } => "variables".to_owned(),
        Provenance::NamedFile { .. } | Provenance::SecretDirectory { .. } => "secret files".to_owned(),
        Provenance::Line { path, .. } => escape(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned(),
        Provenance::Code => "code".to_owned(),
        Provenance::Argument { .. } => "arguments".to_owned(),
        Provenance::Provider { name } => format!("provider {}", escape(name)),
        _ => return None,
    })
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "configuration accepted ({}): {}", self.report.tier_and_why(), self.counts())
    }
}
