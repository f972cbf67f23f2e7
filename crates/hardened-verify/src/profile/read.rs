//! Reads the values of a profile, and reports where each mistake is and what is expected there.

use std::cell::RefCell;

use hardened_core::text::nearest;
use hardened_strength::Sighting;
use http::{HeaderName, Method, StatusCode};
use serde_json::{Map, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{bad_input::Mistake, template};

/// A profile that is being read, and its mistakes so far.
pub(super) struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    mistakes: RefCell<Vec<Mistake>>,
}

/// A table whose keys are known.
pub(super) struct Table<'r> {
    reader: &'r Reader<'r>,
    key: String,
    at: usize,
    entries: &'r DeTable<'r>,
}

/// A value and its key.
pub(super) struct Item<'r> {
    reader: &'r Reader<'r>,
    key: String,
    value: &'r Spanned<DeValue<'r>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, mistakes: RefCell::default() }
    }

    /// Returns the mistakes, in the order of the file.
    pub(super) fn mistakes(self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(Mistake::line);
        mistakes
    }

    pub(super) fn wrong(&self, word: &'static str, at: usize, key: &str, expected: &str) {
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        self.mistakes.borrow_mut().push(Mistake::new(word, self.file, Some(line), key, expected));
    }

    /// Returns the root table of the file.
    pub(super) fn root<'r>(&'r self, entries: &'r DeTable<'r>, names: &[&str]) -> Table<'r> {
        Table { reader: self, key: String::new(), at: 0, entries }.with_known(names)
    }
}

impl<'r> Table<'r> {
    /// Reports the unknown keys.
    fn with_known(self, names: &[&str]) -> Self {
        for (name, _) in self.entries {
            if names.contains(&name.get_ref().as_ref()) {
                continue;
            }
            let expected = match nearest(name.get_ref(), names.iter().copied()) {
                Some(near) => format!("unknown key; did you mean `{near}`?"),
                None => format!("unknown key; must be one of {}", names.join(", ")),
            };
            self.reader.wrong("malformed", name.span().start, &join(&self.key, name.get_ref()), &expected);
        }
        self
    }

    pub(super) fn get(&self, name: &str) -> Option<Item<'r>> {
        let value = self.entries.get(name)?;
        Some(Item { reader: self.reader, key: join(&self.key, name), value })
    }

    /// Returns a value, and reports it if it is missing.
    pub(super) fn require(&self, name: &str, expected: &str) -> Option<Item<'r>> {
        let item = self.get(name);
        if item.is_none() {
            self.reader.wrong("missing", self.at, &join(&self.key, name), expected);
        }
        item
    }

    /// Returns each key with its value.
    pub(super) fn items(&self) -> impl Iterator<Item = (&'r str, Item<'r>)> {
        self.entries.iter().map(|(name, value)| {
            let name = name.get_ref().as_ref();
            (name, Item { reader: self.reader, key: join(&self.key, name), value })
        })
    }

    pub(super) fn wrong(&self, word: &'static str, expected: &str) {
        self.reader.wrong(word, self.at, &self.key, expected);
    }
}

impl<'r> Item<'r> {
    pub(super) fn wrong(&self, word: &'static str, expected: &str) {
        self.reader.wrong(word, self.value.span().start, &self.key, expected);
    }

    pub(super) fn malformed<T>(&self, expected: &str) -> Option<T> {
        self.wrong("malformed", expected);
        None
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.value.get_ref(), DeValue::String(_))
    }

    /// Reads a text, which may have placeholders and must not look like a secret.
    pub(super) fn text(&self, expected: &str) -> Option<String> {
        let DeValue::String(text) = self.value.get_ref() else { return self.malformed(expected) };
        if hardened_strength::in_text(text).is_some_and(|sighting| sighting != Sighting::Random) {
            self.wrong("prohibited", "looks like a secret; name its variable with { env = \"NAME\" }, or its file");
            return None;
        }
        if let Some(name) = template::unknown(text) {
            let near = nearest(name, template::NAMES);
            let near = near.map_or_else(|| template::NAMES.map(braced).join(", "), braced);
            return self.malformed(&format!("unknown placeholder in double braces; known: {near}"));
        }
        Some(text.to_string())
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        match self.value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            _ => self.malformed("must be true or false"),
        }
    }

    /// Reads a path below the base of the target, which may have a query.
    pub(super) fn path(&self) -> Option<String> {
        const EXPECTED: &str = "must be a path that begins with one slash, such as \"/tasks\"";
        let text = self.text(EXPECTED)?;
        let is_visible = |symbol: char| symbol.is_ascii_graphic() && !matches!(symbol, '\\' | '#');
        if text.starts_with('/') && !text.starts_with("//") && text.replace("{{", "").chars().all(is_visible) {
            return Some(text);
        }
        self.malformed(EXPECTED)
    }

    /// Reads the path of an item, which must have the placeholder `{id}`.
    pub(super) fn item_path(&self) -> Option<String> {
        let path = self.path()?;
        if path.contains("{id}") {
            return Some(path);
        }
        self.malformed("must be a path with a placeholder for the identifier, such as \"/tasks/{id}\"")
    }

    pub(super) fn pointer(&self) -> Option<String> {
        const EXPECTED: &str = "must be a JSON pointer (RFC 6901) that begins with a slash, such as \"/data/token\"";
        let text = self.text(EXPECTED)?;
        if text.starts_with('/') { Some(text) } else { self.malformed(EXPECTED) }
    }

    pub(super) fn method(&self, accepted: &[Method]) -> Option<Method> {
        let names: Vec<_> = accepted.iter().map(Method::as_str).collect();
        let expected = format!("must be one of {}", names.join(", "));
        let text = self.text(&expected)?;
        match accepted.iter().find(|method| method.as_str() == text) {
            Some(method) => Some(method.clone()),
            None => self.malformed(&expected),
        }
    }

    pub(super) fn header_name(&self) -> Option<HeaderName> {
        const EXPECTED: &str = "must be the name of a header, such as \"X-CSRF-Token\"";
        match HeaderName::try_from(self.text(EXPECTED)?) {
            Ok(name) => Some(name),
            Err(_) => self.malformed(EXPECTED),
        }
    }

    /// Reads a table of headers and their values.
    pub(super) fn headers(&self) -> Vec<(HeaderName, String)> {
        let Some(table) = self.open("must be a table of headers") else { return Vec::new() };
        let read = |(name, item): (&str, Item<'_>)| match HeaderName::try_from(name) {
            Ok(name) => match item.json()? {
                Value::String(text) => Some((name, text)),
                _ => item.malformed("must be text"),
            },
            Err(_) => item.malformed("must have the name of a header as its key"),
        };
        table.items().filter_map(read).collect()
    }

    pub(super) fn status(&self) -> Option<StatusCode> {
        const EXPECTED: &str = "must be a status from 300 to 499, such as 401";
        let DeValue::Integer(number) = self.value.get_ref() else { return self.malformed(EXPECTED) };
        let number = u16::from_str_radix(number.as_str(), number.radix()).ok();
        match number.and_then(|number| StatusCode::from_u16(number).ok()).filter(refuses) {
            Some(status) => Some(status),
            None => self.malformed(EXPECTED),
        }
    }

    /// Reads one value, or a list of values.
    pub(super) fn each<T>(&self, read: impl Fn(&Item<'r>) -> Option<T>) -> Vec<T> {
        let DeValue::Array(values) = self.value.get_ref() else { return read(self).into_iter().collect() };
        let item = |(number, value)| Item { reader: self.reader, key: format!("{}[{number}]", self.key), value };
        values.iter().enumerate().filter_map(|entry| read(&item(entry))).collect()
    }

    pub(super) fn table(&self, names: &[&str], expected: &str) -> Option<Table<'r>> {
        self.open(expected).map(|table| table.with_known(names))
    }

    /// Reads a table with arbitrary keys.
    pub(super) fn open(&self, expected: &str) -> Option<Table<'r>> {
        match self.value.get_ref() {
            DeValue::Table(entries) => {
                Some(Table { reader: self.reader, key: self.key.clone(), at: self.value.span().start, entries })
            }
            _ => self.malformed(expected),
        }
    }

    /// Reads the body of a request: any value that contains no secret.
    pub(super) fn json(&self) -> Option<Value> {
        match self.value.get_ref() {
            DeValue::String(_) => {
                let text = self.text("must be text")?;
                if names_a_secret(&self.key) && !template::has_place(&text) {
                    self.wrong(
                        "prohibited",
                        "a secret must not be written here; use {{password}} and name its source in [users.a]",
                    );
                    return None;
                }
                Some(Value::String(text))
            }
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Some(number.into()),
                Err(_) => self.malformed("must be a 64-bit whole number"),
            },
            DeValue::Float(number) => {
                match number.as_str().parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
                    Some(number) => Some(Value::Number(number)),
                    None => self.malformed("must be a number that JSON can represent"),
                }
            }
            DeValue::Boolean(value) => Some((*value).into()),
            DeValue::Datetime(time) => Some(time.to_string().into()),
            DeValue::Array(_) => Some(Value::Array(self.each(Self::json))),
            DeValue::Table(_) => {
                let table = self.open("must be a table")?;
                let members = table.items().filter_map(|(name, item)| Some((name.to_owned(), item.json()?)));
                Some(Value::Object(members.collect::<Map<_, _>>()))
            }
        }
    }
}

/// Returns whether a key usually holds a secret.
fn names_a_secret(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or(key).to_ascii_lowercase();
    ["password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "pin", "otp"]
        .iter()
        .any(|word| last == *word || last.ends_with(&format!("_{word}")))
}

fn braced(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

/// Returns the full key of a value in a table. A name that cannot be a key is hidden: it may be a value in the wrong place.
fn join(table: &str, name: &str) -> String {
    let is_name = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let name = if is_name && hardened_strength::in_text(name).is_none() { name } else { "…" };
    if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") }
}

/// Returns whether a status can be a refusal. Services with pages redirect to their sign-in.
fn refuses(status: &StatusCode) -> bool {
    status.is_redirection() || status.is_client_error()
}
