//! The requests for the resource that isolation is tested with: methods and paths, or GraphQL documents.

use hardened_core::text::percent::decode;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::{
    canary,
    profile::{GraphQl, IdPlace, Resource},
    request::Request,
    template::{self, Values},
};

/// The requests that the resource supports. A request that is not known is `None`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calls {
    pub(crate) create: Call,
    pub(crate) read: Call,
    pub(crate) list: Option<Call>,
    pub(crate) search: Option<Call>,
    pub(crate) update: Option<Call>,
    pub(crate) delete: Option<Call>,
    /// Requests for what is below an item.
    pub(crate) nested: Vec<Call>,
    /// Where an answer has the identifier of a new item.
    pub(crate) id: IdPlace,
    /// The member of an item that names its owner.
    pub(crate) owner: Option<String>,
}

/// A request whose placeholders are not filled yet: `{id}` in its path, `{{id}}` in its document, and those of templates.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) payload: Payload,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Payload {
    None,
    Json(Value),
    /// A GraphQL document.
    Query(String),
}

impl Calls {
    pub(crate) fn of_paths(resource: Resource) -> Self {
        let Resource { collection, item, list, search, create, update, has_delete, id, nested, owner } = resource;
        Self {
            create: Call::new(Method::POST, &collection, Payload::Json(create)),
            read: Call::get(&item),
            list: list.as_deref().map(Call::get),
            search: search.as_deref().map(Call::get),
            update: update.map(|(method, body)| Call::new(method, &item, Payload::Json(body))),
            delete: has_delete.then(|| Call::new(Method::DELETE, &item, Payload::None)),
            nested: nested.iter().map(String::as_str).map(Call::get).collect(),
            id,
            owner,
        }
    }

    pub(crate) fn of_graphql(said: &GraphQl) -> Self {
        let call = |document: &String| Call::new(Method::POST, &said.path, Payload::Query(document.clone()));
        let optional = |document: &Option<String>| document.as_ref().map(call);
        Self {
            create: call(&said.create),
            read: call(&said.read),
            list: optional(&said.list),
            search: optional(&said.search),
            update: optional(&said.update),
            delete: optional(&said.delete),
            nested: said.nested.iter().map(call).collect(),
            id: said.id.clone(),
            owner: None,
        }
    }

    /// Returns the requests of one user, with the user's identifier filled in; `None` if they need it and it is not known.
    pub(crate) fn of_user(&self, user: &Values) -> Option<Self> {
        let filled = |call: &Call| call.filled(user);
        let optional = |call: &Option<Call>| call.as_ref().map(filled);
        let calls = Self {
            create: filled(&self.create),
            read: filled(&self.read),
            list: optional(&self.list),
            search: optional(&self.search),
            update: optional(&self.update),
            delete: optional(&self.delete),
            nested: self.nested.iter().map(filled).collect(),
            ..self.clone()
        };
        if calls.all().any(Call::names_user) { None } else { Some(calls) }
    }

    fn all(&self) -> impl Iterator<Item = &Call> {
        let optional = [&self.list, &self.search, &self.update, &self.delete];
        [&self.create, &self.read].into_iter().chain(optional.into_iter().flatten()).chain(&self.nested)
    }
}

impl Call {
    fn new(method: Method, path: &str, payload: Payload) -> Self {
        Self { method, path: path.to_owned(), payload }
    }

    pub(crate) fn get(path: &str) -> Self {
        Self::new(Method::GET, path, Payload::None)
    }

    /// Fills the placeholders that have a value, and leaves the others.
    fn filled(&self, user: &Values) -> Self {
        Self {
            method: self.method.clone(),
            path: user.fill_known_path(&self.path),
            payload: match &self.payload {
                Payload::None => Payload::None,
                Payload::Json(body) => Payload::Json(user.fill_known_json(body)),
                Payload::Query(document) => Payload::Query(user.fill_known_graphql(document)),
            },
        }
    }

    pub(crate) fn names_user(&self) -> bool {
        let is_named = |text: &str| template::names(text, "user");
        is_named(&self.path)
            || match &self.payload {
                Payload::None => false,
                Payload::Json(body) => template::names_in(body, "user"),
                Payload::Query(document) => is_named(document),
            }
    }

    /// Returns whether the request has a placeholder for an identifier.
    pub(crate) fn names_id(&self) -> bool {
        match &self.payload {
            Payload::Query(document) => template::names(document, "id"),
            _ => self.path.contains("{id}"),
        }
    }

    /// Returns the path with an identifier, which must be percent-encoded.
    pub(crate) fn path_of(&self, id: &str) -> String {
        self.path.replace("{id}", id)
    }

    /// Builds the request below a base, with an identifier and a text filled in. The identifier must be percent-encoded.
    pub(crate) fn request(&self, base: &str, id: &str, text: &str) -> Request {
        let values = Values::default().with("canary", text);
        // Making the canary fails earlier if there are no random bytes.
        let values = values.with("random", canary::letters(8).unwrap_or_default());
        let path = format!("{base}{}", values.fill_known_path(&self.path_of(id)));
        let request = Request::new(self.method.clone(), path).expects(StatusCode::OK);
        match &self.payload {
            Payload::None => request,
            Payload::Json(body) => request.json(&values.fill_known_json(body)),
            Payload::Query(document) => {
                let plain = decode(id).map_or_else(|| id.to_owned(), |id| id.to_string());
                let document = values.with("id", plain).fill_known_graphql(document);
                request.json(&json!({ "query": document })).of_graphql()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_of_a_request_is_filled_as_its_place_wants() {
        let body = json!({ "text": "{{canary}}", "owner": "{{user}}" });
        let document = "mutation { change(id: \"{{id}}\", text: \"{{canary}}\", of: \"{{user}}\") { id } }";
        let calls = [
            Call::new(Method::PATCH, "/users/{{user}}/notes/{id}?q={{canary}}", Payload::Json(body)),
            Call::new(Method::POST, "/graphql", Payload::Query(document.to_owned())),
        ];
        let user = Values::default().with("user", "a\"/b");
        let requests = calls.map(|call| {
            assert!(call.names_user());
            let call = call.filled(&user);
            assert!(!call.names_user());
            call.request("/v1", "x%22", "te&xt")
        });
        let sent = requests.map(|request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            (request.path, body)
        });
        let [(path, body), (endpoint, query)] = sent;
        assert_eq!(path, "/v1/users/a%22%2Fb/notes/x%22?q=te%26xt");
        assert_eq!(body, json!({ "text": "te&xt", "owner": "a\"/b" }));
        assert_eq!(endpoint, "/v1/graphql");
        let filled = "mutation { change(id: \"x\\\"\", text: \"te&xt\", of: \"a\\\"/b\") { id } }";
        assert_eq!(query, json!({ "query": filled }));
    }
}
