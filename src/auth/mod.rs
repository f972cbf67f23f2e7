//! Groups of keys for authentication.

mod better_auth;
mod jwt;

pub use self::{
    better_auth::BetterAuth,
    jwt::{Jwt, JwtAlgorithm, JwtExpiration},
};
