//! The promises of a manifest: what starting a release commits the live service to.

use std::collections::BTreeMap;

use super::{
    order::{sort, sort_by},
    text::{HttpToken, UrlPath},
};
use crate::{
    document::described::{objects, words},
    origin::{Origin, OriginPattern},
};

objects! {
    /// What a start commits the live service to. A group that is absent promises nothing.
    #[derive(Default)]
    Promises {
        /// The CORS policies.
        cors: Vec<CorsPromise>,
        /// The headers of every response.
        headers: Option<HeaderPromise>,
        /// The API documentation.
        docs: Option<DocsPromise>,
        /// The hosts that requests may name. Absent: any host.
        hosts: Option<HostPromise>,
        /// The bodies of errors.
        errors: Option<ErrorPromise>,
        /// The health checks.
        health: Vec<HealthPromise>,
        /// The tokens that the service accepts.
        tokens: Vec<TokenPromise>,
        /// The cookies that hold a session.
        cookies: Option<Vec<CookiePromise>>,
        /// The connections to databases.
        databases: Vec<DatabasePromise>,
        /// The connections to other servers.
        connections: Option<Vec<ConnectionPromise>>,
        /// What is refused because it is too large, too slow or too many.
        limits: Option<LimitPromise>,
        /// What the service's own groups promise in addition, by name.
        own: BTreeMap<String, String>,
    }

    /// A CORS policy.
    #[derive(Default)]
    CorsPromise {
        /// The path of the group in the service's settings, such as `cors`.
        group: String,
        /// Whether every origin is allowed. Then both lists are empty.
        any_origin: bool,
        /// The allowed origins.
        origins: Vec<Origin>,
        /// The allowed patterns, such as `https://*.example.com`.
        patterns: Vec<OriginPattern>,
        /// Whether browsers may send cookies and HTTP authentication.
        credentials: bool,
        /// The allowed methods in addition to `GET`, `HEAD` and `POST`; `*` means every method.
        methods: Vec<HttpToken>,
        /// The request headers that pages may set, in lower case; `*` means every name except `authorization`.
        headers: Vec<HttpToken>,
        /// The response headers that pages may read, in lower case; `*` means every name.
        exposed_headers: Vec<HttpToken>,
        /// How long browsers may cache a preflight response, in seconds. Absent: the header is not sent.
        max_age_seconds: Option<u64>,
        /// The status of an allowed preflight. Absent: any from 200 to 299.
        preflight_status: Option<u16>,
    }

    /// Headers of every response. One that a handler sets itself stays, except `x-content-type-options`.
    #[derive(Default)]
    HeaderPromise {
        /// The values, by name in lower case. Documentation that is shown has no `content-security-policy`, and a
        /// response with a validator no `cache-control`.
        values: BTreeMap<String, String>,
        /// Whether headers that name the software, such as `server`, are removed.
        software_hidden: bool,
    }

    /// The API documentation.
    #[derive(Default)]
    DocsPromise {
        /// Paths that answer 404, with everything below them.
        hidden: Vec<UrlPath>,
        /// Paths at which documentation may be shown.
        shown: Vec<UrlPath>,
    }

    /// The hosts that requests may name. Another host gets 421, except at `/health`, `/livez` and `/readyz`.
    #[derive(Default)]
    HostPromise {
        /// Host names, patterns such as `*.example.com`, and IP addresses.
        allowed: Vec<String>,
        /// Whether the names of the machine itself and every IP address are allowed.
        this_machine: bool,
    }

    /// The bodies of errors.
    #[derive(Default)]
    ErrorPromise {
        /// The media type of the body that replaces that of every response with a status from 500 to 599.
        server_errors: String,
    }

    /// A health check.
    HealthPromise {
        /// Where it answers.
        path: UrlPath,
        /// What it answers.
        contract: HealthContract,
    }

    /// The tokens that the service accepts.
    #[derive(Default)]
    TokenPromise {
        /// The path of the group in the service's settings, such as `jwt`.
        group: String,
        /// The accepted algorithms, as in a token's header.
        algorithms: Vec<String>,
        /// The required issuer (`iss`). Absent: any.
        issuer: Option<String>,
        /// The required audience (`aud`). Absent: none, and a token that names one is refused.
        audience: Option<String>,
        /// How long a token is valid, in seconds, where the service signs it.
        lifetime_seconds: Option<u64>,
        /// By how much clocks may differ, in seconds.
        leeway_seconds: Option<u64>,
        /// Which of `issuer` and `audience` are required but not in this document, because they look like a secret.
        withheld: Vec<String>,
    }

    /// A cookie that holds a session.
    CookiePromise {
        /// The path of the group in the service's settings, such as `session`.
        group: String,
        /// The name of the cookie.
        name: HttpToken,
        /// Whether browsers send it over `https:` only.
        secure: bool,
        /// Whether scripts cannot read it.
        http_only: bool,
        /// The sites whose pages send requests with it.
        same_site: SameSite,
        /// The domain whose hosts all get it. Absent: the host that sets it alone.
        domain: Option<String>,
        /// How long the session lasts, in seconds.
        lifetime_seconds: u64,
    }

    /// The connection to a database.
    DatabasePromise {
        /// The path of the group in the service's settings, such as `database`.
        group: String,
        /// How it is encrypted, at least.
        transport: Transport,
    }

    /// The connection to a server that is not a PostgreSQL database.
    ConnectionPromise {
        /// The path of the group in the service's settings, such as `cache`.
        group: String,
        /// What the server is, such as `redis`.
        service: String,
        /// How it is encrypted, at least.
        transport: Transport,
    }

    /// What is refused because it is too large, too slow or too many. Absent: not limited.
    #[derive(Default)]
    LimitPromise {
        /// The most bytes in the body of a request. Larger ones get 413.
        request_body_bytes: Option<u64>,
        /// The most bytes in the headers of a request. Larger ones get 431.
        request_header_bytes: Option<u64>,
        /// The time within which the head of a request arrives, in milliseconds.
        header_read_ms: Option<u64>,
        /// The time within which the head of a response is sent, in milliseconds.
        request_ms: Option<u64>,
        /// The time after which an idle connection is closed, in milliseconds.
        idle_ms: Option<u64>,
        /// The most connections.
        connections: Option<u64>,
        /// The most requests that are answered at a time. A further one gets 503 with `retry-after`.
        requests_in_flight: Option<u64>,
    }
}

words! {
    /// The sites whose pages send requests with a cookie.
    SameSite ("one of strict, lax, none") {
        /// Those of the site itself.
        Strict = "strict",
        /// Those of the site itself, and those that follow a link on another site.
        Lax = "lax",
        /// All.
        None = "none",
    }

    /// What a health check answers.
    HealthContract ("one of deep, live, ready") {
        /// Whether the service works, with its database: 200, or 503 with the reason.
        Deep = "deep",
        /// Whether the process is alive: 200 without checking anything else.
        Live = "live",
        /// Whether the service should get requests: as `deep`, and 503 while it shuts down.
        Ready = "ready",
    }

    /// How a connection is encrypted, from the weakest to the strongest.
    Transport ("one of disable, prefer, require, verify-ca, verify-full") {
        /// Not at all.
        Disable = "disable",
        /// Encrypted if the server offers it.
        Prefer = "prefer",
        /// Encrypted; the server is not verified.
        Require = "require",
        /// Encrypted; the certificate must come from the given authority.
        VerifyCa = "verify-ca",
        /// Encrypted; the certificate must come from a trusted authority and name the host.
        VerifyFull = "verify-full",
    }
}

impl Promises {
    /// Promises a health check at a path. Replaces an earlier promise for that path.
    ///
    /// ```
    /// use hardened_core::manifest::{HealthContract, Promises};
    ///
    /// let mut promises = Promises::default();
    /// promises.health_check("/health", HealthContract::Deep).health_check("/livez", HealthContract::Live);
    /// assert_eq!(promises.health.len(), 2);
    /// ```
    pub fn health_check(&mut self, path: &str, contract: HealthContract) -> &mut Self {
        let promise = HealthPromise { path: path.into(), contract };
        self.health.retain(|other| other.path != promise.path);
        self.health.push(promise);
        self
    }

    /// Promises that documentation at a path is hidden.
    pub fn hidden_docs(&mut self, path: &str) -> &mut Self {
        let (path, docs) = (UrlPath::from(path), self.docs.get_or_insert_default());
        docs.shown.retain(|other| *other != path);
        docs.hidden.push(path);
        self
    }

    /// Promises that documentation at a path is shown.
    pub fn shown_docs(&mut self, path: &str) -> &mut Self {
        let (path, docs) = (UrlPath::from(path), self.docs.get_or_insert_default());
        docs.hidden.retain(|other| *other != path);
        docs.shown.push(path);
        self
    }

    /// Promises a header of every response. Replaces an earlier promise for that header.
    pub fn header(&mut self, name: &str, value: &str) -> &mut Self {
        let name = HttpToken::from(name).as_str().to_ascii_lowercase();
        self.headers.get_or_insert_default().values.insert(name, value.to_owned());
        self
    }

    /// Promises something that is specific to the service, by name. The value must not be a secret; one that looks like a
    /// secret is not printed.
    pub fn own(&mut self, name: &str, value: impl ToString) -> &mut Self {
        self.own.insert(name.to_owned(), value.to_string());
        self
    }

    /// Adds the promises of the group at a field. The derive calls it for each group.
    pub fn of_group(&mut self, field: &str, promise: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        promise(&mut inner);
        let named =
            |name: &mut String| *name = if name.is_empty() { field.to_owned() } else { format!("{field}.{name}") };
        inner.cors.iter_mut().for_each(|policy| named(&mut policy.group));
        inner.tokens.iter_mut().for_each(|rules| named(&mut rules.group));
        inner.cookies.iter_mut().flatten().for_each(|cookie| named(&mut cookie.group));
        inner.databases.iter_mut().for_each(|database| named(&mut database.group));
        inner.connections.iter_mut().flatten().for_each(|connection| named(&mut connection.group));
        inner.own = std::mem::take(&mut inner.own)
            .into_iter()
            .map(|(mut name, value)| {
                named(&mut name);
                (name, value)
            })
            .collect();
        self.merge(inner);
    }

    /// Adds other promises; they replace earlier ones that contradict them.
    fn merge(&mut self, other: Self) {
        let Self { cors, headers, docs, hosts, errors, health, tokens, cookies, databases, connections, limits, own } =
            other;
        self.cors.extend(cors);
        self.tokens.extend(tokens);
        if let Some(cookies) = cookies {
            self.cookies.get_or_insert_default().extend(cookies);
        }
        self.databases.extend(databases);
        if let Some(connections) = connections {
            self.connections.get_or_insert_default().extend(connections);
        }
        self.own.extend(own);
        for check in health {
            self.health_check(check.path.as_str(), check.contract);
        }
        if let Some(HeaderPromise { values, software_hidden }) = headers {
            let headers = self.headers.get_or_insert_default();
            headers.values.extend(values);
            headers.software_hidden |= software_hidden;
        }
        if let Some(DocsPromise { hidden, shown }) = docs {
            for path in &hidden {
                self.hidden_docs(path.as_str());
            }
            for path in &shown {
                self.shown_docs(path.as_str());
            }
        }
        if let Some(HostPromise { allowed, this_machine }) = hosts {
            let hosts = self.hosts.get_or_insert_default();
            hosts.allowed.extend(allowed);
            hosts.this_machine |= this_machine;
        }
        self.errors = errors.or_else(|| self.errors.take());
        if let Some(limits) = limits {
            self.limits.get_or_insert_default().merge(limits);
        }
    }

    /// Sorts and deduplicates everything whose order has no meaning.
    pub(super) fn sort(&mut self) {
        sort_by(&mut self.cors, |one, other| one.group.cmp(&other.group));
        for policy in &mut self.cors {
            sort(&mut policy.origins);
            sort(&mut policy.patterns);
            sort(&mut policy.methods);
            sort(&mut policy.headers);
            sort(&mut policy.exposed_headers);
        }
        if let Some(docs) = &mut self.docs {
            sort(&mut docs.hidden);
            sort(&mut docs.shown);
        }
        if let Some(hosts) = &mut self.hosts {
            sort(&mut hosts.allowed);
        }
        sort_by(&mut self.health, |one, other| one.path.cmp(&other.path));
        sort_by(&mut self.tokens, |one, other| one.group.cmp(&other.group));
        for rules in &mut self.tokens {
            sort(&mut rules.algorithms);
            sort(&mut rules.withheld);
        }
        if let Some(cookies) = &mut self.cookies {
            sort_by(cookies, |one, other| one.group.cmp(&other.group));
        }
        sort_by(&mut self.databases, |one, other| one.group.cmp(&other.group));
        if let Some(connections) = &mut self.connections {
            sort_by(connections, |one, other| (&one.group, &one.service).cmp(&(&other.group, &other.service)));
        }
    }
}

impl LimitPromise {
    fn merge(&mut self, later: Self) {
        let Self {
            request_body_bytes,
            request_header_bytes,
            header_read_ms,
            request_ms,
            idle_ms,
            connections,
            requests_in_flight,
        } = later;
        for (limit, later) in [
            (&mut self.request_body_bytes, request_body_bytes),
            (&mut self.request_header_bytes, request_header_bytes),
            (&mut self.header_read_ms, header_read_ms),
            (&mut self.request_ms, request_ms),
            (&mut self.idle_ms, idle_ms),
            (&mut self.connections, connections),
            (&mut self.requests_in_flight, requests_in_flight),
        ] {
            *limit = later.or(*limit);
        }
    }
}
