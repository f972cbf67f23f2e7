use http::Method;
use serde_json::{Value, json};

use super::*;
use crate::profile::IdPlace;

fn parse(document: &Value) -> OpenApi {
    OpenApi::parse(&document.to_string(), "openapi.json").unwrap()
}

/// Returns the document of a service with notes, in version 3.1.
fn notes() -> Value {
    json!({
        "openapi": "3.1.0",
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "NewNote": {"type": "object", "required": ["title", "rank"], "properties": {
                    "title": {"type": ["string", "null"], "minLength": 1}, "rank": {"$ref": "#/components/schemas/Rank"},
                    "email": {"type": "string"}, "parent": {"$ref": "#/components/schemas/NewNote"},
                }},
                "Note": {"allOf": [{"$ref": "#/components/schemas/NewNote"}, {"properties": {"id": {"type": "string"}, "owner_id": {"type": "string"}}}]},
                "Rank": {"enum": ["low", "high"]},
            },
        },
        "security": [{"bearer": []}],
        "paths": {
            "/health": {"get": {"security": []}},
            "/users": {"get": {}, "post": {"requestBody": {"content": {"application/json": {"schema": {"properties": {"name": {"type": "string"}}}}}}}},
            "/users/{id}": {"get": {}, "delete": {}, "patch": {}},
            "/notes": {
                "get": {"parameters": [{"name": "q", "in": "query"}]},
                "post": {
                    "requestBody": {"content": {"application/json; charset=utf-8": {"schema": {"$ref": "#/components/schemas/NewNote"}}}},
                    "responses": {"201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}}},
                },
            },
            "/notes/{noteId}": {
                "get": {}, "delete": {},
                "put": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewNote"}}}}},
            },
            "/notes/{noteId}/history": {"get": {}},
            "/notes/{noteId}/history/{entry}": {"get": {}},
        },
    })
}

#[test]
fn the_resource_is_guessed_from_a_document() {
    let openapi = parse(&notes());
    let resource = openapi.resource(None).unwrap();
    let body = json!({"title": "{{canary}}", "rank": "low"});
    assert_eq!(
        resource,
        Resource {
            collection: "/notes".to_owned(),
            item: "/notes/{id}".to_owned(),
            list: Some("/notes".to_owned()),
            search: Some("/notes?q={{canary}}".to_owned()),
            create: body.clone(),
            update: Some((Method::PUT, body)),
            has_delete: true,
            id: IdPlace::Json("/id".to_owned()),
            nested: vec!["/notes/{id}/history".to_owned()],
            owner: Some("owner_id".to_owned()),
        }
    );
    assert_eq!((openapi.readable(true), openapi.readable(false)), (Some("/notes"), Some("/health")));
}

#[test]
fn paths_are_below_the_base_of_the_target_once() {
    for (servers, base, expected) in [
        (json!([]), "", "/notes"),
        (json!([]), "/v1", "/notes"),
        (json!([{"url": "https://api.example.com/v1"}]), "/v1", "/notes"),
        (json!([{"url": "https://api.example.com/v1"}]), "", "/v1/notes"),
        (json!([{"url": "/v1x"}]), "/v1", "/v1x/notes"),
    ] {
        let mut document = notes();
        document["servers"] = servers.clone();
        let openapi = parse(&document).below(base);
        assert_eq!(openapi.readable(true), Some(expected), "{servers} {base}");
        let resource = openapi.resource(None).unwrap();
        assert_eq!(
            (resource.collection, resource.item),
            (expected.to_owned(), format!("{expected}/{{id}}")),
            "{servers} {base}"
        );
    }
}

#[test]
fn each_version_and_framework_has_its_own_form() {
    let with = |path: &str, value: Value| {
        let mut document = notes();
        let (parent, name) = path.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name.replace("~1", "/")] = value;
        document
    };
    let body = |schema: Value| {
        with("/paths/~1notes/post/requestBody", json!({"content": {"application/json": {"schema": schema}}}))
    };
    let created = |document: &Value| parse(document).resource(None).map(|resource| resource.create);
    for (document, expected) in [
        (
            json!({"swagger": "2.0", "basePath": "/v1", "definitions": {"N": {"properties": {"text": {"type": "string"}}}}, "paths": {
                "/n": {"get": {}, "post": {"parameters": [{"in": "query", "name": "x"}, {"$ref": "#/parameters/B"}]}},
                "/n/{id}": {"get": {}, "delete": {}}}, "parameters": {"B": {"in": "body", "schema": {"$ref": "#/definitions/N"}}}}),
            Some(json!({"text": "{{canary}}"})),
        ),
        // Rails and others wrap the members in an object.
        (
            body(
                json!({"required": ["note"], "properties": {"note": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}}}),
            ),
            Some(json!({"note": {"text": "{{canary}}"}})),
        ),
        // FastAPI describes a nullable value as alternatives.
        (
            body(json!({"properties": {"text": {"anyOf": [{"type": "string"}, {"type": "null"}]}}})),
            Some(json!({"text": "{{canary}}"})),
        ),
        // A text without a pattern is preferred.
        (
            body(json!({"properties": {"a": {"type": "string", "pattern": "^[0-9]+$"}, "b": {"type": "string"}}})),
            Some(json!({"b": "{{canary}}"})),
        ),
        // A member that is too short for the canary is not used.
        (body(json!({"properties": {"text": {"type": "string", "maxLength": 23}}})), None),
        (
            body(json!({"properties": {"text": {"type": "string", "maxLength": 24}}})),
            Some(json!({"text": "{{canary}}"})),
        ),
        (body(json!({"properties": {"text": {"type": "string", "format": "uuid"}}})), None),
        (body(json!({"properties": {"text": {"type": "string", "readOnly": true}}})), None),
        (body(json!({"properties": {"email": {"type": "string"}, "status": {"type": "string"}}})), None),
        (body(json!({"type": "string"})), None),
        // A resource that cannot be removed or read is not guessed.
        (with("/paths/~1notes~1{noteId}", json!({"get": {}})), None),
        (with("/paths/~1notes~1{noteId}", json!({"delete": {}})), None),
        // A resource that everybody may read or write is not guessed.
        (with("/paths/~1notes/get/security", json!([])), None),
        (with("/paths/~1notes~1{noteId}/get/security", json!([{}])), None),
        (with("/paths/~1notes/post/security", json!([])), None),
    ] {
        assert_eq!(created(&document), expected, "{document}");
    }
}

#[test]
fn what_sends_mail_or_makes_accounts_is_used_only_where_the_profile_names_it() {
    for path in ["/users", "/api/payments", "/v1/sign-up", "/auth/notes", "/team-invitations", "/webhooks"] {
        let mut document = notes();
        let paths = document["paths"].as_object_mut().unwrap();
        let (collection, item) = (paths.remove("/notes").unwrap(), paths.remove("/notes/{noteId}").unwrap());
        paths.remove("/users");
        paths.insert(path.to_owned(), collection);
        paths.insert(format!("{path}/{{id}}"), item);
        let openapi = parse(&document);
        assert_eq!(openapi.resource(None), None, "{path}");
        assert!(openapi.resource(Some(path)).is_some(), "{path}");
    }
    assert!(parse(&json!({"openapi": "3.0.0", "paths": {"/authors": {"get": {}, "post": {"requestBody": {"content": {"application/json":
        {"schema": {"properties": {"name": {"type": "string"}}}}}}}}, "/authors/{id}": {"get": {}, "delete": {}}}})).resource(None).is_some());
}

#[test]
fn the_place_of_the_identifier_is_guessed() {
    for (response, expected) in [
        (
            json!({"content": {"application/json": {"schema": {"properties": {"data": {"properties": {"uuid": {}}}}}}}}),
            IdPlace::Json("/data/uuid".to_owned()),
        ),
        (
            json!({"content": {"application/json": {"schema": {"properties": {"_id": {}, "x": {"properties": {"id": {}}}}}}}}),
            IdPlace::Json("/_id".to_owned()),
        ),
        (json!({"headers": {"location": {}}}), IdPlace::Location),
        (json!({}), IdPlace::Json("/id".to_owned())),
    ] {
        let mut document = notes();
        document["paths"]["/notes"]["post"]["responses"]["201"] = response.clone();
        assert_eq!(parse(&document).resource(None).unwrap().id, expected, "{response}");
    }
}

#[test]
fn what_is_not_an_openapi_document_is_said_with_file_line_and_what_is_expected() {
    for (text, expected) in [
        ("", "malformed: openapi.json:1: must be JSON"),
        ("{\n\n,", "malformed: openapi.json:3: must be JSON"),
        ("openapi: 3.1.0\npaths: {}", "malformed: openapi.json:1: must be JSON; convert YAML with `yq -o json`"),
        ("[]", "missing: openapi.json: openapi: must be the version of OpenAPI, such as 3.1.0"),
        (r#"{"openapi": "3.0.0"}"#, "missing: openapi.json: paths: must be an object"),
        (r#"{"openapi": "3.0.0", "paths": [1]}"#, "malformed: openapi.json: paths: must be an object"),
        (r#"{"openapi": "3.0.0", "paths": {"/a": 5}}"#, "malformed: openapi.json: paths./a: must be an object"),
        (&"[".repeat(200_000), "malformed: openapi.json:1: must be JSON"),
        (&" ".repeat(LONGEST + 1), "malformed: openapi.json: must be at most 5 MiB"),
    ] {
        assert_eq!(OpenApi::parse(text, "openapi.json").unwrap_err().to_string(), expected, "{}", text.len());
    }
}

#[test]
fn a_document_with_parts_of_any_wrong_type_does_no_harm() {
    for junk in [
        json!(null),
        json!(5),
        json!("x"),
        json!([]),
        json!({}),
        json!([[{}]]),
        json!({"$ref": "#"}),
        json!({"$ref": "#/paths"}),
    ] {
        for pointer in [
            "/components",
            "/components/schemas",
            "/components/schemas/NewNote",
            "/components/schemas/NewNote/properties",
            "/components/schemas/NewNote/required",
            "/components/schemas/NewNote/properties/title",
            "/components/schemas/Note/allOf",
            "/security",
            "/paths/~1notes/get",
            "/paths/~1notes/get/parameters",
            "/paths/~1notes/post/requestBody",
            "/paths/~1notes/post/responses",
            "/paths/~1notes/post/responses/201/content",
        ] {
            let mut document = notes();
            *document.pointer_mut(pointer).unwrap() = junk.clone();
            if let Ok(openapi) = OpenApi::parse(&document.to_string(), "openapi.json") {
                let _ = openapi.resource(None);
            }
        }
    }
}

/// The document has 5 MiB of schemas that all require each other, and as many routes.
#[test]
fn a_document_of_five_mebibytes_with_circles_is_read() {
    let mut document = notes();
    let mut size = 0;
    for number in 0.. {
        let name = format!("S{number}");
        let other = |step: usize| json!({"$ref": format!("#/components/schemas/S{}", (number + step) % 1000)});
        let schema = json!({"required": ["a", "b", "c"], "properties": {"a": other(1), "b": other(7), "c": other(31)}, "allOf": [other(0), other(1)]});
        let collection = json!({"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}}}, "get": {}});
        size += schema.to_string().len() + collection.to_string().len() + 150;
        if size > LONGEST - 10_000 {
            break;
        }
        document["components"]["schemas"][name] = schema;
        document["paths"][format!("/r{number}")] = collection;
        document["paths"][format!("/r{number}/{{id}}")] = json!({"get": {}, "delete": {}, "patch": {}});
    }
    let openapi = parse(&document);
    assert!(openapi.routes().len() > 10_000);
    assert_eq!(openapi.resource(None).unwrap().collection, "/notes");
}
