//! Dialects of GraphQL.

use axum::response::Response;
use serde_json::{Value, json};

use crate::{
    common::page,
    frameworks::{
        dialect::{Dialect, PLAIN, cookie, header, shown},
        service::{Asked, Kept, data, empty, with},
    },
};

/// Hasura: always 200, identifiers are numbers, and rows that a user may not see are null.
pub(super) const HASURA: Dialect = Dialect {
    name: "Hasura",
    profile: r#"
        writes = true
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [sign_in]
        path = "/auth/login"
        json = { username = "{{username}}" }
        token = "/token"
        [isolation.graphql]
        path = "/v1/graphql"
        create = 'mutation { insert_notes_one(object: {text: "{{canary}}"}) { id } }'
        read = 'query { notes_by_pk(id: {{id}}) { id text } }'
        update = 'mutation { update_notes_by_pk(pk_columns: {id: {{id}}}, _set: {text: "{{canary}}"}) { id } }'
        delete = 'mutation { delete_notes_by_pk(id: {{id}}) { id } }'
        list = 'query { notes { id text } }'
        id = "/data/insert_notes_one/id"
    "#,
    front: |asked, kept| {
        let name = asked.json()["username"].as_str().filter(|_| asked.is("POST", "/auth/login"))?.to_owned();
        Some(data(200, &json!({ "token": kept.sign_in(&name) })))
    },
    user: |headers, kept| kept.user(header(headers, "authorization").strip_prefix("Bearer ")?),
    paths: ("/v1/graphql", ""),
    notes: |dialect, asked, kept, weakness| {
        let names = ["insert_notes_one", "notes_by_pk", "update_notes_by_pk", "delete_notes_by_pk", "notes"];
        answer(dialect, asked, kept, weakness, names)
    },
    missing: |_| data(404, &json!({ "error": "resource does not exist", "code": "not-found", "path": "$" })),
    refuses: || refused("invalid-jwt", "Could not verify JWT: JWSError JWSInvalidSignature"),
    invalid: || refused("bad-request", "the body is not JSON"),
    health: ("/healthz", || page(200, "text/plain", "OK")),
    ill: "ERROR",
    docs: "/graphiql",
    ..PLAIN
};

/// Apollo: sessions in cookies, global identifiers, and a generic error code for missing items.
pub(super) const APOLLO: Dialect = Dialect {
    name: "Apollo",
    profile: r#"
        writes = true
        users = { a = { username = "ada" }, b = { username = "bob" } }
        [csrf]
        path = "/csrf"
        json = "/token"
        send = "X-CSRF-Token"
        [sign_in]
        path = "/login"
        json = { username = "{{username}}" }
        [isolation.graphql]
        create = 'mutation { addNote(text: "{{canary}}") { note { id text } } }'
        read = 'query { note(id: "{{id}}") { id text } }'
        update = 'mutation { changeNote(id: "{{id}}", text: "{{canary}}") { note { id } } }'
        delete = 'mutation { removeNote(id: "{{id}}") { ok } }'
        list = 'query { notes { edges { node { id text } } } }'
        id = "/data/addNote/note/id"
    "#,
    front: |asked, kept| {
        if asked.is("GET", "/csrf") {
            return Some(data(200, &json!({ "token": "a-token" })));
        }
        let name = asked.json()["username"].as_str().filter(|_| asked.is("POST", "/login"))?.to_owned();
        let cookie = format!("sid={}; HttpOnly; Secure; SameSite=Strict; Path=/", kept.sign_in(&name));
        Some(with(empty(204), "set-cookie", &cookie))
    },
    user: |headers, kept| kept.user(cookie(headers, "sid")),
    paths: ("/graphql", ""),
    notes: |dialect, asked, kept, weakness| {
        if asked.user.is_some() && asked.header("x-csrf-token") != "a-token" {
            return data(400, &json!({ "errors": [{ "message": "This operation has been blocked" }] }));
        }
        answer(dialect, asked, kept, weakness, ["addNote", "note", "changeNote", "removeNote", "notes"])
    },
    // The Base64 of `Note:1` and so on.
    id: |number| ["", "Tm90ZTox", "Tm90ZToy", "Tm90ZToz", "Tm90ZTo0"][number as usize].to_owned(),
    number: |id| {
        ["", "Tm90ZTox", "Tm90ZToy", "Tm90ZToz", "Tm90ZTo0"].iter().position(|known| *known == id)?.try_into().ok()
    },
    missing: |_| refused("INTERNAL_SERVER_ERROR", "there is no such note"),
    refuses: || refused("UNAUTHENTICATED", "sign in first"),
    invalid: || data(400, &json!({ "errors": [{ "message": "the body is not JSON" }] })),
    health: ("/health", || page(200, "application/health+json", r#"{"status":"pass"}"#)),
    ill: r#"{"status":"pass","checks":{"postgres:connections":[{"status":"fail"}]}}"#,
    docs: "/playground",
    ..PLAIN
};

fn refused(code: &str, message: &str) -> Response {
    data(200, &json!({ "errors": [{ "message": message, "extensions": { "code": code } }], "data": null }))
}

/// Responds to a GraphQL document by its field. `names` has the fields that create, read, update, delete and list.
fn answer(dialect: &Dialect, asked: &Asked<'_>, kept: &mut Kept, weakness: &str, names: [&str; 5]) -> Response {
    if asked.method != "POST" {
        return data(405, &json!({ "errors": [{ "message": "only POST" }] }));
    }
    let Some(query) = asked.json()["query"].as_str().map(str::to_owned) else { return (dialect.invalid)() };
    let is_hasura = dialect.name == "Hasura";
    let [create, read, update, remove, list] = names;
    let field = |name: &str| query.contains(&format!("{{ {name}("));
    let is_open = weakness == "anonymous" && asked.user.is_none() && field(read);
    let Some(user) = asked.user.clone().or_else(|| is_open.then(String::new)) else { return (dialect.refuses)() };
    let said = |name: &str, value: Value| data(200, &json!({ "data": { name: value } }));
    let text = query.split("text: \"").nth(1).and_then(|rest| rest.split('"').next());
    let id = query.split("id: ").nth(1).map(|rest| rest.trim_start_matches('"'));
    let id = id.and_then(|rest| rest.split(['"', ')', '}', ',']).next()).unwrap_or_default();
    let missing = |name: &str| if is_hasura { said(name, Value::Null) } else { (dialect.missing)(id) };
    if let (true, Some(text)) = (field(create), text) {
        let note = (dialect.shows)(&(dialect.id)(kept.write(&user, text)), &user, text);
        return said(create, if is_hasura { note } else { json!({ "note": note }) });
    }
    if query.contains(&format!("{{ {list} {{")) {
        let notes = shown(dialect, kept, &user, weakness == "list");
        let edges = notes.iter().map(|note| json!({ "node": note })).collect::<Vec<_>>();
        return said(list, if is_hasura { json!(notes) } else { json!({ "edges": edges }) });
    }
    let is_any = is_open
        || field(read) && weakness == "read"
        || field(update) && weakness == "update"
        || field(remove) && weakness == "delete";
    let number =
        (dialect.number)(id).filter(|number| kept.notes.get(number).is_some_and(|(owner, _)| *owner == user || is_any));
    let name = *names.iter().find(|name| field(name)).unwrap_or(&read);
    let Some(number) = number else { return missing(name) };
    if let (true, Some(text)) = (field(update), text) {
        kept.notes.get_mut(&number).unwrap().1 = text.to_owned();
    }
    let (owner, text) = kept.notes[&number].clone();
    if field(remove) {
        kept.notes.remove(&number);
        return said(name, json!({ "id": id, "ok": true }));
    }
    let note = (dialect.shows)(id, &owner, &text);
    said(name, if field(read) { note } else { json!({ "id": id, "note": { "id": id } }) })
}
