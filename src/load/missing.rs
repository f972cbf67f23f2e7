//! Findings for a setting that no source sets.

use super::near_miss::{UnknownVariables, is_slip};
use crate::{
    Violation,
    finding::{Message, Name},
    message, rule,
    schema::{Kind, Place},
};

/// Returns the violation for a setting that every tier needs.
pub(super) fn missing(place: &Place, unknown: &UnknownVariables) -> Violation {
    let rule = if place.setting.kind().is_secret() { rule::SECRET_MISSING } else { rule::SETTING_MISSING };
    let (requirement, remedy) = wanted(place, unknown);
    Violation::new(rule, requirement).remedy(remedy)
}

/// Returns the violation for a setting that may be absent only in Development and Test.
pub(super) fn absent(place: &Place, unknown: &UnknownVariables) -> Violation {
    let (requirement, remedy) = wanted(place, unknown);
    Violation::new(rule::SETTING_ABSENT, requirement).remedy(remedy)
}

/// Finds a slip in the name of a setting that need not be set: otherwise nobody would notice.
pub(super) fn misspelt(place: &Place, unknown: &UnknownVariables) -> Option<(Name, Violation)> {
    let found = unknown.misspelling(place)?;
    let is_slip = place.names().any(|wanted| is_slip(wanted.as_str(), found.as_str()));
    is_slip.then(|| (found, misspelling_of(place.name())))
}

/// Returns the violation for a variable whose name was probably meant to be another one.
pub(super) fn misspelling_of(name: Name) -> Violation {
    let fact = message!("looks like ", name.clone(), ", which is not set");
    Violation::new(rule::SETTING_MISSPELT, fact).remedy(message!("rename it to ", name))
}

/// Returns what the value must be, and how to get one.
fn wanted(place: &Place, unknown: &UnknownVariables) -> (Message, Message) {
    let kind = place.setting.kind();
    let requirement = match unknown.near_miss(place) {
        Some(found) => place.setting.wanted().with(" (").with(found).with(" is set: did you mean that?)"),
        None => place.setting.wanted(),
    };
    let name = place.name();
    let file = name.suffixed("_FILE");
    let in_file = message!(", or ", file, " to the path of a file that contains it");
    let remedy = match (place.setting.form(), kind) {
        (Some(form), _) => message!("set ", name, " to ", form).then(in_file),
        (None, Kind::Key { .. } | Kind::KeyRing { .. }) => {
            message!("set ", name, " to the output of `openssl rand -base64 48`").then(in_file)
        }
        (None, kind) if kind.is_secret() => {
            message!("get it from the service that issued it; set ", name).then(in_file)
        }
        (None, _) => Message::new(),
    };
    (requirement, remedy)
}
