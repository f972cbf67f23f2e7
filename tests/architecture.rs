//! Figment is used only where it may be, and decision records are in order. `crates/xtask/tests/architecture` checks the
//! dependencies between files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn figment_is_known_to_the_files_of_the_loader_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in rust_files(&source) {
        let code = code_of(&fs::read_to_string(&path).unwrap());
        let allowed = path.starts_with(source.join("source/files")) || path.ends_with("load/loader.rs");
        assert!(allowed || !code.contains("figment::"), "{}", path.display());
    }
}

/// Automatic discovery of tests is off, so a forgotten file would never run.
#[test]
fn every_file_of_tests_is_a_module_of_a_binary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for binary in ["", "health/", "http/", "jwt/", "postgres/", "rules/", "serve/"] {
        let folder = root.join("tests").join(binary);
        assert!(manifest.contains(&format!("path = \"tests/{binary}main.rs\"")), "tests/{binary} has no [[test]]");
        let modules = fs::read_to_string(folder.join("main.rs")).unwrap();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_module = path.join("mod.rs").exists() || path.extension().is_some_and(|extension| extension == "rs");
            let name = path.file_stem().unwrap().to_str().unwrap();
            let known = modules.lines().any(|line| line == format!("mod {name};"));
            assert!(name == "main" || !is_module || known, "{binary}main.rs has no `mod {name};`");
            let is_binary = binary.is_empty() && path.join("main.rs").exists();
            assert!(
                !is_binary || manifest.contains(&format!("path = \"tests/{name}/main.rs\"")),
                "{name} has no [[test]]"
            );
        }
    }
}

#[test]
fn decisions_are_numbered_without_gaps_have_a_status_and_are_in_the_index() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/adr");
    let index = fs::read_to_string(folder.join("README.md")).unwrap();
    let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name != "README.md").collect();
    names.sort();
    for (number, name) in (1..).zip(&names) {
        assert!(name.starts_with(&format!("{number:04}-")), "{name} should have the number {number}");
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let title = text.lines().next().unwrap().strip_prefix(&format!("# {number}. "));
        let title = title.unwrap_or_else(|| panic!("{name} does not begin with its number"));
        assert_eq!(text.lines().nth(2), Some("Status: accepted."), "{name}");
        let row = format!("| {number} | [{title}]({name}) |");
        assert!(index.lines().any(|line| line == row), "docs/adr/README.md has no line {row}");
    }
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Returns the code without comments and without its unit tests.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}
