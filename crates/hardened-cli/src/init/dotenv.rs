//! `.env`: new keys for this machine.

use hardened_core::dotenv::{Meaning, statements};
use zeroize::Zeroizing;

use super::{
    example::Wanted,
    found::{Found, Place},
    step::{Deed, Step},
};

const HEAD: &str = "\
# Keys of this machine, made by `hardened init`. Git ignores this file; it is read in development and test only.
";

/// Values that work on a developer's own machine.
const LOCAL: [(&str, &str); 2] = [
    ("CORS_ORIGINS", "http://localhost:3000"),
    ("DATABASE_URL", "postgres://postgres:postgres@localhost:5432/postgres"),
];

/// Variables that are not needed if one of the others is set.
const INSTEAD: [(&str, &[&str]); 2] =
    [("BETTER_AUTH_SECRET", &["BETTER_AUTH_SECRETS"]), ("DATABASE_URL", &["PGHOST", "PGDATABASE"])];

/// Plans the step, and the task that is left for the user. `fresh` generates a key from a number of random bytes.
pub(super) fn plan<E>(
    place: &Place,
    wanted: &[Wanted<'_>],
    fresh: &mut impl FnMut(usize) -> Result<Zeroizing<String>, E>,
) -> Result<(Step, Option<String>), E> {
    let existing = match &place.found {
        Found::Untouchable(reason) => return Ok((Step::leave(&place.file, *reason), None)),
        Found::Absent => None,
        Found::Text(text) => Some(text.as_str()),
    };
    let set = Set::of(existing.unwrap_or_default());
    let missing: Vec<_> = wanted.iter().filter(|wanted| !set.makes_needless(wanted.name)).collect();
    let mut added = Added::new(&missing);
    if existing.is_none() {
        added.lines.push_str(HEAD);
    }
    for wanted in missing {
        added.add(wanted, existing.is_none() || !set.mentions(wanted.name), fresh)?;
    }
    let task = added.task(&place.file);
    let step = match existing {
        None => Step {
            file: place.file.clone(),
            said: format!("{}; readable only by you", added.said()),
            deed: Deed::Create { text: added.lines, private: true },
        },
        Some(_) if added.names.is_empty() => {
            Step::leave(&place.file, with_mode(place, "has everything that is needed".to_owned()))
        }
        Some(text) => {
            let has_gap = text.is_empty() || ["\n\n", "\r\n\r\n", "\r\r"].iter().any(|gap| text.ends_with(gap));
            let gap = if has_gap { "" } else { "\n" };
            // The full capacity, so that the string never grows and leaves an unwiped copy of a key behind.
            let mut lines = Zeroizing::new(String::with_capacity(added.lines.len() + gap.len()));
            lines.push_str(gap);
            lines.push_str(added.lines.trim_start_matches('\n'));
            Step::append(&place.file, text, &lines, with_mode(place, added.said()))
        }
    };
    Ok((step, task))
}

fn with_mode(place: &Place, said: String) -> String {
    let open = if place.is_open {
        format!("; others on this machine can read it: chmod 600 {}", place.file)
    } else {
        String::new()
    };
    said + &open
}

/// The lines that are added, and the names for the message about them.
struct Added<'a> {
    lines: Zeroizing<String>,
    names: Vec<&'a str>,
    keys: Vec<&'a str>,
    local: Vec<&'a str>,
    /// The variables that only the user can fill in.
    open: Vec<&'a str>,
}

impl<'a> Added<'a> {
    fn new(missing: &[&Wanted<'a>]) -> Self {
        // The full capacity, so that the string never grows and leaves an unwiped copy of a key behind.
        let room = missing.iter().map(|wanted| {
            let value = wanted.key_bytes.map_or(64, |bytes| bytes.div_ceil(3) * 4);
            wanted.head.len() + wanted.value.len() + value + 2
        });
        let lines = Zeroizing::new(String::with_capacity(HEAD.len() + room.sum::<usize>()));
        Self { lines, names: Vec::new(), keys: Vec::new(), local: Vec::new(), open: Vec::new() }
    }

    /// Adds a variable. If only the user can fill it in, and the file already has it without a value, only adds it to the task.
    fn add<E>(
        &mut self,
        wanted: &Wanted<'a>,
        is_new: bool,
        fresh: &mut impl FnMut(usize) -> Result<Zeroizing<String>, E>,
    ) -> Result<(), E> {
        let sample = wanted.value.is_empty() || wanted.value.contains("example.");
        let local = LOCAL.iter().find(|(name, _)| *name == wanted.name && sample).map(|(_, value)| *value);
        let key;
        let value = if let Some(bytes) = wanted.key_bytes {
            self.keys.push(wanted.name);
            key = fresh(bytes)?;
            key.as_str()
        } else if let Some(value) = local {
            self.local.push(wanted.name);
            value
        } else {
            wanted.value
        };
        if value.is_empty() {
            self.open.push(wanted.name);
            if !is_new {
                return Ok(());
            }
        }
        self.names.push(wanted.name);
        if wanted.head.starts_with('#') {
            self.lines.push('\n');
        }
        for part in [wanted.head, value, "\n"] {
            self.lines.push_str(part);
        }
        Ok(())
    }

    fn said(&self) -> String {
        let others: Vec<_> =
            self.names.iter().copied().filter(|name| !self.keys.contains(name) && !self.local.contains(name)).collect();
        let groups = [("fresh keys: ", &self.keys), ("this machine's: ", &self.local), ("from the example: ", &others)];
        let said: Vec<_> = groups
            .iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(words, names)| format!("{words}{}", names.join(", ")))
            .collect();
        if said.is_empty() { "empty".to_owned() } else { said.join("; ") }
    }

    fn task(&self, file: &str) -> Option<String> {
        (!self.open.is_empty()).then(|| format!("fill in {} in {file}", self.open.join(", ")))
    }
}

/// The variables of an existing file, with whether each has a value.
struct Set<'a>(Vec<(&'a str, bool)>);

impl<'a> Set<'a> {
    fn of(text: &'a str) -> Self {
        let entries = statements(text).filter_map(|statement| match statement.meaning {
            Meaning::Entry { name, value, .. } => Some((name, !value.trim().is_empty())),
            _ => None,
        });
        Self(entries.collect())
    }

    /// Returns whether a variable is set. The last line counts, and an empty value means not set.
    fn has(&self, name: &str) -> bool {
        self.0.iter().rev().find(|(set, _)| *set == name).is_some_and(|(_, filled)| *filled)
    }

    fn mentions(&self, name: &str) -> bool {
        self.0.iter().any(|(set, _)| *set == name)
    }

    fn makes_needless(&self, name: &str) -> bool {
        let instead = INSTEAD.iter().filter(|(wanted, _)| *wanted == name).flat_map(|(_, others)| others.iter());
        self.has(name) || self.has(&format!("{name}_FILE")) || instead.into_iter().any(|other| self.has(other))
    }
}
