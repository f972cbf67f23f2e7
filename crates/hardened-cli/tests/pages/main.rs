//! The generated pages under `docs/` match the tables and types that they are generated from.
//!
//! `cargo xtask generate` runs these tests with `HARDENED_PAGES=write`, which writes the pages. They are tests because the
//! crates that they need are compiled for the tests anyway.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod asvs;
mod rules;

use std::{fs, path::Path};

use hardened_audit::Report;
use hardened_core::{manifest::Manifest, verification::Verification};
use hardened_scan::report::document::Document;
use serde_json::Value;

/// Asserts that a page has this content, or writes it first.
fn page(name: &str, path: &str, content: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("HARDENED_PAGES").is_some_and(|mode| mode == "write") {
        fs::write(&file, content).unwrap();
    }
    let now = fs::read_to_string(&file).unwrap_or_default();
    assert!(now == content, "{path} is out of step: run `cargo xtask generate {name}`");
}

fn schema(name: &str, path: &str, schema: &Value) {
    page(name, path, &format!("{schema:#}\n"));
}

#[test]
fn every_code_begins_with_a_reserved_word() {
    for rule in rules::TABLES.iter().flat_map(|(_, table)| *table) {
        let first = rule.code().split('-').next().unwrap_or_default();
        assert!(hardened_core::rule::RESERVED.contains(&first), "{rule}");
    }
}

#[test]
fn the_page_of_rules_is_in_step() {
    page("rules", "docs/RULES.md", &rules::rules());
}

#[test]
fn the_page_of_tiers_is_in_step() {
    page("tiers", "docs/TIERS.md", &rules::tiers());
}

#[test]
fn the_page_of_asvs_is_in_step() {
    page("asvs", "docs/ASVS.md", &asvs::page());
}

#[test]
fn the_schema_of_the_manifest_is_in_step() {
    schema("manifest", "docs/manifest.schema.json", &Manifest::json_schema());
}

#[test]
fn the_schema_of_the_verification_is_in_step() {
    schema("verification", "docs/verification.schema.json", &Verification::json_schema());
}

#[test]
fn the_schema_of_the_scan_is_in_step() {
    schema("scan", "docs/scan.schema.json", &Document::json_schema());
}

#[test]
fn the_schema_of_the_audit_is_in_step() {
    schema("audit", "docs/audit.schema.json", &Report::json_schema());
}
