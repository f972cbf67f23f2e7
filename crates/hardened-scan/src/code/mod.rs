//! Code that takes a secret from somewhere it should not.
