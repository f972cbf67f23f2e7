//! The settings group for an object store that speaks the protocol of Amazon S3.

use hardened_core::manifest::{ConnectionPromise, Promises, Transport};

use super::http_url::{HttpServer, HttpUrl};
use crate::{
    SecretText, Setting, Violation,
    groups::{password::Password, url::placeholder},
    rule,
    schema::Kind,
    secret::is_published,
};

/// A bucket in an object store: Amazon S3, or a store that speaks its protocol.
///
/// Variables: `S3_BUCKET` (required), and those that Amazon's SDKs read: `AWS_REGION`, `AWS_DEFAULT_REGION`,
/// `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`;
/// `S3_FORCE_PATH_STYLE`. Without static keys the SDK asks the platform for those of a role, which is better if it is
/// possible.
///
/// In Preview and Production an endpoint that anyone can reach must be `https://`, and the keys must not be those of an
/// image (`minioadmin`) or an example. `docs/CONNECTIONS.md` lists what is permitted and prohibited.
///
/// ```
/// use hardened::{Environment, Loader, connections::S3};
///
/// let environment = Environment::empty()
///     .set("ENVIRONMENT", "production")
///     .set("S3_BUCKET", "acme-uploads")
///     .set("AWS_REGION", "eu-central-1");
/// let s3 = Loader::new().environment(environment).load::<S3>().unwrap();
/// assert_eq!((s3.bucket(), s3.region(), s3.endpoint()), ("acme-uploads", Some("eu-central-1"), None));
/// // The task's or the machine's role has the keys.
/// assert!(s3.access_key_id().is_none() && !s3.is_path_style());
/// ```
///
/// Source: <https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html>
///
/// # Errors
///
/// Loading refuses with `setting-missing`, `setting-malformed`, the rules `connection-*` and those of a secret.
#[derive(Debug, hardened_derive::Config)]
#[config(check = keys(access_key_id, secret_access_key, session_token), check = global(endpoint, global_endpoint), promises = promised)]
pub struct S3 {
    /// The name of the bucket.
    #[config(env = ["S3_BUCKET", "AWS_S3_BUCKET", "BUCKET_NAME"], example = "acme-uploads")]
    bucket: Bucket,
    /// The region of the bucket.
    #[config(env = "AWS_REGION")]
    region: Option<String>,
    /// The region of the bucket, if AWS_REGION is not set.
    #[config(env = "AWS_DEFAULT_REGION")]
    default_region: Option<String>,
    /// The URL of the object store, if it is not Amazon's.
    #[config(env = ["AWS_ENDPOINT_URL_S3", "S3_ENDPOINT", "S3_ENDPOINT_URL"])]
    endpoint: Option<HttpUrl<Store>>,
    /// The URL of all services of Amazon, if AWS_ENDPOINT_URL_S3 is not set.
    #[config(env = "AWS_ENDPOINT_URL")]
    global_endpoint: Option<HttpUrl<Global>>,
    /// The ID of the access key; not set where a role provides it.
    #[config(env = "AWS_ACCESS_KEY_ID")]
    access_key_id: Option<String>,
    /// The secret of the access key; not set where a role provides it.
    #[config(env = "AWS_SECRET_ACCESS_KEY")]
    secret_access_key: Option<Password>,
    /// The token of a temporary access key.
    #[config(env = "AWS_SESSION_TOKEN")]
    session_token: Option<SecretText>,
    /// Whether the bucket is in the path of the URL; if not set, only if the store's host is an address or a name
    /// without dots.
    #[config(env = ["S3_FORCE_PATH_STYLE", "AWS_S3_FORCE_PATH_STYLE", "S3_USE_PATH_STYLE"])]
    force_path_style: Option<bool>,
}

impl S3 {
    /// Returns the name of the bucket.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket.0
    }

    /// Returns the region, if one is set; otherwise the SDK finds it.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref().or(self.default_region.as_deref())
    }

    /// Returns the URL of the object store, or `None` for Amazon's own.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        let global = self.global_endpoint.as_ref().map(HttpUrl::as_str);
        self.endpoint.as_ref().map(HttpUrl::as_str).or(global)
    }

    /// Returns the name of the static access key, or `None` if the SDK should ask the platform for that of a role.
    #[must_use]
    pub fn access_key_id(&self) -> Option<&str> {
        self.access_key_id.as_deref()
    }

    /// Returns the secret of the static access key.
    #[must_use]
    pub fn expose_secret_access_key(&self) -> Option<&str> {
        self.secret_access_key.as_ref().map(|secret| secret.0.expose_text())
    }

    /// Returns the token of a temporary access key.
    #[must_use]
    pub fn expose_session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(SecretText::expose_text)
    }

    /// Returns whether the bucket is in the path of the URL instead of the host name.
    #[must_use]
    pub fn is_path_style(&self) -> bool {
        let has_single_name = || match (&self.endpoint, &self.global_endpoint) {
            (Some(endpoint), _) => endpoint.has_single_name(),
            (None, Some(endpoint)) => endpoint.has_single_name(),
            (None, None) => false,
        };
        self.force_path_style.unwrap_or_else(has_single_name)
    }
}

#[derive(Debug)]
struct Store;

impl HttpServer for Store {
    const IS_LOCAL: bool = false;
    const IS_JUDGED: bool = true;
}

/// The server of `AWS_ENDPOINT_URL`, whose flaws count only if the store does not have its own endpoint.
#[derive(Debug)]
struct Global;

impl HttpServer for Global {
    const IS_LOCAL: bool = false;
    const IS_JUDGED: bool = false;
}

/// The name of a bucket, or the ARN of an access point:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>.
#[derive(Debug)]
struct Bucket(String);

impl Setting for Bucket {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Violation> {
        let text = text.trim();
        let in_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        let is_name = (3..=63).contains(&text.len()) && text.bytes().all(in_name);
        let is_access_point = text.starts_with("arn:") && text.contains(":accesspoint");
        if is_name || is_access_point || placeholder::is_placeholder(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(Violation::malformed("must be the name of a bucket, without s3:// and without a path"))
    }

    fn flaws(&self) -> Vec<Violation> {
        let is_example = placeholder::is_placeholder(&self.0) || placeholder::has_blank(&self.0);
        let example = || Violation::new(rule::CONNECTION_PLACEHOLDER, "the bucket is an example text");
        is_example.then(example).into_iter().collect()
    }
}

fn global(own: &Option<HttpUrl<Store>>, global: &Option<HttpUrl<Global>>) -> Vec<Violation> {
    let flaws = global.iter().filter(|_| own.is_none()).flat_map(HttpUrl::all_flaws);
    flaws.map(|flaw| flaw.about("global_endpoint")).collect()
}

fn keys(id: &Option<String>, secret: &Option<Password>, token: &Option<SecretText>) -> Vec<Violation> {
    let conflict = |fact, field| vec![Violation::new(rule::CONNECTION_CONFLICT, fact).remedy(KEYS).about(field)];
    let (Some(id), Some(secret)) = (id, secret) else {
        return match (id, secret, token) {
            (Some(_), None, _) => conflict("the access key has no secret", "secret_access_key"),
            (None, Some(_), _) => conflict("the secret has no access key", "access_key_id"),
            (None, None, Some(_)) => conflict("the session token has no access key", "access_key_id"),
            _ => Vec::new(),
        };
    };
    let secret = secret.0.expose_text();
    if placeholder::is_placeholder(id) {
        let fact = "the access key is an example text";
        return vec![Violation::new(rule::CONNECTION_PLACEHOLDER, fact).about("access_key_id")];
    }
    let is_first_guess = placeholder::is_default_password(secret, id, None);
    if is_first_guess || is_published(secret.as_bytes()) {
        let fact = "the secret access key is a well-known default";
        return vec![Violation::new(rule::CONNECTION_DEFAULT_PASSWORD, fact).about("secret_access_key")];
    }
    if placeholder::is_placeholder_password(secret) {
        let fact = "the secret access key is an example text";
        return vec![Violation::new(rule::CONNECTION_PLACEHOLDER, fact).about("secret_access_key")];
    }
    Vec::new()
}

const KEYS: &str = "set the access key and its secret, or neither where a role provides them";

fn promised(s3: &S3, promises: &mut Promises) {
    let own = s3.endpoint.as_ref().map(HttpUrl::transport);
    let global = s3.global_endpoint.as_ref().map(HttpUrl::transport);
    if let Some(transport) = own.or(global).unwrap_or(Some(Transport::VerifyFull)) {
        promises.connections.get_or_insert_default().push(ConnectionPromise {
            group: String::new(),
            service: "s3".to_owned(),
            transport,
        });
    }
}
