//! Prints the settings as a Markdown table.

use std::fmt::Write as _;

use super::{one_line, sentences};
use crate::schema::{Requirement, Schema};

impl Schema {
    /// Returns a Markdown table with the variable, the description and the requirement of each setting.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::from("| variable | description | requirement |\n|---|---|---|\n");
        for declared in self.settings() {
            let required = if declared.requirement() == Requirement::Required { " **(required)**" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "| `{}`{required} | {} | {} |",
                declared.variable(),
                cell(&one_line(declared.setting().docs())),
                cell(&sentences(&declared).join(". ")),
            );
        }
        text
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
