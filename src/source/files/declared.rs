//! Finds out what an unknown key may be: a declared secret, or a misspelling.

use std::borrow::Cow;

use hardened_core::{
    text::misspelling,
    tier::{self, ParsedTier},
};
use hardened_strength::{Sighting, in_text};

use crate::{
    Tier,
    finding::Name,
    schema::{Alias, Declared, Field, Schema},
};

/// Returns the declared secret that a path of keys names, wherever it is: the path contains all parts of the secret's
/// own path in order, ending with the last one (`web.production.jwt.secret_key`), or the last key is one of its
/// variables. If a plain setting matches with more parts, that one is meant instead.
pub(super) fn secret<'d>(declared: &'d [Declared], trail: &[Cow<'_, str>]) -> Option<&'d Declared> {
    let fits = |declared: &&Declared| fit(declared, trail) > 0;
    let best = |secret: bool| {
        let of_kind = |declared: &&Declared| declared.kind().is_secret() == secret;
        declared.iter().filter(of_kind).filter(fits).max_by_key(|declared| fit(declared, trail))
    };
    let secret = best(true)?;
    let plain = best(false).map_or(0, |plain| fit(plain, trail));
    (fit(secret, trail) >= plain).then_some(secret)
}

/// Returns with how many parts a setting matches a path of keys: 0 if it does not.
fn fit(declared: &Declared, trail: &[Cow<'_, str>]) -> usize {
    let Some((last, outer)) = trail.split_last() else { return 0 };
    let by_field = fit_path(declared, declared.path(), last, outer);
    let by_key = if declared.keys() == declared.path() { 0 } else { fit_path(declared, declared.keys(), last, outer) };
    by_field.max(by_key)
}

fn fit_path(declared: &Declared, path: &str, last: &str, outer: &[Cow<'_, str>]) -> usize {
    let fields = || path.split('.').filter(|field| *field != "*");
    let parts = fields().count();
    let joined = fields();
    if declared.variables().iter().any(|variable| same(variable.as_str(), last)) || same_joined(joined, last) {
        return parts.max(1);
    }
    let mut wanted = fields().rev();
    let is_alias = || declared.setting().aliases().iter().any(|alias| same(alias.key(), last));
    if !wanted.next().is_some_and(|field| same(field, last) || is_alias()) {
        return 0;
    }
    let mut outer = outer.iter().rev();
    if wanted.all(|field| outer.any(|key| same(field, key))) { parts } else { 0 }
}

/// Returns the path of a secret with the numbers and keys of its elements, as a path of keys contains them:
/// `tenants.acme.token`. Returns `None` if one is missing.
pub(super) fn path_in<'t>(declared: &'t Declared, trail: &'t [Cow<'_, str>]) -> Option<Vec<&'t str>> {
    let (_, mut outer) = trail.split_last()?;
    let mut fields = declared.path().rsplit('.').zip(declared.keys().rsplit('.'));
    let mut path = vec![fields.next()?.0];
    while let Some((mut field, mut key)) = fields.next() {
        let is_element = field == "*";
        let mut searched = outer;
        if is_element {
            // The key of the element follows the field.
            (field, key) = fields.next()?;
            (_, searched) = outer.split_last()?;
        }
        let at = searched.iter().rposition(|part| same(part, field) || same(part, key))?;
        if is_element {
            path.push(outer.get(at + 1)?);
        }
        path.push(field);
        outer = outer.get(..at)?;
    }
    path.reverse();
    Some(path)
}

/// Returns whether the schema declares a key anywhere.
pub(super) fn is_name(key: &str, declared: &[Declared]) -> bool {
    declared.iter().any(|declared| {
        declared.path().split('.').chain(declared.keys().split('.')).any(|field| same(field, key))
            || declared.setting().aliases().iter().any(|alias| same(alias.key(), key))
            || declared.variables().iter().any(|variable| same(variable.as_str(), key))
    })
}

/// Returns whether a secret was probably pasted in place of a key. An identifier without a known format does not count.
pub(super) fn looks_like_a_secret(key: &str) -> bool {
    matches!(in_text(key), Some(Sighting::Issued | Sighting::Token | Sighting::PrivateKey | Sighting::Password))
}

/// Returns whether two names are the same, apart from case and hyphens.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(|(one, other)| plain(one) == plain(other))
}

/// Returns whether a key is a path written with underscores: `jwt_secret_key` for `jwt.secret_key`.
fn same_joined<'a>(mut fields: impl Iterator<Item = &'a str>, key: &str) -> bool {
    let mut rest = key;
    let take = |rest: &mut &str, field: &str| {
        let found = rest.get(..field.len()).filter(|begin| same(begin, field)).and(rest.get(field.len()..));
        found.map(|behind| *rest = behind).is_some()
    };
    if !fields.next().is_some_and(|field| take(&mut rest, field)) {
        return false;
    }
    for field in fields {
        match rest.strip_prefix(['_', '-']) {
            Some(behind) => rest = behind,
            None => return false,
        }
        if !take(&mut rest, field) {
            return false;
        }
    }
    rest.is_empty()
}

fn plain(byte: u8) -> u8 {
    if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() }
}

/// Returns the keys of all fields of a table, including their other names.
fn fields(schema: &Schema) -> Vec<&'static str> {
    let of = |field: &Field| match field {
        Field::Group(group) if group.variant().is_some() => fields(group.schema()),
        field => std::iter::once(field.key()).chain(field.aliases().iter().map(Alias::key)).collect(),
    };
    schema.fields().iter().flat_map(of).collect()
}

/// The meaning of a key.
#[derive(Clone, Copy)]
pub(super) struct Meant {
    pub(super) field: Field,
    /// Set if the key is another name of the field.
    pub(super) alias: Option<&'static Alias>,
}

/// Returns the meaning of a key in a table. If several variants of an enum have it, a secret takes precedence.
pub(super) fn field(schema: &Schema, name: &str) -> Option<Meant> {
    let mut found = None;
    for field in schema.fields() {
        let candidate = match field {
            Field::Group(group) if group.variant().is_some() => self::field(group.schema(), name),
            field if field.key() == name => Some(Meant { field: *field, alias: None }),
            field => {
                let alias = field.aliases().iter().find(|alias| alias.key() == name);
                alias.map(|alias| Meant { field: *field, alias: Some(alias) })
            }
        };
        match candidate {
            Some(Meant { field: Field::Setting(setting), .. }) if setting.kind().is_secret() => return candidate,
            candidate => found = found.or(candidate),
        }
    }
    found
}

/// Returns the key that was probably meant instead of an unknown one.
pub(super) fn suggestion(key: &str, schema: &Schema, sections: &[&'static str], declared: &[Declared]) -> Option<Name> {
    let candidates: Vec<_> = fields(schema).into_iter().chain(sections.iter().copied()).collect();
    let nearby = candidates.iter().filter_map(|name| Some((nearness(name, key)?, *name))).min();
    let elsewhere = || {
        let is_meant = |declared: &&Declared| {
            let leaf = declared.keys().rsplit('.').next();
            !declared.kind().is_secret()
                && (declared.variables().iter().any(|name| same(name.as_str(), key))
                    || leaf.is_some_and(|leaf| same(leaf, key)))
        };
        declared.iter().find(is_meant).map(|declared| Name::prefixed(declared.keys(), ""))
    };
    nearby.map(|(_, name)| Name::declared(name)).or_else(elsewhere)
}

/// Returns the section that a table means: a tier by one of its other names, or a tier inside a group.
pub(super) fn of_a_tier(key: &str, path: &str) -> Option<Name> {
    let ParsedTier::Known { tier, .. } = tier::parse(key, &[]) else { return None };
    let name = tier.name();
    Some(if path.is_empty() { Name::declared(name) } else { Name::prefixed(&format!("{name}.{path}"), "") })
}

/// Returns how far an unknown key is from a known one, or `None` if they do not resemble each other.
fn nearness(known: &str, key: &str) -> Option<usize> {
    if same(known, key) {
        return Some(0);
    }
    let shortened = || {
        let is_begin = key.len() >= 3 && known.get(..key.len()).is_some_and(|begin| same(begin, key));
        is_begin.then(|| known.len() - key.len())
    };
    misspelling(key, known).or_else(shortened)
}

/// Returns whether a section is probably a misspelling of one that is missing.
pub(super) fn resemble(known: &str, key: &str) -> bool {
    known.len() >= 5 && nearness(known, key).is_some_and(|far| far <= 2)
}

/// The sections that every file may contain.
pub(super) const SECTIONS: [&str; 5] =
    ["default", Tier::Development.name(), Tier::Test.name(), Tier::Preview.name(), Tier::Production.name()];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_near_the_one_that_was_meant() {
        for (known, key, expected) in [
            ("production", "prodution", true),
            ("production", "Production", true),
            ("production", "prod", true),
            ("development", "dev", true),
            ("port", "prot", true),
            ("log_level", "log-level", true),
            ("log_level", "loglevel", true),
            ("port", "host", false),
            ("test", "text", true),
            ("production", "global", false),
            ("ttl", "tls", false),
        ] {
            assert_eq!(nearness(known, key).is_some(), expected, "{known} {key}");
        }
    }

    #[test]
    fn a_path_is_recognised_when_it_is_written_with_underscores() {
        for (path, key, expected) in [
            ("jwt.secret_key", "jwt_secret_key", true),
            ("jwt.secret_key", "JWT-SECRET-KEY", true),
            ("jwt.secret_key", "jwt_secret", false),
            ("jwt.secret_key", "jwtsecret_key", false),
            ("jwt.secret_key", "jwt_secret_keys", false),
            ("stripe_key", "stripe_key", true),
        ] {
            assert_eq!(same_joined(path.split('.'), key), expected, "{path} {key}");
        }
    }
}
