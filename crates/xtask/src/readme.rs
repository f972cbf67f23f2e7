//! Reads the README as a list of steps: what a reader types and copies, in order.

use crate::failure::{Failure, failed};

/// A step of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Types a command.
    Command(String),
    /// Copies a program into `src/main.rs`.
    Program(String),
    /// Adds tests to the program.
    Tests(String),
    /// Adds lines to `Cargo.toml`.
    Manifest(String),
}

/// Returns the steps in the code blocks of the README, in order. Blocks of `text` and JSON are only for reading.
pub(crate) fn steps(readme: &str) -> Result<Vec<Step>, Failure> {
    let mut steps = Vec::new();
    for (language, content) in blocks(readme) {
        match language.split(',').next().unwrap_or_default() {
            "console" => steps.extend(commands(content).into_iter().map(Step::Command)),
            "rust" if content.contains("fn main()") => steps.push(Step::Program(content.to_owned())),
            "rust" if content.contains("#[test]") => steps.push(Step::Tests(content.to_owned())),
            "toml" if content.contains("[dependencies]") => steps.push(Step::Manifest(content.to_owned())),
            "text" | "json" => {}
            _ => return Err(failed(format!("the README has a code block of an unknown kind:\n{content}"))),
        }
    }
    Ok(steps)
}

/// Returns the language and the content of each block.
fn blocks(readme: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = readme.split("\n```").collect();
    parts.chunks(2).filter_map(|pair| pair.get(1)?.split_once('\n')).collect()
}

/// Returns the commands in a console block: the text after `$ `, without comments.
fn commands(console: &str) -> Vec<String> {
    let typed = console.lines().filter_map(|line| line.strip_prefix("$ "));
    typed.map(|line| line.split_once(" #").map_or(line, |(command, _)| command).trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_steps_in_their_order() {
        let readme = "# One\n\n```console\n$ cargo add hardened   # once\noutput\n$ cargo run\n```\n\nSee:\n\n\
                      ```rust,no_run\nfn main() {}\n```\n```text\nrefused\n```\n```rust,ignore\n#[test]\nfn one() {}\n```\n";
        let expected = [
            Step::Command("cargo add hardened".to_owned()),
            Step::Command("cargo run".to_owned()),
            Step::Program("fn main() {}".to_owned()),
            Step::Tests("#[test]\nfn one() {}".to_owned()),
        ];
        assert_eq!(steps(readme), Ok(expected.to_vec()));
    }

    #[test]
    fn a_block_of_an_unknown_kind_is_refused() {
        for block in ["```yaml\na: 1\n```", "```\n$ cargo run\n```", "```rust\nlet a = 1;\n```"] {
            assert!(steps(&format!("\n{block}\n")).is_err(), "{block}");
        }
    }
}
