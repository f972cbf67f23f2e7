//! Parse: sessions in a custom header.

use axum::response::Response;
use serde_json::json;

use super::service::{Asked, Framework, Kept, Weakness, data, id, with};

/// Every request has the name of the application in a header, and the session in another.
pub(super) const CLASSES: Framework = Framework {
    answers: parse,
    carries: ("x-session-token", ""),
    profile: r#"
        writes = true
        protected = "/users/me"
        headers = { X-Application-Id = "notes" }
        [sign_up]
        path = "/users"
        json = { username = "{{username}}", password = "{{password}}" }
        token = "/sessionToken"
        send = "X-Session-Token"
        [isolation]
        collection = "/classes/Note"
        create = { text = "{{canary}}" }
        id = "/objectId"
        update_method = "PUT"
    "#,
};

fn parse(asked: &Asked<'_>, kept: &mut Kept, weakness: Weakness) -> Response {
    // A cache does not recognize a custom header as a credential.
    with(parse_session(asked, kept, weakness), "cache-control", "no-store")
}

fn parse_session(asked: &Asked<'_>, kept: &mut Kept, weakness: Weakness) -> Response {
    if asked.path == "/health" {
        return data(200, &json!({ "status": "ok" }));
    }
    if asked.header("x-application-id") != "notes" {
        return data(403, &json!({ "error": "unauthorized" }));
    }
    if asked.is("POST", "/users") && asked.json().is_object() {
        let session = kept.sign_in(asked.json()["username"].as_str().unwrap_or_default());
        return data(201, &json!({ "objectId": "u1", "sessionToken": session }));
    }
    let missing = || data(404, &json!({ "code": 101, "error": "Object not found." }));
    let Some(user) = &asked.user else { return data(401, &json!({ "code": 209, "error": "Invalid session token" })) };
    if asked.is("GET", "/users/me") {
        return data(200, &json!({ "username": user }));
    }
    let text = asked.json()["text"].as_str().map(str::to_owned);
    match (asked.method.as_str(), id(asked.path, "/classes/Note/"), text) {
        ("GET", None, _) if asked.path == "/classes/Note" => {
            data(200, &json!({ "results": kept.of(user, weakness == "rows") }))
        }
        ("POST", None, Some(text)) if asked.path == "/classes/Note" => {
            data(201, &json!({ "objectId": kept.write(user, &text).to_string() }))
        }
        ("POST", ..) => data(400, &json!({ "code": 107, "error": "invalid JSON" })),
        (_, Some(id), _) if kept.notes.get(&id).is_none_or(|(owner, _)| owner != user) => missing(),
        ("GET", Some(id), _) => data(200, &json!({ "objectId": id.to_string(), "text": kept.notes[&id].1 })),
        ("PUT", Some(id), Some(text)) => {
            kept.notes.get_mut(&id).unwrap().1 = text;
            data(200, &json!({ "updatedAt": "2026-11-26T00:00:00Z" }))
        }
        ("DELETE", Some(id), _) => {
            kept.notes.remove(&id);
            data(200, &json!({}))
        }
        _ => missing(),
    }
}
