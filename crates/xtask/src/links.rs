//! Checks that every relative link in a Markdown file leads to a file, and to a heading if it names one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Failure, failed};
use crate::shell;

/// Checks every Markdown file that git knows.
pub(crate) fn check() -> Result<(), Failure> {
    let files = shell::output(&mut git("ls-files --cached --others --exclude-standard -- *.md"))?;
    let (mut links, mut problems) = (0, Vec::new());
    for file in files.lines().filter(|file| shell::root().join(file).is_file()) {
        let text = read(&shell::root().join(file))?;
        for link in relative_links(&text) {
            links += 1;
            if let Some(problem) = problem(Path::new(file), &link)? {
                problems.push(format!("{file}: {link}: {problem}"));
            }
        }
    }
    println!("{links} links");
    if links == 0 {
        problems.push("no file has a link: the search is broken".to_owned());
    }
    if problems.is_empty() { Ok(()) } else { Err(failed(problems.join("\n"))) }
}

fn git(arguments: &str) -> std::process::Command {
    let mut command = std::process::Command::new("git");
    command.args(shell::words(arguments)).current_dir(shell::root());
    command
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| failed(format!("{}: {error}", path.display())))
}

/// Returns what is wrong with a link in a file.
fn problem(file: &Path, link: &str) -> Result<Option<&'static str>, Failure> {
    let (path, heading) = link.split_once('#').map_or((link, None), |(path, heading)| (path, Some(heading)));
    let target = match path {
        "" => file.to_path_buf(),
        path => file.parent().unwrap_or(Path::new("")).join(path),
    };
    let Some(target) = normal(&target).map(|target| shell::root().join(target)) else {
        return Ok(Some("leads out of the repository"));
    };
    if !target.exists() {
        return Ok(Some("no such file"));
    }
    match heading {
        Some(heading) if target.extension().is_some_and(|it| it == "md") => {
            let found = headings(&read(&target)?).contains(heading);
            Ok((!found).then_some("no such heading"))
        }
        _ => Ok(None),
    }
}

/// Resolves `..` in a path; `None` if the path leads out of the repository.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => normal.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some(normal)
}

/// Returns the targets of `](…)` and `[…]: …` outside of code that have no scheme.
fn relative_links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in prose(text) {
        let line = without_code(line);
        for rest in line.split("](").skip(1) {
            links.extend(rest.split([')', ' ']).next().map(str::to_owned));
        }
        if let Some((name, target)) = line.split_once("]: ")
            && name.starts_with('[')
        {
            links.extend(target.split_whitespace().next().map(str::to_owned));
        }
    }
    links.retain(|link| !link.contains("://") && !link.starts_with("mailto:"));
    links
}

/// Returns the anchors that GitHub gives to the headings of a page, and the explicit ones.
fn headings(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in prose(text) {
        if line.starts_with('#') {
            let title = line.trim_start_matches('#').trim();
            let name: String = title
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect();
            let name = name.to_lowercase();
            let unique = (0..).map(|number| match number {
                0 => name.clone(),
                number => format!("{name}-{number}"),
            });
            names.extend(unique.into_iter().find(|name| !names.contains(name)));
        }
        names.extend(line.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
    }
    names
}

/// Returns the lines outside of code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    })
}

/// Removes inline code from a line.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_outside_of_code() {
        for (text, links) in [
            ("see [a](docs/A.md) and [b](B.md#one).", &["docs/A.md", "B.md#one"][..]),
            ("[![badge](badge.svg)](docs/A.md)", &["badge.svg", "docs/A.md"]),
            ("[`code`](A.md \"a title\")", &["A.md"]),
            ("[far](https://example.com/a.md) [mail](mailto:a@example.com)", &[]),
            ("`[not](a-link.md)`", &[]),
            ("```\n[not](a-link.md)\n```\n[a](A.md)", &["A.md"]),
            ("[name]: docs/A.md", &["docs/A.md"]),
            ("[name]: https://example.com", &[]),
        ] {
            assert_eq!(relative_links(text), links, "{text}");
        }
    }

    #[test]
    fn headings_are_named_as_on_github() {
        let page = "# `secret-short`\n## What it *does*, in one line\n## Twice\n## Twice\n<a id=\"own\"></a>\n\
                    ```\n# a comment\n```\n";
        let expected = ["own", "secret-short", "twice", "twice-1", "what-it-does-in-one-line"];
        assert_eq!(headings(page).into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named() {
        let from = Path::new("docs/TASKS.md");
        for (link, expected) in [
            ("../README.md", None),
            ("TASKS.md#tasks", None),
            ("#tasks", None),
            ("adr", None),
            ("#no-such-heading", Some("no such heading")),
            ("NONE.md", Some("no such file")),
            ("../../outside.md", Some("leads out of the repository")),
        ] {
            assert_eq!(problem(from, link), Ok(expected), "{link}");
        }
    }
}
