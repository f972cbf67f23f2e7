//! Each test, file, rule and command that our documents name exists.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use hardened_verify::Family;

use crate::repository;

/// The documents that make claims.
const DOCUMENTS: [&str; 5] = ["README.md", "docs/THREATS.md", "docs/ASVS.md", "docs/BENCHMARKS.md", "docs/AUDIT.md"];

/// The directories that a path in a document can start with.
const FOLDERS: [&str; 6] = ["benches/", "crates/", "docs/", "examples/", "src/", "tests/"];

#[test]
fn every_file_that_a_document_names_exists() {
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        for path in spans(&read(document)).iter().filter(|span| is_path(span)) {
            if found(&repository(), path).is_empty() {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_test_that_a_document_names_is_in_the_file_named_before_it() {
    let mut count = 0;
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        for (file, test) in tests(&read(document)) {
            count += 1;
            let files = file.as_deref().map(|file| found(&repository(), file)).unwrap_or_default();
            let sources = files.iter().flat_map(|path| sources(path));
            if !sources.into_iter().any(|path| has_test(&fs::read_to_string(path).unwrap(), &test)) {
                missing.push(format!("{document}: {} has no test {test}", file.unwrap_or_default()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(count > 40, "only {count} tests are found in the documents");
}

#[test]
fn every_rule_and_check_that_a_document_names_exists() {
    let codes = codes();
    let first_words: BTreeSet<_> = codes.iter().filter_map(|code| code.split('-').next()).collect();
    let mut unknown = Vec::new();
    for document in DOCUMENTS {
        for span in spans(&read(document)) {
            // Names of headers, crates and key formats have hyphens as well; codes differ in the first word.
            let words: Vec<_> = span.split('-').collect();
            let is_code = words.len() > 1
                && first_words.contains(words[0])
                && span.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-*".contains(&byte));
            let exists = match span.strip_suffix('*') {
                Some(begin) => codes.iter().any(|code| code.starts_with(begin)),
                None => codes.contains(span.as_str()),
            };
            if is_code && !exists {
                unknown.push(format!("{document}: {span}"));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn every_figure_has_its_command_in_the_same_section() {
    let text = read("docs/BENCHMARKS.md");
    for section in text.split("\n## ").skip(1) {
        let title = section.lines().next().unwrap();
        let commands: Vec<_> = spans(section).into_iter().filter(|span| span.starts_with("cargo ")).collect();
        assert!(
            !commands.is_empty() || section.contains("\n$ cargo "),
            "the section {title} of docs/BENCHMARKS.md has no command"
        );
    }
    let tasks = read("docs/TASKS.md");
    for document in DOCUMENTS {
        for command in spans(&read(document)).iter().filter(|span| span.starts_with("cargo ")) {
            let words: Vec<_> = command.split(' ').collect();
            let after = |word: &str| words.iter().position(|it| *it == word).and_then(|at| words.get(at + 1));
            let exists = match words.get(1) {
                Some(&"xtask") => {
                    let bench = after("bench").is_none_or(|name| name.starts_with('-') || has_target("benches", name));
                    tasks.contains(&format!("`cargo xtask {}", words.get(2).unwrap())) && bench
                }
                _ => ["--bench", "--example", "--test"].iter().filter_map(|flag| after(flag)).all(|target| {
                    let package = after("-p").unwrap_or(&"hardened");
                    let folders = [&format!("crates/{package}"), &format!("examples/{package}"), "benches", "."];
                    folders.iter().any(|folder| has_target(folder, target))
                }),
            };
            assert!(exists, "{document}: {command}");
        }
    }
}

#[test]
fn every_figure_of_the_comparison_in_the_readme_is_a_figure_of_the_benchmarks() {
    let figures = |text: &str| -> Vec<String> {
        let words = text.split(|symbol: char| !symbol.is_ascii_digit() && symbol != '.');
        words.filter(|word| word.contains('.') && word.parse::<f64>().is_ok()).map(str::to_owned).collect()
    };
    let measured = figures(&read("docs/BENCHMARKS.md"));
    let readme = read("README.md");
    let rows = readme.lines().filter(|line| line.starts_with('|') && line.contains("(µs)"));
    let compared: Vec<_> = rows.flat_map(figures).collect();
    assert!(compared.len() > 3, "the table is not found");
    for figure in compared {
        assert!(measured.contains(&figure), "README.md says {figure}; docs/BENCHMARKS.md does not");
    }
}

#[test]
fn the_excerpt_in_the_readme_is_from_the_report() {
    let (readme, report) = (read("README.md"), read("examples/taskflow/audit/REPORT.md"));
    let excerpt = readme.split("## For an auditor").nth(1).and_then(|text| text.split("```").nth(1)).unwrap();
    let lines: Vec<_> = excerpt.lines().skip(1).filter(|line| !line.is_empty() && *line != "…").collect();
    assert!(lines.len() > 3, "{excerpt}");
    for line in lines {
        assert!(report.lines().any(|it| it == line), "the report has no line\n{line}");
    }
}

#[test]
fn names_in_documents_are_recognized() {
    let text = "a `tests/x.rs`: `one_is_two`, `two_is_one`; `tests/y`: `three_is_four` and `four_of_five_are_six`.\n";
    let file = |name: &str| Some(name.to_owned());
    let expected = [
        (file("tests/x.rs"), "one_is_two".to_owned()),
        (file("tests/x.rs"), "two_is_one".to_owned()),
        (file("tests/y"), "three_is_four".to_owned()),
        (None, "four_of_five_are_six".to_owned()),
    ];
    assert_eq!(tests(text), expected);
    assert!(has_test("#[tokio::test]\nasync fn it_is() {\n", "it_is"));
    assert!(!has_test("fn it_is() {\n", "it_is") && !has_test("#[test]\nfn it_is_not() {\n", "it_is"));
    assert!(!has_test("#[test]\n#[ignore]\nfn it_is() {\n", "it_is"));
    assert_eq!(spans("`a`\n```\n`b`\n```\n`c\nd`"), ["a", "c d"]);
}

fn read(document: &str) -> String {
    fs::read_to_string(repository().join(document)).unwrap()
}

/// Returns the codes of every rule and every live check.
fn codes() -> BTreeSet<&'static str> {
    let tables =
        [hardened::rule::ALL, hardened_verify::rule::ALL, &hardened_scan::rule::ALL, hardened_audit::rule::ALL];
    let checks = Family::ALL.iter().flat_map(|family| family.checks()).map(|check| check.id());
    tables.concat().into_iter().map(hardened::rule::Rule::code).chain(checks).collect()
}

/// Returns the code spans of a text, except in code blocks; a line break in a span becomes a space.
fn spans(text: &str) -> Vec<String> {
    let mut prose = String::new();
    let mut is_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    // A span ends with its paragraph.
    let paragraphs = prose.split("\n\n");
    let inside = paragraphs.flat_map(|paragraph| paragraph.split('`').skip(1).step_by(2).map(str::to_owned));
    inside.map(|span| span.replace('\n', " ")).collect()
}

fn is_path(span: &str) -> bool {
    FOLDERS.iter().any(|folder| span.starts_with(folder)) && !span.contains([' ', '…', '{', '<'])
}

/// Returns each test that a text names, with the file before it (`FILE`: `test`, `test`) or without a file.
fn tests(text: &str) -> Vec<(Option<String>, String)> {
    let mut tests = Vec::new();
    for line in text.lines() {
        let mut file = None;
        for (index, part) in line.split('`').enumerate() {
            if index % 2 == 0 {
                let goes_on = part == ": " || part == ", ";
                file = file.filter(|_| goes_on);
            } else if is_path(part) {
                file = Some(part.to_owned());
            } else if is_test(part, file.is_some()) {
                tests.push((file.clone(), part.to_owned()));
            }
        }
    }
    tests
}

/// Returns whether a span is the name of a test, which is a sentence.
fn is_test(span: &str, is_after_file: bool) -> bool {
    let words = span.split('_').count();
    let is_name = span.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_name && (words > 4 || words > 2 && is_after_file)
}

fn has_test(source: &str, name: &str) -> bool {
    let begin = format!("fn {name}(");
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(index, line)| {
        let attributes: Vec<_> = lines[..index].iter().rev().take_while(|line| line.starts_with("#[")).collect();
        line.trim_start_matches("async ").starts_with(&begin)
            && attributes.iter().any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
            && !attributes.iter().any(|line| line.starts_with("#[ignore"))
    })
}

/// Returns the files and directories that match a path, which may have one `*` in its last segment.
fn found(root: &Path, path: &str) -> Vec<PathBuf> {
    match path.split_once('*') {
        None => Some(root.join(path)).filter(|path| path.exists()).into_iter().collect(),
        Some((begin, end)) => {
            let (folder, begin) = begin.rsplit_once('/').unwrap_or((".", begin));
            let entries = fs::read_dir(root.join(folder)).into_iter().flatten().map(|entry| entry.unwrap().path());
            let is_meant = |path: &PathBuf| {
                let name = path.file_name().unwrap().to_string_lossy();
                name.starts_with(begin) && name.ends_with(end)
            };
            entries.filter(is_meant).collect()
        }
    }
}

/// Returns the file itself, or the Rust files below the directory.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| sources(&path)).filter(|path| path.extension().is_some_and(|it| it == "rs")).collect()
}

/// Returns whether a package has a benchmark, an example or a test with this name.
fn has_target(folder: &str, name: &str) -> bool {
    let root = repository().join(folder);
    ["benches", "examples", "tests"].iter().any(|kind| {
        let folder = root.join(kind);
        folder.join(format!("{name}.rs")).exists() || folder.join(name).join("main.rs").exists()
    })
}
