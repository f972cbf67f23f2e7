//! The look of output: colour and width on a terminal, plain text everywhere else.

mod detect;
mod look;
mod page;

pub use self::{
    look::{Color, Look},
    page::{Page, Style},
};
