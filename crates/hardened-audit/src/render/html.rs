//! Renders the report as a self-contained HTML page.

use minijinja::{AutoEscape, Environment, UndefinedBehavior, value::Serde};

use super::HOW_TO_READ;
use crate::report::Report;

const PAGE: &str = include_str!("page.html");

impl Report {
    /// Returns the report as one HTML page, for a phone, a desktop or a printer. Every text in it is escaped.
    #[must_use]
    pub fn html(&self) -> String {
        // The template is part of this crate, and a test renders it, so this does not fail.
        page(self).unwrap_or_default()
    }
}

fn page(report: &Report) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_global("how_to_read", HOW_TO_READ.replace('*', ""));
    environment.template_from_named_str("page.html", PAGE)?.render(Serde(report))
}
