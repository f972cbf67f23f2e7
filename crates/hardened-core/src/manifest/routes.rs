//! The routes of a service, from its OpenAPI document.

use serde_json::Value;

use super::text::{HttpToken, UrlPath};
use crate::document::{DocumentError, described::objects, json, members};

objects! {
    /// A route.
    #[derive(PartialOrd, Ord)]
    Route {
        /// The path, with its parameters in braces, such as `/tasks/{id}`.
        path: UrlPath,
        /// The method.
        method: HttpToken,
        /// Whether a request needs a token or another credential. Absent: the OpenAPI document says nothing about it.
        token: Option<bool>,
    }
}

/// The methods that an OpenAPI document can describe.
const METHODS: [&str; 9] = ["delete", "get", "head", "options", "patch", "post", "put", "query", "trace"];

impl Route {
    /// Reads the routes from the JSON text of an OpenAPI document (version 2.0, 3.0, 3.1 or 3.2) and sorts them.
    ///
    /// ```
    /// use hardened_core::manifest::Route;
    ///
    /// let routes = Route::of_openapi(
    ///     r#"{"openapi": "3.1.0", "security": [{"bearer": []}], "paths": {
    ///         "/tasks": {"get": {}}, "/health": {"get": {"security": []}}
    ///     }}"#,
    /// )?;
    /// let told: Vec<_> = routes.iter().map(|route| (route.path.as_str(), route.token)).collect();
    /// assert_eq!(told, [("/health", Some(false)), ("/tasks", Some(true))]);
    /// # Ok::<(), hardened_core::document::DocumentError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the text is not JSON or not an OpenAPI document.
    pub fn of_openapi(text: &str) -> Result<Vec<Self>, DocumentError> {
        Self::of_openapi_value(&json(text)?)
    }

    /// Reads the routes from an OpenAPI document that was built in code, such as utoipa's, and sorts them.
    ///
    /// # Errors
    ///
    /// When the value is not an OpenAPI document.
    pub fn of_openapi_value(document: &Value) -> Result<Vec<Self>, DocumentError> {
        let mut routes: Vec<_> = Self::with_operations(document)?.into_iter().map(|(route, _)| route).collect();
        routes.sort();
        routes.dedup();
        Ok(routes)
    }

    /// Reads the routes from an OpenAPI document, each with the operation object that describes it. Keeps the order of the
    /// document.
    ///
    /// # Errors
    ///
    /// When the value is not an OpenAPI document.
    pub fn with_operations(document: &Value) -> Result<Vec<(Self, &Value)>, DocumentError> {
        let Some(name) = ["openapi", "swagger"].into_iter().find(|name| document.get(name).is_some()) else {
            return Err(DocumentError::missing("openapi", "the version of OpenAPI, such as 3.1.0"));
        };
        if !document[name].as_str().is_some_and(|version| version.starts_with(['2', '3'])) {
            return Err(DocumentError::malformed(&[name], "a version that is known: 2.0, 3.0, 3.1 or 3.2"));
        }
        let paths = members(document, "paths").ok_or_else(|| match document.get("paths") {
            None => DocumentError::missing("paths", "an object"),
            Some(_) => DocumentError::malformed(&["paths"], "an object"),
        })?;
        let knows_security = knows_security(document);
        let base = base(document);
        let mut routes = Vec::new();
        for (path, item) in paths {
            let item = item.as_object().ok_or_else(|| DocumentError::malformed(&["paths", path], "an object"))?;
            for (method, operation) in item.iter().filter(|(method, _)| METHODS.contains(&method.as_str())) {
                let security = operation.get("security").or_else(|| document.get("security"));
                let route = Self {
                    path: format!("{base}{path}").as_str().into(),
                    method: method.to_ascii_uppercase().as_str().into(),
                    token: knows_security.then(|| security.is_some_and(needs_credential)),
                };
                routes.push((route, operation));
            }
        }
        Ok(routes)
    }
}

/// Returns whether the document says anything about credentials.
fn knows_security(document: &Value) -> bool {
    let schemes = [&document["components"]["securitySchemes"], &document["securityDefinitions"]];
    document.get("security").is_some()
        || schemes.iter().any(|schemes| schemes.as_object().is_some_and(|schemes| !schemes.is_empty()))
}

/// Returns whether a request needs a credential. Satisfying one of the alternatives is enough; an empty one needs nothing.
fn needs_credential(security: &Value) -> bool {
    let is_empty = |requirement: &Value| requirement.as_object().is_none_or(serde_json::Map::is_empty);
    security.as_array().is_some_and(|alternatives| !alternatives.is_empty() && !alternatives.iter().any(is_empty))
}

/// Returns the prefix of every path: `basePath`, or the path of the first server.
fn base(document: &Value) -> String {
    let base = match (document["basePath"].as_str(), document["servers"][0]["url"].as_str()) {
        (Some(base), _) => base,
        (None, Some(server)) => path_of(server),
        (None, None) => "",
    };
    base.trim_end_matches('/').to_owned()
}

fn path_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return url };
    rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(document: &str) -> Result<Vec<String>, String> {
        let tell = |route: &Route| format!("{} {} {:?}", route.method, route.path, route.token);
        Route::of_openapi(document).map(|routes| routes.iter().map(tell).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_routes_of_each_version_are_read() {
        let schemes = r#""components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}}"#;
        for (document, expected) in [
            (r#"{"openapi": "3.0.3", "paths": {}}"#.to_owned(), &[][..]),
            (r#"{"openapi": "3.1.0", "paths": {"/a": {"get": {}}}}"#.to_owned(), &["GET /a None"]),
            (
                format!(r#"{{"openapi": "3.1.0", {schemes}, "paths": {{"/a": {{"post": {{}}, "get": {{"security": [{{"bearer": []}}]}}}}}}}}"#),
                &["GET /a Some(true)", "POST /a Some(false)"],
            ),
            (
                r#"{"swagger": "2.0", "basePath": "/v1/", "security": [{"key": []}],
                    "paths": {"/a": {"put": {}, "parameters": []}, "/b": {"delete": {"security": [{"key": []}, {}]}}}}"#
                    .to_owned(),
                &["PUT /v1/a Some(true)", "DELETE /v1/b Some(false)"],
            ),
            (
                r#"{"openapi": "3.0.0", "servers": [{"url": "https://api.example.com/v2"}, {"url": "/v1"}], "paths": {"/a": {"get": {}}}}"#
                    .to_owned(),
                &["GET /v2/a None"],
            ),
            (
                r#"{"openapi": "3.0.0", "servers": [{"url": "https://api.example.com"}], "paths": {"//evil.example": {"get": {}}}}"#
                    .to_owned(),
                &["GET /evil.example None"],
            ),
        ] {
            let expected = expected.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(told(&document), Ok(expected), "{document}");
        }
    }

    #[test]
    fn what_is_not_an_openapi_document_is_said() {
        for (document, expected) in [
            ("{", "malformed: line 1: must be JSON: EOF while parsing an object"),
            ("[]", "missing: openapi: must be the version of OpenAPI, such as 3.1.0"),
            (
                r#"{"openapi": "4.0.0", "paths": {}}"#,
                "malformed: openapi: must be a version that is known: 2.0, 3.0, 3.1 or 3.2",
            ),
            (
                r#"{"swagger": 2, "paths": {}}"#,
                "malformed: swagger: must be a version that is known: 2.0, 3.0, 3.1 or 3.2",
            ),
            (r#"{"openapi": "3.0.0"}"#, "missing: paths: must be an object"),
            (r#"{"openapi": "3.0.0", "paths": {"/a": 5}}"#, "malformed: paths./a: must be an object"),
        ] {
            assert_eq!(told(document), Err(expected.to_owned()), "{document}");
        }
    }
}
