//! OWASP ASVS 5.0: the requirements that the rules and live checks cover, and whether they are met.
//!
//! Numbers and levels are those of <https://github.com/OWASP/ASVS/tree/v5.0.0>; the wording is ours. A requirement is met
//! only when everything that it demands was shown. A configuration alone never shows a requirement about behaviour.

mod judge;
mod table;

pub(crate) use self::judge::judge;
pub use self::table::TABLE;

/// A requirement, and the rules and checks that cover it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row {
    /// Its number, such as `3.4.2`.
    pub number: &'static str,
    /// Its level, from 1 to 3.
    pub level: u8,
    /// What it demands, in one sentence in our words.
    pub summary: &'static str,
    /// Whether it is about the configuration or about what the live service does.
    pub about: About,
    /// The codes of the rules and checks that cover it, and how far each of them does.
    pub by: &'static [(&'static str, Extent)],
}

/// The subject of a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum About {
    /// The configuration of the service, shown by rules.
    Configuration,
    /// What the service does, shown by live checks alone.
    Behaviour,
}

/// How far a rule or check covers a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Extent {
    /// It shows the whole requirement, together with the others of this extent.
    Shows,
    /// It shows a part of the requirement, and nothing here shows the rest.
    InPart,
}

impl Row {
    /// Returns the URL of the text of the requirement.
    #[must_use]
    pub fn link(&self) -> String {
        let chapter = self.number.split('.').next().unwrap_or_default();
        let file = CHAPTERS.iter().find(|(number, _)| *number == chapter).map_or("", |(_, file)| file);
        format!("https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/{file}")
    }
}

/// The chapters in the table, and their files.
const CHAPTERS: &[(&str, &str)] = &[
    ("3", "0x12-V3-Web-Frontend-Security.md"),
    ("4", "0x13-V4-API-and-Web-Service.md"),
    ("6", "0x15-V6-Authentication.md"),
    ("8", "0x17-V8-Authorization.md"),
    ("9", "0x18-V9-Self-contained-Tokens.md"),
    ("11", "0x20-V11-Cryptography.md"),
    ("12", "0x21-V12-Secure-Communication.md"),
    ("13", "0x22-V13-Configuration.md"),
    ("14", "0x23-V14-Data-Protection.md"),
    ("16", "0x25-V16-Security-Logging-and-Error-Handling.md"),
];
