//! Makes the public suffix list, `crates/hardened-core/src/origin/public_suffix/list.txt`, from the crate `psl`.
//!
//! `psl` compiles the list into 2.5 MB of code, which is a third of a user's build. The library reads the text instead,
//! and its tests compare the two.

use std::fs;
use std::path::Path;

use super::generated::Generated;
use crate::failure::{Failure, failed};
use crate::metadata;

/// The release of `psl` with the list, and the date of its publication.
const PSL: (&str, &str) = ("2.1.247", "2026-11-05");

/// Makes the list in ASCII, sorted.
pub(super) fn list() -> Result<Generated, Failure> {
    let package = metadata::everything()?.into_iter().find(|package| package.name == "psl");
    let version = package.map(|package| package.version).unwrap_or_default();
    if version != PSL.0 {
        return Err(failed(format!(
            "psl {version} has a newer list than {}: write the day of its publication in {}, from `cargo info psl`",
            PSL.0,
            file!(),
        )));
    }
    let (version, date) = PSL;
    let mut content = format!(
        "// The Public Suffix List (https://publicsuffix.org/list/) as of {date}, by way of psl {version}.\n\
         // This list is subject to the Mozilla Public License 2.0: https://mozilla.org/MPL/2.0/\n\
         // Made by `cargo xtask generate suffixes`: one rule on a line, in ASCII, sorted.\n"
    );
    for rule in rules(&metadata::folder("psl")?.join("data/rules.txt"))? {
        content.push_str(&rule);
        content.push('\n');
    }
    Ok(Generated { path: "crates/hardened-core/src/origin/public_suffix/list.txt", content: content.into_bytes() })
}

/// Reads the rules of the list: <https://github.com/publicsuffix/list/wiki/Format>.
fn rules(file: &Path) -> Result<Vec<String>, Failure> {
    let text = fs::read_to_string(file).map_err(|error| failed(format!("{}: {error}", file.display())))?;
    let lines = text.lines().filter_map(|line| line.split_whitespace().next());
    let mut rules = lines.filter(|line| !line.starts_with("//")).map(ascii).collect::<Result<Vec<_>, _>>()?;
    rules.sort_unstable();
    rules.dedup();
    Ok(rules)
}

/// Converts a rule to ASCII.
fn ascii(rule: &str) -> Result<String, Failure> {
    let mark = ["*.", "!"].into_iter().find(|mark| rule.starts_with(mark)).unwrap_or_default();
    let domain = rule.get(mark.len()..).unwrap_or_default();
    let host = url::Host::parse(domain).map_err(|error| failed(format!("{rule}: {error}")))?;
    Ok(format!("{mark}{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_keeps_its_mark_and_gets_the_ascii_of_its_domain() {
        for (rule, expected) in [
            ("co.uk", "co.uk"),
            ("*.ck", "*.ck"),
            ("!www.ck", "!www.ck"),
            ("公司.cn", "xn--55qx5d.cn"),
            ("*.個人.hk", "*.xn--gmqw5a.hk"),
        ] {
            assert_eq!(ascii(rule), Ok(expected.to_owned()));
        }
    }
}
