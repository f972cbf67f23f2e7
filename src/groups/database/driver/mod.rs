//! Connections through the guard: for sqlx, with every option set here, and for any other driver.

#[cfg(feature = "sqlx")]
mod connect;
#[cfg(feature = "sqlx")]
mod errors;
mod fault;
mod guard;
mod guarded;
#[cfg(feature = "sqlx")]
mod options;
#[cfg(feature = "sqlx")]
mod pool;
#[cfg(feature = "sqlx")]
mod probe;
mod target;

pub use self::{
    fault::{DatabaseError, DatabaseFault},
    guarded::DatabaseGuard,
};
