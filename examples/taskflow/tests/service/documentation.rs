use crate::harness::{json, own_machine};

#[tokio::test]
async fn on_ones_own_machine_the_documentation_describes_every_route() {
    let service = own_machine().await;
    let page = service.ask("GET", "/docs/swagger-initializer.js", None, None).await;
    assert!(page.status == 200 && page.body.contains("/openapi.json"), "{page:?}");
    let document = json(&service.ask("GET", "/openapi.json", None, None).await);
    for (path, methods) in [
        ("/sign-up", vec!["post"]),
        ("/sign-in", vec!["post"]),
        ("/tasks", vec!["get", "post"]),
        ("/tasks/{id}", vec!["delete", "get", "patch"]),
    ] {
        let mut found: Vec<_> = document["paths"][path].as_object().unwrap().keys().collect();
        found.sort();
        assert_eq!(found, methods, "{path}");
    }
    assert_eq!(document["paths"].as_object().unwrap().len(), 4);
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}

#[tokio::test]
async fn the_description_says_what_each_route_takes_and_how_it_refuses() {
    let service = own_machine().await;
    let document = json(&service.ask("GET", "/openapi.json", None, None).await);
    for (method, path, takes_id, takes_body) in [
        ("post", "/sign-up", false, true),
        ("post", "/sign-in", false, true),
        ("get", "/tasks", false, false),
        ("post", "/tasks", false, true),
        ("get", "/tasks/{id}", true, false),
        ("patch", "/tasks/{id}", true, true),
        ("delete", "/tasks/{id}", true, false),
    ] {
        let operation = &document["paths"][path][method];
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let id = parameters.iter().find(|parameter| parameter["name"] == "id" && parameter["in"] == "path");
        assert_eq!(id.is_some_and(|id| id["required"] == true), takes_id, "{method} {path}");
        let body = &operation["requestBody"];
        assert_eq!(
            body["content"]["application/json"].is_object() && body["required"] == true,
            takes_body,
            "{method} {path}"
        );
        let refusal = &operation["responses"]["4XX"]["content"];
        assert!(refusal["application/problem+json"].is_object(), "{method} {path}: {refusal}");
        assert!(refusal.get("application/json").is_none(), "{method} {path}: {refusal}");
    }
}
