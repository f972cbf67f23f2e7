//! Interprets GraphQL answers: their status is usually 200, and the body says whether something was refused.

use http::StatusCode;
use serde_json::Value;

use crate::answer::Answer;

/// Error codes of GraphQL servers: Apollo, Hasura, Hot Chocolate, Lighthouse, Spring, AppSync, Yoga.
const CODES: &[(StatusCode, &[&str])] = &[
    (
        StatusCode::UNAUTHORIZED,
        &[
            "unauthenticated",
            "unauthorized",
            "unauthorizedexception",
            "authentication",
            "auth_not_authenticated",
            "access_denied",
            "invalid_jwt",
            "invalid_headers",
        ],
    ),
    (
        StatusCode::FORBIDDEN,
        &["forbidden", "authorization", "auth_not_authorized", "permission_denied", "permission_error"],
    ),
    (StatusCode::NOT_FOUND, &["not_found", "notfound", "not_exists"]),
    (
        StatusCode::BAD_REQUEST,
        &[
            "bad_request",
            "bad_user_input",
            "graphql_parse_failed",
            "graphql_validation_failed",
            "validation",
            "validation_failed",
            "validationerror",
        ],
    ),
    (StatusCode::TOO_MANY_REQUESTS, &["too_many_requests", "rate_limited", "throttled"]),
];

/// The members of an error that can hold its code.
const PLACES: &[&str] = &["/extensions/code", "/extensions/classification", "/extensions/category", "/errorType"];

/// Returns the status that an answer means. If all of its data is null, this is the status of its error code, 422 if the
/// code is not known, or 404 if there is no error.
pub(crate) fn meaning(answer: &Answer) -> StatusCode {
    let body = match answer.json() {
        Some(Value::Object(body)) if answer.status.is_success() => body,
        _ => return answer.status,
    };
    let errors = body.get("errors").and_then(Value::as_array).filter(|errors| !errors.is_empty());
    let data = body.get("data").and_then(Value::as_object);
    if data.is_some_and(|data| data.values().any(|value| !value.is_null())) {
        return answer.status;
    }
    match errors {
        Some(errors) => errors.iter().find_map(of_error).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
        None if body.contains_key("data") => StatusCode::NOT_FOUND,
        None => answer.status,
    }
}

fn of_error(error: &Value) -> Option<StatusCode> {
    let codes = PLACES.iter().filter_map(|place| error.pointer(place)?.as_str());
    let plain = |code: &str| code.to_ascii_lowercase().replace(['-', ' '], "_");
    codes
        .map(plain)
        .find_map(|code| CODES.iter().find(|(_, known)| known.contains(&code.as_str())).map(|(status, _)| *status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_graphql_means_what_its_body_says() {
        for (status, body, expected) in [
            (200, r#"{"data":{"note":{"id":1}}}"#, 200),
            (200, r#"{"data":{"notes":[]}}"#, 200),
            (200, r#"{"data":{"a":null,"b":false},"errors":[{"message":"x"}]}"#, 200),
            (200, r#"{"data":{"note":null}}"#, 404),
            (200, r#"{"data":null}"#, 404),
            (200, r#"{"data":{"note":null},"errors":[{"extensions":{"code":"FORBIDDEN"}}]}"#, 403),
            (200, r#"{"errors":[{"extensions":{"path":"$","code":"invalid-jwt"},"message":"x"}]}"#, 401),
            (200, r#"{"errors":[{"extensions":{"classification":"NOT_FOUND"}}],"data":null}"#, 404),
            (200, r#"{"errors":[{"errorType":"Unauthorized"}]}"#, 401),
            (200, r#"{"errors":[{"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"#, 400),
            (200, r#"{"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"#, 422),
            (200, r#"{"errors":[{"message":"not found"}],"data":null}"#, 422),
            (200, r#"{"errors":[],"data":{"note":null}}"#, 404),
            (200, r#"{"ok":true}"#, 200),
            (200, "[]", 200),
            (200, "", 200),
            (500, r#"{"data":null}"#, 500),
            (401, r#"{"errors":[{"extensions":{"code":"FORBIDDEN"}}]}"#, 401),
        ] {
            assert_eq!(meaning(&Answer::of(status, body)).as_u16(), expected, "{body}");
        }
    }
}
