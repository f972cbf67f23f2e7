//! A message that would carry a value.

use hardened::{Message, Rejection, message};

fn owned(value: String) -> Message {
    message!("not a port: ", value)
}

fn borrowed(value: &str) -> Message {
    message!("not a port: ", value)
}

fn formatted(value: &str) -> Rejection {
    Rejection::malformed(format!("not a port: {value}"))
}

fn main() {}
