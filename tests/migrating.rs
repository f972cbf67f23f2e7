//! The migration guides show the code of a service before and after the migration.

use std::{fs, path::Path};

/// The guides that show both versions.
const PAGES: [&str; 3] = ["clap.md", "config.md", "toml.md"];

/// Returns the lines of code below a heading that readers see, without blank lines.
fn code<'p>(page: &'p str, heading: &str) -> Vec<&'p str> {
    let (_, below) = page.split_once(&format!("\n## {heading}\n")).expect("the heading");
    let (_, block) = below.split_once("```rust\n").expect("a block");
    let (block, _) = block.split_once("```\n").expect("its end");
    block.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("# ")).collect()
}

#[test]
fn no_migration_makes_a_service_longer() {
    for name in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/migrating").join(name);
        let page = fs::read_to_string(path).unwrap();
        let (before, after) = (code(&page, "Before"), code(&page, "After"));
        assert!(before.len() > 10 && after.len() <= before.len(), "{name}: {} and {}", before.len(), after.len());
        assert!(page.contains("\n## What changes for the operator\n"), "{name}");
    }
}
