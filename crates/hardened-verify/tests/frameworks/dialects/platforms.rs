//! Dialects of databases that clients query directly.

use serde_json::{Value, json};

use crate::frameworks::{
    dialect::{Dialect, PLAIN, header, shown},
    service::{data, empty, with},
};

const FOLDER: &str = "/v1/projects/p/databases/(default)/documents/notes";

/// Firestore: identifiers are resource names, values have types, and every refusal is 403.
pub(super) const FIREBASE: Dialect = Dialect {
    name: "Firebase",
    profile: r#"
        writes = true
        protected = "/v1/projects/p/databases/(default)/documents/notes"
        refused = [401, 403]
        users = { a = { email = "ada@example.com" }, b = { email = "bob@example.com" } }
        [sign_in]
        path = "/v1/accounts:signInWithPassword?key=public"
        json = { email = "{{email}}", returnSecureToken = true }
        token = "/idToken"
        user = "/localId"
        [isolation]
        collection = "/v1/projects/p/databases/(default)/documents/notes"
        create = { fields = { text = { stringValue = "{{canary}}" }, owner = { stringValue = "{{user}}" } } }
        id = "/name"
    "#,
    front: |asked, kept| {
        let is_it = asked.is("POST", "/v1/accounts:signInWithPassword") && asked.query == "key=public";
        let email = asked.json()["email"].as_str().filter(|_| is_it)?.to_owned();
        Some(data(
            200,
            &json!({ "idToken": kept.sign_in(&email), "localId": email, "refreshToken": "r", "expiresIn": "3600" }),
        ))
    },
    paths: (FOLDER, ""),
    id: |number| format!("Kx81bQ0aZ{number}"),
    number: |id| id.strip_prefix("Kx81bQ0aZ")?.parse().ok(),
    shows: |id, owner, text| {
        let name = format!("projects/p/databases/(default)/documents/notes/{id}");
        json!({ "name": name, "fields": { "text": { "stringValue": text }, "owner": { "stringValue": owner } } })
    },
    lists: |notes| if notes.is_empty() { json!({}) } else { json!({ "documents": notes }) },
    makes: |_, note| data(200, &note),
    text: "/fields/text/stringValue",
    removes: |_| data(200, &json!({})),
    missing: |_| denied(),
    removed: |_| data(404, &json!({ "error": { "code": 404, "status": "NOT_FOUND" } })),
    refuses: denied,
    invalid: || data(400, &json!({ "error": { "code": 400, "status": "INVALID_ARGUMENT" } })),
    docs: "/swagger/v1/swagger.json",
    ..PLAIN
};

fn denied() -> axum::response::Response {
    let message = "Missing or insufficient permissions.";
    data(403, &json!({ "error": { "code": 403, "message": message, "status": "PERMISSION_DENIED" } }))
}

/// Supabase: every request has a public key in a header, and policies hide rows, so that anonymous users see none.
pub(super) const SUPABASE: Dialect = Dialect {
    name: "Supabase",
    profile: r#"
        writes = true
        protected = "/auth/v1/user"
        headers = { Prefer = "return=representation", X-Client = "sb_public" }
        users = { a = { email = "ada@example.com" }, b = { email = "bob@example.com" } }
        [sign_in]
        path = "/auth/v1/token?grant_type=password"
        json = { email = "{{email}}" }
        token = "/access_token"
        [isolation]
        collection = "/rest/v1/notes"
        item = "/rest/v1/notes?id=eq.{id}"
        create = { text = "{{canary}}" }
        id = "/0/id"
        [health]
        paths = ["/auth/v1/health"]
    "#,
    front: |asked, kept| {
        if asked.header("x-client") != "sb_public" {
            return Some(data(401, &json!({ "message": "No API key found in request" })));
        }
        if asked.is("GET", "/auth/v1/user") {
            let refused = || data(401, &json!({ "code": 401, "error_code": "no_authorization" }));
            return Some(asked.user.as_ref().map_or_else(refused, |user| data(200, &json!({ "id": user }))));
        }
        let email = asked.json()["email"].as_str().filter(|_| asked.is("POST", "/auth/v1/token"))?.to_owned();
        Some(data(200, &json!({ "access_token": kept.sign_in(&email), "token_type": "bearer" })))
    },
    paths: ("/rest/v1/notes", ""),
    notes: |dialect, asked, kept, weakness| {
        let id = asked.query.strip_prefix("id=eq.");
        let is_any = match (asked.method.as_str(), id) {
            ("GET", None) => weakness == "list",
            ("GET", Some(_)) => {
                weakness == "read" && asked.user.is_some() || weakness == "anonymous" && asked.user.is_none()
            }
            ("PATCH", _) => weakness == "update",
            _ => weakness == "delete",
        };
        let user = asked.user.clone().unwrap_or_default();
        let rows: Vec<Value> = shown(dialect, kept, &user, is_any)
            .into_iter()
            .filter(|row| id.is_none_or(|id| row["id"] == *id))
            .collect();
        let numbers: Vec<u32> = rows.iter().filter_map(|row| row["id"].as_str()?.parse().ok()).collect();
        let text = asked.json()["text"].as_str().map(str::to_owned);
        match (asked.method.as_str(), text) {
            ("GET", _) => data(200, &json!(rows)),
            ("POST", _) if user.is_empty() => {
                let message = "new row violates row-level security policy for table";
                data(401, &json!({ "code": "42501", "message": message }))
            }
            ("POST", Some(text)) => {
                let number = kept.write(&user, &text);
                data(201, &json!([(dialect.shows)(&number.to_string(), &user, &text)]))
            }
            ("PATCH", Some(text)) => {
                for number in &numbers {
                    kept.notes.get_mut(number).unwrap().1.clone_from(&text);
                }
                data(200, &json!(rows))
            }
            ("DELETE", _) => {
                kept.notes.retain(|number, _| !numbers.contains(number));
                data(200, &json!(rows))
            }
            _ => data(400, &json!({ "code": "PGRST102", "message": "Empty or invalid json" })),
        }
    },
    missing: |_| data(404, &json!({ "message": "no Route matched with those values" })),
    health: ("/auth/v1/health", || data(200, &json!({ "version": "v2", "name": "GoTrue" }))),
    docs: "/documentation",
    user: |headers, kept| kept.user(header(headers, "authorization").strip_prefix("Bearer ")?),
    refuses: || with(empty(401), "www-authenticate", "Bearer"),
    ..PLAIN
};
