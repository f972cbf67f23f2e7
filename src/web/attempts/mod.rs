//! Limits attempts to sign in and to do anything else that attackers try by guessing.

mod answer;
mod in_process;
mod layer;
mod limit;
mod store;
mod table;

pub use self::{
    answer::TooManyAttempts,
    in_process::InProcess,
    layer::{AttemptLayer, AttemptService},
    limit::AttemptLimit,
    store::{Attempt, AttemptKey, AttemptStore, Quota},
};
