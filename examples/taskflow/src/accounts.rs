//! Signing up and signing in.

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

/// Who somebody is, and what only they know.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// An e-mail address of at most 254 characters. White space around it is dropped, and case does not count.
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
            return Err(Problem::invalid("email is no address"));
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

/// How often one client may try, and how often at one address.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For making an account.
    pub sign_up: AttemptLimit,
    /// For getting a token.
    pub sign_in: AttemptLimit,
}

impl Limits {
    /// Each is counted apart from the other.
    #[must_use]
    pub fn new(attempts: &Attempts, proxies: &TrustedProxies) -> Self {
        let limit = |name| AttemptLimit::new(name, attempts, proxies);
        Self { sign_up: limit("sign-up"), sign_in: limit("sign-in") }
    }
}

/// What proves who asks, in the header `Authorization: Bearer …`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    token: String,
}

/// Makes an account.
///
/// The answer is the same when the address has an account already. Signing in tells all the same: with the password of
/// this request it works when the address was free, and fails when it was taken. A service that must not tell who has an
/// account makes one only when a link in a mail to the address was followed; this one sends no mail.
#[utoipa::path(
    post,
    path = "/sign-up",
    request_body = Credentials,
    responses(
        (status = 202, description = "Sign in now"),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many others wait", body = Problem, content_type = "application/problem+json"),
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

/// Gives a token for a while.
#[utoipa::path(
    post,
    path = "/sign-in",
    request_body = Credentials,
    responses(
        (status = 200, body = Token),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many others wait", body = Problem, content_type = "application/problem+json"),
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
    // Before anybody is looked for, so that the answer says nothing about an account.
    limits.sign_in.account(client, &email).await?;
    let (id, hash) = store.user(&email).await?.unzip();
    let is_right = passwords.verify(credentials.password, hash).await?;
    let Some(id) = id.filter(|_| is_right) else {
        return Err(Problem::unauthorized("the address or the password is wrong"));
    };
    let token = signer.sign(&User { id }).map_err(|_| Problem::unexpected())?;
    Ok(Json(Token { token }))
}
