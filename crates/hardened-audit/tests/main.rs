//! The tests of this crate. They are one binary, because each further binary links every dependency again.

mod asvs;
mod command;
mod decisions;
mod diff;
mod promises;
mod report;
