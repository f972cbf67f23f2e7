//! Changes of the tier, the settings, the waivers, the rules and the routes.

use std::collections::BTreeMap;

use hardened_core::{
    manifest::{Manifest, RuleOutcome, SettingEntry, WaiverEntry},
    tier::Tier,
};

use super::change::{
    Change,
    Direction::{Different, Stronger, Weaker},
    lists, values,
};

/// Compares the tiers. A lower tier is weaker, because it is less strict.
pub(super) fn tier(old: &Manifest, new: &Manifest, changes: &mut Vec<Change>) {
    let rank = |tier: Tier| Tier::ALL.iter().position(|known| *known == tier);
    let (before, after) = (old.tier.value, new.tier.value);
    let direction = if rank(after) < rank(before) { Weaker } else { Stronger };
    values("tier", Some(before.name().to_owned()), Some(after.name().to_owned()), direction, changes);
}

/// Compares the settings, and the values of those that may be shown.
pub(super) fn settings(old: &Manifest, new: &Manifest, changes: &mut Vec<Change>) {
    let (old, new) = (by_name(old), by_name(new));
    for (name, before) in &old {
        match new.get(name) {
            None => changes.push(Change::new(format!("settings.{name}"), Different, Some(described(before)), None)),
            Some(after) => {
                // A value that is no longer a secret may be shown.
                let direction = if before.secret && !after.secret { Weaker } else { Different };
                let (before, after) = (Some(described(before)), Some(described(after)));
                values(&format!("settings.{name}"), before, after, direction, changes);
            }
        }
    }
    for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        changes.push(Change::new(format!("settings.{name}"), Different, None, Some(described(after))));
    }
}

fn by_name(manifest: &Manifest) -> BTreeMap<&str, &SettingEntry> {
    manifest.settings.iter().map(|setting| (setting.name.as_str(), setting)).collect()
}

fn described(setting: &SettingEntry) -> String {
    let secret = if setting.secret { "secret " } else { "" };
    let value = setting.value.as_deref().map(|value| format!(" {value}")).unwrap_or_default();
    format!("{secret}{}, {}{value}", setting.kind, setting.state.name())
}

/// Compares the waivers. A new waiver makes a service weaker.
pub(super) fn waivers(old: &Manifest, new: &Manifest, changes: &mut Vec<Change>) {
    let names = |manifest: &Manifest| manifest.waivers.iter().map(waiver).collect::<Vec<_>>();
    lists("waivers", &names(old), &names(new), Weaker, changes);
    for before in &old.waivers {
        let same = |it: &&WaiverEntry| it.code == before.code && it.subject == before.subject;
        if let Some(after) = new.waivers.iter().find(same) {
            let what = format!("waivers.{}", waiver(before));
            values(&what, before.reason.clone(), after.reason.clone(), Different, changes);
        }
    }
}

fn waiver(waiver: &WaiverEntry) -> String {
    format!("{} for {}", waiver.code, waiver.subject)
}

/// Compares the rules. A rule that no longer holds, or no longer exists, makes a service weaker.
pub(super) fn rules(old: &Manifest, new: &Manifest, changes: &mut Vec<Change>) {
    let outcomes = |manifest: &Manifest| -> BTreeMap<String, RuleOutcome> {
        manifest.rules.iter().map(|rule| (rule.code.clone(), rule.outcome)).collect()
    };
    let (old, new) = (outcomes(old), outcomes(new));
    for (code, before) in &old {
        let after = new.get(code).copied();
        let direction = match (before, after) {
            (RuleOutcome::Held, _) | (_, Some(RuleOutcome::NotHeld)) => Weaker,
            (RuleOutcome::NotHeld, Some(RuleOutcome::Held)) => Stronger,
            _ => Different,
        };
        let after = after.map(|outcome| outcome.name().to_owned());
        values(&format!("rules.{code}"), Some(before.name().to_owned()), after, direction, changes);
    }
    for (code, after) in new.iter().filter(|(code, _)| !old.contains_key(*code)) {
        let direction = if *after == RuleOutcome::NotHeld { Weaker } else { Stronger };
        changes.push(Change::new(format!("rules.{code}"), direction, None, Some(after.name().to_owned())));
    }
}

/// Compares the routes. A route that no longer needs a token makes a service weaker.
pub(super) fn routes(old: &Manifest, new: &Manifest, changes: &mut Vec<Change>) {
    let all = |manifest: &Manifest| -> BTreeMap<String, Option<bool>> {
        let routes = manifest.routes.iter().flatten();
        routes.map(|route| (format!("{} {}", route.method, route.path), route.token)).collect()
    };
    let word = |token: Option<bool>| match token {
        Some(true) => "users".to_owned(),
        Some(false) => "anyone".to_owned(),
        None => "not described".to_owned(),
    };
    let (old, new) = (all(old), all(new));
    for (route, before) in &old {
        let after = new.get(route).copied();
        let direction = match (before, after) {
            (Some(true), Some(Some(false) | None)) => Weaker,
            (Some(false) | None, Some(Some(true))) => Stronger,
            _ => Different,
        };
        values(&format!("routes.{route}"), Some(word(*before)), after.map(word), direction, changes);
    }
    for (route, after) in new.iter().filter(|(route, _)| !old.contains_key(*route)) {
        let direction = if *after == Some(true) { Different } else { Weaker };
        changes.push(Change::new(format!("routes.{route}"), direction, None, Some(word(*after))));
    }
}
