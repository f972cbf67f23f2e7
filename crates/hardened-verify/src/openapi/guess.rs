//! Guesses which resource of a service has items that belong to single users, and how to create them.

use std::collections::BTreeMap;

use hardened_core::manifest::Route;
use http::Method;
use serde_json::{Map, Value};

use super::{
    reference::Document,
    schema::{self, Members, kind, not_null, sample},
};
use crate::{
    canary,
    profile::{IdPlace, Resource},
};

/// A resource, and how likely it is the right one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) resource: Resource,
    /// `None` if a creation may have other effects: only the profile can then choose the resource.
    pub(super) rank: Option<u32>,
}

/// The maximum number of resources to consider.
const MOST: usize = 300;

/// The placeholder that is filled in before a request.
const CANARY: &str = "{{canary}}";

/// Beginnings of words in paths that may do more than store data: mail, money, accounts.
const RISKY: &[&str] = &[
    "account", "admin", "authen", "authoriz", "card", "charge", "checkout", "deploy", "email", "hook", "import",
    "invit", "invoice", "job", "key", "login", "logout", "mail", "member", "message", "notif", "oauth", "order", "pay",
    "password", "purchase", "refund", "regist", "report", "reset", "run", "send", "session", "share", "sign", "sms",
    "subscri", "token", "transfer", "upload", "user", "verif", "webhook", "withdraw",
];

/// Names of members that accept any text, the likeliest first.
const TEXTS: &[&str] =
    &["title", "name", "text", "description", "content", "note", "body", "label", "subject", "comment", "summary"];

/// Names of members that hold the owner of an item.
const OWNERS: &[&str] = &[
    "owner_id",
    "ownerId",
    "owner",
    "user_id",
    "userId",
    "user",
    "author_id",
    "authorId",
    "author",
    "account_id",
    "accountId",
    "created_by",
    "createdBy",
    "tenant_id",
    "tenantId",
];

const IDS: &[&str] = &["id", "_id", "uuid", "uid", "key", "slug"];

/// All operations of a document, by path and method.
pub(super) struct Operations<'v> {
    document: Document<'v>,
    all: BTreeMap<(&'v str, &'v str), (&'v Route, &'v Value)>,
}

impl<'v> Operations<'v> {
    pub(super) fn new(document: Document<'v>, routes: &'v [(Route, &'v Value)]) -> Self {
        let entry = |(route, operation): &'v (Route, &'v Value)| {
            ((route.path.as_str(), route.method.as_str()), (route, *operation))
        };
        Self { document, all: routes.iter().map(entry).collect() }
    }

    /// Returns whether the document says that a route needs no token.
    fn is_public(&self, method: &str, path: &str) -> bool {
        self.all.get(&(path, method)).is_some_and(|(route, _)| route.token == Some(false))
    }

    fn find(&self, method: &str, path: &str) -> Option<&'v Value> {
        self.all.get(&(path, method)).map(|(_, operation)| *operation)
    }

    /// Returns the routes whose paths begin with this prefix, and the rest of each path.
    fn below<'p>(&'p self, prefix: &'p str) -> impl Iterator<Item = (&'p Route, &'p str)> {
        let all: &'p BTreeMap<(&'p str, &'p str), (&'p Route, &'p Value)> = &self.all;
        let from = all.range((prefix, "")..);
        from.map_while(move |((path, _), (route, _))| Some((*route, path.strip_prefix(prefix)?)))
    }

    /// Returns every resource whose body has a text, the likeliest first.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let is_creation = |route: &Route| route.method.as_str() == "POST" && !route.path.as_str().contains('{');
        let creations = self.all.values().filter(|(route, _)| is_creation(route));
        let with_items = creations.filter_map(|(route, operation)| {
            let item = self.item_of(route.path.as_str())?;
            Some((*route, *operation, item))
        });
        let candidates =
            with_items.take(MOST).filter_map(|(route, operation, item)| self.candidate(route, operation, item));
        let mut candidates: Vec<_> = candidates.collect();
        candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.rank));
        candidates
    }

    fn candidate(&self, route: &Route, operation: &'v Value, (item, parameter): (String, String)) -> Option<Candidate> {
        let collection = route.path.as_str();
        let schema = self.body(operation)?;
        let create = with_canary(self.document, schema)?;
        let has = |method: &str| self.find(method, &item).is_some();
        let list = self.find("GET", collection).map(|_| collection.to_owned());
        let update = ["PATCH", "PUT"].into_iter().find_map(|method| self.update(method, &item));
        // A resource that everybody may read or write does not belong to single users.
        let is_public = route.token == Some(false) || self.is_public("GET", &item) || self.is_public("GET", collection);
        let is_plain = has("GET") && has("DELETE") && !is_public && !is_risky(collection);
        let rank = is_plain.then(|| {
            u32::from(list.is_some()) * 4 + u32::from(update.is_some()) * 2 + u32::from(route.token == Some(true))
        });
        let answer = self.answer(operation);
        let resource = Resource {
            search: self.search(collection),
            has_delete: has("DELETE"),
            id: id_place(self.document, answer, operation),
            nested: self.nested(&item, &parameter),
            owner: owner(self.document, &[Some(schema), answer]),
            item: item.replace(&parameter, "{id}"),
            collection: collection.to_owned(),
            list,
            create,
            update,
        };
        Some(Candidate { resource, rank })
    }

    /// Returns the path of an item of a collection, and its parameter.
    fn item_of(&self, collection: &str) -> Option<(String, String)> {
        let prefix = format!("{}/{{", collection.trim_end_matches('/'));
        self.below(&prefix).find_map(|(route, rest)| {
            let name = rest.trim_end_matches('/').strip_suffix('}')?;
            let is_one = !name.contains(['{', '}', '/']);
            is_one.then(|| (route.path.as_str().to_owned(), format!("{{{name}}}")))
        })
    }

    fn update(&self, method: &str, item: &str) -> Option<(Method, Value)> {
        let schema = self.body(self.find(method, item)?)?;
        Some((method.parse().ok()?, with_canary(self.document, schema)?))
    }

    /// Returns the schema of a JSON body.
    fn body(&self, operation: &'v Value) -> Option<&'v Value> {
        let content = &self.document.get(operation, "requestBody")["content"];
        if let Some(schema) = json_schema(self.document, content) {
            return Some(schema);
        }
        // Version 2.0 describes the body as a parameter.
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let mut parameters = parameters.map(|parameter| self.document.resolve(parameter));
        let body = parameters.find(|parameter| parameter["in"] == "body")?;
        Some(self.document.get(body, "schema"))
    }

    /// Returns the schema of the answer to a creation.
    fn answer(&self, operation: &'v Value) -> Option<&'v Value> {
        let responses = &operation["responses"];
        let statuses = ["201", "200", "202", "2XX", "default"];
        statuses.into_iter().find_map(|status| {
            let response = self.document.get(responses, status);
            let schema = json_schema(self.document, &response["content"]);
            schema.or_else(|| Some(self.document.get(response, "schema")).filter(|schema| !schema.is_null()))
        })
    }

    /// Returns GET paths below an item that need no other identifier.
    fn nested(&self, item: &str, parameter: &str) -> Vec<String> {
        let prefix = format!("{}/", item.trim_end_matches('/'));
        let is_nested =
            |(route, rest): &(&Route, &str)| route.method.as_str() == "GET" && !rest.is_empty() && !rest.contains('{');
        let nested = self.below(&prefix).filter(is_nested).take(2);
        nested.map(|(route, _)| route.path.as_str().replace(parameter, "{id}")).collect()
    }

    /// Returns the path of a list with a search parameter.
    fn search(&self, collection: &str) -> Option<String> {
        let below = format!("{}/search", collection.trim_end_matches('/'));
        [collection, &below].into_iter().find_map(|path| {
            let parameters = self.find("GET", path)?["parameters"].as_array()?;
            let parameters = parameters.iter().map(|parameter| self.document.resolve(parameter));
            let mut names = parameters
                .filter(|parameter| parameter["in"] == "query")
                .filter_map(|parameter| parameter["name"].as_str());
            let name = names.find(|name| ["q", "query", "search", "term", "text"].contains(name))?;
            Some(format!("{path}?{name}={CANARY}"))
        })
    }
}

fn is_risky(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let mut words = path.split(|symbol: char| !symbol.is_ascii_alphanumeric());
    words.any(|word| word == "auth" || RISKY.iter().any(|risky| word.starts_with(risky)))
}

/// Returns the schema for JSON among the media types of a body.
fn json_schema<'v>(document: Document<'v>, content: &'v Value) -> Option<&'v Value> {
    let is_json = |kind: &str| kind.starts_with("application/json") || kind.contains("+json");
    let (_, media) = content.as_object()?.iter().find(|(kind, _)| is_json(kind))?;
    media.get("schema").map(|schema| document.resolve(schema)).filter(|schema| !schema.is_null())
}

/// Makes a body that the schema accepts, with the canary in one text.
fn with_canary(document: Document<'_>, schema: &Value) -> Option<Value> {
    let mut left = schema::MOST;
    let mut body = sample(document, schema, &mut left);
    place(document, schema, &mut body, &mut left).then_some(body)
}

/// Puts the canary into the likeliest text of an object, or of an object inside it.
fn place(document: Document<'_>, schema: &Value, body: &mut Value, left: &mut usize) -> bool {
    if *left == 0 {
        return false;
    }
    let members = Members::of(document, schema, left);
    let texts = members.properties.iter().filter(|(name, schema)| takes_any_text(name, not_null(document, schema)));
    let likely = |name: &str| TEXTS.iter().position(|text| name.eq_ignore_ascii_case(text)).unwrap_or(TEXTS.len());
    let has_pattern = |schema: &Value| not_null(document, schema).get("pattern").is_some();
    let best = texts.min_by_key(|(name, schema)| (likely(name), has_pattern(schema), !members.requires(name)));
    let body = match body {
        Value::Object(members) => members,
        other => {
            *other = Value::Object(Map::new());
            let Value::Object(members) = other else { return false };
            members
        }
    };
    if let Some((name, _)) = best {
        body.insert((*name).to_owned(), CANARY.into());
        return true;
    }
    let objects = members.properties.iter().filter(|(name, _)| members.requires(name));
    for (name, schema) in objects {
        let inner = body.entry(*name).or_insert(Value::Null);
        if inner.is_object() && place(document, schema, inner, left) {
            return true;
        }
    }
    false
}

/// Returns whether a member accepts any text.
fn takes_any_text(name: &str, schema: &Value) -> bool {
    let has_form = ["enum", "const"].iter().any(|key| schema.get(key).is_some())
        || schema["format"]
            .as_str()
            .is_some_and(|format| !matches!(format, "text" | "textarea" | "markdown" | "multiline"));
    let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let name = name.to_ascii_lowercase();
    let means_something = [
        "id", "email", "password", "url", "color", "colour", "currency", "status", "type", "kind", "date", "phone",
        "token",
    ];
    kind(schema) == Some("string")
        && !has_form
        && schema["readOnly"] != true
        && longest >= canary::LENGTH as u64
        && !means_something.iter().any(|word| name == *word || name.ends_with(&format!("_{word}")))
}

/// Returns where the answer to a creation has the identifier.
fn id_place(document: Document<'_>, answer: Option<&Value>, operation: &Value) -> IdPlace {
    let mut left = schema::MOST;
    let members = answer.map(|schema| Members::of(document, schema, &mut left));
    let properties = members.map(|members| members.properties).unwrap_or_default();
    for id in IDS {
        if properties.iter().any(|(name, _)| name == id) {
            return IdPlace::Json(format!("/{id}"));
        }
    }
    for (name, schema) in &properties {
        let inner = Members::of(document, schema, &mut left).properties;
        if let Some(id) = IDS.iter().find(|id| inner.iter().any(|(name, _)| name == *id)) {
            return IdPlace::Json(format!("/{}/{id}", name.replace('~', "~0").replace('/', "~1")));
        }
    }
    let has_location = operation["responses"].as_object().into_iter().flatten().any(|(_, response)| {
        let headers = document.resolve(response)["headers"].as_object();
        headers.is_some_and(|headers| headers.keys().any(|name| name.eq_ignore_ascii_case("location")))
    });
    if has_location { IdPlace::Location } else { IdPlace::Json("/id".to_owned()) }
}

/// Returns the member that holds the owner of an item.
fn owner(document: Document<'_>, schemas: &[Option<&Value>]) -> Option<String> {
    let mut left = schema::MOST;
    let schemas = schemas.iter().flatten();
    let names: Vec<_> = schemas.flat_map(|schema| Members::of(document, schema, &mut left).properties).collect();
    let has = |name: &str| names.iter().any(|(known, _)| *known == name);
    OWNERS.iter().find(|name| has(name)).map(|name| (*name).to_owned())
}
