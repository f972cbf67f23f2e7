//! Checks the claims of a token: RFC 7519 §4.1.

use serde_json::{Map, Value};

use super::TokenError;

/// The maximum difference between the clocks of two machines, in seconds.
pub(super) const LEEWAY: u16 = 60;

/// Refuses registered claims of a wrong type. A claim that is present is always checked: one of a wrong type, even `null`,
/// does not count as absent.
pub(super) fn judge_types(claims: &Map<String, Value>) -> Result<(), TokenError> {
    let is = |name: &str, right: fn(&Value) -> bool| claims.get(name).is_none_or(right);
    let are_right = ["exp", "nbf", "iat"].into_iter().all(|name| is(name, is_date))
        && ["iss", "sub", "jti"].into_iter().all(|name| is(name, Value::is_string))
        && is("aud", is_audience);
    if are_right { Ok(()) } else { Err(TokenError::Claims) }
}

/// Returns whether a value is a number of seconds, which may have a fraction (RFC 7519 §2).
fn is_date(value: &Value) -> bool {
    value.as_f64().is_some_and(f64::is_finite)
}

fn is_audience(value: &Value) -> bool {
    value.is_string() || value.as_array().is_some_and(|all| all.iter().all(Value::is_string))
}

/// The required values of claims.
#[derive(Debug, Clone)]
pub(super) struct Required {
    pub(super) issuer: Option<String>,
    pub(super) audience: Option<String>,
}

impl Required {
    /// Checks the claims at a time, in seconds since 1970.
    pub(super) fn judge(&self, claims: &Map<String, Value>, now: u64) -> Result<(), TokenError> {
        judge_types(claims)?;
        self.judge_times(claims, now as f64)?;
        if let Some(issuer) = &self.issuer {
            let named = claims.get("iss").ok_or(TokenError::ClaimMissing)?;
            if named != issuer.as_str() {
                return Err(TokenError::Issuer);
            }
        }
        match (&self.audience, claims.get("aud")) {
            (Some(audience), Some(named)) if names(named, audience) => Ok(()),
            (Some(_), None) => Err(TokenError::ClaimMissing),
            (None, None) => Ok(()),
            (_, Some(_)) => Err(TokenError::Audience),
        }
    }

    fn judge_times(&self, claims: &Map<String, Value>, now: f64) -> Result<(), TokenError> {
        let at = |name: &str| claims.get(name).and_then(Value::as_f64);
        let end = at("exp").ok_or(TokenError::ClaimMissing)?;
        if end < now - f64::from(LEEWAY) {
            return Err(TokenError::Expired);
        }
        if at("nbf").is_some_and(|begin| begin > now + f64::from(LEEWAY)) {
            return Err(TokenError::NotYetValid);
        }
        Ok(())
    }
}

fn names(named: &Value, audience: &str) -> bool {
    named == audience || named.as_array().is_some_and(|all| all.iter().any(|one| one == audience))
}
