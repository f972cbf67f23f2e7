//! The request handlers for signing up and signing in.

use axum::{Json, extract::State, http::StatusCode};
use hardened::{
    auth::{Attempts, TokenSigner},
    layers::{AttemptLimit, ClientAddress},
    listen::TrustedProxies,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Store,
    password::Passwords,
    problem::{Body, Problem},
    user::User,
};

/// The e-mail address and the password of a user.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// An e-mail address of at most 254 characters. White space around it is removed, and case makes no difference.
    #[schema(
        example = "ada@example.com",
        max_length = 254,
        pattern = r"^\s*[^\s\x00-\x1f\x7f-\x9f@]+@[^\s\x00-\x1f\x7f-\x9f]*\.[^\s\x00-\x1f\x7f-\x9f]*\s*$"
    )]
    email: String,
    /// From 12 to 256 characters.
    #[schema(value_type = String, format = Password, min_length = 12, max_length = 256)]
    password: SecretString,
}

impl Credentials {
    fn address(&self) -> Result<String, Problem> {
        let email = self.email.trim().to_lowercase();
        let is_address = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !is_address
            || self.email.chars().count() > 254
            || email.contains(|symbol: char| symbol.is_whitespace() || symbol.is_control())
        {
            return Err(Problem::invalid("email is not an e-mail address"));
        }
        Ok(email)
    }

    fn is_long_enough(&self) -> Result<(), Problem> {
        match self.password.expose_secret().chars().count() {
            12..=256 => Ok(()),
            _ => Err(Problem::invalid("password must have from 12 to 256 characters")),
        }
    }
}

/// The limits of attempts for each client and for each account.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The limit of sign-ups.
    pub sign_up: AttemptLimit,
    /// The limit of sign-ins.
    pub sign_in: AttemptLimit,
}

impl Limits {
    /// Creates the limits. Sign-ups and sign-ins are counted separately.
    #[must_use]
    pub fn new(attempts: &Attempts, proxies: &TrustedProxies) -> Self {
        let limit = |name| AttemptLimit::new(name, attempts, proxies);
        Self { sign_up: limit("sign-up"), sign_in: limit("sign-in") }
    }
}

/// A token that identifies the user, for the header `Authorization: Bearer …`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    token: String,
}

/// Creates an account.
///
/// The answer is the same if the address already has an account. Signing in still reveals it: the password of this request
/// works if the address was free, and fails if it was taken. A service that must not reveal who has an account creates one
/// only after the user has followed a link in a mail to the address; this service does not send mail.
#[utoipa::path(
    post,
    path = "/sign-up",
    request_body = Credentials,
    responses(
        (status = 202, description = "Sign in now"),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests are waiting", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn sign_up(
    State(store): State<Store>,
    State(passwords): State<Passwords>,
    State(limits): State<Limits>,
    client: ClientAddress,
    Body(credentials): Body<Credentials>,
) -> Result<StatusCode, Problem> {
    let email = credentials.address()?;
    credentials.is_long_enough()?;
    limits.sign_up.account(client, &email).await?;
    let hash = passwords.hash(credentials.password).await?;
    store.add_user(Uuid::now_v7(), &email, &hash).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Issues a token for a limited time.
#[utoipa::path(
    post,
    path = "/sign-in",
    request_body = Credentials,
    responses(
        (status = 200, body = Token),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests are waiting", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub async fn sign_in(
    State(store): State<Store>,
    State(passwords): State<Passwords>,
    State(signer): State<TokenSigner>,
    State(limits): State<Limits>,
    client: ClientAddress,
    Body(credentials): Body<Credentials>,
) -> Result<Json<Token>, Problem> {
    let email = credentials.address()?;
    // The limit comes before the account is looked up, so that the answer does not depend on whether it exists.
    limits.sign_in.account(client, &email).await?;
    let (id, hash) = store.user(&email).await?.unzip();
    let is_right = passwords.verify(credentials.password, hash).await?;
    let Some(id) = id.filter(|_| is_right) else {
        return Err(Problem::unauthorized("the address or the password is wrong"));
    };
    let token = signer.sign(&User { id }).map_err(|_| Problem::unexpected())?;
    Ok(Json(Token { token }))
}
