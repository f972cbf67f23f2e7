//! Defaults in attributes of clap, serde, confique, envconfig and crates with similar attributes.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Expr, Field, ItemStruct, Lit, Meta, parse::Parser};

use super::{environment::Origin, fallback, known::Text, literal::texts, look::Look};
use crate::{
    judge::name::{self, Meaning},
    rule::sources::SCAN_CODE_FALLBACK,
};

/// Keys of attributes whose value is a default.
const DEFAULTS: &[&str] = &[
    "default",
    "default_missing_value",
    "default_value",
    "default_value_os",
    "default_value_os_t",
    "default_value_t",
    "default_values",
    "default_values_os",
    "default_values_os_t",
    "default_values_t",
    "value",
];

/// Keys of attributes whose value is the name of a variable or argument.
const NAMES: &[&str] = &["env", "from", "id", "key", "long", "name", "rename"];

/// Checks the attributes of a field for defaults.
pub(super) fn of_field(field: &Field, is_settings: bool, look: &mut Look<'_>) {
    let own = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    for attribute in &field.attrs {
        if attribute.path().is_ident("default") {
            of_smart_default(&own, &attribute.meta, look);
        } else if let Meta::List(list) = &attribute.meta {
            let family = list.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let entries = entries(list.tokens.clone());
            match family.as_str() {
                "serde" => of_serde(&own, field, &entries, is_settings, look),
                // The builder of a request is not a setting: its default is sent when the caller gives nothing.
                "builder" if is_settings => of_builder(&own, &entries, look),
                "builder" => {}
                "doc" | "derivative" | "educe" | "validate" => {}
                _ => of_other(&own, &entries, look),
            }
        }
    }
}

/// Checks `#[default = "…"]` and `#[default("…".into())]`, of crates that derive `Default`.
fn of_smart_default(own: &str, meta: &Meta, look: &mut Look<'_>) {
    let value = match meta {
        Meta::NameValue(pair) => Some(pair.value.clone()),
        Meta::List(list) => list.parse_args().ok(),
        Meta::Path(_) => None,
    };
    if let Some(value) = value {
        fallback::of_default(own, &value, look);
    }
}

/// Checks `#[serde(default)]` on settings with a derived `Default`: a text that is not set becomes empty.
pub(super) fn of_struct(item: &ItemStruct, is_settings: bool, look: &mut Look<'_>) {
    let has_default = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("serde") => {
            entries(list.tokens.clone()).iter().any(|entry| entry.key == "default" && entry.value.is_none())
        }
        _ => false,
    };
    if is_settings && derives(&item.attrs, "Default") && item.attrs.iter().any(has_default) {
        for field in item.fields.iter().filter(|field| is_plain_text(field)) {
            let Some(name) = &field.ident else { continue };
            if name::meaning(&name.to_string()) == Meaning::Secret {
                look.add(
                    name.span().byte_range(),
                    SCAN_CODE_FALLBACK,
                    &name.to_string(),
                    "the code uses an empty text when this secret is not set",
                );
            }
        }
    }
}

/// Checks `#[arg(env = "JWT_SECRET", default_value = "…")]`, `#[config(default = "…")]`.
fn of_other(own: &str, entries: &[Entry], look: &mut Look<'_>) {
    let named = entries.iter().filter(|entry| NAMES.contains(&entry.key.as_str())).filter_map(Entry::text);
    let mut names = std::iter::once(own.to_owned()).chain(named);
    let Some(name) = names.find(|name| name::meaning(name) == Meaning::Secret) else { return };
    let origin = Origin { name, is_variable: true };
    for entry in entries.iter().filter(|entry| DEFAULTS.contains(&entry.key.as_str())) {
        let texts = entry.value.as_ref().map(|value| texts(value, look.known)).unwrap_or_default();
        fallback::judge(&origin, &texts, look);
    }
}

/// Checks `#[builder(default = "…".to_string())]`, also if the code is in a string.
fn of_builder(own: &str, entries: &[Entry], look: &mut Look<'_>) {
    for entry in entries.iter().filter(|entry| entry.key == "default") {
        let code = entry.text().and_then(|text| syn::parse_str::<Expr>(&text).ok());
        match (code.filter(|code| !matches!(code, Expr::Path(_))), &entry.value) {
            (Some(code), _) => {
                let is_literal = |text: &Text| !text.text.is_empty();
                let texts = texts(&code, look.known).into_iter().filter(is_literal);
                let texts: Vec<_> = texts.map(|text| Text { part: entry.part.clone(), ..text }).collect();
                fallback::judge(&Origin { name: own.to_owned(), is_variable: true }, &texts, look);
            }
            (None, Some(value)) => fallback::of_default(own, value, look),
            (None, None) => {}
        }
    }
}

/// Checks `#[serde(default = "default_secret")]`, which names a function, and `#[serde(default)]`, which makes a text empty.
fn of_serde(own: &str, field: &Field, entries: &[Entry], is_settings: bool, look: &mut Look<'_>) {
    if name::meaning(own) != Meaning::Secret {
        return;
    }
    let Some(entry) = entries.iter().find(|entry| entry.key == "default") else { return };
    match entry.text() {
        Some(path) => {
            let function = path.rsplit("::").next().unwrap_or_default();
            let texts: Vec<Text> = look.known.function(function).to_vec();
            fallback::judge(&Origin { name: own.to_owned(), is_variable: true }, &texts, look);
        }
        None if is_settings && is_plain_text(field) => {
            look.add(
                entry.part.clone(),
                SCAN_CODE_FALLBACK,
                own,
                "the code uses an empty text when this secret is not set",
            );
        }
        None => {}
    }
}

fn is_plain_text(field: &Field) -> bool {
    matches!(&field.ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "String" || last.ident == "SecretString"))
}

/// An entry of an attribute: `key` or `key = value`.
struct Entry {
    key: String,
    value: Option<Expr>,
    part: std::ops::Range<usize>,
}

impl Entry {
    /// Returns the value, if it is a string literal.
    fn text(&self) -> Option<String> {
        match &self.value {
            Some(Expr::Lit(literal)) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Returns the entries of a list, including those of nested lists.
fn entries(tokens: TokenStream) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(key) => {
                let part = key.span().byte_range();
                let mut value = TokenStream::new();
                if matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=') {
                    tokens.next();
                    while let Some(token) =
                        tokens.next_if(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
                    {
                        value.extend([token]);
                    }
                }
                let value = if value.is_empty() { None } else { <Expr as syn::parse::Parse>::parse.parse2(value).ok() };
                entries.push(Entry { key: key.to_string(), value, part });
            }
            TokenTree::Group(group) => entries.extend(self::entries(group.stream())),
            _ => {}
        }
    }
    entries
}

/// Returns whether a `derive` names a trait.
pub(super) fn derives(attributes: &[Attribute], wanted: &str) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| match &attribute.meta {
        Meta::List(list) => {
            list.tokens.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(name) if name == wanted))
        }
        _ => false,
    })
}
