//! The report as an operator reads it.

use std::fmt;

use super::Report;
use crate::{
    finding::{Finding, Severity},
    text::escape,
};

/// One report with everything in it:
///
/// ```text
/// refused to start: 1 problem (tier Production: ENVIRONMENT is not set)
///   JWT_SECRET_KEY  missing: a key of at least 32 bytes
///       fix: set JWT_SECRET_KEY to the output of `openssl rand -base64 48`, or JWT_SECRET_KEY_FILE to the path of a file that contains it
///       secret-missing · jwt.secret_key
/// ```
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.headline(f)?;
        for finding in &self.findings {
            write(finding, f)?;
        }
        for kind in &self.omitted {
            write!(f, "\n  and {} more: {}", kind.count, kind.rule)?;
        }
        for waiver in self.waivers.iter().filter(|waiver| waiver.used) {
            write!(f, "\n  {}  accepted: {} ({})", waiver.subject, waiver.reason, waiver.rule)?;
        }
        self.hints.iter().try_for_each(|hint| write!(f, "\n{}", escape(&hint.to_string())))
    }
}

impl Report {
    fn headline(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.count(Severity::Error);
        if errors > 0 {
            write!(f, "refused to start: {}", counted(errors, "problem"))?;
        } else {
            f.write_str("accepted")?;
            for (severity, noun) in [(Severity::Warning, "warning"), (Severity::Note, "note")] {
                match self.count(severity) {
                    0 => {}
                    count => write!(f, ", {}", counted(count, noun))?,
                }
            }
        }
        write!(f, " (tier {}", capitalised(self.tier.name()))?;
        for (index, reason) in self.evidence.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { ": " } else { "; " }, escape(reason))?;
        }
        f.write_str(")")
    }
}

fn write(finding: &Finding, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let severity = match finding.severity() {
        Severity::Error => "",
        Severity::Warning => "warning: ",
        Severity::Note => "note: ",
    };
    write!(f, "\n  {}  {severity}{}", escape(finding.subject()), escape(&finding.message()))?;
    if finding.severity() > Severity::Note && !finding.remedy.is_empty() {
        write!(f, "\n      fix: {}", escape(&finding.remedy()))?;
    }
    write!(f, "\n      {}", finding.code())?;
    if !finding.field().is_empty() {
        write!(f, " · {}", finding.field())?;
    }
    match finding.provenance() {
        Some(provenance) => write!(f, " · {}", escape(&provenance.to_string())),
        None => Ok(()),
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn capitalised(name: &str) -> String {
    let mut symbols = name.chars();
    symbols.next().map_or_else(String::new, |first| first.to_uppercase().chain(symbols).collect())
}
