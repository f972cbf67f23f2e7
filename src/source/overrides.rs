//! Values that code and command line arguments set. They override every variable.

use std::collections::BTreeMap;

use hardened_core::{finding::Subject, journal::Journal, text::nearest};
use zeroize::Zeroizing;

use super::{found::Found, known_names::KnownNames};
use crate::{
    Violation,
    finding::{Name, Reported},
    message,
    report::Provenance,
    rule,
    schema::{Declared, GroupPlace, Place},
};

/// A value that a loader is given.
pub(crate) struct Asked {
    set_by: SetBy,
    /// `None` for an argument that was not given.
    text: Option<Zeroizing<String>>,
}

/// The origin of a value, and how its setting is named.
#[derive(Debug, Clone, Copy)]
enum SetBy {
    /// Code, by the path of a field.
    Code(&'static str),
    /// An argument, by the argument's own name.
    Argument(&'static str),
    /// An argument, by the path of a field.
    ArgumentFor(&'static str, &'static str),
}

impl Asked {
    /// Creates a value that code sets for the field at a path.
    pub(crate) fn code(path: &'static str, text: String) -> Self {
        Self { set_by: SetBy::Code(path), text: Some(Zeroizing::new(text)) }
    }

    /// Creates a value that an argument sets, for the setting that its name means or for the field at a path.
    pub(crate) fn argument(name: &'static str, path: Option<&'static str>, text: Option<String>) -> Self {
        let set_by = path.map_or(SetBy::Argument(name), |path| SetBy::ArgumentFor(name, path));
        Self { set_by, text: text.map(Zeroizing::new) }
    }

    /// Returns whether the value comes from code, and so is the same on every machine.
    pub(crate) fn is_in_code(&self) -> bool {
        matches!(self.set_by, SetBy::Code(_))
    }
}

/// Shows no value.
impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.set_by.fmt(f)
    }
}

/// The effective values, by the paths of their fields.
#[derive(Default)]
pub(super) struct Overrides(BTreeMap<String, (SetBy, Zeroizing<String>)>);

impl Overrides {
    /// Finds the setting of each value. If a setting has several, the last one counts, and code overrides arguments.
    pub(super) fn open(asked: Vec<Asked>, known: &KnownNames, journal: &mut Journal) -> Self {
        let mut values = BTreeMap::new();
        let (code, arguments): (Vec<_>, Vec<_>) = asked.into_iter().partition(Asked::is_in_code);
        for Asked { set_by, text } in arguments.into_iter().chain(code) {
            let Some(declared) = meant(set_by, known.declared()) else {
                report_unknown(set_by, known.declared(), journal);
                continue;
            };
            let Some(text) = text else { continue };
            let path = set_by.path().filter(|_| declared.is_in_element()).unwrap_or(declared.path());
            if declared.kind().is_secret() {
                let parts: Vec<_> = path.split('.').collect();
                let place = GroupPlace::root(known.schema).setting_at(declared.setting(), &parts);
                let variable = place.map(|place| place.name()).or_else(|| declared.variables().first().cloned());
                report_secret(set_by, variable.unwrap_or_else(|| Name::prefixed(path, "")), path, journal);
            } else {
                values.insert(path.to_owned(), (set_by, text));
            }
        }
        Self(values)
    }

    /// Returns the text of one setting.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be used. It is already in the report.
    pub(super) fn find(&self, place: &Place, journal: &mut Journal) -> Result<Option<Found>, Reported> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let Some((set_by, text)) = self.0.get(&place.path()) else { return Ok(None) };
        let found = Found { text: text.clone(), provenance: set_by.provenance() };
        found.unless_blank(|| set_by.name(), || place.subject(), journal)
    }

    /// Returns the numbers or keys in the paths below a list or a map.
    pub(super) fn keys(&self, path: &str) -> impl Iterator<Item = &str> {
        let below = self.0.keys().filter_map(move |set| set.strip_prefix(path)?.strip_prefix('.'));
        below.filter_map(|rest| rest.split('.').next())
    }

    /// Returns whether the field at a path has a value that is not blank.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.get(path).is_some_and(|(_, text)| !text.trim().is_empty())
    }
}

impl SetBy {
    /// Returns the name as it is written in code.
    fn name(self) -> Name {
        Name::declared(match self {
            Self::Code(path) => path,
            Self::Argument(name) | Self::ArgumentFor(name, _) => name,
        })
    }

    /// Returns the path of the field, if the code gives it.
    fn path(self) -> Option<&'static str> {
        match self {
            Self::Code(path) | Self::ArgumentFor(_, path) => Some(path),
            Self::Argument(_) => None,
        }
    }

    fn provenance(self) -> Provenance {
        match self {
            Self::Code(_) => Provenance::Code,
            Self::Argument(name) | Self::ArgumentFor(name, _) => Provenance::Argument { name },
        }
    }
}

/// Returns the setting that is meant. An argument is named like a variable or like a field: `--jwt-algorithm`.
fn meant(set_by: SetBy, declared: &[Declared]) -> Option<&Declared> {
    match set_by {
        SetBy::Code(path) | SetBy::ArgumentFor(_, path) => declared.iter().find(|declared| declared.is_at(path)),
        SetBy::Argument(name) => {
            let by_variable = |declared: &&Declared| {
                declared.variables().iter().any(|variable| plain(variable.as_str()) == plain(name))
            };
            let by_path = |declared: &&Declared| plain(declared.path()) == plain(name);
            declared.iter().find(by_variable).or_else(|| declared.iter().find(by_path))
        }
    }
}

/// Normalizes a name: `--jwt-algorithm`, `JWT_ALGORITHM` and `jwt.algorithm` become the same.
fn plain(name: &str) -> String {
    name.trim_start_matches('-').replace(['-', '.'], "_").to_ascii_lowercase()
}

fn report_unknown(set_by: SetBy, declared: &[Declared], journal: &mut Journal) {
    let fact = match set_by {
        SetBy::Code(_) => message!("the code sets this field, but no setting has this path"),
        SetBy::Argument(_) => message!("no setting has a variable or a field of this name"),
        SetBy::ArgumentFor(_, path) => message!("is for the field ", path, ", but no setting has this path"),
    };
    let violation = Violation::new(rule::SETTING_UNKNOWN, fact);
    let violation = match suggestion(set_by, declared) {
        Some(meant) => violation.remedy(message!("correct it to ", meant)),
        None => violation,
    };
    journal.report(set_by.name().into(), violation);
}

/// Returns what was probably meant, in the form that the code must use.
fn suggestion(set_by: SetBy, declared: &[Declared]) -> Option<Name> {
    let of_path = |path: &str| {
        let leaf = |path: &str| path.rsplit('.').next().map(plain);
        let elsewhere = || declared.iter().find(|declared| leaf(declared.path()) == leaf(path)).map(Declared::path);
        let near = nearest(path, declared.iter().map(Declared::path)).or_else(elsewhere)?;
        Some(Name::prefixed(near, ""))
    };
    match set_by {
        SetBy::Code(path) | SetBy::ArgumentFor(_, path) => of_path(path),
        SetBy::Argument(name) => {
            let name = plain(name);
            let names: Vec<_> =
                declared.iter().flat_map(Declared::variables).map(|name| plain(name.as_str())).collect();
            let near = nearest(&name, names.iter().map(String::as_str))?;
            Some(Name::prefixed(&format!("--{}", near.replace('_', "-")), ""))
        }
    }
}

fn report_secret(set_by: SetBy, variable: Name, path: &str, journal: &mut Journal) {
    let environment = message!("set ", &variable, " in the environment, or ", variable.suffixed("_FILE"));
    let violation = match set_by {
        SetBy::Code(_) => Violation::new(rule::SECRET_IN_CODE, "the code sets this secret; the value is not used")
            .remedy(
                environment
                    .with("; in a test, use an environment of the test's own: Environment::over_process().set(…)"),
            ),
        SetBy::Argument(_) | SetBy::ArgumentFor(..) => {
            let fact = "given as an argument, which every user of the machine can see; the value is not used";
            let remedy = environment.with("; replace the secret, because it was visible");
            Violation::new(rule::SECRET_IN_ARGUMENT, fact).remedy(remedy)
        }
    };
    let subject = Subject { name: variable, field: path.to_owned() };
    journal.report_from(subject, violation, Some(set_by.provenance()));
}
