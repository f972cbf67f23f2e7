//! The table of all rules, with their level in each tier.
//!
//! `docs/RULES.md` and `docs/TIERS.md` are generated from it.

use super::{
    Level::{Note, Off, Refuse, Warn},
    Waivable::{Everywhere, Locally, Never},
    Word::{Inconsistent, Insecure, Malformed, Missing, Notice, Placeholder, Prohibited, Published, Weak},
    explanation,
};

// Columns: the code, the first word of the rule's messages, the level in [development test preview production], where a
// waiver can relax the rule, and the family of its explanation. The `cwe` above a row lists the weaknesses (CWE) that the
// rule prevents or limits.
hardened_core::rules! {
    /// The variable that names the tier holds a known tier name.
    #[cwe(636)]
    TIER_UNKNOWN: "tier-unknown" Malformed [Refuse Refuse Refuse Refuse] Never tier;
    /// On a platform that serves the public, a service does not run as Development or Test.
    #[cwe(1269)]
    TIER_HOSTED: "tier-hosted" Prohibited [Refuse Refuse Off Off] Never tier;
    /// A release build (without `debug_assertions`) does not run as Development or Test in Kubernetes.
    #[cwe(1269)]
    TIER_DEVELOPMENT_RELEASE: "tier-development-release" Prohibited [Refuse Refuse Off Off] Everywhere tier;
    /// A release build (without `debug_assertions`) does not run as Development or Test.
    #[cwe(1269)]
    TIER_RELEASE_BUILD: "tier-release-build" Insecure [Warn Warn Off Off] Everywhere tier;
    /// No variable lets Development or Test run on a platform that serves the public.
    #[cwe(1269)]
    TIER_LIFTED: "tier-lifted" Insecure [Warn Warn Off Off] Everywhere tier;
    /// A platform's preview environment does not declare Production.
    TIER_COPIED: "tier-copied" Insecure [Off Off Off Warn] Everywhere tier;
    /// The platform does not ask for a stricter tier than the declared one.
    TIER_RAISED: "tier-raised" Notice [Note Note Note Note] Never tier;
    /// All variables that name the tier agree.
    TIER_DIFFERING: "tier-differing" Inconsistent [Note Note Note Note] Never tier;
    /// The tier name is written in plain lower case, without quotes, surrounding white space or invisible characters.
    TIER_NORMALISED: "tier-normalised" Notice [Note Note Note Note] Never tier;
    /// The variable that names the tier is not blank.
    TIER_BLANK: "tier-blank" Notice [Note Note Note Note] Never tier;
    /// A service adds aliases for Production and Preview only.
    #[cwe(1269)]
    TIER_ALIAS: "tier-alias" Prohibited [Refuse Refuse Refuse Refuse] Never tier;

    /// Every required secret is set.
    #[cwe(798, 1188)]
    SECRET_MISSING: "secret-missing" Missing [Refuse Refuse Refuse Refuse] Never secret;
    /// A secret is Unicode text.
    #[cwe(1287)]
    SECRET_NOT_TEXT: "secret-not-text" Malformed [Refuse Refuse Refuse Refuse] Never secret;
    /// A secret has the form its type requires.
    #[cwe(1286)]
    SECRET_MALFORMED: "secret-malformed" Malformed [Refuse Refuse Refuse Refuse] Never secret;
    /// A key has at least as many bytes as its hash's output.
    #[cwe(326, 1391)]
    SECRET_TOO_SHORT: "secret-too-short" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key has at most 4,096 bytes.
    #[cwe(1284)]
    SECRET_TOO_LONG: "secret-too-long" Prohibited [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key's length and alphabet leave room for at least 144 bits.
    #[cwe(331, 1391)]
    SECRET_FEW_BITS: "secret-few-bits" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key cannot be described in fewer than 128 bits.
    #[cwe(331, 1391)]
    SECRET_PREDICTABLE: "secret-predictable" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A key was generated, not written by a person.
    #[cwe(331, 1391)]
    SECRET_HUMAN: "secret-human" Weak [Refuse Refuse Refuse Refuse] Everywhere secret;
    /// A key is not a UUID.
    #[cwe(331)]
    SECRET_UUID: "secret-uuid" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is not the example from the service's own code.
    #[cwe(798)]
    SECRET_EXAMPLE: "secret-example" Placeholder [Off Off Refuse Refuse] Never secret;
    /// A secret is not a placeholder.
    #[cwe(1392)]
    SECRET_PLACEHOLDER: "secret-placeholder" Placeholder [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is not an unresolved template or reference.
    #[cwe(1391)]
    SECRET_REFERENCE: "secret-reference" Placeholder [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is one value, not a JSON object.
    #[cwe(1286)]
    SECRET_JSON: "secret-json" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret's value does not include the variable's name.
    #[cwe(1286)]
    SECRET_WRAPPED: "secret-wrapped" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A PEM block has real line breaks.
    #[cwe(1286)]
    SECRET_ESCAPED_LINES: "secret-escaped-lines" Malformed [Warn Warn Warn Warn] Never secret;
    /// A symmetric key is not a PEM block.
    #[cwe(1287)]
    SECRET_PEM: "secret-pem" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret does not appear in public leak or example lists.
    #[cwe(1391)]
    SECRET_PUBLISHED: "secret-published" Published [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret does not begin or end with white space.
    #[cwe(1286)]
    SECRET_WHITESPACE: "secret-whitespace" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret is not wrapped in quotes.
    #[cwe(1286)]
    SECRET_QUOTED: "secret-quoted" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// A secret contains no control or invisible characters.
    #[cwe(1286)]
    SECRET_CONTROL: "secret-control" Malformed [Refuse Refuse Refuse Refuse] Locally secret;
    /// No two keys of one configuration are the same.
    SECRET_REPEATED: "secret-repeated" Weak [Refuse Refuse Refuse Refuse] Locally secret;
    /// A setting whose value reports show does not contain a secret.
    #[cwe(532)]
    SECRET_SHOWN: "secret-shown" Insecure [Warn Warn Warn Warn] Everywhere secret;
    /// Secrets are not stored in configuration files.
    #[cwe(260, 540)]
    SECRET_IN_FILE: "secret-in-file" Insecure [Refuse Refuse Refuse Refuse] Locally secret;
    /// The code sets no secret.
    #[cwe(798)]
    SECRET_IN_CODE: "secret-in-code" Prohibited [Refuse Refuse Refuse Refuse] Never secret;
    /// No argument of the command line sets a secret.
    #[cwe(214)]
    SECRET_IN_ARGUMENT: "secret-in-argument" Insecure [Refuse Refuse Refuse Refuse] Never secret;

    /// Every required setting is set.
    #[cwe(1188)]
    SETTING_MISSING: "setting-missing" Missing [Refuse Refuse Refuse Refuse] Never setting;
    /// A setting or group that only Development and Test may omit is set.
    #[cwe(1188)]
    SETTING_ABSENT: "setting-absent" Missing [Off Off Refuse Refuse] Everywhere setting;
    /// Code, arguments, and variables of lists and maps of groups set only settings that the service has.
    #[cwe(236)]
    SETTING_UNKNOWN: "setting-unknown" Prohibited [Refuse Refuse Refuse Refuse] Everywhere setting;
    /// A list or map of groups has no gap, no two keys that a variable cannot tell apart, and an allowed number of
    /// elements.
    #[cwe(1288)]
    SETTING_ELEMENTS: "setting-elements" Malformed [Refuse Refuse Refuse Refuse] Never setting;
    /// Only one of several fields that exclude one another is set.
    #[cwe(1288)]
    SETTING_ONE_OF: "setting-one-of" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere setting;
    /// Fields that belong together are all set, or none is.
    #[cwe(1288)]
    SETTING_ALL_OR_NONE: "setting-all-or-none" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere setting;
    /// Settings that are set belong to the chosen variant.
    #[cwe(1288)]
    SETTING_OTHER_VARIANT: "setting-other-variant" Inconsistent [Warn Warn Warn Warn] Everywhere setting;
    /// The type and the rules of a setting accept the default that the code gives it.
    #[cwe(455, 1287)]
    SETTING_DEFAULT: "setting-default" Malformed [Refuse Refuse Refuse Refuse] Never setting;
    /// Every value is Unicode text.
    #[cwe(455, 1287)]
    SETTING_NOT_TEXT: "setting-not-text" Malformed [Refuse Refuse Refuse Refuse] Never setting;
    /// A value is at most 64 KiB long.
    #[cwe(1284)]
    SETTING_TOO_LONG: "setting-too-long" Prohibited [Refuse Refuse Refuse Refuse] Never setting;
    /// Settings do not contradict one another.
    #[cwe(1288)]
    SETTING_INCONSISTENT: "setting-inconsistent" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere setting;
    /// All names of one setting hold the same value.
    #[cwe(1288)]
    SETTING_CONFLICT: "setting-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never setting;
    /// Each variable belongs to one setting only.
    #[cwe(694)]
    SETTING_SHARED: "setting-shared" Inconsistent [Refuse Refuse Refuse Refuse] Never setting;
    /// No variable looks like a misspelling of a setting that is not set.
    SETTING_MISSPELT: "setting-misspelt" Inconsistent [Warn Warn Warn Warn] Everywhere setting;
    /// No setting that the service plans to remove is set, and no setting is set by a former name.
    SETTING_DEPRECATED: "setting-deprecated" Notice [Warn Warn Warn Warn] Everywhere setting;
    /// A text is not wrapped in quotes.
    #[cwe(1286)]
    SETTING_QUOTED: "setting-quoted" Malformed [Warn Warn Warn Warn] Everywhere setting;
    /// The items of a list are separated by commas.
    SETTING_SEPARATOR: "setting-separator" Notice [Note Note Note Note] Never setting;
    /// A variable's name has no surrounding white space.
    SETTING_PADDED_NAME: "setting-padded-name" Malformed [Warn Warn Warn Warn] Never setting;
    /// A variable that is set is not blank.
    SETTING_BLANK: "setting-blank" Notice [Note Note Note Note] Never setting;
    /// A setting's variable does not hold an address that Kubernetes generated for a Service of that name.
    SETTING_SERVICE_LINK: "setting-service-link" Inconsistent [Warn Warn Warn Warn] Never setting;

    /// A crash does not write a core dump, which would hold every secret of the process.
    #[cwe(528)]
    PROCESS_CORE_DUMPS: "process-core-dumps" Insecure [Off Off Warn Warn] Everywhere process;

    /// A secret is not set by both its variable and the file that another variable names, nor by two secret directories.
    #[cwe(1288)]
    FILE_CONFLICT: "file-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret exists, and its path is absolute.
    #[cwe(455)]
    FILE_MISSING: "file-missing" Missing [Refuse Refuse Refuse Refuse] Never file;
    /// The service can read the file that holds a secret.
    #[cwe(455)]
    FILE_UNREADABLE: "file-unreadable" Prohibited [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret is a regular file.
    #[cwe(455)]
    FILE_NOT_REGULAR: "file-not-regular" Prohibited [Refuse Refuse Refuse Refuse] Never file;
    /// The file that holds a secret is at most 64 KiB long.
    #[cwe(1284)]
    FILE_TOO_LARGE: "file-too-large" Prohibited [Refuse Refuse Refuse Refuse] Never file;
    /// Secret files and the directories on their paths are not world-writable.
    #[cwe(732)]
    FILE_WORLD_WRITABLE: "file-world-writable" Insecure [Note Note Refuse Refuse] Everywhere file;
    /// Every directory and link on the path of a secret file belongs to root, the service's user or the file's owner.
    #[cwe(283)]
    FILE_FOREIGN_PATH: "file-foreign-path" Insecure [Note Note Refuse Refuse] Everywhere file;
    /// A secret file belongs to root or to the service's user.
    #[cwe(283)]
    FILE_FOREIGN_OWNER: "file-foreign-owner" Notice [Note Note Note Note] Never file;
    /// Secret files and the directories on their paths are not group-writable.
    #[cwe(732)]
    FILE_GROUP_WRITABLE: "file-group-writable" Notice [Note Note Note Note] Never file;
    /// Secret files are not world-readable.
    #[cwe(732)]
    FILE_WORLD_READABLE: "file-world-readable" Insecure [Note Note Note Note] Never file;

    /// Every line of `.env` is valid.
    #[cwe(455, 1286)]
    DOTENV_MALFORMED: "dotenv-malformed" Malformed [Refuse Refuse Off Off] Never dotenv;
    /// No value in `.env` expects `${NAME}` to be replaced.
    DOTENV_LITERAL: "dotenv-literal" Inconsistent [Warn Warn Off Off] Everywhere dotenv;
    /// The tier is set in the environment of the process, not in `.env`.
    DOTENV_TIER: "dotenv-tier" Notice [Note Note Off Off] Never dotenv;
    /// Every line of `.env` belongs to a setting of this service.
    DOTENV_FOREIGN: "dotenv-foreign" Notice [Note Note Off Off] Never dotenv;
    /// In Preview and Production there is no `.env` in the working directory.
    DOTENV_IGNORED: "dotenv-ignored" Notice [Off Off Note Note] Never dotenv;

    /// Every secret directory that the service names exists, and its path is absolute.
    SOURCE_DIRECTORY: "source-directory" Missing [Note Note Warn Warn] Everywhere source;
    /// A configuration file is valid TOML and sets each setting once.
    #[cwe(455, 1286)]
    SOURCE_MALFORMED: "source-malformed" Malformed [Refuse Refuse Refuse Refuse] Never source;
    /// Every key of a configuration file is a setting.
    #[cwe(236)]
    SOURCE_UNKNOWN_KEY: "source-unknown-key" Prohibited [Refuse Refuse Refuse Refuse] Everywhere source;
    /// Every section of a configuration file is a tier or a settings group.
    #[cwe(236)]
    SOURCE_UNKNOWN_SECTION: "source-unknown-section" Prohibited [Refuse Refuse Refuse Refuse] Everywhere source;
    /// A configuration file is at most 1 MiB long.
    #[cwe(1284)]
    SOURCE_TOO_LARGE: "source-too-large" Prohibited [Refuse Refuse Refuse Refuse] Never source;
    /// A configuration file that exists, or that is named, is a regular file that the service can read.
    #[cwe(455)]
    SOURCE_UNREADABLE: "source-unreadable" Prohibited [Refuse Refuse Refuse Refuse] Never source;
    /// In Preview and Production there is no `hardened.local.toml`.
    SOURCE_IGNORED: "source-ignored" Notice [Off Off Note Note] Never source;
    /// Every provider that the service adds returns its values.
    #[cwe(455)]
    SOURCE_PROVIDER_FAILED: "source-provider-failed" Missing [Refuse Refuse Refuse Refuse] Never source;

    /// The database URL is valid.
    #[cwe(1286)]
    DATABASE_MALFORMED: "database-malformed" Malformed [Refuse Refuse Refuse Refuse] Never database;
    /// The database URL is a PostgreSQL URL.
    #[cwe(1287)]
    DATABASE_SCHEME: "database-scheme" Malformed [Refuse Refuse Refuse Refuse] Never database;
    /// The database URL can be read in only one way.
    #[cwe(436)]
    DATABASE_AMBIGUOUS: "database-ambiguous" Malformed [Refuse Refuse Refuse Refuse] Never database;
    /// The parts of the database URL do not contradict one another.
    #[cwe(1288)]
    DATABASE_CONFLICT: "database-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never database;
    /// The database URL names one host.
    DATABASE_MULTI_HOST: "database-multi-host" Prohibited [Refuse Refuse Refuse Refuse] Never database;
    /// The value is the URL alone, without a command or an assignment around it.
    #[cwe(1286)]
    DATABASE_WRAPPED: "database-wrapped" Malformed [Refuse Refuse Refuse Refuse] Locally database;
    /// Special characters in the user name and password are percent-encoded.
    #[cwe(1286)]
    DATABASE_UNESCAPED: "database-unescaped" Malformed [Warn Warn Warn Warn] Never database;
    /// Other common programs read the same host from the database URL.
    #[cwe(436)]
    DATABASE_OTHER_HOST: "database-other-host" Insecure [Warn Warn Refuse Refuse] Everywhere database;
    /// The database URL is not an example from documentation.
    #[cwe(1392)]
    DATABASE_PLACEHOLDER: "database-placeholder" Placeholder [Warn Warn Refuse Refuse] Locally database;
    /// The database password is not a well-known default.
    #[cwe(1393)]
    DATABASE_DEFAULT_PASSWORD: "database-default-password" Weak [Off Off Refuse Refuse] Locally database;
    /// The database URL has a password or a client certificate.
    #[cwe(258)]
    DATABASE_PASSWORD_MISSING: "database-password-missing" Missing [Off Off Refuse Refuse] Everywhere database;
    /// The database URL names a user.
    #[cwe(1188)]
    DATABASE_USER_MISSING: "database-user-missing" Missing [Note Note Refuse Refuse] Never database;
    /// The database URL names a host.
    #[cwe(1188)]
    DATABASE_HOST_MISSING: "database-host-missing" Missing [Note Note Refuse Refuse] Never database;
    /// The database URL names the database.
    DATABASE_NAME_MISSING: "database-name-missing" Notice [Note Note Warn Warn] Everywhere database;
    /// The database connection is always encrypted.
    #[cwe(319)]
    DATABASE_TLS: "database-tls" Insecure [Off Off Refuse Refuse] Everywhere database;
    /// The database URL asks for encryption explicitly.
    DATABASE_TLS_ADDED: "database-tls-added" Notice [Off Off Note Note] Never database;
    /// A database connection without TLS stays inside the platform's encrypted private network.
    #[cwe(319)]
    DATABASE_TLS_PRIVATE: "database-tls-private" Notice [Off Off Note Note] Never database;
    /// The server's certificate is checked against the host name, not only against its issuer.
    #[cwe(297)]
    DATABASE_VERIFY_CA: "database-verify-ca" Insecure [Off Off Warn Warn] Everywhere database;
    /// The driver can do the verification that the database URL asks for.
    #[cwe(295)]
    DATABASE_VERIFICATION: "database-verification" Inconsistent [Refuse Refuse Refuse Refuse] Everywhere database;
    /// The driver trusts the authorities of the operating system.
    DATABASE_ROOTS: "database-roots" Notice [Note Note Note Note] Never database;
    /// No other user can change the authorities that the driver trusts.
    #[cwe(732)]
    DATABASE_ROOTS_WRITABLE: "database-roots-writable" Insecure [Note Note Warn Warn] Everywhere database;
    /// The database does not run on the same machine as the service.
    DATABASE_LOOPBACK: "database-loopback" Prohibited [Off Off Refuse Refuse] Everywhere database;
    /// Every parameter of the database URL has an effect.
    DATABASE_PARAMETER: "database-parameter" Notice [Note Note Note Note] Never database;
    /// Every security parameter of the database URL has an effect.
    #[cwe(295, 319)]
    DATABASE_PARAMETER_SECURITY: "database-parameter-security" Prohibited [Warn Warn Refuse Refuse] Everywhere database;
    /// The pool closes idle connections before a database that suspends cuts them.
    DATABASE_IDLE_LIMIT: "database-idle-limit" Inconsistent [Off Off Warn Warn] Everywhere database;
    /// The driver does not name prepared statements when the pooler cannot keep them.
    DATABASE_PREPARED_STATEMENTS: "database-prepared-statements" Inconsistent [Warn Warn Warn Warn] Everywhere database;
    /// No environment variable changes the driver's connection.
    #[cwe(15)]
    DATABASE_DRIVER_ENVIRONMENT: "database-driver-environment" Prohibited [Refuse Refuse Refuse Refuse] Never database;

    /// The URL or host of a connection is valid.
    #[cwe(1286)]
    CONNECTION_MALFORMED: "connection-malformed" Malformed [Refuse Refuse Refuse Refuse] Never connection;
    /// The URL of a connection can be read in only one way.
    #[cwe(436)]
    CONNECTION_AMBIGUOUS: "connection-ambiguous" Malformed [Refuse Refuse Refuse Refuse] Never connection;
    /// The parts of a connection do not contradict one another.
    #[cwe(1288)]
    CONNECTION_CONFLICT: "connection-conflict" Inconsistent [Refuse Refuse Refuse Refuse] Never connection;
    /// The value is the URL of a connection alone, without a command or an assignment around it.
    #[cwe(1286)]
    CONNECTION_WRAPPED: "connection-wrapped" Malformed [Refuse Refuse Refuse Refuse] Locally connection;
    /// Special characters in the user name and password of a connection are percent-encoded.
    #[cwe(1286)]
    CONNECTION_UNESCAPED: "connection-unescaped" Malformed [Warn Warn Warn Warn] Never connection;
    /// A connection is not an example from documentation.
    #[cwe(1392)]
    CONNECTION_PLACEHOLDER: "connection-placeholder" Placeholder [Warn Warn Refuse Refuse] Locally connection;
    /// The password of a connection is not a well-known default.
    #[cwe(1393)]
    CONNECTION_DEFAULT_PASSWORD: "connection-default-password" Weak [Off Off Refuse Refuse] Locally connection;
    /// A connection has a password.
    #[cwe(258)]
    CONNECTION_PASSWORD_MISSING: "connection-password-missing" Missing [Off Off Refuse Refuse] Everywhere connection;
    /// A connection to a server that anyone can reach is always encrypted.
    #[cwe(319)]
    CONNECTION_TLS: "connection-tls" Insecure [Off Off Refuse Refuse] Everywhere connection;
    /// A connection without TLS stays inside the platform's encrypted private network.
    #[cwe(319)]
    CONNECTION_TLS_PRIVATE: "connection-tls-private" Notice [Off Off Note Note] Never connection;
    /// A connection asks for encryption explicitly.
    CONNECTION_TLS_ADDED: "connection-tls-added" Notice [Off Off Note Note] Never connection;
    /// A connection does not rely on a private network alone.
    #[cwe(306, 319)]
    CONNECTION_PRIVATE_NETWORK: "connection-private-network" Insecure [Off Off Warn Warn] Everywhere connection;
    /// The certificate of the server is checked, and so is the host name in it.
    #[cwe(295, 297)]
    CONNECTION_UNVERIFIED: "connection-unverified" Insecure [Off Off Warn Warn] Everywhere connection;
    /// The server of a connection does not run on the same machine as the service.
    CONNECTION_LOOPBACK: "connection-loopback" Prohibited [Off Off Refuse Refuse] Everywhere connection;
    /// Every parameter in the URL of a connection has an effect.
    CONNECTION_PARAMETER: "connection-parameter" Notice [Note Note Note Note] Never connection;
    /// Every security parameter in the URL of a connection has an effect.
    #[cwe(295, 319)]
    CONNECTION_PARAMETER_SECURITY: "connection-parameter-security" Prohibited [Warn Warn Refuse Refuse] Everywhere connection;

    /// A token expires within a day.
    #[cwe(613)]
    JWT_EXPIRATION: "jwt-expiration" Insecure [Off Off Warn Warn] Everywhere auth;

    /// The cryptography that signs tokens works, whatever else the binary links.
    JWT_PROVIDER: "jwt-provider" Inconsistent [Refuse Refuse Refuse Refuse] Never auth;
    /// Another issuer's key set is fetched over `https:`.
    #[cwe(924)]
    JWT_JWKS_INSECURE: "jwt-jwks-insecure" Insecure [Off Off Refuse Refuse] Everywhere auth;

    /// The service listens on an address that a platform's proxy can reach.
    HTTP_LOOPBACK: "http-loopback" Notice [Off Off Note Note] Never http;
    /// In a container, Development and Test listen on an address that can be reached from outside it.
    HTTP_CONTAINER: "http-container" Notice [Note Note Off Off] Never http;
    /// In Development and Test, a release build listens on a loopback address.
    #[cwe(1327)]
    HTTP_EXPOSED: "http-exposed" Insecure [Warn Warn Off Off] Everywhere http;
    /// The port is known before the service starts.
    HTTP_PORT_RANDOM: "http-port-random" Inconsistent [Off Off Warn Warn] Everywhere http;
    /// An idle connection is kept longer than the platform's proxy keeps it.
    HTTP_IDLE_TIMEOUT: "http-idle-timeout" Inconsistent [Off Off Warn Warn] Everywhere http;
    /// The service stops before the platform kills it.
    HTTP_STOP_TIMEOUT: "http-stop-timeout" Inconsistent [Off Off Warn Warn] Everywhere http;
    /// A service that only this machine can reach answers requests only for this machine's names.
    #[cwe(346)]
    HTTP_HOST: "http-host" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// On a platform with a proxy, the service says which proxies it trusts to name the client.
    #[cwe(348)]
    HTTP_PROXIES_UNSET: "http-proxies-unset" Insecure [Off Off Warn Warn] Everywhere http;
    /// The service trusts the platform's proxy only on a platform whose proxy is known.
    #[cwe(348)]
    HTTP_PROXIES_PLATFORM: "http-proxies-platform" Inconsistent [Note Note Refuse Refuse] Never http;
    /// Not every client is trusted as a proxy.
    #[cwe(290, 348)]
    HTTP_PROXIES_ALL: "http-proxies-all" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// One client may not try many passwords of one account in a minute.
    #[cwe(307)]
    HTTP_ATTEMPTS: "http-attempts" Weak [Off Off Warn Warn] Everywhere http;
    /// Browsers send a session cookie over `https:` only.
    #[cwe(614)]
    HTTP_COOKIE_INSECURE: "http-cookie-insecure" Insecure [Warn Warn Refuse Refuse] Never http;
    /// A session cookie belongs to one host.
    #[cwe(668)]
    HTTP_COOKIE_DOMAIN: "http-cookie-domain" Insecure [Warn Warn Refuse Refuse] Everywhere http;
    /// Requests from pages of other sites do not have the session cookie.
    #[cwe(1275)]
    HTTP_COOKIE_SAME_SITE: "http-cookie-same-site" Insecure [Off Off Warn Warn] Everywhere http;
    /// A session in a cookie ends within 30 days.
    #[cwe(613)]
    HTTP_COOKIE_LIFETIME: "http-cookie-lifetime" Insecure [Off Off Warn Warn] Everywhere http;
    /// Responses tell browsers to use `https:` for every later visit.
    #[cwe(319)]
    HTTP_HSTS: "http-hsts" Insecure [Off Off Warn Warn] Everywhere http;
    /// Browsers do not guess a response's type.
    #[cwe(436)]
    HTTP_NOSNIFF: "http-nosniff" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// No page can show a response in a frame.
    #[cwe(1021)]
    HTTP_FRAME: "http-frame" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response that a browser shows as a page loads and runs nothing.
    #[cwe(79)]
    HTTP_CSP: "http-csp" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// Links in a response do not reveal its address to their targets.
    #[cwe(201)]
    HTTP_REFERRER: "http-referrer" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response cannot use the camera, microphone, location or payment.
    HTTP_PERMISSIONS: "http-permissions" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// Pages of other sites cannot load a response as an image or a script.
    HTTP_RESOURCE: "http-resource" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// A response without caching headers is not stored.
    #[cwe(525)]
    HTTP_CACHE: "http-cache" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// Responses do not name the server software.
    #[cwe(497)]
    HTTP_SOFTWARE: "http-software" Insecure [Warn Warn Warn Warn] Everywhere http;
    /// Error responses do not reveal internal error text.
    #[cwe(209)]
    HTTP_ERROR_BODY: "http-error-body" Insecure [Off Off Refuse Refuse] Everywhere http;
    /// API documentation is not public.
    #[cwe(497)]
    DOCS_PUBLIC: "docs-public" Insecure [Off Off Refuse Refuse] Everywhere http;

    /// `DEBUG` is off.
    #[cwe(489)]
    DEBUG_ENABLED: "debug-enabled" Insecure [Off Off Refuse Refuse] Everywhere setting;
    /// `DEBUG` is a boolean.
    DEBUG_FOREIGN: "debug-foreign" Notice [Note Note Note Note] Never setting;

    /// Every entry of the allow-list is a valid origin.
    #[cwe(1286)]
    ORIGIN_MALFORMED: "origin-malformed" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin has no path and no trailing slash.
    #[cwe(1286)]
    ORIGIN_PATH: "origin-path" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin is written in lower case.
    #[cwe(1286)]
    ORIGIN_CASE: "origin-case" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin omits its scheme's default port.
    #[cwe(1286)]
    ORIGIN_PORT: "origin-port" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin's host is ASCII; names in other scripts are written as Punycode.
    #[cwe(1286)]
    ORIGIN_UNICODE: "origin-unicode" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An IP address in an origin is written the way browsers write it.
    #[cwe(1286)]
    ORIGIN_ADDRESS: "origin-address" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin's host does not end with a dot.
    #[cwe(1286)]
    ORIGIN_TRAILING_DOT: "origin-trailing-dot" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin contains no variable or template that was not filled in.
    #[cwe(1286)]
    ORIGIN_TEMPLATE: "origin-template" Placeholder [Refuse Refuse Refuse Refuse] Never cors;
    /// An origin contains no user name and no password.
    #[cwe(1286)]
    ORIGIN_USERINFO: "origin-userinfo" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// The `null` origin is not allowed.
    #[cwe(942)]
    ORIGIN_NULL: "origin-null" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// A list of origins does not contain `*`.
    #[cwe(942)]
    ORIGIN_ANY: "origin-any" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// A pattern has one star: the whole first label, followed by a domain.
    #[cwe(942)]
    ORIGIN_PATTERN: "origin-pattern" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// A pattern does not match names that anyone can register.
    #[cwe(942)]
    ORIGIN_PUBLIC_SUFFIX: "origin-public-suffix" Insecure [Refuse Refuse Refuse Refuse] Everywhere cors;
    /// An origin's scheme is `https`, or `http` where that is allowed.
    #[cwe(942)]
    ORIGIN_SCHEME: "origin-scheme" Prohibited [Refuse Refuse Refuse Refuse] Everywhere cors;
    /// An origin uses `https`.
    #[cwe(942)]
    ORIGIN_INSECURE: "origin-insecure" Insecure [Off Off Refuse Refuse] Everywhere cors;
    /// An origin is not on the visitor's own machine.
    #[cwe(942)]
    ORIGIN_LOOPBACK: "origin-loopback" Insecure [Off Off Refuse Refuse] Everywhere cors;

    /// A host is not a placeholder such as yourdomain.com.
    #[cwe(942)]
    HOST_PLACEHOLDER: "host-placeholder" Placeholder [Off Off Refuse Refuse] Everywhere http;
    /// A host is not reserved for documentation.
    HOST_RESERVED: "host-reserved" Insecure [Off Off Off Warn] Everywhere http;

    /// A policy names the origins it allows.
    #[cwe(1188)]
    CORS_ORIGINS_MISSING: "cors-origins-missing" Missing [Refuse Refuse Refuse Refuse] Never cors;
    /// A policy that allows any origin does not allow credentials.
    #[cwe(942)]
    CORS_ANY_ORIGIN_CREDENTIALS: "cors-any-origin-credentials" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// A policy that allows credentials names each method and each header.
    #[cwe(942)]
    CORS_WILDCARD_CREDENTIALS: "cors-wildcard-credentials" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// An allowed method is a valid HTTP method, spelled with the right case.
    #[cwe(1286)]
    CORS_METHOD_MALFORMED: "cors-method-malformed" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// An allowed method is one that browsers are willing to send.
    CORS_METHOD_FORBIDDEN: "cors-method-forbidden" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// An allowed or exposed header has a valid name.
    #[cwe(1286)]
    CORS_HEADER_MALFORMED: "cors-header-malformed" Malformed [Refuse Refuse Refuse Refuse] Never cors;
    /// Pages can set every allowed header and read every exposed one.
    CORS_HEADER_FORBIDDEN: "cors-header-forbidden" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// `Set-Cookie` is not exposed to pages.
    CORS_SET_COOKIE_EXPOSED: "cors-set-cookie-exposed" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// Browsers may cache a preflight response for at most 86,400 s.
    #[cwe(1284)]
    CORS_MAX_AGE: "cors-max-age" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// Browsers may cache a preflight response for at most 7,200 s, Chromium's limit.
    CORS_MAX_AGE_CAPPED: "cors-max-age-capped" Notice [Note Note Note Note] Never cors;
    /// The status of an allowed preflight is between 200 and 299.
    CORS_PREFLIGHT_STATUS: "cors-preflight-status" Prohibited [Refuse Refuse Refuse Refuse] Never cors;
    /// A policy has no duplicates.
    CORS_DUPLICATE: "cors-duplicate" Inconsistent [Warn Warn Warn Warn] Never cors;
}
