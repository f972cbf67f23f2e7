//! The database group: its URL, its pool, and the connection.

mod direct;
#[cfg(feature = "guard")]
mod driver;
pub(crate) mod group;
mod pieces;
mod pool;
#[cfg(feature = "guard")]
mod roots;
mod url;

#[cfg(feature = "guard")]
pub use self::driver::{DatabaseError, DatabaseFault, DatabaseGuard};
pub use self::{
    pool::Pool,
    url::{DatabaseUrl, Tls},
};

/// Compiles and runs the code of the guide.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/DATABASE.md")]
struct Guide;
