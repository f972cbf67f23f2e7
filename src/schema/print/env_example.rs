//! Prints an `.env.example`: every variable with its documentation, secrets empty.

use std::fmt::Write as _;

use hardened_core::dotenv::TIER_NOTE;

use super::outline::{Part, description, outline};
use crate::schema::{Declared, Requirement, Schema};

/// The head of the file, up to the variable that names the tier.
const HEAD: &str = "# Copy to .env, which git must ignore; it is read in development and test only.\n# ";

impl Schema {
    /// Returns the text of an `.env.example`: every variable with its documentation and requirement, in the order of
    /// [`toml_example`](Self::toml_example), with the head of each group. A required setting has a line with its example,
    /// or a blank one for a secret; a setting with a default, or not needed in Development and Test, is commented out. The
    /// documentation of a key has the command that generates one.
    #[must_use]
    pub fn env_example(&self) -> String {
        self.env_example_for("ENVIRONMENT")
    }

    /// Returns the text of an `.env.example` for a service with its own tier variable.
    pub(crate) fn env_example_for(&self, tier_variable: &str) -> String {
        let mut text = format!("{HEAD}{tier_variable}{TIER_NOTE}\n");
        let declared = self.settings();
        for part in outline(self, &declared) {
            match part {
                Part::Setting(declared, docs) => block(&mut text, declared, docs),
                // The same header as in `hardened.toml`. Writing to a string cannot fail.
                Part::Section(section) => drop(write!(text, "\n# {}\n{}", section.header(), section.docs())),
            }
        }
        text
    }
}

fn block(text: &mut String, declared: &Declared, docs: &str) {
    let variable = declared.variable();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\n{}", description(declared, docs));
    let _ = match declared.requirement() {
        Requirement::Default(default) => writeln!(text, "#{variable}={default}"),
        // The file is read in Development and Test only.
        Requirement::Optional | Requirement::InProduction => writeln!(text, "#{variable}={}", example(declared)),
        Requirement::Required => writeln!(text, "{variable}={}", example(declared)),
    };
}

/// Returns an example to show; never one for a secret.
fn example(declared: &Declared) -> &'static str {
    if declared.kind().is_secret() { "" } else { declared.setting().example().unwrap_or_default() }
}
