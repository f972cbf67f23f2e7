//! The CORS policy and everything around it.

mod construction;
mod differential;
mod frameworks;
mod guard;
mod layers;
mod live;
mod origins;
mod preflights;
mod properties;
mod relations;
mod settings;
mod support;
