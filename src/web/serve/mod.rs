//! A server with limits: the types that the function [`serve`](crate::serve()) takes and returns.

mod answer;
mod app;
mod connection;
mod connection_limit;
mod error;
mod exchange;
mod lifetime;
mod listener;
mod open_files;
mod outflow;
mod permits;
mod progress;
mod refusal;
mod request_body;
mod requests;
mod response_body;
mod server;
mod signals;
mod socket;
mod stage;
pub(crate) mod start;
mod streams;
mod watch;

pub use self::{
    app::App,
    error::ServeError,
    listener::Listener,
    request_body::{BodyError, RequestBody},
    start::Serve,
};
