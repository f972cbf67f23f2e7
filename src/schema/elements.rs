//! Lists and maps of groups: how the variables of their elements are named.

use std::borrow::Cow;

use super::{Field, GroupsSchema, Schema, SettingSchema};

/// The separator between the parts of a variable: `UPSTREAMS__0__URL`.
pub(crate) const SEPARATOR: &str = "__";

/// The maximum length of a map's key, in bytes.
pub(crate) const MAX_KEY: usize = 64;

impl GroupsSchema {
    /// Returns the placeholder for an element in documents, as a key and as a part of variables.
    pub(crate) const fn stand_in(&self) -> (&'static str, &'static str) {
        if self.is_map() { ("name", "NAME") } else { ("0", "0") }
    }

    /// Returns the prefix of the variables of the placeholder element.
    pub(crate) fn stand_in_prefix(&self, outer: &str) -> String {
        [outer, self.prefix(), self.stand_in().1, SEPARATOR].concat()
    }

    /// Returns the part of a variable that names an element. Returns `None` for a text that is not a valid key.
    pub(crate) fn variable_of<'k>(&self, key: &'k str) -> Option<Cow<'k, str>> {
        if self.is_map() {
            is_key(key).then(|| key.replace(['-', '.'], "_").to_ascii_uppercase().into())
        } else {
            number(key).map(|_| key.into())
        }
    }
}

/// Returns whether a text is a valid key: words of ASCII letters and digits, with a single `-`, `_` or `.` between
/// them, so that there is only one way to write each key in the name of a variable.
pub(crate) fn is_key(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.len() <= MAX_KEY && text.split(['-', '_', '.']).all(is_word)
}

/// Parses the number of an element. Only its shortest spelling is accepted.
pub(crate) fn number(text: &str) -> Option<usize> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse::<u32>().ok().filter(|_| is_plain).map(|number| number as usize)
}

/// The setting that a variable of an element belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) setting: &'static SettingSchema,
    /// Whether the variable names the file that contains the value.
    pub(crate) is_file: bool,
}

impl Schema {
    /// Returns whether a variable belongs to an element of a list or a map of groups.
    #[doc(hidden)]
    #[must_use]
    pub fn has_element_variable(&self, name: &str) -> bool {
        self.of_element(name).is_some()
    }

    /// Returns whether a variable belongs to an element and contains a secret, or names the file of one.
    #[doc(hidden)]
    #[must_use]
    pub fn is_secret_of_element(&self, name: &str) -> bool {
        self.of_element(name).is_some_and(|meaning| meaning.setting.kind().is_secret())
    }

    /// Returns whether a variable begins like those of a list or a map of groups.
    pub(crate) fn begins_like_an_element(&self, name: &str) -> bool {
        self.fields().iter().any(|field| match field {
            Field::Setting(_) => false,
            Field::Group(group) => {
                name.strip_prefix(group.prefix()).is_some_and(|name| group.schema().begins_like_an_element(name))
            }
            Field::Groups(groups) => name.starts_with(groups.prefix()),
        })
    }

    /// Returns the setting of a variable, if the variable belongs to an element.
    pub(crate) fn of_element(&self, name: &str) -> Option<Meaning> {
        self.fields().iter().find_map(|field| match field {
            Field::Setting(_) => None,
            Field::Group(group) => group.schema().of_element(name.strip_prefix(group.prefix())?),
            Field::Groups(groups) => {
                let (key, name) = name.strip_prefix(groups.prefix())?.split_once(SEPARATOR)?;
                let is_plain = groups.variable_of(key).is_some_and(|variable| variable == key);
                if is_plain { groups.schema().meaning(name) } else { None }
            }
        })
    }

    /// Returns the setting of a variable inside an element. The name is given without the prefix of the element.
    pub(crate) fn meaning(&self, name: &str) -> Option<Meaning> {
        let own = self.fields().iter().find_map(|field| match field {
            Field::Setting(setting) => {
                let is = |name: &str| setting.variables().contains(&name);
                let is_file = || setting.is_from_file() && name.strip_suffix("_FILE").is_some_and(is);
                if is(name) {
                    Some(Meaning { setting, is_file: false })
                } else {
                    is_file().then_some(Meaning { setting, is_file: true })
                }
            }
            Field::Group(group) => group.schema().meaning(name.strip_prefix(group.prefix())?),
            Field::Groups(_) => None,
        });
        own.or_else(|| self.of_element(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_one_way_to_be_written_in_a_variable() {
        for (key, variable) in [
            ("acme", Some("ACME")),
            ("Acme", Some("ACME")),
            ("acme-eu", Some("ACME_EU")),
            ("acme_eu", Some("ACME_EU")),
            ("api.example.com", Some("API_EXAMPLE_COM")),
            ("1", Some("1")),
            ("", None),
            ("-acme", None),
            ("acme_", None),
            ("acme--eu", None),
            ("acme__eu", None),
            ("acme eu", None),
            ("münchen", None),
            ("a\0", None),
        ] {
            assert_eq!(map().variable_of(key).as_deref(), variable, "{key}");
        }
        assert!(is_key(&"a".repeat(MAX_KEY)) && !is_key(&"a".repeat(MAX_KEY + 1)));
    }

    #[test]
    fn an_element_of_a_list_has_a_number_in_decimal_digits() {
        for (text, expected) in [
            ("0", Some(0)),
            ("10", Some(10)),
            ("1000000000", Some(1_000_000_000)),
            ("4294967295", Some(4_294_967_295)),
            ("4294967296", None),
            ("00", None),
            ("01", None),
            ("+1", None),
            ("-1", None),
            ("1e3", None),
            ("", None),
            ("x", None),
            ("٣", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    fn map() -> GroupsSchema {
        static EMPTY: Schema = Schema::new("", "", &[]);
        GroupsSchema::new("tenants", "TENANTS__", true, &EMPTY)
    }
}
