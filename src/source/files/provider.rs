//! Reads a figment provider: its values become a layer, like those of a file.

use figment::{
    Metadata, Provider, Source,
    value::{Dict, Empty, Num, Value},
};

use super::{
    layer::Run,
    settings::Section,
    tree::{Entry, Node, Scalar},
    walk::Walk,
};
use crate::{Violation, finding::Name, report::Provenance, rule};

/// The maximum depth that is read. No setting is nested so deeply.
const MAX_LEVELS: usize = 64;

/// Reads a provider. Returns `false` if it fails.
pub(super) fn read(run: &mut Run<'_>, provider: &dyn Provider) -> bool {
    let metadata = provider.metadata();
    let name = name(&metadata);
    let Ok(data) = provider.data() else {
        let violation = Violation::new(rule::SOURCE_PROVIDER_FAILED, "the provider failed (its message is not shown)");
        // This rule cannot be waived.
        run.journal.report_from(Name::prefixed(&name, "").into(), violation, Some(Provenance::Provider { name }));
        return false;
    };
    // A path that does not exist is not shown, because it could be a secret.
    let file = metadata.source.as_ref().and_then(Source::file_path).filter(|path| path.is_file());
    let mut walk = Walk::of_provider(run, name, file);
    for (profile, dict) in &data {
        let entries = entries(dict, MAX_LEVELS);
        walk.section(Section::of_profile(profile, walk.tier()), &entries, &entries);
    }
    true
}

/// Returns the name of a provider if it looks like one: it could be the address of a store, with a password.
fn name(metadata: &Metadata) -> String {
    Name::found(&metadata.name).map_or_else(|| "figment".to_owned(), |name| name.as_str().to_owned())
}

fn entries(dict: &Dict, levels: usize) -> Vec<Entry<'_>> {
    let entry = |(key, value)| Some(Entry { key, key_at: 0, value: node(value, levels.checked_sub(1)?)?, value_at: 0 });
    dict.iter().map(|(key, value)| (key.as_str(), value)).filter_map(entry).collect()
}

/// Converts a value to its canonical text. Returns `None` for null, which means unset.
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

/// Returns the shortest decimal form of the number.
fn canonical(number: Num) -> String {
    match (number.to_u128(), number.to_i128(), number) {
        (Some(whole), ..) => whole.to_string(),
        (_, Some(whole), _) => whole.to_string(),
        (_, _, Num::F32(number)) => format!("{number:?}"),
        (_, _, number) => number.to_f64().map_or_else(String::new, |number| format!("{number:?}")),
    }
}
