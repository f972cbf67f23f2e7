//! The arrows between modules point one way: downwards; and what a decision says of rules is true.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use hardened::rule;

/// The layers from the top; modules of one layer are strangers to each other unless they stand in [`NEIGHBOURS`].
const LAYERS: &[&[&str]] = &[
    &["preset", "command"],
    &["stack", "pool_probe"],
    &["auth", "cors", "database", "http", "health"],
    &["load"],
    &["secret"],
    &["schema"],
    &["rule"],
    &["tier", "environment", "answer", "process"],
];

/// Neighbours in one layer that may know each other.
const NEIGHBOURS: &[(&str, &str)] = &[("tier", "environment")];

#[test]
fn every_module_uses_only_what_stands_below_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for path in rust_files(&source) {
        let relative = path.strip_prefix(&source).unwrap();
        let module = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let level = level(module).unwrap_or_else(|| panic!("`{module}` stands in no layer"));
        for used in used_modules(&fs::read_to_string(&path).unwrap()) {
            let Some(used_level) = self::level(&used) else { continue };
            let neighbours = NEIGHBOURS.contains(&(module, used.as_str()));
            if used != module && used_level <= level && !neighbours {
                wrong.push(format!("{} uses {used}", relative.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn figment_is_known_to_the_files_of_the_loader_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in rust_files(&source) {
        let code = code_of(&fs::read_to_string(&path).unwrap());
        let allowed = path.starts_with(source.join("load/files")) || path.ends_with("load/loader.rs");
        assert!(allowed || !code.contains("figment::"), "{}", path.display());
    }
}

/// The decisions about a service's surroundings that the rules stand for.
const CONFIRMED: [&str; 4] = ["cors-pure-core", "port-binding", "neon-pooling", "secret-externalization"];

#[test]
fn every_rule_that_is_said_to_confirm_a_decision_exists() {
    let mut confirmed = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/adr")).unwrap() {
        let path = entry.unwrap().path();
        let codes = confirming(&fs::read_to_string(&path).unwrap());
        for code in &codes {
            assert!(is_known(code), "{} names `{code}`", path.display());
        }
        if !codes.is_empty() {
            confirmed.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    for decision in CONFIRMED {
        assert!(confirmed.iter().any(|name| name.ends_with(decision)), "{decision}: {confirmed:?}");
    }
}

/// The codes in the paragraph that begins with `Confirmed by:`.
fn confirming(decision: &str) -> Vec<String> {
    let paragraph = decision.split("\n\n").find(|paragraph| paragraph.trim_start().starts_with("Confirmed by:"));
    paragraph.unwrap_or_default().split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A rule's code, or how several begin: `secret-*`.
fn is_known(code: &str) -> bool {
    match code.strip_suffix('*') {
        Some(begin) => rule::ALL.iter().any(|rule| rule.code().starts_with(begin)),
        None => rule::find(code).is_some(),
    }
}

fn level(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
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

/// The code without comments and without its tests.
fn code_of(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules behind `crate::`, in paths and in braces; a name that the crate re-exports counts for its module.
fn used_modules(text: &str) -> Vec<String> {
    let code = code_of(text);
    let mut used = Vec::new();
    for behind in code.split("crate::").skip(1) {
        let names = match behind.strip_prefix('{') {
            Some(list) => top_level(list),
            None => vec![behind.to_owned()],
        };
        used.extend(names.iter().map(|name| module_of(name)));
    }
    used
}

/// The entries of a list in braces, nested ones left whole.
fn top_level(list: &str) -> Vec<String> {
    let (mut depth, mut entries, mut entry) = (0, Vec::new(), String::new());
    for symbol in list.chars() {
        match symbol {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => entries.push(std::mem::take(&mut entry)),
            _ => {}
        }
        entry.push(symbol);
    }
    entries.push(entry);
    entries
}

fn module_of(path: &str) -> String {
    let name: String = path
        .trim_start_matches([',', ' ', '\n'])
        .chars()
        .take_while(|symbol| symbol.is_alphanumeric() || *symbol == '_')
        .collect();
    let home = match name.as_str() {
        "Environment" => "environment",
        "BetterAuth" | "Jwt" | "JwtVerifier" => "auth",
        "CorsAndGuard" => "stack",
        "KeepBody" => "answer",
        "Database" => "database",
        "Http" => "http",
        "Finding" | "Message" | "Name" | "Rejection" | "Severity" | "message" => "finding",
        "Config" | "Loaded" | "LoadedPart" | "Loader" | "Reason" | "Refusal" | "Row" | "State" | "Table" => "load",
        "Provenance" => "provenance",
        "Report" => "report",
        "Rule" => "rule",
        "Declared" | "Field" | "GroupSchema" | "Kind" | "Requirement" | "Schema" | "Setting" | "SettingSchema" => {
            "schema"
        }
        "AuthSecret" | "JwtSecret" | "SecretText" | "credential_flaws" | "key_flaws" => "secret",
        "Tier" => "tier",
        "Command" | "command" => "command",
        "ProductionConfig" => "preset",
        _ => return name,
    };
    home.to_owned()
}
