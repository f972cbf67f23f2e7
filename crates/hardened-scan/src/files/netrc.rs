//! Reads `.netrc` files: machines with a login and a password.

use super::{entry::Entry, text::offset};

pub(super) fn entries(text: &str) -> Vec<Entry> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .filter_map(|pair| match pair {
            ["password", value] => {
                let start = offset(text, value);
                Some(Entry::variable("password", *value, start..start + value.len()))
            }
            _ => None,
        })
        .collect()
}
