//! Error responses: a status and a sentence of our own (RFC 9457), never the text of a library.

use std::{fmt, marker::PhantomData};

use axum::{
    Json,
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse, Response},
};
use hardened::{database::DatabaseFault, layers::TooManyAttempts};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use utoipa::ToSchema;

use crate::password::NotComputed;

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// An error response.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The name of the status.
    title: &'static str,
    /// The status.
    #[serde(serialize_with = "number")]
    #[schema(value_type = u16)]
    status: StatusCode,
    /// What was wrong with the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
    /// In how many seconds another attempt may succeed.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    /// Creates an error without a detail.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1);
        Self { title: status.canonical_reason().unwrap_or("Error"), status, detail: None, retry_after }
    }

    /// Creates the error for something that does not exist or belongs to another user; the client cannot tell which.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND)
    }

    /// Creates the error for an internal fault.
    #[must_use]
    pub fn unexpected() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Creates the error for a request that was understood but is not valid.
    #[must_use]
    pub fn invalid(detail: &'static str) -> Self {
        Self { detail: Some(detail), ..Self::new(StatusCode::UNPROCESSABLE_ENTITY) }
    }

    /// Creates the error for a client that is not authenticated.
    #[must_use]
    pub fn unauthorized(detail: &'static str) -> Self {
        Self { detail: Some(detail), ..Self::new(StatusCode::UNAUTHORIZED) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let retry_after = self.retry_after;
        let mut response = (self.status, [(CONTENT_TYPE, PROBLEM_JSON)], Json(self)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Converts every refusal of a request to this form, whether a router, an extractor or a guard made it.
pub(crate) async fn in_one_form(response: Response) -> Response {
    let is_ours = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == PROBLEM_JSON);
    if is_ours || !response.status().is_client_error() {
        return response;
    }
    let (refusal, _) = response.into_parts();
    let mut response = Problem::new(refusal.status).into_response();
    for (name, value) in &refusal.headers {
        if !response.headers().contains_key(name) {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// Logs the cause. The answer is 503 if the fault is likely to be temporary.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        // The user of a token may have been deleted. No other table is referenced.
        if error.as_database_error().is_some_and(|error| error.is_foreign_key_violation()) {
            return Self::new(StatusCode::UNAUTHORIZED);
        }
        let fault = DatabaseFault::of(&error);
        tracing::error!(fault = fault.code(), "the database failed");
        match fault {
            DatabaseFault::Other => Self::unexpected(),
            _ => Self::new(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

/// The answer is 503 with `Retry-After` if the queue is full, because there may be room a moment later.
impl From<NotComputed> for Problem {
    fn from(reason: NotComputed) -> Self {
        match reason {
            NotComputed::Busy => Self::new(StatusCode::SERVICE_UNAVAILABLE),
            NotComputed::Failed => Self::unexpected(),
        }
    }
}

/// The answer is 429, and is the same for every account.
impl From<TooManyAttempts> for Problem {
    fn from(too_many: TooManyAttempts) -> Self {
        let wait = too_many.wait();
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self { retry_after: Some(seconds.max(1)), ..Self::new(StatusCode::TOO_MANY_REQUESTS) }
    }
}

/// An extractor for a JSON object in the body; its rejection is a [`Problem`].
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(Members(body)) = Json::<Members<T>>::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// A struct that is read only from an object. By default, a struct is also read from an array of its members.
struct Members<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OfAnObject(PhantomData)).map(Self)
    }
}

struct OfAnObject<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OfAnObject<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members))
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        let detail = match &rejection {
            JsonRejection::JsonSyntaxError(_) => Some("the body is not JSON"),
            JsonRejection::JsonDataError(_) => Some("a member of the body is missing, unknown, or of the wrong type"),
            JsonRejection::MissingJsonContentType(_) => Some("the body must have the type application/json"),
            _ => None,
        };
        Self { detail, ..Self::new(rejection.status()) }
    }
}

/// An extractor for path parameters. An identifier that is not valid is answered with 404.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Problem))]
pub struct Path<T>(pub T);

impl From<PathRejection> for Problem {
    fn from(_: PathRejection) -> Self {
        Self::not_found()
    }
}

/// An extractor for query parameters.
#[derive(Debug, FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Problem))]
pub struct Query<T>(pub T);

impl From<QueryRejection> for Problem {
    fn from(_: QueryRejection) -> Self {
        Self::invalid("a parameter is unknown, or of the wrong type")
    }
}

fn number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}
