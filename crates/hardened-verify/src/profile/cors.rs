//! The CORS policy that a profile declares.

use hardened_core::origin::OriginPattern;

use super::read::Item;
use crate::policy::Policy;

const NAMES: [&str; 5] = ["allowed", "credentials", "methods", "headers", "exposed"];

const ORIGINS: &str = "must be a web origin such as \"https://app.example.com\", a pattern such as \"https://*.example.com\", or \"*\" for every origin";

/// The origins whose pages may read answers.
#[derive(Clone, PartialEq)]
enum Allowed {
    Every,
    Of(OriginPattern),
}

/// Reads the table; `None` if it does not say which origins are allowed.
pub(super) fn read_from(item: &Item<'_>) -> Option<Policy> {
    let table = item.table(&NAMES, "must be a table such as [cors]")?;
    let allowed = table.require("allowed", ORIGINS)?.each(allowed);
    let any_origin = allowed.contains(&Allowed::Every);
    let patterns = allowed.into_iter().filter_map(|allowed| match allowed {
        Allowed::Every => None,
        Allowed::Of(pattern) => Some(pattern),
    });
    let names = |name: &str, expected: &str, cased: fn(&str) -> String| {
        let item = table.get(name)?;
        Some(item.each(|item| item.text(expected).map(|text| cased(&text))))
    };
    let credentials = table.get("credentials").and_then(|item| item.boolean());
    let header = "must be the name of a header, such as \"content-type\", or \"*\"";
    Some(Policy {
        any_origin,
        credentials: credentials.or(any_origin.then_some(false)),
        methods: names("methods", "must be a method, such as \"PUT\", or \"*\"", str::to_ascii_uppercase),
        headers: names("headers", header, str::to_ascii_lowercase),
        exposed: names("exposed", header, str::to_ascii_lowercase),
        ..Policy::of_patterns(patterns.filter(|_| !any_origin))
    })
}

fn allowed(item: &Item<'_>) -> Option<Allowed> {
    let text = item.text(ORIGINS)?;
    if text == "*" {
        return Some(Allowed::Every);
    }
    match OriginPattern::parse(&text) {
        Ok(pattern) => Some(Allowed::Of(pattern)),
        Err(_) => item.malformed(ORIGINS),
    }
}
