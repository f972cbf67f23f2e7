//! PostgREST: a database as a service.

use axum::response::Response;
use serde_json::{Value, json};

use super::service::{Asked, Framework, Kept, Weakness, data, empty, with};
use crate::common::page;

/// Rows instead of items: what a user may not see is an empty list, and a creation names the new row only in `Location`
/// unless a header asks for its representation.
pub(super) const TABLES: Framework = Framework {
    answers: postgrest,
    carries: ("authorization", "Bearer "),
    profile: r#"
        writes = true
        protected = "/notes"
        known = "/about"
        headers = { Prefer = "return=representation" }
        [users.a]
        username = "ada"
        [users.b]
        username = "bob"
        [sign_in]
        path = "/rpc/login"
        json = { name = "{{username}}" }
        token = "/token"
        [isolation]
        collection = "/notes"
        item = "/notes?id=eq.{id}"
        create = { text = "{{canary}}" }
        id = "/0/id"
        search = "/notes?text=eq.{{canary}}"
        [health]
        paths = ["/about"]
    "#,
};

fn postgrest(asked: &Asked<'_>, kept: &mut Kept, weakness: Weakness) -> Response {
    if asked.is("GET", "/") && weakness == "documentation" {
        return page(200, "application/openapi+json", json!({ "swagger": "2.0", "paths": {} }).to_string());
    }
    if asked.is("GET", "/about") {
        return data(200, &json!([{ "version": "1" }]));
    }
    if asked.is("POST", "/rpc/login") {
        return data(200, &json!({ "token": kept.sign_in(asked.json()["name"].as_str().unwrap_or_default()) }));
    }
    if asked.path != "/notes" {
        let table = asked.path.trim_start_matches('/');
        let hint =
            json!({ "code": "PGRST205", "message": format!("Could not find the table '{table}' in the schema cache") });
        return data(404, &hint);
    }
    let Some(user) = &asked.user else {
        let refused = data(401, &json!({ "code": "PGRST301", "message": "Anonymous access is disabled" }));
        return with(refused, "www-authenticate", "Bearer");
    };
    let wanted = |note: &Value| {
        asked.query.split('&').all(|pair| match pair.split_once("=eq.") {
            Some(("id", id)) => id.parse().is_ok_and(|id: u64| note["id"] == id),
            Some(("text", text)) => note["text"] == text,
            _ => true,
        })
    };
    let rows: Vec<_> = kept.of(user, weakness == "rows").into_iter().filter(wanted).collect();
    let text = asked.json()["text"].as_str().map(str::to_owned);
    match (asked.method.as_str(), text) {
        ("GET", _) if asked.query.contains("limit=x") => {
            data(400, &json!({ "code": "PGRST100", "message": "failed to parse filter" }))
        }
        ("GET", _) => data(200, &json!(rows)),
        ("POST", Some(text)) => {
            let id = kept.write(user, &text);
            let made = if asked.header("prefer").is_empty() { empty(201) } else { data(201, &json!([{ "id": id }])) };
            with(made, "location", &format!("/notes?id=eq.{id}"))
        }
        ("PATCH", Some(text)) => {
            for row in &rows {
                let id = u32::try_from(row["id"].as_u64().unwrap()).unwrap();
                kept.notes.get_mut(&id).unwrap().1.clone_from(&text);
            }
            data(200, &json!(rows.iter().map(|row| json!({ "id": row["id"], "text": text })).collect::<Vec<_>>()))
        }
        ("DELETE", _) => {
            for row in &rows {
                kept.notes.remove(&u32::try_from(row["id"].as_u64().unwrap()).unwrap());
            }
            empty(204)
        }
        _ => data(400, &json!({ "code": "PGRST102", "message": "Empty or invalid json" })),
    }
}
