//! The domains above public suffixes, `crates/hardened-core/src/origin/public_suffix/above.txt`, from the list in the crate `psl`.
//!
//! `psl` can tell the suffix of a domain, and not whether suffixes lie below it: `railway.app` is no suffix, and anybody
//! can have a name below `up.railway.app`.

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::Path,
};

use super::Generated;
use crate::{
    failure::{Failure, failed},
    metadata,
};

/// Every domain that is no public suffix itself and has one below it.
pub(super) fn above() -> Result<Generated, Failure> {
    let file = metadata::folder("psl")?.join("data/rules.txt");
    let list = Suffixes::read(&file)?;
    let content = list.above().into_iter().map(|domain| domain + "\n").collect::<String>();
    Ok(Generated { path: "crates/hardened-core/src/origin/public_suffix/above.txt", content: content.into_bytes() })
}

/// The rules of the list: <https://github.com/publicsuffix/list/wiki/Format>.
struct Suffixes {
    rules: HashSet<String>,
    exceptions: HashSet<String>,
}

impl Suffixes {
    fn read(file: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(file).map_err(|error| failed(format!("{}: {error}", file.display())))?;
        let rules =
            text.lines().filter_map(|line| line.split_whitespace().next()).filter(|rule| !rule.starts_with("//"));
        let (exceptions, rules) = rules.partition::<Vec<_>, _>(|rule| rule.starts_with('!'));
        let exceptions = exceptions.into_iter().filter_map(|rule| ascii(rule.trim_start_matches('!'))).collect();
        Ok(Self { rules: rules.into_iter().filter_map(ascii).collect(), exceptions })
    }

    fn above(&self) -> BTreeSet<String> {
        let parents = self.rules.iter().flat_map(|rule| parents(rule.trim_start_matches("*.")).skip(1));
        parents.filter(|domain| !self.is_suffix(domain)).map(str::to_owned).collect()
    }

    /// Whether the suffix of a name directly below is the domain, or that name.
    fn is_suffix(&self, domain: &str) -> bool {
        let below = format!("x.{domain}");
        let exception = parents(&below).any(|name| self.exceptions.contains(name));
        let wildcard =
            |name: &str| name.split_once('.').is_some_and(|(_, rest)| self.rules.contains(&format!("*.{rest}")));
        let longest = parents(&below).find(|name| self.rules.contains(*name) || wildcard(name));
        !exception
            && longest.is_none_or(|name| name.len() >= domain.len())
            && (longest.is_some() || !domain.contains('.'))
    }
}

/// A domain, the domain above it, and so on.
fn parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| domain.split_once('.').map(|(_, rest)| rest))
}

/// A rule in ASCII.
fn ascii(rule: &str) -> Option<String> {
    let (star, domain) = rule.strip_prefix("*.").map_or(("", rule), |domain| ("*.", domain));
    url::Host::parse(domain).ok().map(|host| format!("{star}{host}"))
}
