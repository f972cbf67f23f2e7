//! The recipes for signing up and signing in.

use http::{HeaderName, Method, header};
use serde_json::Value;

use super::read::{Item, Table};

/// The request that signs a user up or in, and what to take from its answer. Cookies are always kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Recipe {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) body: Body,
    pub(crate) token: Option<TokenPlace>,
    /// The JSON pointer to the identifier of the user in the answer.
    pub(crate) user: Option<String>,
    /// The header that carries the token afterwards.
    pub(crate) send: HeaderName,
    /// The word before the token in that header, which may be empty.
    pub(crate) scheme: String,
}

/// The place in an answer that holds the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenPlace {
    /// A JSON pointer.
    Json(String),
    Header(HeaderName),
}

impl TokenPlace {
    fn read_from(item: &Item<'_>) -> Option<Self> {
        const EXPECTED: &str = "must be a JSON pointer (RFC 6901) such as \"/data/token\", or the name of a header";
        let text = item.text(EXPECTED)?;
        if text.starts_with('/') {
            return Some(Self::Json(text));
        }
        // A JSON pointer without its slash must not be taken for a header: headers begin with a capital letter or have a dash.
        let is_name = text.starts_with(|first: char| first.is_ascii_uppercase()) || text.contains('-');
        match HeaderName::try_from(text) {
            Ok(name) if is_name => Some(Self::Header(name)),
            _ => item.malformed(EXPECTED),
        }
    }
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    None,
    Json(Value),
    Form(Vec<(String, String)>),
}

/// The request that removes an account that a sign-up made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Removal {
    pub(crate) method: Method,
    pub(crate) path: String,
}

/// How to read a CSRF token from an answer, and how to send it with requests that write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Csrf {
    /// The path to request it from; without one, it is read from the answer to the sign-in.
    pub(crate) path: Option<String>,
    pub(crate) place: Place,
    /// The header that carries it.
    pub(crate) send: HeaderName,
}

/// The place in an answer that holds the CSRF token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A JSON pointer.
    Json(String),
    Cookie(String),
    Header(HeaderName),
    /// The name of an `<input>` or a `<meta>` element.
    Input(String),
}

const NAMES: [&str; 9] = ["method", "path", "headers", "json", "form", "token", "send", "scheme", "user"];
const METHODS: [Method; 4] = [Method::POST, Method::PUT, Method::GET, Method::PATCH];

impl Recipe {
    pub(super) fn read_from(item: &Item<'_>) -> Option<Self> {
        let table = item.table(&NAMES, "must be a table such as [sign_in]")?;
        Self::of(&table)
    }

    /// Reads a sign-up, and how to remove its account.
    pub(super) fn with_removal(item: &Item<'_>) -> Option<(Self, Option<Removal>)> {
        let names: Vec<_> = NAMES.into_iter().chain(["remove"]).collect();
        let table = item.table(&names, "must be a table such as [sign_up]")?;
        let removal = table.get("remove").and_then(|item| Removal::read_from(&item));
        Some((Self::of(&table)?, removal))
    }

    fn of(table: &Table<'_>) -> Option<Self> {
        let path = table.require("path", "must be a path, such as \"/sign-in\"");
        let method = table.get("method").and_then(|item| item.method(&METHODS)).unwrap_or(Method::POST);
        let body = body(table);
        let token = table.get("token").and_then(|item| TokenPlace::read_from(&item));
        let send = table.get("send").and_then(|item| item.header_name()).unwrap_or(header::AUTHORIZATION);
        let scheme = table.get("scheme").and_then(|item| item.text("must be a word such as \"Token\""));
        let usual = if send == header::AUTHORIZATION { "Bearer" } else { "" };
        Some(Self {
            method,
            path: path?.path()?,
            headers: table.get("headers").map(|item| item.headers()).unwrap_or_default(),
            body,
            token,
            user: table.get("user").and_then(|item| item.pointer()),
            send,
            scheme: scheme.unwrap_or_else(|| usual.to_owned()),
        })
    }
}

fn body(table: &Table<'_>) -> Body {
    match (table.get("json"), table.get("form")) {
        (Some(_), Some(form)) => {
            form.wrong("inconsistent", "set `json` or `form`, not both");
            Body::None
        }
        (Some(json), None) => json.json().map_or(Body::None, Body::Json),
        (None, Some(form)) => {
            form.open("must be a table of fields").map_or(Body::None, |fields| Body::Form(read_fields(&fields)))
        }
        (None, None) => Body::None,
    }
}

fn read_fields(table: &Table<'_>) -> Vec<(String, String)> {
    let read = |(name, item): (&str, Item<'_>)| match item.json()? {
        Value::String(text) => Some((name.to_owned(), text)),
        other if other.is_number() || other.is_boolean() => Some((name.to_owned(), other.to_string())),
        _ => item.malformed("must be text"),
    };
    table.items().filter_map(read).collect()
}

impl Removal {
    fn read_from(item: &Item<'_>) -> Option<Self> {
        let table =
            item.table(&["method", "path"], "must be a table such as { method = \"DELETE\", path = \"/me\" }")?;
        let method = table.get("method").and_then(|item| item.method(&[Method::DELETE, Method::POST]));
        let path = table.require("path", "must be a path, such as \"/me\"")?.path()?;
        Some(Self { method: method.unwrap_or(Method::DELETE), path })
    }
}

impl Csrf {
    pub(super) fn read_from(item: &Item<'_>) -> Option<Self> {
        let table =
            item.table(&["path", "json", "cookie", "header", "input", "send"], "must be a table such as [csrf]")?;
        let path = table.get("path").and_then(|item| item.path());
        let places = ["json", "cookie", "header", "input"].map(|name| table.get(name));
        let place = match places {
            [Some(json), None, None, None] => json.pointer().map(Place::Json),
            [None, Some(cookie), None, None] => cookie.text("must be the name of a cookie").map(Place::Cookie),
            [None, None, Some(header), None] => header.header_name().map(Place::Header),
            [None, None, None, Some(input)] => input.text("must be the name of an input").map(Place::Input),
            _ => {
                table
                    .wrong("malformed", "must say where to read the token: one of `json`, `cookie`, `header`, `input`");
                None
            }
        };
        let send = match table.get("send") {
            Some(item) => item.header_name()?,
            None => HeaderName::from_static("x-csrf-token"),
        };
        Some(Self { path, place: place?, send })
    }
}
