//! A limit of attempts, for sign-in and whatever else people guess at.

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
