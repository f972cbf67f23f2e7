//! A table of every setting with its source, and with its value if that cannot contain a secret.

use std::{collections::BTreeSet, fmt};

use hardened_core::{
    terminal::{Look, Page, Style},
    text::escape,
};

use crate::{
    finding::Name,
    report::Provenance,
    rule::Rule,
    schema::{Place, SettingSchema},
};

/// The settings of one run in declaration order. Its `Display` is a table for people.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub(super) rows: Vec<Row>,
    /// The rules that could not be judged.
    pub(super) unjudged: Vec<Rule>,
    /// The code prefixes of the rules for which there was something to judge.
    pub(super) judged: BTreeSet<&'static str>,
    /// The rules of the service and of its policies.
    pub(super) rules: Vec<Rule>,
}

/// One setting in a [`Table`].
#[derive(Debug, Clone)]
pub struct Row {
    pub(super) place: Place,
    pub(super) state: SettingState,
    pub(super) value: Option<String>,
    pub(super) withheld: bool,
    pub(super) provenance: Option<Provenance>,
}

/// The state of one setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingState {
    /// A source provides it.
    Set,
    /// It has its default value.
    Default,
    /// It is optional and not set.
    Unset,
    /// It is needed, but no source sets it.
    Missing,
    /// Its value is not accepted.
    Rejected,
    /// It is a secret that is needed and is assumed to be set: only in a [manifest](crate::manifest).
    Assumed,
}

impl SettingState {
    /// Returns the name in machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Set => "set",
            Self::Default => "default",
            Self::Unset => "unset",
            Self::Missing => "missing",
            Self::Rejected => "rejected",
            Self::Assumed => "assumed",
        }
    }
}

impl Table {
    /// Returns the rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl Row {
    pub(super) fn without_value(place: Place, state: SettingState) -> Self {
        Self { place, state, value: None, withheld: false, provenance: None }
    }

    /// Removes the value of a setting that is not accepted in the end.
    pub(super) fn reject(&mut self) {
        if self.state != SettingState::Missing {
            self.state = SettingState::Rejected;
        }
        self.value = None;
        self.withheld = false;
    }

    /// Returns the path of the field, such as `jwt.secret_key`.
    #[must_use]
    pub fn path(&self) -> String {
        self.place.path()
    }

    /// Returns the variables that the setting is read from; messages name the first.
    pub fn variables(&self) -> impl ExactSizeIterator<Item = Name> {
        self.place.names()
    }

    /// Returns the description of the setting.
    #[must_use]
    pub fn setting(&self) -> &'static SettingSchema {
        self.place.setting
    }

    /// Returns the state of the setting.
    #[must_use]
    pub fn state(&self) -> SettingState {
        self.state
    }

    /// Returns the accepted value, but only if its kind cannot contain a secret or `#[config(show)]` allows it.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Returns whether the value is withheld because it looks like a secret.
    #[must_use]
    pub fn is_withheld(&self) -> bool {
        self.withheld
    }

    /// Returns where the value came from.
    #[must_use]
    pub fn provenance(&self) -> Option<&Provenance> {
        self.provenance.as_ref()
    }

    fn cells(&self) -> [String; 3] {
        let name = self.place.name().to_string();
        let shown = match (self.value(), self.state) {
            (Some(value), _) => escape(value).into_owned(),
            (None, _) if self.withheld => WITHHELD.to_owned(),
            (None, SettingState::Set) => "(set)".to_owned(),
            (None, state) => format!("({})", state.name()),
        };
        let source = self.provenance.as_ref().map_or_else(String::new, Provenance::to_string);
        [name, shown, escape(&source).into_owned()]
    }
}

/// The text that replaces a value that looks like a secret.
pub(super) const WITHHELD: &str = "(not shown: looks like a secret)";

/// The maximum width of a column on a terminal. A longer cell shifts only its own row.
const MAX_COLUMN: usize = 32;

impl Table {
    /// Returns the table for people, coloured and wrapped according to `look`, such as `Look::stdout(Color::Auto)`.
    #[must_use]
    pub fn text(&self, look: Look) -> String {
        let rows: Vec<_> = self.rows.iter().map(|row| (row.state, row.cells())).collect();
        let most = if look.width.is_some() { MAX_COLUMN } else { usize::MAX };
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|(_, row)| row.get(column)).map(|cell| cell.chars().count());
            cells.filter(|length| *length <= most).max().unwrap_or(0)
        };
        let (first, second) = (width(0), width(1));
        let mut page = Page::new(look);
        for (state, [name, value, source]) in &rows {
            let style = match state {
                SettingState::Set | SettingState::Assumed => Style::Plain,
                SettingState::Default | SettingState::Unset => Style::Faint,
                SettingState::Missing | SettingState::Rejected => Style::Bad,
            };
            let gap = |width: usize, cell: &str| " ".repeat(width.saturating_sub(cell.chars().count()) + 2);
            // Avoid spaces at the end of a line.
            let (source_gap, source) =
                if source.is_empty() { (String::new(), "") } else { (gap(second, value), &**source) };
            page.line(
                4,
                &[
                    (Style::Strong, name),
                    (Style::Plain, &gap(first, name)),
                    (style, value),
                    (Style::Plain, &source_gap),
                    (Style::Faint, source),
                ],
            );
        }
        page.finish()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Look::PLAIN))
    }
}
