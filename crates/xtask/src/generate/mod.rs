//! Files in the repository that are made from something else.

pub(crate) mod published;
