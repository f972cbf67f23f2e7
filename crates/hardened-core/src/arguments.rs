//! The command-line arguments of the process, for the subcommands that a service registers.

use std::{env, ffi::OsString};

/// Returns the arguments after `words`, if the process was started with `words` as its first arguments. Otherwise `None`.
pub fn behind(words: &[&str]) -> Option<impl Iterator<Item = OsString>> {
    rest(env::args_os().skip(1), words)
}

fn rest(mut arguments: impl Iterator<Item = OsString>, words: &[&str]) -> Option<impl Iterator<Item = OsString>> {
    words.iter().all(|word| arguments.next().is_some_and(|argument| argument == *word)).then_some(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subcommand_is_asked_for_by_the_first_words_alone() {
        for (arguments, expected) in [
            (&["config", "scan", "--quiet", "."][..], Some(vec!["--quiet", "."])),
            (&["config", "scan"], Some(vec![])),
            (&["config", "audit"], None),
            (&["config"], None),
            (&["scan", "config"], None),
            (&["--port", "config", "scan"], None),
            (&[], None),
        ] {
            let found = rest(arguments.iter().map(OsString::from), &["config", "scan"]);
            let found = found.map(Iterator::collect::<Vec<_>>);
            assert_eq!(found, expected.map(|words| words.into_iter().map(OsString::from).collect()), "{arguments:?}");
        }
    }
}
