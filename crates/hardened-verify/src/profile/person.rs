//! One of the two users: existing credentials, or the values that a recipe needs to get them.

use std::path::Path;

use http::{HeaderName, header};

use super::{
    read::{Item, Table},
    source::Source,
};

/// A user, as the profile describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Person {
    /// Headers that identify the user; the value of `authorization` is a bearer token unless it contains a space.
    pub(crate) headers: Vec<(HeaderName, Source)>,
    pub(crate) email: Option<Text>,
    pub(crate) username: Option<Text>,
    pub(crate) password: Option<Source>,
}

/// A text that need not be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Text {
    /// The text in the profile, which may have the placeholder `{{random}}`.
    Written(String),
    /// A source outside the profile.
    From(Source),
}

const NAMES: [&str; 6] = ["token", "cookie", "headers", "email", "username", "password"];

impl Person {
    pub(super) fn read_from(item: &Item<'_>, folder: &Path) -> Option<Self> {
        let table = item.table(&NAMES, "must be a table such as [users.a]")?;
        let source = |name: &str| table.get(name).and_then(|item| Source::read_from(&item, folder));
        let mut headers: Vec<_> = source("token").map(|source| (header::AUTHORIZATION, source)).into_iter().collect();
        headers.extend(source("cookie").map(|source| (header::COOKIE, source)));
        if let Some(others) = table.get("headers").and_then(|item| item.open("must be a table of headers")) {
            headers.extend(read_headers(&others, folder));
        }
        Some(Self {
            headers,
            email: text(&table, "email", folder),
            username: text(&table, "username", folder),
            password: source("password"),
        })
    }
}

fn read_headers(table: &Table<'_>, folder: &Path) -> Vec<(HeaderName, Source)> {
    let read = |(name, item): (&str, Item<'_>)| match HeaderName::try_from(name) {
        Ok(name) => Some((name, Source::read_from(&item, folder)?)),
        Err(_) => item.malformed("must have the name of a header as its key"),
    };
    table.items().filter_map(read).collect()
}

fn text(table: &Table<'_>, name: &str, folder: &Path) -> Option<Text> {
    let item = table.get(name)?;
    if item.is_text() {
        item.text("must be text").map(Text::Written)
    } else {
        Source::read_from(&item, folder).map(Text::From)
    }
}
