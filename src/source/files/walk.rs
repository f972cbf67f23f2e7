//! Sorts the keys of one source: collects the values of settings, and reports declared secrets and unknown keys.

mod alias;
mod elements;

use std::{borrow::Cow, path::Path};

use hardened_core::finding::Subject;
use zeroize::Zeroizing;

use super::{
    declared::{self, Meant, SECTIONS},
    layer::{Layer, LayerSource, Run},
    lines::Lines,
    settings::{Rank, Section, Value, Verdict},
    tree::{self, Entry, Node},
};
use crate::{
    Tier, Violation,
    finding::Name,
    message,
    report::Provenance,
    rule,
    schema::{Alias, Declared, Field, GroupPlace, SEPARATOR, Schema, SettingSchema, parts},
};

/// The walk through one source.
pub(super) struct Walk<'w, 'r> {
    run: &'w mut Run<'r>,
    layer: Layer,
    /// The lines of a file; `None` for a provider.
    lines: Option<&'w Lines<'w>>,
    /// Whether the source may contain only settings.
    is_strict: bool,
}

/// The keys that lead to a value. An item of a list has its number as a key.
type Trail<'t> = Vec<Cow<'t, str>>;

/// The current place of a walk.
#[derive(Clone, Copy)]
struct At<'a> {
    section: Section,
    schema: &'static Schema,
    path: &'a str,
    /// The prefix of the variables of the settings here.
    prefix: &'a str,
}

impl<'a> At<'a> {
    /// Returns the keys above.
    fn trail(&self) -> impl Iterator<Item = Cow<'a, str>> {
        parts(self.path).map(Cow::Borrowed)
    }
}

impl<'w, 'r> Walk<'w, 'r> {
    /// Starts a walk through a file, which starts a new layer.
    pub(super) fn of_file(run: &'w mut Run<'r>, path: &Path, lines: &'w Lines<'w>) -> Self {
        let layer = run.layer(LayerSource::File(path.into()));
        Self { run, layer, lines: Some(lines), is_strict: true }
    }

    /// Starts a walk through the values of a provider, which starts a new layer. A provider that reads a file may
    /// contain only settings.
    pub(super) fn of_provider(run: &'w mut Run<'r>, name: String, file: Option<&Path>) -> Self {
        let is_strict = file.is_some();
        let layer = run.layer(LayerSource::Provider(name, file.map(Into::into)));
        Self { run, layer, lines: None, is_strict }
    }

    /// Returns the tier of the run.
    pub(super) fn tier(&self) -> Tier {
        self.run.journal.tier()
    }

    /// Processes one section, whose keys are the fields of the configuration.
    ///
    /// `all` contains all entries of the table; some may belong to other sections.
    pub(super) fn section<'e, 't: 'e>(
        &mut self,
        section: Section,
        all: &[Entry<'_>],
        entries: impl IntoIterator<Item = &'e Entry<'t>>,
    ) {
        let at = At { section, schema: self.run.known.schema, path: "", prefix: "" };
        entries.into_iter().for_each(|entry| self.entry(at, entry, all));
    }

    /// Searches only for declared secrets.
    pub(super) fn secrets(&mut self, entries: &[Entry<'_>]) {
        self.scan_all(&mut Vec::new(), entries);
    }

    /// Processes one key of a table. `all` contains all entries of the table.
    fn entry(&mut self, at: At<'_>, entry: &Entry<'_>, all: &[Entry<'_>]) {
        let meant = declared::field(at.schema, entry.key);
        if let Some(Meant { field, alias: Some(alias) }) = meant
            && self.alias(at, &field, alias, entry, all)
        {
            self.scan_below(&mut at.trail().chain([field.key().into()]).collect(), &entry.value);
            return;
        }
        match (meant.map(|meant| meant.field), &entry.value) {
            (Some(Field::Setting(setting)), _) if setting.kind().is_secret() => {
                let name = setting.variables().first().map(|name| Name::prefixed(at.prefix, name));
                self.secret(name, join(at.path, setting.field()), entry);
            }
            (Some(Field::Setting(setting)), _) => {
                self.setting(at, setting, entry, all);
                // A secret can be below a plain setting, too.
                if !matches!(entry.value, Node::Scalar(_)) {
                    let mut trail = at.trail().chain([entry.key.into()]).collect();
                    self.scan_below(&mut trail, &entry.value);
                }
            }
            (Some(Field::Group(group)), Node::Table(entries)) => {
                let (path, prefix) = (join(at.path, group.field()), [at.prefix, group.prefix()].concat());
                let at = At { schema: group.schema(), path: &path, prefix: &prefix, ..at };
                entries.iter().for_each(|entry| self.entry(at, entry, entries));
            }
            (Some(Field::Group(group)), _) => {
                let name = Name::declared(group.key());
                let fact = message!(&name, " is a settings group; must be a table");
                let remedy = message!("write the section [", &name, "] with its keys below it");
                self.report(Violation::new(rule::SOURCE_MALFORMED, fact).remedy(remedy), Some(name), entry);
                self.scan(&mut Vec::new(), entry);
            }
            (Some(Field::Groups(groups)), _) => self.groups(at, groups, entry),
            (None, _) => self.unknown_name(at, entry),
        }
    }

    /// Adds the value of a setting if the section counts in this run.
    fn setting(&mut self, at: At<'_>, setting: &'static SettingSchema, entry: &Entry<'_>, all: &[Entry<'_>]) {
        if at.section == Section::OtherTier {
            return;
        }
        let text = tree::text(&entry.value, &setting.kind()).map(Cow::into_owned).map(Zeroizing::new).map_err(Box::new);
        let value = Value { text, provenance: self.provenance(entry.value_at) };
        let verdict = self.run.settings.insert(at.path, setting.field(), self.rank(at), value);
        // Two names in one table are reported separately.
        if verdict == Verdict::Repeated && !are_several(all, setting.key(), setting.aliases()) {
            self.repeated(setting.key(), entry);
        }
    }

    /// Returns the rank of a value in a section of this source.
    fn rank(&self, at: At<'_>) -> Rank {
        (at.section, self.layer.number)
    }

    /// Reports a key that the source sets twice for every tier.
    fn repeated(&mut self, key: &'static str, entry: &Entry<'_>) {
        let name = Name::declared(key);
        let fact = message!(&name, " is set at the top and in [default]");
        let violation = Violation::new(rule::SOURCE_MALFORMED, fact).remedy("keep one of the two");
        self.report(violation, Some(name), entry);
    }

    /// Reports a declared secret by name. Its value goes nowhere.
    fn secret(&mut self, name: Option<Name>, path: String, entry: &Entry<'_>) {
        let name = name.unwrap_or_else(|| Name::prefixed(&path, ""));
        let violation = match self.lines {
            Some(_) => Violation::new(rule::SECRET_IN_FILE, "a declared secret in a configuration file"),
            None => Violation::new(rule::SECRET_IN_FILE, "a declared secret from a provider, which keeps it in memory")
                .remedy(
                    "remove the secret from the provider's source, replace it, and set the new one in the environment",
                ),
        };
        let provenance = self.provenance(entry.key_at);
        let subject = Subject { name, field: path };
        self.run.journal.report_from(subject, violation, Some(provenance));
    }

    /// Reports a key that is not a setting, and searches everything below it for declared secrets.
    fn unknown_name(&mut self, at: At<'_>, entry: &Entry<'_>) {
        if self.scan(&mut at.trail().collect(), entry) {
            return;
        }
        let is_table = matches!(entry.value, Node::Table(_));
        let is_section = at.path.is_empty() && is_table;
        let sections: &[&str] = if is_section && self.lines.is_some() { &SECTIONS } else { &[] };
        let of_a_tier = if is_table && self.lines.is_some() { declared::of_a_tier(entry.key, at.path) } else { None };
        let suggestion = of_a_tier.or_else(|| declared::suggestion(entry.key, at.schema, sections, self.declared()));
        match self.lines {
            Some(_) if is_section => {
                self.unknown_section("is neither a tier nor a group of settings", suggestion, entry)
            }
            _ if self.is_strict => self.unknown_key("does not belong to a setting", suggestion, entry),
            _ => self.misspelling(suggestion, "does not belong to a setting", entry),
        }
    }

    /// Reports an unknown section.
    pub(super) fn unknown_section(&mut self, fact: &'static str, suggestion: Option<Name>, entry: &Entry<'_>) {
        self.unknown(rule::SOURCE_UNKNOWN_SECTION, fact, suggestion, entry);
    }

    /// Reports an unknown key.
    pub(super) fn unknown_key(&mut self, fact: &'static str, suggestion: Option<Name>, entry: &Entry<'_>) {
        self.unknown(rule::SOURCE_UNKNOWN_KEY, fact, suggestion, entry);
    }

    /// Reports a key that may belong to another program if it may be a misspelling.
    pub(super) fn misspelling(&mut self, suggestion: Option<Name>, fact: &'static str, entry: &Entry<'_>) {
        if let Some(meant) = suggestion {
            let remedy = message!("correct it to ", &meant);
            let fact = message!(fact, ", but looks like ", meant);
            let violation = Violation::new(rule::SETTING_MISSPELT, fact).remedy(remedy);
            self.report(violation, Name::found(entry.key), entry);
        }
    }

    /// Reports an unknown key or section. Users may paste values in place of names, so its name is shown only if it
    /// resembles a declared name or a waiver in code names it.
    fn unknown(&mut self, rule: rule::Rule, fact: &'static str, suggestion: Option<Name>, entry: &Entry<'_>) {
        let is_known = suggestion.is_some()
            || SECTIONS.contains(&entry.key)
            || self.run.section == Some(entry.key)
            || declared::is_name(entry.key, self.declared())
            || self.run.journal.has_waiver_for(entry.key);
        let name = Name::found(entry.key).filter(|_| is_known);
        let violation = match suggestion {
            Some(meant) => Violation::new(rule, message!(fact, " (did you mean ", &meant, "?)")).remedy(message!(
                "rename it to ",
                meant,
                ", or remove it"
            )),
            None => Violation::new(rule, fact),
        };
        self.report(violation, name, entry);
    }

    /// Searches a key and everything below it for declared secrets, and reports them. Returns whether the key itself is one.
    fn scan<'t>(&mut self, trail: &mut Trail<'t>, entry: &'t Entry<'_>) -> bool {
        trail.push(entry.key.into());
        let secret = self.secret_at(trail);
        let is_secret = secret.is_some();
        match secret {
            Some((name, path)) => self.secret(name, path, entry),
            None => self.scan_below(trail, &entry.value),
        }
        trail.pop();
        is_secret
    }

    /// Returns the variable and the path of the declared secret that the keys name.
    fn secret_at(&self, trail: &Trail<'_>) -> Option<(Option<Name>, String)> {
        if let Some(declared) = declared::secret(self.declared(), trail) {
            let path = declared::path_in(declared, trail).filter(|_| declared.is_in_element());
            let root = GroupPlace::root(self.run.known.schema);
            let is_shown = |path: &Vec<&str>| !path.iter().copied().any(declared::looks_like_a_secret);
            let place = path.filter(is_shown).and_then(|path| root.setting_at(declared.setting(), &path));
            return Some(match place {
                Some(place) => (Some(place.name()), place.path()),
                None => (declared.variables().first().cloned(), declared.path().to_owned()),
            });
        }
        // The key may be the name of an element's variable.
        let key = trail.last()?;
        let name = key.replace('-', "_").to_ascii_uppercase();
        let meaning = self.run.known.schema.of_element(&name).filter(|meaning| !meaning.is_file)?;
        let declared = self.declared().iter().find(|declared| std::ptr::eq(declared.setting(), meaning.setting))?;
        let is_shown = !key.split(SEPARATOR).any(declared::looks_like_a_secret);
        let name = if is_shown { Some(Name::prefixed(&name, "")) } else { declared.variables().first().cloned() };
        declared.kind().is_secret().then(|| (name, declared.path().to_owned()))
    }

    fn scan_below<'t>(&mut self, trail: &mut Trail<'t>, node: &'t Node<'_>) {
        match node {
            Node::Scalar(_) => {}
            Node::List(items) => {
                for (number, item) in items.iter().enumerate() {
                    trail.push(number.to_string().into());
                    self.scan_below(trail, item);
                    trail.pop();
                }
            }
            Node::Table(entries) => self.scan_all(trail, entries),
        }
    }

    fn scan_all<'t>(&mut self, trail: &mut Trail<'t>, entries: &'t [Entry<'_>]) {
        for entry in entries {
            self.scan(trail, entry);
        }
    }

    /// Reports a violation about a key, under the key's name or that of the source.
    fn report(&mut self, violation: Violation, name: Option<Name>, entry: &Entry<'_>) {
        let is_section = violation.rule() == rule::SOURCE_UNKNOWN_SECTION;
        let hidden = if is_section { "a section that is not shown " } else { "a key that is not shown " };
        let (name, violation) = match name {
            Some(name) => (name, violation),
            None => (self.layer.source.name(), violation.prefixed(message!(hidden))),
        };
        let provenance = self.provenance(entry.key_at);
        self.run.journal.report_from(name.into(), violation, Some(provenance));
    }

    fn declared(&self) -> &'w [Declared]
    where
        'r: 'w,
    {
        self.run.known.declared()
    }

    fn provenance(&self, at: usize) -> Provenance {
        self.layer.source.provenance(self.lines.map_or((0, 0), |lines| lines.place(at)))
    }
}

/// Returns whether a table has several of a field's names.
fn are_several(all: &[Entry<'_>], key: &str, aliases: &[Alias]) -> bool {
    all.iter().filter(|entry| entry.names(key, aliases)).nth(1).is_some()
}

fn join(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { [path, ".", field].concat() }
}
