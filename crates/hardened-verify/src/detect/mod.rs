//! Recognises what must not be in an answer, by its content and never by its status.

mod documentation;
mod driver;
mod exposed;
mod text;
mod trace;

pub(crate) use self::{
    documentation::documentation,
    driver::driver,
    exposed::{Sort, exposed},
    trace::trace,
};
