//! A message that would carry a value.

use hardened::{Violation, message, finding::Message};

fn owned(value: String) -> Message {
    message!("not a port: ", value)
}

fn borrowed(value: &str) -> Message {
    message!("not a port: ", value)
}

fn formatted(value: &str) -> Violation {
    Violation::malformed(format!("not a port: {value}"))
}

fn main() {}
