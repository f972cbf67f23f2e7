//! The resource that the isolation of users is tested with.

use http::Method;
use serde_json::Value;

use super::{
    graphql::GraphQl,
    id_place::IdPlace,
    read::{Item, Table},
};
use crate::template;

/// A collection whose items belong to single users, from a profile or guessed from an OpenAPI document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resource {
    /// The path that creates an item with POST.
    pub(crate) collection: String,
    /// The path of an item, with `{id}`.
    pub(crate) item: String,
    /// The path that lists the items of a user, if there is one.
    pub(crate) list: Option<String>,
    /// A path that finds items, with `{{canary}}`.
    pub(crate) search: Option<String>,
    /// The body that creates an item, with `{{canary}}`.
    pub(crate) create: Value,
    /// The method and the body that change an item.
    pub(crate) update: Option<(Method, Value)>,
    /// Whether an item is removed with DELETE.
    pub(crate) has_delete: bool,
    pub(crate) id: IdPlace,
    /// Paths below an item, with `{id}`.
    pub(crate) nested: Vec<String>,
    /// The member of an item that holds its owner.
    pub(crate) owner: Option<String>,
}

/// The parts of the resource that a profile names. The others are guessed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PartialResource {
    collection: Option<String>,
    item: Option<String>,
    list: Option<String>,
    search: Option<String>,
    create: Option<Value>,
    update: Option<Value>,
    update_method: Option<Method>,
    delete: Option<bool>,
    id: Option<IdPlace>,
    nested: Option<Vec<String>>,
    owner: Option<String>,
    graphql: Option<GraphQl>,
}

const NAMES: [&str; 12] = [
    "collection",
    "item",
    "list",
    "search",
    "create",
    "update",
    "update_method",
    "delete",
    "id",
    "nested",
    "owner",
    "graphql",
];

impl PartialResource {
    pub(super) fn read_from(item: &Item<'_>) -> Option<Self> {
        let table = item.table(&NAMES, "must be a table such as [isolation]")?;
        let path = |name: &str| table.get(name).and_then(|item| item.path());
        Some(Self {
            collection: path("collection"),
            item: table.get("item").and_then(|item| item.item_path()),
            list: path("list"),
            search: with_canary(&table, "search", |item| item.path(), |path| template::names(path, "canary")),
            create: with_canary(&table, "create", |item| item.json(), |body| template::names_in(body, "canary")),
            update: with_canary(&table, "update", |item| item.json(), |body| template::names_in(body, "canary")),
            update_method: table
                .get("update_method")
                .and_then(|item| item.method(&[Method::PATCH, Method::PUT, Method::POST])),
            delete: table.get("delete").and_then(|item| item.boolean()),
            id: table.get("id").and_then(|item| IdPlace::read_from(&item)),
            nested: table.get("nested").map(|item| item.each(Item::item_path)),
            owner: table.get("owner").and_then(|item| item.text("must be the name of a member")),
            graphql: table.get("graphql").and_then(|item| GraphQl::read_from(&item)),
        })
    }

    /// Returns the path of the collection, if the profile names it.
    pub(crate) fn collection(&self) -> Option<&str> {
        self.collection.as_deref()
    }

    /// Returns whether the resource is guessed because the profile does not name one.
    pub(crate) fn is_guessed(&self) -> bool {
        self.collection.is_none() && self.graphql.is_none()
    }

    /// Returns the GraphQL documents, if the profile has any.
    pub(crate) fn graphql(&self) -> Option<&GraphQl> {
        self.graphql.as_ref()
    }

    /// Returns the complete resource, from the profile and, for what it does not name, from the guess.
    pub(crate) fn or(&self, guess: Option<Resource>) -> Result<Resource, String> {
        let said = self.clone();
        let guess = guess.as_ref();
        let collection = said.collection.or_else(|| guess.map(|guess| guess.collection.clone()));
        let collection =
            collection.ok_or("no resource is known; name `collection` in [isolation], or give an OpenAPI document")?;
        let create = said.create.or_else(|| guess.map(|guess| guess.create.clone()));
        let create = create.ok_or("no body that creates an item is known; name `create` in [isolation]")?;
        let guessed_update = guess.and_then(|guess| guess.update.clone());
        let method = said.update_method.or_else(|| guessed_update.as_ref().map(|(method, _)| method.clone()));
        let update = said.update.or_else(|| guessed_update.map(|(_, body)| body)).unwrap_or_else(|| create.clone());
        let item = said.item.or_else(|| guess.map(|guess| guess.item.clone()));
        Ok(Resource {
            item: item.unwrap_or_else(|| below(&collection, "{id}")),
            list: said.list.or_else(|| match guess {
                Some(guess) => guess.list.clone(),
                None => Some(collection.clone()),
            }),
            search: said.search.or_else(|| guess.and_then(|guess| guess.search.clone())),
            update: match guess {
                Some(_) => method.map(|method| (method, update)),
                None => Some((method.unwrap_or(Method::PATCH), update)),
            },
            has_delete: said.delete.unwrap_or_else(|| guess.is_none_or(|guess| guess.has_delete)),
            id: said.id.or_else(|| guess.map(|guess| guess.id.clone())).unwrap_or(IdPlace::Json("/id".to_owned())),
            nested: said.nested.or_else(|| guess.map(|guess| guess.nested.clone())).unwrap_or_default(),
            owner: said.owner.or_else(|| guess.and_then(|guess| guess.owner.clone())),
            collection,
            create,
        })
    }
}

/// Returns a path below another one, without its query.
fn below(path: &str, segment: &str) -> String {
    let path = path.split('?').next().unwrap_or(path);
    format!("{}/{segment}", path.trim_end_matches('/'))
}

fn with_canary<T>(
    table: &Table<'_>,
    name: &str,
    read: impl Fn(&Item<'_>) -> Option<T>,
    has_canary: impl Fn(&T) -> bool,
) -> Option<T> {
    let item = table.get(name)?;
    let value = read(&item)?;
    if has_canary(&value) {
        return Some(value);
    }
    item.malformed("must have the placeholder {{canary}}: the other user must not see what one user writes there")
}
