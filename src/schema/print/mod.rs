//! Documents made from a schema: for operators, for readers, for editors.

mod env_example;
mod json_schema;
mod markdown;

use super::{Declared, Kind, Requirement};
use crate::{Message, message};

/// What a value must be, and what to do when there is none: one sentence each.
fn sentences(declared: &Declared) -> Vec<String> {
    let kind = declared.kind();
    let mut sentences = vec![capitalised(&kind.requirement().to_string())];
    match kind {
        Kind::Key { .. } => sentences.push("Make one: openssl rand -base64 48".to_owned()),
        Kind::KeyRing { .. } => sentences.push("Make a key: openssl rand -base64 48".to_owned()),
        _ if kind.is_secret() => sentences.push("Copy it from the issuer".to_owned()),
        _ => {}
    }
    match declared.setting().requirement() {
        Requirement::Default("") => sentences.push("Default: none".to_owned()),
        Requirement::Default(text) => sentences.push(format!("Default: {text}")),
        Requirement::Optional => sentences.push("Optional".to_owned()),
        Requirement::Required if declared.is_in_optional_group() => {
            sentences.push("Required when another of its group is set".to_owned());
        }
        Requirement::Required => {}
    }
    if let [_, others @ ..] = declared.variables() {
        let others = Message::new().list(" or ", others);
        if !others.is_empty() {
            sentences.push(message!("Also read from ").then(others).to_string());
        }
    }
    sentences
}

fn capitalised(text: &str) -> String {
    let mut symbols = text.chars();
    symbols.next().map_or_else(String::new, |first| first.to_uppercase().chain(symbols).collect())
}

/// The first paragraph of a doc comment, on one line: what follows is for whoever writes code.
fn one_line(docs: &str) -> String {
    let summary = docs.split("\n\n").next().unwrap_or_default();
    summary.split_whitespace().collect::<Vec<_>>().join(" ")
}
