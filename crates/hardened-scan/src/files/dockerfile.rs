//! Reads `ENV` and `ARG` in Dockerfiles, and assignments in their commands.

use super::{
    entry::Entry,
    shell,
    text::{lines, offset},
};

/// Returns every variable that an image is built with.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    instructions(text)
        .flat_map(|instruction| {
            let Some((word, rest)) = instruction.trim_start().split_once([' ', '\t']) else { return Vec::new() };
            let rest = rest.trim_start();
            match word.to_ascii_uppercase().as_str() {
                "ENV" => old_form(text, rest).map_or_else(|| shell::assignments(text, rest), |entry| vec![entry]),
                "ARG" | "RUN" | "CMD" | "ENTRYPOINT" | "LABEL" => shell::assignments(text, rest),
                _ => Vec::new(),
            }
        })
        .collect()
}

/// Parses the old form `ENV NAME value`.
fn old_form(text: &str, rest: &str) -> Option<Entry> {
    let (name, value) = rest.split_once([' ', '\t'])?;
    let value = value.trim();
    let start = offset(text, value);
    (!name.contains('=') && !value.starts_with('$'))
        .then(|| Entry::variable(name, super::text::unquoted(value), start..start + value.len()))
}

/// Returns the word that ends the text after `RUN <<EOT`.
fn here_document(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("<<")?;
    let word = rest.trim_start_matches('-').split_whitespace().next()?.trim_matches(['"', '\'']);
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_').then_some(word)
}

/// Returns the instructions, each with its continuation lines.
fn instructions(text: &str) -> impl Iterator<Item = &str> {
    let mut start = None;
    let mut document = None;
    let starts = lines(text).filter_map(move |(at, line)| {
        let trimmed = line.trim();
        if document.is_none() && (trimmed.is_empty() || trimmed.starts_with('#')) {
            return None;
        }
        let begin = *start.get_or_insert(at);
        document = match document {
            None => here_document(trimmed),
            Some(end) => (trimmed != end).then_some(end),
        };
        let goes_on = document.is_some() || trimmed.ends_with(['\\', '`']);
        if !goes_on {
            start = None;
        }
        (!goes_on).then_some(begin..at + line.len())
    });
    starts.filter_map(move |part| text.get(part))
}
