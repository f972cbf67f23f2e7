//! Checks that each public item of the library has exactly one path, and that the root has few names.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{docs, package};

/// The maximum number of names at the root, which is for what every service uses.
const MOST_AT_ROOT: usize = 25;

/// The paths of each item, by its id.
type Paths = BTreeMap<String, BTreeSet<String>>;

/// Checks the library.
pub(crate) fn check() -> Result<(), Failure> {
    docs::check().and_then(|()| check_pages())
}

/// Checks the library with the JSON that rustdoc has already written.
pub(crate) fn check_pages() -> Result<(), Failure> {
    let packages = package::published()?;
    let library = packages.iter().find(|package| package["name"] == "hardened").ok_or_else(|| failed("no library"))?;
    let paths = public_paths(&docs::json(library)?).map_err(failed)?;
    let problems = judge(&paths);
    println!("hardened: {} public items, {} at the root", paths.len(), at_root(&paths).len());
    if problems.is_empty() { Ok(()) } else { Err(failed(problems.join("\n"))) }
}

/// Returns every path by which a user can reach an item.
fn public_paths(document: &Value) -> Result<Paths, String> {
    let mut paths = Paths::new();
    let root = document["root"].to_string();
    visit(document, &root, "hardened", &mut paths);
    // The check must not pass without having read anything, even if rustdoc changes its format.
    if paths.len() < 10 { Err("rustdoc's JSON has no items".to_owned()) } else { Ok(paths) }
}

fn visit(document: &Value, module: &str, path: &str, paths: &mut Paths) {
    let items = document["index"][module]["inner"]["module"]["items"].as_array();
    for id in items.into_iter().flatten().map(Value::to_string) {
        let item = &document["index"][&id];
        let reexport = &item["inner"]["use"];
        let (id, name) = match (reexport["id"].is_null(), reexport["name"].as_str()) {
            (false, Some(name)) => (reexport["id"].to_string(), name),
            _ => (id, item["name"].as_str().unwrap_or_default()),
        };
        if reexport["is_glob"] == true {
            visit(document, &id, path, paths);
        } else if document["index"][&id]["inner"].get("module").is_some() {
            visit(document, &id, &format!("{path}::{name}"), paths);
        } else if item["inner"].get("impl").is_none() {
            paths.entry(id).or_default().insert(format!("{path}::{name}"));
        }
    }
}

/// Returns the names at the crate root, including macros.
fn at_root(paths: &Paths) -> BTreeSet<&str> {
    let names = paths.values().flatten().filter_map(|path| path.strip_prefix("hardened::"));
    names.filter(|name| !name.contains("::")).collect()
}

fn judge(paths: &Paths) -> Vec<String> {
    let several = paths.values().filter(|paths| paths.len() > 1);
    let mut problems: Vec<_> = several
        .map(|paths| format!("several paths of one item: {}", paths.iter().cloned().collect::<Vec<_>>().join(", ")))
        .collect();
    let root = at_root(paths);
    if root.len() > MOST_AT_ROOT {
        problems.push(format!("{} names at the root, at most {MOST_AT_ROOT}: {root:?}", root.len()));
    }
    problems
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns a module `a` with `Twice` and `Once`, a re-export of the first at the root, and a private module.
    fn document() -> Value {
        let item = |name: &str| json!({"name": name, "inner": {"struct": {}}});
        let mut document = json!({"root": 0, "index": {
            "0": {"name": "hardened", "inner": {"module": {"items": [1, 2, 3]}}},
            "1": {"name": "a", "inner": {"module": {"items": [10, 11, 12]}}},
            "2": {"name": null, "inner": {"use": {"name": "Twice", "id": 10, "is_glob": false}}},
            "3": {"name": null, "inner": {"use": {"name": "b", "id": 4, "is_glob": false}}},
            "4": {"name": "b", "inner": {"module": {"items": [13]}}},
            "10": item("Twice"), "11": item("Once"), "13": item("Inside"),
            "12": {"name": null, "inner": {"impl": {}}},
        }});
        let others: Vec<u32> = (100..110).collect();
        for id in &others {
            document["index"][id.to_string()] = item(&format!("Other{id}"));
        }
        document["index"]["4"]["inner"]["module"]["items"]
            .as_array_mut()
            .unwrap()
            .extend(others.iter().map(|id| json!(id)));
        document
    }

    #[test]
    fn an_item_with_two_paths_is_named_with_both() {
        let paths = public_paths(&document()).unwrap();
        assert_eq!(judge(&paths), ["several paths of one item: hardened::Twice, hardened::a::Twice"]);
        assert_eq!(at_root(&paths), BTreeSet::from(["Twice"]));
        assert!(paths["13"].contains("hardened::b::Inside"), "{paths:?}");
    }

    #[test]
    fn more_names_at_the_root_than_a_service_needs_are_counted() {
        let paths: Paths =
            (0..=MOST_AT_ROOT).map(|id| (id.to_string(), BTreeSet::from([format!("hardened::Name{id}")]))).collect();
        assert_eq!(judge(&paths).len(), 1);
    }

    #[test]
    fn a_document_without_items_does_not_pass() {
        assert!(public_paths(&json!({"root": 0, "index": {}})).is_err());
    }
}
