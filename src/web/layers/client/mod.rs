//! The address of the client, even behind proxies.

mod address;
mod element;
mod layer;
pub(crate) mod policy;

#[cfg(feature = "axum")]
pub use self::address::ClientUnknown;
pub use self::{
    address::{ClientAddress, PeerAddress},
    layer::{Clients, ClientsService},
};
