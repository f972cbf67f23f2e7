//! Reads `.pgpass` files: lines with a host, a port, a database, a user and a password.

use super::{
    entry::Entry,
    text::{lines, offset},
};

pub(super) fn entries(text: &str) -> Vec<Entry> {
    let passwords = lines(text).filter_map(|(_, line)| {
        let value = line.splitn(5, ':').nth(4).filter(|_| !line.starts_with('#'))?;
        let start = offset(text, value);
        Some(Entry::variable("password", value, start..start + value.len()))
    });
    passwords.collect()
}
