//! OWASP ASVS 5.0: which requirements the rules and live checks speak to, and whether they are met.
//!
//! Numbers and levels are those of <https://github.com/OWASP/ASVS/tree/v5.0.0>; the sentences are ours. A requirement is met
//! only when everything that it asks for was shown: one about behaviour never because of a configuration alone.

mod judge;
mod table;

pub(crate) use self::judge::judge;
pub use self::table::TABLE;

/// One requirement, and what speaks to it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row {
    /// Its number, such as `3.4.2`.
    pub number: &'static str,
    /// Its level, from 1 to 3.
    pub level: u8,
    /// What it asks for, in one sentence of ours.
    pub summary: &'static str,
    /// What it is about: a configuration, or what the live service does.
    pub about: About,
    /// The rules and checks that speak to it.
    pub by: &'static [(&'static str, Extent)],
}

/// What a requirement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum About {
    /// How the service is configured: shown by rules.
    Configuration,
    /// What the service does: shown by live checks alone.
    Behaviour,
}

/// How far a rule or check goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Extent {
    /// Together with the others of this extent, it shows the whole requirement.
    Shows,
    /// It shows a part of the requirement, and the rest is not shown by anything here.
    InPart,
}

impl Row {
    /// Returns where the text of the requirement is.
    #[must_use]
    pub fn link(&self) -> String {
        let chapter = self.number.split('.').next().unwrap_or_default();
        let file = CHAPTERS.iter().find(|(number, _)| *number == chapter).map_or("", |(_, file)| file);
        format!("https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/{file}")
    }
}

/// The chapters that the table has rows of, and their files.
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
