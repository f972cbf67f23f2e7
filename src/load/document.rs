//! The outcome of one run as JSON.

use serde::Serialize;

use super::{Loaded, Refusal, Row, Table};
use crate::{Report, report::Provenance};

impl<T> Loaded<T> {
    /// Returns the outcome as JSON, version 1: tier, settings, findings, waivers. It contains no secrets and no
    /// rejected values. Write `Loaded::to_json(&settings)`.
    #[must_use]
    pub fn to_json(this: &Self) -> serde_json::Value {
        document(Self::report(this), Self::table(this))
    }
}

impl Refusal {
    /// Returns the outcome as JSON, version 1: tier, settings, findings, waivers. It contains no secrets and no
    /// rejected values.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        document(self.report(), self.table())
    }
}

fn document(report: &Report, table: &Table) -> serde_json::Value {
    let mut document = report.to_json();
    let settings: Vec<_> = table.rows().iter().map(SettingOf::from).collect();
    if let Some(members) = document.as_object_mut() {
        // Serialization of a row cannot fail, because its keys are strings.
        members.insert("settings".to_owned(), serde_json::to_value(settings).unwrap_or_default());
    }
    document
}

#[derive(Serialize)]
struct SettingOf<'a> {
    name: String,
    variables: Vec<String>,
    kind: &'static str,
    secret: bool,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    /// Whether the value could be shown, but looks like a secret.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withheld: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    provenance: Option<serde_json::Value>,
}

impl<'a> From<&'a Row> for SettingOf<'a> {
    fn from(row: &'a Row) -> Self {
        Self {
            name: row.path(),
            variables: row.variables().map(|name| name.to_string()).collect(),
            kind: row.setting().kind().name(),
            secret: row.setting().kind().is_secret(),
            state: row.state().name(),
            value: row.value(),
            withheld: row.is_withheld(),
            provenance: row.provenance().map(Provenance::to_json),
        }
    }
}
