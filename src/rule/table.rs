//! The one table that says which rule binds in which tier.
//!
//! `docs/RULES.md` and `docs/TIERS.md` are printed from it.

use super::{
    Definition,
    Level::{Note, Off, Refuse, Warn},
    Rule,
    Waivable::{Everywhere, Locally, Never},
    Word::{Inconsistent, Insecure, Malformed, Missing, Notice, Placeholder, Prohibited, Published, Weak},
    explanation,
};

macro_rules! rules {
    ($($(#[doc = $holds:literal])+ $name:ident: $code:literal $word:ident [$($level:ident)*] $waivable:ident $family:ident;)*) => {
        $(
            $(#[doc = $holds])+
            pub const $name: Rule = Rule(&Definition {
                code: $code,
                word: $word,
                levels: [$($level),*],
                waivable: $waivable,
                holds: concat!($($holds),+),
                explanation: &explanation::$family::$name,
            });
        )*

        /// Every rule, in the order of the documentation.
        pub const ALL: &[Rule] = &[$($name),*];
    };
}

// Columns: code, first word of its messages, level in [development test preview production], where a waiver can
// relax it, family of its explanation.
rules! {
    /// The variable that names the tier has a known value.
    TIER_UNKNOWN: "tier-unknown" Malformed [Refuse Refuse Refuse Refuse] Never tier;
    /// No service declares itself Development or Test on a platform that serves the public.
    TIER_HOSTED: "tier-hosted" Prohibited [Refuse Refuse Off Off] Never tier;
    /// A binary built without `debug_assertions` does not run as Development or Test in Kubernetes.
    TIER_DEVELOPMENT_RELEASE: "tier-development-release" Prohibited [Refuse Refuse Off Off] Everywhere tier;
    /// A binary built without `debug_assertions` does not run as Development or Test.
    TIER_RELEASE_BUILD: "tier-release-build" Insecure [Warn Warn Off Off] Everywhere tier;
    /// The declared tier is the tier of the platform's environment.
    TIER_COPIED: "tier-copied" Insecure [Off Off Off Warn] Everywhere tier;
    /// The platform does not raise the declared tier.
    TIER_RAISED: "tier-raised" Notice [Note Note Note Note] Never tier;
    /// All variables that name the tier name the same one.
    TIER_DIFFERING: "tier-differing" Inconsistent [Note Note Note Note] Never tier;
    /// The tier is spelt without quotes, stray white space or invisible characters.
    TIER_NORMALISED: "tier-normalised" Notice [Note Note Note Note] Never tier;
    /// The variable that names the tier is not blank.
    TIER_BLANK: "tier-blank" Notice [Note Note Note Note] Never tier;
    /// A service adds aliases to Production or Preview only.
    TIER_ALIAS: "tier-alias" Prohibited [Refuse Refuse Refuse Refuse] Never tier;

    /// Every required secret is set.
    SECRET_MISSING: "secret-missing" Missing [Refuse Refuse Refuse Refuse] Never secret;
    /// A secret is Unicode text.
    SECRET_NOT_TEXT: "secret-not-text" Malformed [Refuse Refuse Refuse Refuse] Never secret;
    /// A secret has the form that its type requires.
    SECRET_MALFORMED: "secret-malformed" Malformed [Refuse Refuse Refuse Refuse] Never secret;
    /// A key has at least as many bytes as the output of its hash.
    SECRET_TOO_SHORT: "secret-too-short" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key has at most 4,096 bytes.
    SECRET_TOO_LONG: "secret-too-long" Prohibited [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key of its length and alphabet could hold at least 144 bits.
    SECRET_FEW_BITS: "secret-few-bits" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key cannot be described in fewer than 128 bits.
    SECRET_PREDICTABLE: "secret-predictable" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key is not a UUID.
    SECRET_UUID: "secret-uuid" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is not a placeholder.
    SECRET_PLACEHOLDER: "secret-placeholder" Placeholder [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is not an unresolved template or reference.
    SECRET_REFERENCE: "secret-reference" Placeholder [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is one value, not a JSON object.
    SECRET_JSON: "secret-json" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A symmetric key is not a PEM block.
    SECRET_PEM: "secret-pem" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is in no public list.
    SECRET_PUBLISHED: "secret-published" Published [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret has no white space at either end.
    SECRET_WHITESPACE: "secret-whitespace" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is not wrapped in quotes.
    SECRET_QUOTED: "secret-quoted" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret has no control characters and no invisible ones.
    SECRET_CONTROL: "secret-control" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// Two keys of one configuration differ.
    SECRET_REPEATED: "secret-repeated" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A setting whose value reports show holds no secret.
    SECRET_SHOWN: "secret-shown" Insecure [Warn Warn Warn Warn] Everywhere secret;
    /// Secrets stand in no configuration file.
    SECRET_IN_FILE: "secret-in-file" Insecure [Refuse Refuse Refuse Refuse] Locally secret;

    /// Every required setting is set.
    SETTING_MISSING: "setting-missing" Missing [Refuse Refuse Refuse Refuse] Never setting;
    /// A setting or a group that may be absent in Development and Test only is set.
    SETTING_ABSENT: "setting-absent" Missing [Off Off Refuse Refuse] Everywhere setting;
    /// Every setting can be read as its type.
    SETTING_MALFORMED: "setting-malformed" Malformed [Refuse Refuse Refuse Refuse] Never setting;
    /// Every value is Unicode text.
    SETTING_NOT_TEXT: "setting-not-text" Malformed [Refuse Refuse Refuse Refuse] Never setting;
    /// A value has at most 64 KiB.
    SETTING_TOO_LONG: "setting-too-long" Prohibited [Refuse Refuse Refuse Refuse] Never setting;
    /// Settings do not contradict one another.
    SETTING_INCONSISTENT: "setting-inconsistent" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere setting;
    /// One setting has one value, whichever of its variables is set.
    SETTING_CONFLICT: "setting-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never setting;
    /// One variable belongs to one setting.
    SETTING_SHARED: "setting-shared" Inconsistent [Refuse Refuse Refuse Refuse] Never setting;
    /// No variable is a near miss of a setting that is found nowhere.
    SETTING_MISSPELT: "setting-misspelt" Notice [Note Note Note Note] Never setting;
    /// The name of a variable has no stray white space.
    SETTING_PADDED_NAME: "setting-padded-name" Malformed [Warn Warn Warn Warn] Never setting;
    /// A variable that is set is not blank.
    SETTING_BLANK: "setting-blank" Notice [Note Note Note Note] Never setting;
    /// A setting's variable is not an address that Kubernetes made from a Service of that name.
    SETTING_SERVICE_LINK: "setting-service-link" Inconsistent [Warn Warn Warn Warn] Never setting;

    /// A secret is given once: by its variable, by a file that another variable names, or in one secret directory.
    FILE_CONFLICT: "file-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret exists, and its path is absolute.
    FILE_MISSING: "file-missing" Missing [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret can be read.
    FILE_UNREADABLE: "file-unreadable" Prohibited [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret is a regular file.
    FILE_NOT_REGULAR: "file-not-regular" Prohibited [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret has at most 64 KiB.
    FILE_TOO_LARGE: "file-too-large" Prohibited [Refuse Refuse Refuse Refuse] Never file;
    /// Not everybody on the machine can replace a secret.
    FILE_WORLD_WRITABLE: "file-world-writable" Insecure [Note Note Refuse Refuse] Everywhere file;
    /// Not everybody on the machine can read a secret.
    FILE_WORLD_READABLE: "file-world-readable" Insecure [Note Note Note Note] Never file;

    /// Every line of `.env` can be read.
    DOTENV_MALFORMED: "dotenv-malformed" Malformed [Refuse Refuse Off Off] Never dotenv;
    /// No `.env` lies where the service runs in Preview or Production.
    DOTENV_IGNORED: "dotenv-ignored" Notice [Off Off Note Note] Never dotenv;

    /// `hardened.toml` is TOML, and each setting in it stands once.
    SOURCE_MALFORMED: "source-malformed" Malformed [Refuse Refuse Refuse Refuse] Never source;
    /// Every key of `hardened.toml` is a setting.
    SOURCE_UNKNOWN_KEY: "source-unknown-key" Prohibited [Refuse Refuse Refuse Refuse] Everywhere source;
    /// Every section of `hardened.toml` is a tier or a group of settings.
    SOURCE_UNKNOWN_SECTION: "source-unknown-section" Prohibited [Refuse Refuse Refuse Refuse] Everywhere source;
    /// `hardened.toml` has at most 1 MiB.
    SOURCE_TOO_LARGE: "source-too-large" Prohibited [Refuse Refuse Refuse Refuse] Never source;
    /// A `hardened.toml` that exists is a regular file and can be read.
    SOURCE_UNREADABLE: "source-unreadable" Prohibited [Refuse Refuse Refuse Refuse] Never source;
    /// Every provider that the service adds delivers its values.
    SOURCE_PROVIDER_FAILED: "source-provider-failed" Missing [Refuse Refuse Refuse Refuse] Never source;

    /// The database's URL can be read, and names a host and a user.
    DATABASE_MALFORMED: "database-malformed" Malformed [Refuse Refuse Refuse Refuse] Never database;
    /// The URL is one of PostgreSQL.
    DATABASE_SCHEME: "database-scheme" Malformed [Refuse Refuse Refuse Refuse] Never database;
    /// The URL can be read in one way only.
    DATABASE_AMBIGUOUS: "database-ambiguous" Malformed [Refuse Refuse Refuse Refuse] Never database;
    /// The parts of the URL do not contradict one another.
    DATABASE_CONFLICT: "database-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never database;
    /// The URL names one host.
    DATABASE_MULTI_HOST: "database-multi-host" Prohibited [Refuse Refuse Refuse Refuse] Never database;
    /// The value is the URL alone, without the command or the assignment around it.
    DATABASE_WRAPPED: "database-wrapped" Malformed [Refuse Refuse Refuse Refuse] Locally database;
    /// Special characters of user and password are percent-encoded.
    DATABASE_UNESCAPED: "database-unescaped" Notice [Note Note Note Note] Never database;
    /// The URL is no example from documentation.
    DATABASE_PLACEHOLDER: "database-placeholder" Placeholder [Warn Warn Refuse Refuse] Locally database;
    /// The password is not one that everybody tries first.
    DATABASE_DEFAULT_PASSWORD: "database-default-password" Weak [Off Off Refuse Refuse] Locally database;
    /// There is a password, or a client certificate.
    DATABASE_PASSWORD_MISSING: "database-password-missing" Missing [Off Off Refuse Refuse] Everywhere database;
    /// The URL names the database.
    DATABASE_NAME_MISSING: "database-name-missing" Notice [Note Note Warn Warn] Everywhere database;
    /// The connection is encrypted, and does not start without.
    DATABASE_TLS: "database-tls" Insecure [Off Off Refuse Refuse] Everywhere database;
    /// The URL asks for encryption itself.
    DATABASE_TLS_ADDED: "database-tls-added" Notice [Off Off Note Note] Never database;
    /// A connection without TLS runs in the platform's encrypted private network.
    DATABASE_TLS_PRIVATE: "database-tls-private" Notice [Off Off Note Note] Never database;
    /// The certificate is checked against the host's name, not against its issuer alone.
    DATABASE_VERIFY_CA: "database-verify-ca" Insecure [Off Off Warn Warn] Everywhere database;
    /// The verification that the URL asks for can be done.
    DATABASE_VERIFICATION: "database-verification" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere database;
    /// The database is not on the machine of the service.
    DATABASE_LOOPBACK: "database-loopback" Prohibited [Off Off Refuse Refuse] Everywhere database;
    /// Every parameter of the URL has an effect.
    DATABASE_PARAMETER: "database-parameter" Notice [Note Note Note Note] Never database;
    /// No parameter that protects is without effect.
    DATABASE_PARAMETER_SECURITY: "database-parameter-security" Prohibited [Warn Warn Refuse Refuse] Everywhere database;
    /// A pool drops idle connections before a database that sleeps does.
    DATABASE_IDLE_LIMIT: "database-idle-limit" Inconsistent [Off Off Warn Warn] Everywhere database;
    /// A pooler that keeps no prepared statements is asked for none.
    DATABASE_PREPARED_STATEMENTS: "database-prepared-statements" Inconsistent [Warn Warn Warn Warn] Everywhere database;
    /// No variable changes the driver's connection behind the configuration's back.
    DATABASE_DRIVER_ENVIRONMENT: "database-driver-environment" Prohibited [Refuse Refuse Refuse Refuse] Never database;

    /// A token expires within a day.
    JWT_EXPIRATION: "jwt-expiration" Insecure [Off Off Warn Warn] Everywhere auth;

    /// The cryptography that signs tokens works, whatever else is linked.
    JWT_PROVIDER: "jwt-provider" Inconsistent [Refuse Refuse Refuse Refuse] Never auth;
    /// A key set of somebody else is fetched over `https:`.
    JWT_JWKS_INSECURE: "jwt-jwks-insecure" Insecure [Off Off Refuse Refuse] Everywhere auth;

    /// The service listens where a platform's proxy can reach it.
    HTTP_LOOPBACK: "http-loopback" Notice [Off Off Note Note] Never http;
    /// The port is one that others can know before the start.
    HTTP_PORT_RANDOM: "http-port-random" Inconsistent [Off Off Warn Warn] Everywhere http;
    /// A service that only this machine can reach answers to this machine's names only.
    HTTP_HOST: "http-host" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A browser that came once over `https:` never comes over `http:` again.
    HTTP_HSTS: "http-hsts" Insecure [Off Off Warn Warn] Everywhere http;
    /// A browser takes a response for what its type says.
    HTTP_NOSNIFF: "http-nosniff" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// No page shows a response inside a frame.
    HTTP_FRAME: "http-frame" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response that a browser shows as a page loads and runs nothing.
    HTTP_CSP: "http-csp" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A link in a response does not tell its target where it stood.
    HTTP_REFERRER: "http-referrer" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response uses no camera, microphone, position or payment.
    HTTP_PERMISSIONS: "http-permissions" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// Another site's page does not load a response as an image or a script.
    HTTP_RESOURCE: "http-resource" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response that says nothing about caching is stored nowhere.
    HTTP_CACHE: "http-cache" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response does not name the software behind it.
    HTTP_SOFTWARE: "http-software" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// The text of an error stays inside.
    HTTP_ERROR_BODY: "http-error-body" Insecure [Off Off Refuse Refuse] Everywhere http;
    /// The documentation of the interface is not public.
    DOCS_PUBLIC: "docs-public" Insecure [Off Off Refuse Refuse] Everywhere http;

    /// `DEBUG` is off.
    DEBUG_ENABLED: "debug-enabled" Insecure [Off Off Refuse Refuse] Everywhere setting;
    /// `DEBUG` is a boolean, or another tool's.
    DEBUG_FOREIGN: "debug-foreign" Notice [Note Note Note Note] Never setting;

    /// An origin of the allow-list can be read as one.
    ORIGIN_MALFORMED: "origin-malformed" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin has no path, not even a slash at the end.
    ORIGIN_PATH: "origin-path" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin is in lower case.
    ORIGIN_CASE: "origin-case" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin leaves out the port that its scheme has anyway.
    ORIGIN_PORT: "origin-port" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// The host of an origin is in ASCII, a name in other letters as Punycode.
    ORIGIN_UNICODE: "origin-unicode" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An IP address in an origin is spelt as browsers spell it.
    ORIGIN_ADDRESS: "origin-address" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// The host of an origin does not end with a dot.
    ORIGIN_TRAILING_DOT: "origin-trailing-dot" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin has no user name and no password.
    ORIGIN_USERINFO: "origin-userinfo" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// The null origin is not allowed.
    ORIGIN_NULL: "origin-null" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// `*` stands in no list of origins.
    ORIGIN_ANY: "origin-any" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// A pattern has one star, as the whole first label in front of a domain.
    ORIGIN_PATTERN: "origin-pattern" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// A pattern matches no name that anybody can have.
    ORIGIN_PUBLIC_SUFFIX: "origin-public-suffix" Insecure [Refuse Refuse Refuse Refuse] Everywhere cors;
    /// An origin is one of the web: its scheme is `https`, or `http` where that is allowed.
    ORIGIN_SCHEME: "origin-scheme" Prohibited [Refuse Refuse Refuse Refuse] Everywhere cors;
    /// An origin is loaded over `https`.
    ORIGIN_INSECURE: "origin-insecure" Insecure [Off Off Refuse Refuse] Everywhere cors;
    /// An origin is not the visitor's own machine.
    ORIGIN_LOOPBACK: "origin-loopback" Insecure [Off Off Refuse Refuse] Everywhere cors;

    /// A policy says which origins it allows.
    CORS_ORIGINS_MISSING: "cors-origins-missing" Missing [Refuse Refuse Refuse Refuse] Never cors;
    /// A policy that allows any origin allows no credentials.
    CORS_ANY_ORIGIN_CREDENTIALS: "cors-any-origin-credentials" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// A policy that allows credentials names each method and each header.
    CORS_WILDCARD_CREDENTIALS: "cors-wildcard-credentials" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// An allowed method is an HTTP method in its own spelling.
    CORS_METHOD_MALFORMED: "cors-method-malformed" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An allowed method is none that browsers refuse to send.
    CORS_METHOD_FORBIDDEN: "cors-method-forbidden" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// The name of an allowed or exposed header is one that HTTP can carry.
    CORS_HEADER_MALFORMED: "cors-header-malformed" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An allowed header is one that a page can set, and an exposed one is a response's.
    CORS_HEADER_FORBIDDEN: "cors-header-forbidden" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// `Set-Cookie` is not exposed to pages.
    CORS_SET_COOKIE_EXPOSED: "cors-set-cookie-exposed" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// Browsers keep the answer to a preflight for 86,400 seconds at most.
    CORS_MAX_AGE: "cors-max-age" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// Browsers keep the answer to a preflight for 7,200 seconds at most, as Chromium does.
    CORS_MAX_AGE_CAPPED: "cors-max-age-capped" Notice [Note Note Note Note] Never cors;
    /// The status of an allowed preflight is from 200 to 299.
    CORS_PREFLIGHT_STATUS: "cors-preflight-status" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// Nothing stands twice in a policy.
    CORS_DUPLICATE: "cors-duplicate" Inconsistent [Warn Warn Warn Warn] Never cors;

    /// A waiver names a rule that can be waived, a subject and a reason.
    WAIVER_INVALID: "waiver-invalid" Prohibited [Refuse Refuse Refuse Refuse] Never waiver;
    /// Every waiver is needed where its rule bound.
    WAIVER_UNUSED: "waiver-unused" Notice [Note Note Note Note] Never waiver;
}
