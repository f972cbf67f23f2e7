//! Reads environment variables.

use std::ffi::OsStr;

use hardened_core::{finding::Subject, journal::Journal};
use zeroize::Zeroizing;

use super::{environment::Environment, found::Found};
use crate::{
    Violation,
    finding::{Name, Reported},
    message,
    report::Provenance,
    rule,
    schema::Place,
};

/// Returns the text of a setting. If several of its variables are set, they must agree.
///
/// # Errors
///
/// Returns an error if there is a text that cannot be used. It is already in the report.
pub(super) fn find(environment: &Environment, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
    let mut found: Option<(Name, Found)> = None;
    for name in place.names_in(|prefix, variable| environment.may_have(prefix, variable)) {
        let Some(other) = read(environment, &name, || place.subject(), journal)? else { continue };
        match &found {
            Some((first, found)) if *found.text != *other.text => {
                let fact = message!(first, " and ", name, " have different values");
                return Err(journal.refuse(place.subject(), Violation::new(rule::SETTING_CONFLICT, fact), None));
            }
            Some(_) => {}
            None => found = Some((name, other)),
        }
    }
    Ok(found.map(|(_, found)| found))
}

/// Returns the text of one variable. A blank text counts as unset.
///
/// # Errors
///
/// Returns an error if it cannot be used. It is already in the report.
pub(super) fn read(
    environment: &Environment,
    name: &Name,
    subject: impl Fn() -> Subject,
    journal: &mut Journal,
) -> Result<Option<Found>, Reported> {
    let mut entries = environment.entries(name.as_str());
    let Some(value) = entries.next() else { return Ok(None) };
    let provenance = Provenance::Environment { variable: name.clone().into_cow() };
    if entries.any(|other| other != value) {
        let fact = message!(name, " is set twice in the environment, with different values");
        let remedy = "set it once; programs differ in which of the two they read";
        let violation = Violation::new(rule::SETTING_CONFLICT, fact).remedy(remedy);
        return Err(journal.refuse(subject(), violation, Some(provenance)));
    }
    let Some(text) = value.to_str() else {
        let violation = Violation::new(rule::SETTING_NOT_TEXT, "the value is not Unicode text");
        return Err(journal.refuse(subject(), violation, Some(provenance)));
    };
    let text = Zeroizing::new(text.to_owned());
    if is_service_link(environment, name.as_str(), &text) {
        let fact = "the address of a Kubernetes Service, so it counts as unset";
        journal.report(name.clone().into(), Violation::new(rule::SETTING_SERVICE_LINK, fact));
        return Ok(None);
    }
    Found { text, provenance }.unless_blank(|| name.clone(), subject, journal)
}

/// Returns whether a variable has a value that is not blank.
pub(super) fn is_set(environment: &Environment, name: &str) -> bool {
    let counts = |value: &OsStr| match value.to_str() {
        Some(text) => !text.trim().is_empty() && !is_service_link(environment, name, text),
        None => true,
    };
    environment.differs(name) || environment.get(name).is_some_and(counts)
}

/// Returns whether Kubernetes made the variable for a Service: `API_PORT=tcp://…` next to `API_SERVICE_HOST`.
fn is_service_link(environment: &Environment, name: &str, text: &str) -> bool {
    let is_address = ["tcp://", "udp://", "sctp://"].iter().any(|scheme| text.starts_with(scheme));
    let service = name.strip_suffix("_PORT").filter(|_| is_address);
    service.is_some_and(|service| environment.has(&format!("{service}_SERVICE_HOST")))
}
