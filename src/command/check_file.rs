//! A generated document: printed, or compared with a file.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

/// Prints the text, or says whether a file differs from it.
pub(super) fn print_or_compare(
    text: &str,
    file: Option<PathBuf>,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<i32> {
    let Some(file) = file else {
        output.write_all(text.as_bytes())?;
        return Ok(0);
    };
    match fs::read_to_string(&file) {
        Ok(present) if present == text => Ok(0),
        Ok(_) => {
            writeln!(errors, "{} is out of date: run the command again without --check to update it", file.display())
                .map(|()| 1)
        }
        Err(_) => writeln!(errors, "cannot read {}", file.display()).map(|()| 1),
    }
}
