//! Prints a generated document, or compares it with a file.

use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::PathBuf,
};

use hardened_core::{
    report::counted,
    terminal::{Look, Page, Style},
    text::escape,
};

use super::difference::{Line, difference};

/// The maximum number of differing lines to show.
const MAX_LINES: usize = 40;

/// Prints the text, or shows how a file differs from it. `command` is the command that prints the text.
pub(super) fn print_or_compare(
    text: &str,
    file: Option<PathBuf>,
    command: &str,
    look: Look,
    output: &mut dyn Write,
    errors: &mut dyn Write,
) -> io::Result<i32> {
    let Some(file) = file else {
        output.write_all(text.as_bytes())?;
        return Ok(0);
    };
    let shown = escape(&file.display().to_string()).into_owned();
    let update = format!("write the output of `{command}` to {shown}");
    match fs::read_to_string(&file) {
        Ok(present) => {
            let lines = difference(&present, text);
            if lines.is_empty() {
                return Ok(0);
            }
            writeln!(errors, "{}", told(&lines, &shown, &update, look))?;
        }
        Err(error) if error.kind() == ErrorKind::NotFound => writeln!(errors, "{shown} does not exist: {update}")?,
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            writeln!(errors, "{shown} is not UTF-8 text: {update}")?
        }
        Err(_) => writeln!(errors, "{shown} cannot be read")?,
    }
    Ok(1)
}

fn told(lines: &[Line<'_>], shown: &str, update: &str, look: Look) -> String {
    let old = lines.iter().filter(|line| matches!(line, Line::Old(..))).count();
    let counts = format!("{} to add, {} to remove", counted(lines.len() - old, "line"), old);
    let mut page = Page::new(look);
    page.line(2, &[(Style::Bad, &format!("{shown} is out of date")), (Style::Plain, &format!(": {counts}"))]);
    for line in lines.iter().take(MAX_LINES) {
        let (style, sign, number, text) = match line {
            // The file may contain secrets, which must not reach a log.
            Line::Old(number, text) => (Style::Bad, '-', number, without_value(text)),
            Line::New(number, text) => (Style::Good, '+', number, (*text).to_owned()),
        };
        let text = format!("{sign} {}", escape(&text));
        page.line(10, &[(Style::Faint, &format!("  {number:>4}  ")), (style, text.trim_end())]);
    }
    if lines.len() > MAX_LINES {
        page.line(2, &[(Style::Faint, &format!("  and {}", counted(lines.len() - MAX_LINES, "more line")))]);
    }
    page.line(5, &[(Style::Good, "fix: "), (Style::Plain, update)]);
    page.finish()
}

/// The characters that begin a line of a generated document: a comment, a row of Markdown, a piece of JSON.
const BEGINNINGS: [char; 7] = ['#', '|', '"', '{', '}', '[', ']'];

/// Returns a line of the file without anything that may be a secret: the value of a variable, even if commented out, and
/// any line that no generated document contains.
fn without_value(line: &str) -> String {
    let is_name = |symbol: char| symbol.is_ascii_alphanumeric() || matches!(symbol, '_' | '#' | ' ');
    match line.split_once('=') {
        Some((name, value)) if name.len() <= 80 && name.chars().all(is_name) => {
            let hidden = if value.trim().is_empty() { "" } else { "…" };
            format!("{name}={hidden}")
        }
        _ if hardened_strength::in_text(line).is_some() => "(not shown: looks like a secret)".to_owned(),
        _ if line.trim().is_empty() || line.trim_start().starts_with(BEGINNINGS) => line.to_owned(),
        _ => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_of_a_line_of_the_file_is_not_shown() {
        for (line, shown) in [
            ("PORT=8080", "PORT=…"),
            ("#PORT=8080", "#PORT=…"),
            ("export KEY=x", "export KEY=…"),
            ("KEY=", "KEY="),
            ("# Port to listen on.", "# Port to listen on."),
            ("", ""),
            ("hunter2", "…"),
            ("PORT: hunter2", "…"),
            ("      \"default\": \"8080\",", "      \"default\": \"8080\","),
            ("| `PORT` | Port | Default: 8080 |", "| `PORT` | Port | Default: 8080 |"),
            ("# postgres://app:Zq7vX2mK9pLw4Rt8@db.example.com/app", "(not shown: looks like a secret)"),
        ] {
            assert_eq!(without_value(line), shown, "{line}");
        }
    }

    #[test]
    fn long_differences_are_cut() {
        let new: String = (0..100).map(|number| format!("line {number}\n")).collect();
        let lines = difference("", &new);
        let text = told(&lines, "FILE", "write it", Look::PLAIN);
        assert!(text.starts_with("FILE is out of date: 100 lines to add, 0 to remove\n     1  + line 0\n"), "{text}");
        assert!(text.ends_with("\n  and 60 more lines\nfix: write it"), "{text}");
    }
}
