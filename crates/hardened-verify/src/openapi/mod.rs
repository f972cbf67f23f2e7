//! Reads an OpenAPI document: the routes, which of them need a token, and the resource for the checks of isolation.
//!
//! It reads versions 2.0, 3.0 and 3.1 as JSON. The `servers` of the document are ignored: only the given target is requested.

mod guess;
mod reference;
mod schema;

use hardened_core::manifest::Route;
use serde_json::Value;

use self::{
    guess::{Candidate, Operations},
    reference::Document,
};
use crate::{
    bad_input::{BadInput, Mistake},
    profile::Resource,
};

/// The maximum size of a document: 5 MiB.
pub(crate) const LONGEST: usize = 5 * 1024 * 1024;

/// The routes of a service, from its OpenAPI document.
///
/// ```
/// use hardened_verify::OpenApi;
///
/// let document = r#"{"openapi": "3.1.0", "paths": {"/tasks": {"get": {}}}}"#;
/// assert_eq!(OpenApi::parse(document, "openapi.json")?.routes().len(), 1);
/// # Ok::<(), hardened_verify::BadInput>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenApi {
    routes: Vec<Route>,
    candidates: Vec<Candidate>,
}

impl OpenApi {
    /// The paths where frameworks serve the document, the likeliest first.
    pub(crate) const OFFERED: [&str; 3] = ["/openapi.json", "/v3/api-docs", "/swagger/v1/swagger.json"];

    /// Reads a document. Mistakes name `path`.
    ///
    /// # Errors
    ///
    /// When it is longer than 5 MiB, not JSON, or not an OpenAPI document.
    pub fn parse(text: &str, path: &str) -> Result<Self, BadInput> {
        let wrong = |mistake| BadInput::new(vec![mistake]);
        if text.len() > LONGEST {
            return Err(wrong(Mistake::new("malformed", path, None, "", "must be at most 5 MiB")));
        }
        let document: Value = serde_json::from_str(text).map_err(|error| {
            let expected = if is_yaml(text) { "must be JSON; convert YAML with `yq -o json`" } else { "must be JSON" };
            wrong(Mistake::new("malformed", path, Some(error.line()), "", expected))
        })?;
        Self::of(&document).map_err(|error| wrong(Mistake::of_document(path, &error)))
    }

    fn of(document: &Value) -> Result<Self, hardened_core::document::DocumentError> {
        let operations = Route::with_operations(document)?;
        let candidates = Operations::new(Document(document), &operations).candidates();
        Ok(Self { routes: operations.into_iter().map(|(route, _)| route).collect(), candidates })
    }

    /// Makes the paths that are below the base of a target relative to it.
    pub(crate) fn below(mut self, base: &str) -> Self {
        if base.is_empty() {
            return self;
        }
        for route in &mut self.routes {
            route.path = without(base, route.path.as_str()).into();
        }
        for Candidate { resource, .. } in &mut self.candidates {
            let Resource { collection, item, list, search, nested, .. } = resource;
            for path in [collection, item].into_iter().chain(list).chain(search).chain(nested) {
                *path = without(base, path).to_owned();
            }
        }
        self
    }

    /// Returns each route with its method, its path, and whether it needs a token.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Returns the path of the first GET route without parameters that does or does not need a token.
    pub(crate) fn readable(&self, token: bool) -> Option<&str> {
        let is_it = |route: &&Route| {
            let path = route.path.as_str();
            route.method.as_str() == "GET" && route.token == Some(token) && !path.contains('{')
        };
        self.routes.iter().find(is_it).map(|route| route.path.as_str())
    }

    /// Returns the resource with this collection, or the likeliest one if none is named.
    pub(crate) fn resource(&self, collection: Option<&str>) -> Option<Resource> {
        let found = match collection {
            Some(named) => self.candidates.iter().find(|candidate| candidate.resource.collection == named),
            None => self.candidates.first().filter(|candidate| candidate.rank.is_some()),
        };
        found.map(|candidate| candidate.resource.clone())
    }
}

/// Removes the base from a path that is below it.
fn without<'p>(base: &str, path: &'p str) -> &'p str {
    path.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(path)
}

/// Returns whether a text is probably YAML, because it begins with a key.
fn is_yaml(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(['#', '-']));
    first.is_some_and(|line| line.starts_with("openapi:") || line.starts_with("swagger:") || line.starts_with("info:"))
}

#[cfg(test)]
mod tests;
