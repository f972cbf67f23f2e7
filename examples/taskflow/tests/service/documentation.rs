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
