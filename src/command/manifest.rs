//! `config manifest`: what a start commits the live service to.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use hardened_core::{document::DocumentError, manifest::Route, terminal::Look};

use super::{ConfigCommand, arguments::Manifest, check_file, mistake, print};
use crate::{Config, Loaded};

impl<T: Config> ConfigCommand<T> {
    /// Prints the manifest, or compares it with a file. A refusal is printed as at a start.
    pub(super) fn manifest(
        mut self,
        asked: Manifest,
        look: Look,
        output: &mut dyn Write,
        errors: &mut dyn Write,
    ) -> io::Result<i32> {
        let routes = match self.routes(asked.openapi.as_deref()) {
            Ok(routes) => routes,
            Err(words) => return print(errors, &format!("{}\n", mistake(&words, look))).map(|()| 2),
        };
        if let Some(elsewhere) = asked.elsewhere {
            self = match self.elsewhere(elsewhere) {
                Ok(command) => command,
                Err(words) => return print(errors, &format!("{}\n", mistake(words, look))).map(|()| 2),
            };
            self.loader = self.loader.assuming_secrets();
        }
        let mut manifest = match self.loader.load::<T>() {
            Ok(loaded) => Loaded::manifest(&loaded),
            Err(refusal) => return writeln!(errors, "{}", refusal.report().text(look)).map(|()| 1),
        };
        manifest.routes = routes;
        check_file::print_or_compare(&manifest.to_json(), asked.check, "config manifest", look, output, errors)
    }

    /// Returns the routes from a file, or else from the OpenAPI document given in code.
    fn routes(&self, file: Option<&Path>) -> Result<Option<Vec<Route>>, String> {
        let told = |place: &str, error: DocumentError| format!("{place}: {error}");
        match (file, &self.openapi) {
            (Some(file), _) => {
                let text =
                    fs::read_to_string(file).map_err(|_| "--openapi: cannot be read, or is not text".to_owned())?;
                Route::of_openapi(&text).map(Some).map_err(|error| told("--openapi", error))
            }
            (None, Some(document)) => Route::of_openapi_value(document)
                .map(Some)
                .map_err(|error| told("the OpenAPI document of the code", error)),
            (None, None) => Ok(None),
        }
    }
}
