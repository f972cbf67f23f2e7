//! The JSON Schema of the manifest accepts exactly the documents that the parser accepts.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use hardened::manifest::Manifest;
use proptest::prelude::*;
use serde_json::{Value, json};
use test_support::Scratch;

use super::{Settings, VARIABLES, environment, manifest};
use crate::schema_documents::python;

/// Returns a document, and variants of it: with each member missing, and with each value replaced.
fn documents() -> Vec<Value> {
    let mut made = manifest::<Settings>(environment(&VARIABLES));
    // One or two of each are enough.
    made.rules.truncate(1);
    made.settings.truncate(2);
    if let Some(docs) = &mut made.promises.docs {
        docs.hidden.truncate(1);
    }
    made.promises.limits = Some(hardened::manifest::LimitPromise { idle_ms: Some(5), ..Default::default() });
    made.routes = Some(
        hardened::manifest::Route::of_openapi_value(&json!({"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}))
            .unwrap(),
    );
    let document = serde_json::to_value(made).unwrap();
    let mut all = vec![document.clone()];
    for place in places(&document, "") {
        for value in
            [json!(null), json!(5), json!(-1), json!(70_000), json!("//x y"), json!([{}]), json!({"": []}), json!(true)]
        {
            let mut other = document.clone();
            *other.pointer_mut(&place).unwrap() = value;
            all.push(other);
        }
        let (above, name) = place.rsplit_once('/').unwrap();
        let mut other = document.clone();
        if let Some(members) = other.pointer_mut(above).and_then(Value::as_object_mut) {
            members.remove(&name.replace("~1", "/").replace("~0", "~"));
            all.push(other);
        }
    }
    all
}

/// Returns the JSON pointer to each value below this one.
fn places(value: &Value, above: &str) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => {
            let escaped = |name: &String| name.replace('~', "~0").replace('/', "~1");
            members.iter().map(|(name, value)| (format!("{above}/{}", escaped(name)), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (format!("{above}/{at}"), item)).collect(),
        _ => Vec::new(),
    };
    below.into_iter().flat_map(|(place, value)| [vec![place.clone()], places(value, &place)].concat()).collect()
}

#[test]
fn two_validators_accept_exactly_the_manifests_that_can_be_read() {
    let documents = documents();
    let verdicts: Vec<bool> = documents.iter().map(|document| Manifest::parse(&document.to_string()).is_ok()).collect();
    let accepted = verdicts.iter().filter(|accepted| **accepted).count();
    assert!(verdicts[0] && accepted >= 50 && documents.len() - accepted >= 500, "{accepted} of {}", documents.len());
    let Some(python) = python() else { return };
    let scratch = Scratch::new();
    let input = json!({ "schema": Manifest::json_schema(), "documents": documents });
    let input = fs::File::open(scratch.file("documents.json", input.to_string())).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema_documents.py");
    let output = Command::new(python).arg(script).stdin(input).stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success());
    let answers: serde_json::Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), 2);
    for (validator, answers) in answers {
        let answers: Vec<bool> = serde_json::from_value(answers).unwrap();
        let differing: Vec<_> = documents
            .iter()
            .zip(verdicts.iter().zip(&answers))
            .filter(|(_, (read, schema))| read != schema)
            .map(|(document, (read, _))| (*read, Manifest::parse(&document.to_string()).err()))
            .collect();
        assert!(differing.is_empty(), "{validator}: {differing:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Every manifest can be read back as it was written.
    #[test]
    fn a_manifest_is_read_back_as_it_was_written(
        hosts in proptest::collection::vec("[a-z]{1,8}\\.[a-z]{2,5}", 1..4),
        labels in proptest::collection::vec("[a-z0-9]{1,8}", 1..4),
        issuer in "[ -~\u{e0}-\u{ff}]{1,24}",
        days in any::<u32>(),
        tier in prop_oneof!["production", "preview", "test", "development"],
    ) {
        let origins: Vec<_> = labels.iter().map(|label| format!("https://{label}.acme.io")).collect();
        let environment = environment(&VARIABLES)
            .set("ENVIRONMENT", tier)
            .set("ALLOWED_HOSTS", hosts.join(","))
            .set("CORS_ORIGINS", origins.join(","))
            .set("JWT_ISSUER", issuer)
            .set("ARCHIVE_DAYS", days.to_string());
        let outcome = hardened::Loader::new().environment(environment).load::<Settings>();
        // A few configurations are refused, and have no manifest.
        prop_assume!(outcome.is_ok());
        let manifest = hardened::Loaded::manifest(&outcome.unwrap());
        let text = manifest.to_json();
        prop_assert_eq!(Manifest::parse(&text), Ok(manifest));
    }
}
