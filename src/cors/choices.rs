//! What a service decides about its policy in code.

use super::PolicyBuilder;

/// What a service decides about CORS in code, while the origins come from a variable: the parameter of
/// [`CorsSettings`](crate::CorsSettings).
///
/// Being a type and not a call after loading, it is judged with everything else at the start, stands in the same
/// report, and `layer()` cannot fail.
pub trait Choices: 'static {
    /// Adds what the code decides to the policy.
    fn choose(policy: PolicyBuilder) -> PolicyBuilder;
}

/// Choices for an API that takes JSON and a token: `PUT`, `PATCH` and `DELETE` in addition to what the standard allows
/// every page, the headers `content-type` and `authorization`, and no credentials.
#[derive(Debug, Clone, Copy)]
pub enum Defaults {}

impl Choices for Defaults {
    fn choose(policy: PolicyBuilder) -> PolicyBuilder {
        policy.methods(["PUT", "PATCH", "DELETE"]).headers(["content-type", "authorization"])
    }
}
