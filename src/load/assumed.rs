//! Placeholders for missing secrets, so that a manifest can be made where production's secrets are not available.
//!
//! A placeholder only has the form of a secret. No rule judges it, no service runs with it, and no output contains it.

use std::fmt::Write as _;

use super::{Reader, Row, SettingState, session::Session};
use crate::{
    Setting,
    rule::{self, Level},
    schema::{GroupPlace, Kind, Place, Requirement, SettingSchema},
};

/// The marker in the `example` of a secret that is replaced with fresh random text.
const RANDOM: &str = "{random}";

impl Reader<'_> {
    /// Returns whether missing secrets are assumed.
    pub(crate) fn assumes_secrets(&self) -> bool {
        self.session.assumes_secrets
    }

    /// Returns whether a group is read although none of its settings is set, because the first setting that it needs is
    /// a secret.
    pub(super) fn assumes_group(&self, group: &std::sync::Arc<GroupPlace>) -> bool {
        group.first_needed().is_some_and(|place| self.session.assumes(&place, Requirement::InProduction))
    }

    /// Returns a placeholder for a secret that no source sets, if it is assumed and its type accepts the placeholder.
    pub(super) fn assume<T: Setting>(&mut self, place: &Place) -> Option<T> {
        let value = T::parse(&self.stand_in(place)?).ok()?;
        self.assumed(place);
        Some(value)
    }

    fn stand_in(&self, place: &Place) -> Option<String> {
        if self.session.assumes(place, place.setting.requirement()) { stand_in(place.setting) } else { None }
    }

    fn assumed(&mut self, place: &Place) {
        self.session.row(Row::without_value(place.clone(), SettingState::Assumed));
        self.session.assumed.push(place.path());
    }
}

impl Session {
    /// Returns whether a setting that no source sets is assumed: a secret that the tier needs.
    fn assumes(&self, place: &Place, requirement: Requirement) -> bool {
        let is_needed = match requirement {
            Requirement::InProduction => rule::SETTING_ABSENT.level(self.journal.tier()) == Level::Refuse,
            _ => true,
        };
        self.assumes_secrets && place.setting.kind().is_secret() && is_needed
    }

    /// Returns whether a violation cannot be judged because it is about an assumed secret, or about a group with one.
    pub(super) fn is_assumed(&self, path: &str) -> bool {
        let is_inside = |assumed: &String| {
            path.is_empty() || assumed.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.assumed.iter().any(is_inside)
    }
}

/// Returns a text in the form of a secret.
fn stand_in(setting: &SettingSchema) -> Option<String> {
    match setting.example().filter(|example| example.contains(RANDOM)) {
        Some(example) => Some(example.replace(RANDOM, &filling(64))),
        None => of_kind(setting.kind()),
    }
}

fn of_kind(kind: Kind) -> Option<String> {
    match kind {
        Kind::Key { min_bytes } => Some(filling(min_bytes.max(64))),
        Kind::KeyRing { min_bytes } => Some(format!("1:{}", filling(min_bytes.max(64)))),
        Kind::Credential => Some(filling(64)),
        Kind::JsonCredential => Some(format!("{{\"key\":\"{}\"}}", filling(64))),
        Kind::List { of } => of_kind(*of),
        _ => None,
    }
}

/// Returns hexadecimal digits without a pattern, the same ones each time.
fn filling(length: usize) -> String {
    let mut text = String::with_capacity(length + 16);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    while text.len() < length {
        // Xorshift: G. Marsaglia, Journal of Statistical Software 8 (14), 2003.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let _ = write!(text, "{state:016x}");
    }
    text.truncate(length);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AuthSecret, SecretJson, SecretText, database::DatabaseUrl, secret::KeyRing};

    #[test]
    fn what_stands_in_for_a_secret_has_its_form() {
        fn accepts<T: Setting>(example: Option<&'static str>) -> bool {
            let schema = SettingSchema::new("secret", &["SECRET"], T::KIND);
            let schema =
                example.map_or(SettingSchema::new("secret", &["SECRET"], T::KIND), |text| schema.with_example(text));
            stand_in(&schema).is_some_and(|text| T::parse(&text).is_ok())
        }
        assert!(accepts::<AuthSecret>(None) && accepts::<SecretText>(None) && accepts::<SecretJson>(None));
        assert!(accepts::<KeyRing>(None) && accepts::<Vec<SecretText>>(None));
        assert!(accepts::<DatabaseUrl>(Some("postgres://app:{random}@db.example.com/app")));
        assert!(!accepts::<DatabaseUrl>(None) && !accepts::<String>(None));
        assert_eq!(filling(100), filling(100));
        assert_eq!(filling(100).len(), 100);
    }
}
