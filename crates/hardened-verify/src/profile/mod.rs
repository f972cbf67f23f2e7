//! The profile `hardened.verify.toml`: what a verification cannot find out about a service by itself.
//!
//! A profile does not name a target, and it contains no secrets, only where they come from.

mod cors;
mod graphql;
mod id_place;
mod person;
mod read;
mod recipe;
mod resource;
mod source;
mod starter;

use std::path::{Path, PathBuf};

use http::{HeaderName, StatusCode, header};
use toml::de::DeTable;

use self::read::{Reader, Table};
pub(crate) use self::{
    graphql::GraphQl,
    id_place::IdPlace,
    person::{Person, Text},
    recipe::{Body, Csrf, Place, Recipe, Removal, TokenPlace},
    resource::{PartialResource, Resource},
    source::Source,
};
use crate::{
    bad_input::{BadInput, Mistake},
    credentials::User,
    openapi::OpenApi,
    policy::Policy,
};

/// The maximum size of a profile.
const LONGEST: usize = 256 * 1024;

/// A description of a service: its users, its routes, and what the run may write.
///
/// | key | meaning |
/// |---|---|
/// | `writes` | `true` allows two users to write an item each, which is removed again; the default is `false` |
/// | `protected`, `known` | a path that needs a credential; a path that answers everybody with success |
/// | `slow` | `true` allows the run to hold one request open for up to 75 s; the default is `false` |
/// | `refused` | the statuses that refuse a request without a valid token; the default is 401. A service with pages can name the redirect to its sign-in, such as 302 |
/// | `headers` | headers of every request, such as `Prefer`; never a credential |
/// | `users.a`, `users.b` | `token`, `cookie`, `headers`, `password`: each `{ env = "NAME" }` or `{ file = "PATH" }`; `email`, `username`: the same, or a text. A token that contains a space, such as `Basic …`, is sent unchanged |
/// | `sign_in` | `path`, `method` (POST), `headers`, `json` or `form`, and `token`: where the answer has the token, as a JSON pointer or the name of a header; `send` and `scheme`: the header that carries the token (`Authorization`), and the word before it (`Bearer`); `user`: a JSON pointer to the identifier of the user. Cookies are kept |
/// | `sign_up` | the same, for two throw-away accounts; `remove = { method, path }` removes them. Needs `writes` |
/// | `csrf` | where to read a CSRF token: `path`, and `json`, `cookie`, `header` or `input`; `send`: the header that carries it (`X-CSRF-Token`). Requests with it have an `Origin`, as if from a page |
/// | `isolation` | `collection`, `item` (with `{id}`), `create` and `update` (with `{{canary}}`), `update_method` (PATCH), `delete` (true), `id` (a JSON pointer, or `Location`), `list`, `search`, `nested`, `owner` |
/// | `isolation.graphql` | instead of paths: `path` (`/graphql`), and documents: `create` (with `{{canary}}`), `read` (with `{{id}}`), `update` (with both), `delete` (with `{{id}}`), `list`, `search` (with `{{canary}}`), `nested` (with `{{id}}`); `id`: a JSON pointer into the answer to `create`, such as `/data/addNote/id` |
/// | `cors` | `allowed`: the origins whose pages may read answers, or `"*"`; `credentials`, `methods`, `headers`, `exposed`: the rest of the policy |
/// | `docs.paths`, `docs.shown`, `health.paths` | the paths of the documentation, and whether it is public; the health paths |
///
/// The texts of `sign_in` and `sign_up` can have the placeholders `{{random}}`, `{{email}}`, `{{username}}`, `{{password}}`
/// and `{{csrf}}`. For a throw-away account, values that the profile does not name are made up. `protected` and every text
/// of `isolation` can have the placeholder `{{user}}`.
///
/// ```
/// use hardened_verify::Profile;
///
/// let profile = Profile::parse("protected = \"/tasks\"\n[users.a]\ntoken = { env = \"TOKEN_A\" }", "hardened.verify.toml");
/// assert!(profile.is_ok());
/// let error = Profile::parse("[users.a]\ntoken = \"4711\"", "hardened.verify.toml").unwrap_err();
/// assert_eq!(error.mistakes()[0].line(), Some(2));
/// assert!(!error.to_string().contains("4711"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// The path of the file, as the caller names it.
    pub(crate) file: String,
    pub(crate) writes: bool,
    /// Whether the run may hold a request open.
    pub(crate) slow: bool,
    /// A path that needs a credential.
    pub(crate) protected: Option<String>,
    /// A path that answers everybody with success.
    pub(crate) known: Option<String>,
    /// The statuses that refuse a request without a valid token; 401 if it is empty.
    pub(crate) refused: Vec<StatusCode>,
    a: Person,
    b: Person,
    pub(crate) sign_up: Option<Recipe>,
    /// How to remove an account that a sign-up made.
    pub(crate) removal: Option<Removal>,
    pub(crate) sign_in: Option<Recipe>,
    pub(crate) csrf: Option<Csrf>,
    pub(crate) isolation: PartialResource,
    /// The headers that every request carries.
    pub(crate) headers: Vec<(HeaderName, String)>,
    /// The CORS policy; `None` if the profile does not declare one.
    pub(crate) cors: Option<Policy>,
    pub(crate) docs_paths: Vec<String>,
    /// Whether the documentation is public.
    pub(crate) docs_shown: Option<bool>,
    pub(crate) health_paths: Vec<String>,
}

const NAMES: [&str; 14] = [
    "writes",
    "slow",
    "protected",
    "known",
    "refused",
    "headers",
    "users",
    "sign_up",
    "sign_in",
    "csrf",
    "isolation",
    "cors",
    "docs",
    "health",
];

impl Profile {
    /// Reads a profile. Mistakes name `path`, and the paths of secret files are relative to its directory.
    ///
    /// # Errors
    ///
    /// All mistakes, each with its line, its key and what is expected, never with a value.
    pub fn parse(text: &str, path: &str) -> Result<Self, BadInput> {
        let whole = |expected: &str| BadInput::new(vec![Mistake::new("malformed", path, None, "", expected)]);
        if text.len() > LONGEST {
            return Err(whole("must be at most 256 KiB"));
        }
        let reader = Reader::new(path, text);
        let entries = match DeTable::parse(text) {
            Ok(entries) => entries.into_inner(),
            Err(error) => {
                // The message of the parser is not used, because it can quote the text.
                let at = error.span().map_or(0, |span| span.start);
                reader.wrong("malformed", at, "", "must be TOML");
                return Err(BadInput::new(reader.mistakes()));
            }
        };
        let folder = Path::new(path).parent().map(PathBuf::from).unwrap_or_default();
        let profile = Self::of(&reader.root(&entries, &NAMES), path, &folder);
        let mistakes = reader.mistakes();
        if mistakes.is_empty() { Ok(profile) } else { Err(BadInput::new(mistakes)) }
    }

    /// Returns a commented profile to start from, as `hardened verify --init` writes it, with values from an OpenAPI document.
    #[must_use]
    pub fn starter(openapi: Option<&OpenApi>) -> String {
        starter::write(openapi)
    }

    fn of(root: &Table<'_>, path: &str, folder: &Path) -> Self {
        let users =
            root.get("users").and_then(|item| item.table(&["a", "b"], "must be the tables [users.a] and [users.b]"));
        let person = |name: &str| users.as_ref()?.get(name).and_then(|item| Person::read_from(&item, folder));
        let sign_up = root.get("sign_up").and_then(|item| Recipe::with_removal(&item));
        let (sign_up, removal) = sign_up.map_or((None, None), |(recipe, removal)| (Some(recipe), removal));
        let docs = root.get("docs").and_then(|item| item.table(&["paths", "shown"], "must be a table such as [docs]"));
        let health = root.get("health").and_then(|item| item.table(&["paths"], "must be a table such as [health]"));
        let paths = |table: &Option<Table<'_>>| match table.as_ref().and_then(|table| table.get("paths")) {
            Some(item) => item.each(|item| item.path()),
            None => Vec::new(),
        };
        Self {
            file: path.to_owned(),
            writes: root.get("writes").and_then(|item| item.boolean()).unwrap_or(false),
            slow: root.get("slow").and_then(|item| item.boolean()).unwrap_or(false),
            protected: root.get("protected").and_then(|item| item.path()),
            known: root.get("known").and_then(|item| item.path()),
            refused: root.get("refused").map(|item| item.each(|item| item.status())).unwrap_or_default(),
            a: person("a").unwrap_or_default(),
            b: person("b").unwrap_or_default(),
            sign_up,
            removal,
            sign_in: root.get("sign_in").and_then(|item| Recipe::read_from(&item)),
            csrf: root.get("csrf").and_then(|item| Csrf::read_from(&item)),
            isolation: root.get("isolation").and_then(|item| PartialResource::read_from(&item)).unwrap_or_default(),
            headers: root.get("headers").map(|item| headers(&item)).unwrap_or_default(),
            cors: root.get("cors").and_then(|item| cors::read_from(&item)),
            docs_paths: paths(&docs),
            docs_shown: docs.as_ref().and_then(|table| table.get("shown")).and_then(|item| item.boolean()),
            health_paths: paths(&health),
        }
    }

    /// Returns whether the profile says how users sign in or sign up.
    pub(crate) fn names_users(&self) -> bool {
        self.a != Person::default() || self.b != Person::default() || self.sign_up.is_some()
    }

    pub(crate) fn person(&self, user: User) -> &Person {
        match user {
            User::A => &self.a,
            User::B => &self.b,
        }
    }
}

/// Reads the headers of every request. Credentials are refused, because some requests must be sent without one.
fn headers(item: &read::Item<'_>) -> Vec<(HeaderName, String)> {
    let headers = item.headers();
    if headers.iter().any(|(name, _)| [header::AUTHORIZATION, header::COOKIE].contains(name)) {
        item.wrong("prohibited", "a credential must not be sent with every request; name it in [users.a]");
    }
    headers
}

#[cfg(test)]
mod tests;
