//! One binary: each more would be linked anew.

mod asvs;
mod command;
mod decisions;
mod diff;
mod promises;
mod report;
