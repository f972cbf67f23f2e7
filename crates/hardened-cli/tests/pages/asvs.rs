//! Generates `docs/ASVS.md` from the table of requirements.

use std::fmt::Write as _;

use hardened_audit::asvs::{About, Extent, Row, TABLE};

const HEAD: &str = "<!-- Made by `cargo xtask generate` from crates/hardened-audit/src/asvs/table.rs. -->
# OWASP ASVS 5.0

The requirements of the [Application Security Verification Standard 5.0](https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en) that
the rules and live checks cover. The sentences are ours; the number links to the text of the requirement.

`hardened audit` says whether each is met. *Shows*: if all of these hold, the requirement is met. *In part*: it is at
most met in part, because nothing here covers the rest of it. A requirement about behaviour is never
met because a configuration says so. A requirement that is not in the table is not covered.

| requirement | level | what it requires | about | shows | in part |
|---|---|---|---|---|---|
";

/// Returns the page.
pub(super) fn page() -> String {
    let mut text = HEAD.to_owned();
    for row in TABLE {
        let about = if row.about == About::Behaviour { "behaviour" } else { "configuration" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| [{}]({}) | {} | {} | {about} | {} | {} |",
            row.number,
            row.link(),
            row.level,
            row.summary,
            codes(row, Extent::Shows),
            codes(row, Extent::InPart),
        );
    }
    text
}

fn codes(row: &Row, wanted: Extent) -> String {
    let codes = row.by.iter().filter(|(_, extent)| *extent == wanted).map(|(code, _)| format!("`{code}`"));
    codes.collect::<Vec<_>>().join(", ")
}
