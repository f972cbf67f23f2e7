//! The resource that isolation is tested with, if the service uses GraphQL.

use super::{
    id_place::IdPlace,
    read::{Item, Table},
};
use crate::template;

/// The documents that create, read, change, remove and list items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GraphQl {
    pub(crate) path: String,
    pub(crate) create: String,
    pub(crate) read: String,
    pub(crate) update: Option<String>,
    pub(crate) delete: Option<String>,
    pub(crate) list: Option<String>,
    pub(crate) search: Option<String>,
    pub(crate) nested: Vec<String>,
    pub(crate) id: IdPlace,
}

const NAMES: [&str; 9] = ["path", "create", "read", "update", "delete", "list", "search", "nested", "id"];

const CREATE: &str =
    "must be a mutation with the placeholder {{canary}}, such as 'mutation { addNote(text: \"{{canary}}\") { id } }'";
const READ: &str = "must be a query with the placeholder {{id}}, such as 'query { note(id: \"{{id}}\") { text } }'";
const ID: &str = "must be a JSON pointer into the response to `create`, such as \"/data/addNote/id\"";

impl GraphQl {
    pub(super) fn read_from(item: &Item<'_>) -> Option<Self> {
        let table = item.table(&NAMES, "must be a table such as [isolation.graphql]")?;
        let path = table.get("path").map(|item| item.path());
        let create = table.require("create", CREATE).and_then(|item| document(&item, &["canary"], CREATE));
        let read = table.require("read", READ).and_then(|item| document(&item, &["id"], READ));
        let id = table.require("id", ID).and_then(|item| item.pointer());
        Some(Self {
            update: optional(
                &table,
                "update",
                &["id", "canary"],
                "must be a mutation with the placeholders {{id}} and {{canary}}",
            ),
            delete: optional(&table, "delete", &["id"], "must be a mutation with the placeholder {{id}}"),
            list: optional(&table, "list", &[], "must be a query"),
            search: optional(&table, "search", &["canary"], "must be a query with the placeholder {{canary}}"),
            nested: table.get("nested").map(|item| item.each(|item| document(item, &["id"], READ))).unwrap_or_default(),
            path: path.unwrap_or_else(|| Some("/graphql".to_owned()))?,
            create: create?,
            read: read?,
            id: IdPlace::Json(id?),
        })
    }
}

fn optional(table: &Table<'_>, name: &str, places: &[&str], expected: &str) -> Option<String> {
    table.get(name).and_then(|item| document(&item, places, expected))
}

/// Reads a document that must have these placeholders.
fn document(item: &Item<'_>, places: &[&str], expected: &str) -> Option<String> {
    let text = item.text(expected)?;
    if places.iter().all(|place| template::names(&text, place)) { Some(text) } else { item.malformed(expected) }
}
