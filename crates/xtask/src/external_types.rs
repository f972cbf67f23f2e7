//! Compares the types of other crates in the public API with the list in each manifest.
//!
//! A breaking release of a crate on the list is a breaking release of ours. The list is
//! `package.metadata.cargo_check_external_types.allowed_external_types`, as for the tool of that name, which needs a
//! nightly compiler. This check reads what the stable rustdoc writes.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::failure::{Failure, failed};
use crate::{docs, package};

/// The crates of the standard library.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

/// The items in which each foreign type appears, by the path of the type.
type Found = BTreeMap<String, BTreeSet<String>>;

/// Checks every published library.
pub(crate) fn check() -> Result<(), Failure> {
    docs::check().and_then(|()| check_pages())
}

/// Checks every published library with the JSON that rustdoc has already written.
pub(crate) fn check_pages() -> Result<(), Failure> {
    let mut problems = Vec::new();
    let packages = package::published()?;
    // Types of our own crates are not foreign. What they expose is checked with their own crate.
    let ours: Vec<String> = packages.iter().map(docs::crate_name).collect();
    for package in packages.iter().filter(|package| package::is_library(package)) {
        let name = package["name"].as_str().unwrap_or_default();
        let document = docs::json(package)?;
        let found = foreign(&document, &ours).map_err(|problem| failed(format!("{name}: {problem}")))?;
        let list = &package["metadata"]["cargo_check_external_types"]["allowed_external_types"];
        let allowed: Vec<&str> = list.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        println!("{name}: {} foreign types, {} on the list", found.len(), allowed.len());
        problems.extend(judge(&found, &allowed).into_iter().map(|problem| format!("{name}: {problem}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(failed(problems.join("\n"))) }
}

/// Returns every type, trait and re-export of another crate in the public items of a library.
fn foreign(document: &Value, ours: &[String]) -> Result<Found, String> {
    let index = document["index"].as_object().ok_or("rustdoc's JSON has no index")?;
    let mut found = Found::new();
    let mut items = 0;
    for item in index.values().filter(|item| item["crate_id"] == 0) {
        let inner = item["inner"].as_object().ok_or("rustdoc's JSON has an item without an `inner`")?;
        for (kind, content) in inner {
            if kind == "impl" && !is_written(content) {
                continue;
            }
            items += 1;
            let place = item["name"].as_str().map_or_else(|| kind.clone(), str::to_owned);
            let mut ids = BTreeSet::new();
            mentioned(content, &mut ids);
            for id in ids {
                if let Some(path) = foreign_path(document, &id, ours)? {
                    found.entry(path).or_default().insert(place.clone());
                }
            }
        }
    }
    // The check must not pass without having read anything, even if rustdoc changes its format.
    if items == 0 { Err("rustdoc's JSON has no item".to_owned()) } else { Ok(found) }
}

/// Returns whether an `impl` is in the source, and not added by the compiler.
fn is_written(content: &Value) -> bool {
    content["is_synthetic"] == false && content["blanket_impl"].is_null()
}

/// Collects the ids of the paths and re-exports in a part of rustdoc's JSON.
fn mentioned(content: &Value, ids: &mut BTreeSet<String>) {
    match content {
        Value::Object(fields) => {
            let is_path = fields.contains_key("path") || fields.contains_key("source");
            if is_path && let Some(id) = fields.get("id").filter(|id| !id.is_null()) {
                ids.insert(id.to_string());
            }
            fields.values().for_each(|value| mentioned(value, ids));
        }
        Value::Array(values) => values.iter().for_each(|value| mentioned(value, ids)),
        _ => {}
    }
}

/// Returns the path of an item of another crate, except the standard library and our own crates.
fn foreign_path(document: &Value, id: &str, ours: &[String]) -> Result<Option<String>, String> {
    // An id without a path belongs to a generic parameter or a private item.
    let summary = &document["paths"][id];
    if summary.is_null() || summary["crate_id"] == 0 {
        return Ok(None);
    }
    let segments = summary["path"].as_array().ok_or("rustdoc's JSON has a path without segments")?;
    let segments: Vec<&str> = segments.iter().filter_map(Value::as_str).collect();
    let name = segments.first().copied().ok_or("rustdoc's JSON has an empty path")?;
    let is_foreign = !STANDARD.contains(&name) && ours.iter().all(|own| own != name);
    Ok(is_foreign.then(|| segments.join("::")))
}

/// Returns what is missing on the list, and what is on it without need.
fn judge(found: &Found, allowed: &[&str]) -> Vec<String> {
    let unlisted = found.iter().filter(|(path, _)| !allowed.contains(&path.as_str())).map(|(path, places)| {
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        format!("{path} is not on the list: {}", places.join(", "))
    });
    let unused = allowed.iter().filter(|path| !found.contains_key(**path));
    unlisted.chain(unused.map(|path| format!("{path} is on the list but not in the API"))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "index": {
                "1": {"crate_id": 0, "name": "connect", "inner": {"function": {"sig": {"inputs": [
                    ["url", {"resolved_path": {"path": "Url", "id": 10}}],
                    ["text", {"resolved_path": {"path": "String", "id": 11}}],
                    ["own", {"resolved_path": {"path": "Own", "id": 12}}],
                    ["ours", {"resolved_path": {"path": "Ours", "id": 16}}],
                ]}}}},
                "2": {"crate_id": 0, "name": "Method", "inner": {"use": {"source": "http::Method", "id": 13}}},
                "3": {"crate_id": 0, "name": null, "inner": {"impl": {
                    "is_synthetic": false, "blanket_impl": null, "trait": {"path": "Layer", "id": 14}}}},
                "4": {"crate_id": 0, "name": null, "inner": {"impl": {
                    "is_synthetic": false, "blanket_impl": {"generic": "T"}, "trait": {"path": "Noise", "id": 15}}}},
                "5": {"crate_id": 7, "name": "elsewhere", "inner": {"function": {"path": "Noise", "id": 15}}},
            },
            "paths": {
                "10": {"crate_id": 5, "path": ["url", "Url"]},
                "11": {"crate_id": 2, "path": ["alloc", "string", "String"]},
                "12": {"crate_id": 0, "path": ["hardened", "Own"]},
                "13": {"crate_id": 6, "path": ["http", "method", "Method"]},
                "14": {"crate_id": 8, "path": ["tower_layer", "Layer"]},
                "15": {"crate_id": 9, "path": ["noise", "Noise"]},
                "16": {"crate_id": 10, "path": ["core_of_ours", "Ours"]},
            },
        })
    }

    #[test]
    fn types_traits_and_re_exports_of_other_crates_are_found() {
        let found = foreign(&document(), &["core_of_ours".to_owned()]).unwrap();
        let found: Vec<_> =
            found.iter().map(|(path, places)| (path.as_str(), places.first().unwrap().as_str())).collect();
        let expected = [("http::method::Method", "Method"), ("tower_layer::Layer", "impl"), ("url::Url", "connect")];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_list_is_exact() {
        let found = foreign(&document(), &["core_of_ours".to_owned()]).unwrap();
        let exact = ["http::method::Method", "tower_layer::Layer", "url::Url"];
        assert_eq!(judge(&found, &exact), Vec::<String>::new());
        assert_eq!(judge(&found, &exact[..2]), ["url::Url is not on the list: connect"]);
        let more = [&exact[..], &["bytes::Bytes"]].concat();
        assert_eq!(judge(&found, &more), ["bytes::Bytes is on the list but not in the API"]);
    }

    #[test]
    fn json_of_another_shape_does_not_pass() {
        for json in [json!({}), json!({"index": {}}), json!({"index": {"1": {"crate_id": 0}}})] {
            assert!(foreign(&json, &[]).is_err(), "{json}");
        }
        let mut changed = document();
        changed["paths"]["10"] = json!({"crate_id": 5});
        assert!(foreign(&changed, &[]).is_err());
    }
}
