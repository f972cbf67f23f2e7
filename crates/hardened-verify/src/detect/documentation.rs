//! Recognises API documentation: the pages of viewers, and machine-readable descriptions.

use serde_json::Value;

use crate::answer::Answer;

/// Marks that only the page of a viewer contains, and that a page does not contain by repeating the requested path.
const VIEWERS: &[(&str, &[&str])] = &[
    ("Swagger UI", &["SwaggerUIBundle", "swagger-ui-bundle", "swagger-ui.css", "swagger-ui-init", "SwaggerUi("]),
    ("ReDoc", &["redoc.standalone", "<redoc", "Redoc.init"]),
    ("RapiDoc", &["<rapi-doc", "rapidoc-min"]),
    ("Scalar", &["@scalar/", "Scalar.createApiReference"]),
    ("Stoplight Elements", &["<elements-api", "@stoplight/elements"]),
    ("GraphiQL", &["GraphiQL", "graphiql.min", "graphiql.js"]),
    ("GraphQL Playground", &["GraphQLPlayground", "graphql-playground-react"]),
    ("Altair", &["AltairGraphQL", "altair-static", "<app-root>Altair"]),
    ("Apollo Sandbox", &["EmbeddedSandbox", "apollo-server-landing-page", "embeddable-sandbox"]),
    ("Django REST framework", &["rest_framework/css", "rest_framework/js"]),
    ("AsyncAPI", &["AsyncApiStandalone", "asyncapi-react"]),
];

/// The member that holds the version of a description.
const DESCRIPTIONS: &[(&str, &str)] =
    &[("openapi", "OpenAPI"), ("swagger", "Swagger"), ("asyncapi", "AsyncAPI"), ("swaggerVersion", "Swagger")];

/// Returns the kind of documentation that the body is.
pub(crate) fn documentation(answer: &Answer) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&answer.body);
    let viewer = VIEWERS.iter().find(|(_, marks)| marks.iter().any(|mark| text.contains(mark)));
    if let Some((name, _)) = viewer {
        return Some(name);
    }
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(value) => json(&value),
        // The description is cut off, or is YAML.
        Err(_) => begins_as_description(&text),
    }
}

fn json(value: &Value) -> Option<&'static str> {
    let named = DESCRIPTIONS.iter().find(|(member, _)| value.get(member).is_some_and(Value::is_string));
    let schema = || value.pointer("/data/__schema").is_some().then_some("a GraphQL schema");
    named.map(|(_, name)| *name).or_else(schema)
}

fn begins_as_description(text: &str) -> Option<&'static str> {
    let start: String = text.chars().take(400).filter(|symbol| !symbol.is_whitespace()).collect();
    let named = DESCRIPTIONS.iter().find(|(member, _)| {
        start.starts_with(&format!("{member}:")) || start.starts_with(&format!("{{\"{member}\":\""))
    });
    named.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_is_known_by_its_content() {
        for (body, kind) in [
            ("<html><div id=\"swagger-ui\"></div><script src=\"swagger-ui-bundle.js\"></script>", "Swagger UI"),
            ("<redoc spec-url='/openapi.json'></redoc>", "ReDoc"),
            (r#"{"openapi":"3.1.0","info":{}}"#, "OpenAPI"),
            (r#"{"info":{},"swagger":"2.0"}"#, "Swagger"),
            ("openapi: 3.0.3\ninfo:\n  title: x", "OpenAPI"),
            (r#"{ "openapi": "3.0.0", "paths": { "/cut"#, "OpenAPI"),
            ("<title>GraphiQL</title>", "GraphiQL"),
            (r#"{"data":{"__schema":{"types":[]}}}"#, "a GraphQL schema"),
        ] {
            assert_eq!(documentation(&Answer::of(200, body)), Some(kind), "{body}");
        }
    }

    #[test]
    fn a_page_that_repeats_the_path_is_not_documentation() {
        for body in [
            "",
            r#"{"error":"not found","path":"/swagger-ui/index.html"}"#,
            "<html>The page /openapi.json and /redoc and /swagger-ui/ do not exist",
            r#"[{"id":1,"title":"docs"}]"#,
            r#"{"openapi":true}"#,
        ] {
            assert_eq!(documentation(&Answer::of(200, body)), None, "{body}");
        }
    }
}
