//! Runs the benchmarks.

use crate::failure::Failure;
use crate::shell;

/// Runs the task.
pub(crate) fn run(args: &[String]) -> Result<(), Failure> {
    shell::run(shell::cargo("bench --package hardened-benches").args(selection(args)))
}

/// Returns which benchmarks to run, and their arguments. Without a name, a pattern selects all of them but not the
/// library of the package, whose harness would not understand the arguments of a benchmark.
fn selection(args: &[String]) -> Vec<String> {
    let (name, rest) = match args.split_first() {
        Some((name, rest)) if !name.starts_with('-') => (Some(name), rest),
        _ => (None, args),
    };
    let mut selection = vec!["--bench".to_owned(), name.map_or("*", String::as_str).to_owned()];
    let rest = rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest);
    if !rest.is_empty() {
        selection.push("--".to_owned());
        selection.extend_from_slice(rest);
    }
    selection
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::words;

    #[test]
    fn a_name_selects_one_benchmark_and_the_rest_is_for_it() {
        for (typed, selected) in [
            ("", "--bench *"),
            ("load", "--bench load"),
            ("load --quick", "--bench load -- --quick"),
            ("load -- --quick", "--bench load -- --quick"),
            ("--quick", "--bench * -- --quick"),
        ] {
            assert_eq!(selection(&words(typed)), words(selected), "{typed}");
        }
    }
}
