//! What is known about text: each list has its one home here.

mod boolean;
mod distance;
mod escape;
mod invisible;
pub mod percent;

pub use self::{
    boolean::boolean,
    distance::distance,
    escape::escape,
    invisible::{is_invisible, without_invisible},
};
