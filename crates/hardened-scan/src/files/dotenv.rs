//! Reads `.env` files.

use hardened_core::dotenv::{Meaning, statements};

use super::{entry::Entry, shell, text::offset};

/// Returns every variable. Lines that are commented out count, because a secret in a comment is just as public.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    for statement in statements(text) {
        let at = offset(text, statement.text);
        let whole = at..at + statement.text.trim_end().len();
        match statement.meaning {
            Meaning::Entry { name, value, .. } => {
                let start = statement.text.find('=').map_or(at, |sign| at + sign + 1);
                entries.push(Entry::variable(name, value.as_str(), start..whole.end));
            }
            Meaning::Nothing => entries.extend(commented(text, statement.text)),
            // Lines for other programs and malformed lines can contain secrets too.
            _ => entries.extend(foreign(statement.text, whole)),
        }
    }
    entries
}

/// Parses a commented assignment: `# STRIPE_KEY=…`.
fn commented(text: &str, line: &str) -> Vec<Entry> {
    let code = line.trim().trim_start_matches('#').trim_start();
    let is_assigned = code.split_once('=').is_some_and(|(name, _)| !name.contains(' '));
    if is_assigned { shell::assignments(text, code) } else { Vec::new() }
}

/// Parses `NAME: value` and `a.name=value`.
fn foreign(line: &str, whole: std::ops::Range<usize>) -> Option<Entry> {
    let (name, value) = line.split_once(['=', ':'])?;
    Some(Entry::variable(name.trim(), super::text::unquoted(value), whole))
}
