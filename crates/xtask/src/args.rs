//! Helpers for the command line arguments of tasks.

use crate::failure::{Failure, usage};

/// Fails if there are arguments, for tasks that take none.
pub(crate) fn takes_none(task: &str, args: &[String]) -> Result<(), Failure> {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(usage(format!("`{task}` takes no arguments, but got `{arg}`"))),
    }
}

/// Returns whether a flag is among the arguments, and the other arguments. Those after `--` are for another program.
pub(crate) fn flag(name: &str, args: &[String]) -> (bool, Vec<String>) {
    let own = args.iter().take_while(|arg| *arg != "--").count();
    let (own, rest) = args.split_at(own);
    let others = own.iter().filter(|arg| *arg != name).chain(rest);
    (own.iter().any(|arg| arg == name), others.cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    #[test]
    fn a_task_without_arguments_refuses_one() {
        assert_eq!(takes_none("crates", &[]), Ok(()));
        assert!(matches!(takes_none("crates", &words("--check")), Err(Failure::Usage(_))));
    }

    #[test]
    fn a_flag_is_taken_out_before_the_two_dashes() {
        for (typed, expected) in [
            ("", (false, "")),
            ("--yes", (true, "")),
            ("-p hardened --yes a_name", (true, "-p hardened a_name")),
            ("a_name -- --yes", (false, "a_name -- --yes")),
            ("--yes -- --yes", (true, "-- --yes")),
        ] {
            assert_eq!(flag("--yes", &words(typed)), (expected.0, words(expected.1)), "{typed}");
        }
    }
}
