//! Makes `docs/TASKS.md`, the list of tasks for contributors.

use std::fmt::Write;

use super::generated::Generated;
use crate::failure::Failure;
use crate::task::TASKS;

pub(super) fn make() -> Result<Generated, Failure> {
    let mut page = String::from(
        "<!-- Made by `cargo xtask generate tasks`. -->\n\
         # Tasks\n\
         \n\
         What is done more than once in this repository is a task.\n\
         \n\
         | command | what it does |\n\
         |---|---|\n",
    );
    for described in TASKS {
        // Writing to a string cannot fail. A `|` would end the table cell.
        let _ = writeln!(page, "| `{}` | {} |", described.call().replace('|', "\\|"), described.about);
    }
    page.push_str(
        "\n`.ci/run` is what a machine runs on a fresh clone: `test`, `check` and `newcomer`, with everything compiled once: clippy is the compiler of the tests, and rustdoc writes pages when it runs examples.\n",
    );
    Ok(Generated { path: "docs/TASKS.md", content: page.into_bytes() })
}
