//! Writes the commented profile that a user starts from.

use std::fmt::Write as _;

use serde_json::Value;

use super::{id_place::IdPlace, resource::Resource};
use crate::openapi::OpenApi;

const HEAD: &str = r#"# What `hardened verify` cannot find out about the service by itself. It names no target, so one file works for
# every environment. Never write a secret here: { env = "NAME" } or { file = "PATH" } says where to read it.

# With true, the isolation of users is tested: each of two users creates an item, and all items are removed again.
writes = false

# With true, one request is held open for up to 75 s, to see whether the service ends it; run with --deadline 120.
# slow = true

# A path that only users can read, and a path that everybody can read.
"#;

const USERS: &str = r#"
# The statuses that refuse a request without a valid token; 401 by default.
# refused = [401]

# Headers of every request, such as the name of the application.
# headers = { X-Application = "web" }

# Two users who must not see each other's data.
[users.a]
token = { env = "VERIFY_TOKEN_A" }
# cookie = { env = "VERIFY_COOKIE_A" }
# headers = { X-Api-Key = { file = "key-a.txt" } }
# email = "ada@example.com"
# password = { env = "VERIFY_PASSWORD_A" }

[users.b]
token = { env = "VERIFY_TOKEN_B" }

# Instead of tokens: how a user signs in. Cookies that the response sets are kept.
# [sign_in]
# path = "/sign-in"
# json = { email = "{{email}}", password = "{{password}}" }
# token = "/token"
# send = "Authorization"
# scheme = "Bearer"
# user = "/user/id"

# Instead of existing accounts: how to create two throw-away accounts. Needs writes = true.
# [sign_up]
# path = "/sign-up"
# json = { email = "{{email}}", password = "{{password}}" }
# remove = { method = "DELETE", path = "/me" }

# Where to read the CSRF token, and how to send it.
# [csrf]
# path = "/csrf"
# json = "/token"
# send = "X-CSRF-Token"

# The resource that isolation is tested with.
"#;

const TAIL: &str = r#"
# Instead of paths, if the service uses GraphQL.
# [isolation.graphql]
# path = "/graphql"
# create = 'mutation { addNote(text: "{{canary}}") { id } }'
# read = 'query { note(id: "{{id}}") { id text } }'
# update = 'mutation { changeNote(id: "{{id}}", text: "{{canary}}") { id } }'
# delete = 'mutation { removeNote(id: "{{id}}") { id } }'
# list = 'query { notes { id text } }'
# id = "/data/addNote/id"

# Facts about the service. A manifest contains the same facts.
# [cors]
# allowed = ["https://app.example.com"]
# credentials = true
# methods = ["PUT", "DELETE"]
# headers = ["authorization", "content-type"]
# exposed = []
# [docs]
# paths = ["/docs"]
# shown = false
# [health]
# paths = ["/health"]
"#;

pub(super) fn write(openapi: Option<&OpenApi>) -> String {
    let mut text = HEAD.to_owned();
    let protected = openapi.and_then(|openapi| openapi.readable(true));
    let known = openapi.and_then(|openapi| openapi.readable(false));
    line(&mut text, protected.is_some(), "protected", protected.unwrap_or("/tasks"));
    line(&mut text, known.is_some(), "known", known.unwrap_or("/health"));
    text.push_str(USERS);
    match openapi.and_then(|openapi| openapi.resource(None)) {
        Some(resource) => write_resource(&mut text, &resource),
        None => text.push_str(
            "# [isolation]\n# collection = \"/tasks\"\n# item = \"/tasks/{id}\"\n# create = { title = \"{{canary}}\" }\n\
             # update = { title = \"{{canary}}\" }\n# update_method = \"PATCH\"\n# id = \"/id\"\n# list = \"/tasks?limit=100\"\n\
             # search = \"/tasks?q={{canary}}\"\n# nested = [\"/tasks/{id}/comments\"]\n# owner = \"owner_id\"\n",
        ),
    }
    text.push_str(TAIL);
    text
}

fn write_resource(text: &mut String, resource: &Resource) {
    text.push_str("[isolation]\n");
    line(text, true, "collection", &resource.collection);
    line(text, true, "item", &resource.item);
    let _ = writeln!(text, "create = {}", toml_of(&resource.create));
    if let Some((method, body)) = &resource.update {
        line(text, true, "update_method", method.as_str());
        let _ = writeln!(text, "update = {}", toml_of(body));
    }
    match &resource.id {
        IdPlace::Json(pointer) => line(text, true, "id", pointer),
        IdPlace::Location => line(text, true, "id", "Location"),
    }
    for (name, value) in [("list", &resource.list), ("search", &resource.search), ("owner", &resource.owner)] {
        if let Some(value) = value {
            line(text, true, name, value);
        }
    }
    if !resource.nested.is_empty() {
        let paths: Vec<_> = resource.nested.iter().map(|path| quoted(path)).collect();
        let _ = writeln!(text, "nested = [{}]", paths.join(", "));
    }
}

/// Writes one line, commented out if it is only an example.
fn line(text: &mut String, is_known: bool, name: &str, value: &str) {
    let mark = if is_known { "" } else { "# " };
    let _ = writeln!(text, "{mark}{name} = {}", quoted(value));
}

/// Quotes a text as a basic string of TOML, which has the escapes of JSON; DEL must be escaped as well.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

/// Converts a value to inline TOML. TOML has no null, so null members are left out.
fn toml_of(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().filter(|item| !item.is_null()).map(toml_of).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            let members: Vec<_> =
                members.map(|(name, value)| format!("{} = {}", quoted(name), toml_of(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
        other => other.to_string(),
    }
}
