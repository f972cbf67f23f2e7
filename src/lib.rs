//! Configuration hardening.
