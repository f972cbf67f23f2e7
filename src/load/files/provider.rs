//! Reading a provider of the service's own: its values become a layer like that of the file.

use std::cell::OnceCell;

use figment::value::{Dict, Empty, Num, Value};

use super::{
    layer::{Layer, Origin, Texts},
    options::OwnProvider,
    tree::{Entry, Node, Scalar},
    walk::Walk,
};
use hardened_core::finding::Subject;

use crate::{Violation, finding::Name, load::session::Session, report::Provenance, rule, schema::Declared};

/// The deepest level that is looked at. No setting stands so deep.
const MAX_LEVELS: usize = 64;

/// The layer of a provider; none when it fails.
pub(super) fn read(
    session: &mut Session,
    declared: &OnceCell<Vec<Declared>>,
    texts: &mut Texts,
    provider: &OwnProvider,
) -> Option<Layer> {
    let name = name(provider);
    let Ok(data) = provider.data() else {
        let subject = Subject { name: Name::prefixed(&name, ""), field: String::new() };
        let violation = Violation::new(rule::SOURCE_PROVIDER_FAILED, "the provider failed (its message is not shown)");
        // The rule cannot be waived, and the report has it.
        let _ = session.judge(subject, violation, Some(Provenance::Provider { name }));
        return None;
    };
    let layer = texts.layer(Origin::Provider(name));
    let mut walk = Walk { session, declared, texts, layer, lines: None, section: None };
    for (profile, dict) in &data {
        walk.section(profile, &entries(dict, MAX_LEVELS));
    }
    Some(walk.layer)
}

/// What the provider calls itself, where that looks like a name: it could hold the address of a store, with a password.
fn name(provider: &OwnProvider) -> String {
    Name::found(&provider.metadata().name).map_or_else(|| "figment".to_owned(), |name| name.as_str().to_owned())
}

fn entries(dict: &Dict, levels: usize) -> Vec<Entry<'_>> {
    let entry = |(key, value)| Some(Entry { key, key_at: 0, value: node(value, levels.checked_sub(1)?)?, value_at: 0 });
    dict.iter().map(|(key, value)| (key.as_str(), value)).filter_map(entry).collect()
}

/// A value in its canonical text; none for null, which is unset.
fn node(value: &Value, levels: usize) -> Option<Node<'_>> {
    Some(Node::Scalar(match value {
        Value::String(_, text) => Scalar::exact(text.as_str()),
        Value::Char(_, symbol) => Scalar::exact(symbol.to_string()),
        Value::Bool(_, flag) => Scalar::exact(if *flag { "true" } else { "false" }),
        Value::Num(_, number) => Scalar::exact(canonical(*number)),
        Value::Empty(_, Empty::None | Empty::Unit) => return None,
        Value::Dict(_, dict) => return Some(Node::Table(entries(dict, levels))),
        Value::Array(_, items) => {
            let levels = levels.checked_sub(1)?;
            return Some(Node::List(items.iter().filter_map(|item| node(item, levels)).collect()));
        }
    }))
}

/// The shortest decimal digits that mean the number.
fn canonical(number: Num) -> String {
    match (number.to_u128(), number.to_i128(), number) {
        (Some(whole), ..) => whole.to_string(),
        (_, Some(whole), _) => whole.to_string(),
        (_, _, Num::F32(number)) => format!("{number:?}"),
        (_, _, number) => number.to_f64().map_or_else(String::new, |number| format!("{number:?}")),
    }
}
