//! The rules of the search in code and in files of configuration.

hardened_core::rules! {}
