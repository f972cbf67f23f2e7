//! Parses the file of accepted findings.

use hardened_strength::in_text;
use toml::{Table, Value};

use super::{date::Date, entry::Entry};
use crate::rule;

/// The keys that an entry can have.
const KEYS: [&str; 6] = ["rule", "subject", "path", "object", "reason", "expires"];

/// Parses the entries, or returns what is wrong.
pub(super) fn parse(text: &str) -> Result<Vec<Entry>, &'static str> {
    let document: Table = text.parse().map_err(|_| "it is not valid TOML")?;
    if document.keys().any(|key| key != "accept") {
        return Err("only [[accept]] is known");
    }
    let entries = match document.get("accept") {
        None => return Ok(Vec::new()),
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err("accept is a list: write [[accept]]"),
    };
    let lines = text.lines().zip(1..).filter(|(line, _)| line.trim().starts_with("[[accept]]")).map(|(_, line)| line);
    entries.iter().zip(lines.chain(std::iter::repeat(1))).map(|(entry, line)| one(entry, line)).collect()
}

fn one(entry: &Value, line: u32) -> Result<Entry, &'static str> {
    let table = entry.as_table().ok_or("an entry is a table: write [[accept]]")?;
    if table.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return Err("an entry has a key that is not rule, subject, path, object, reason or expires");
    }
    let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let reason = text("reason").ok_or("an entry needs a reason")?;
    if in_text(reason).is_some() {
        return Err("a reason looks as if it held a secret");
    }
    let rule = text("rule")
        .and_then(rule::find)
        .ok_or("an entry needs the code of a rule of the scan, such as scan-value-found")?;
    let expires = match table.get("expires") {
        None => None,
        Some(Value::String(text)) => Some(Date::parse(text).ok_or("expires is a date such as \"2027-03-01\"")?),
        Some(Value::Datetime(date)) => Some(
            Date::parse(date.to_string().get(..10).unwrap_or_default())
                .ok_or("expires is a date such as 2027-03-01")?,
        ),
        Some(_) => return Err("expires is a date such as \"2027-03-01\""),
    };
    let [subject, path, object] = ["subject", "path", "object"].map(|key| text(key).map(str::to_owned));
    if path.is_none() && object.is_none() {
        return Err("an entry needs a path or an object");
    }
    Ok(Entry { line, rule, subject, path, object, expires })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_what_where_and_why() {
        const GOOD: &str = "[[accept]]\nrule = \"scan-value-found\"\npath = \"docs/*\"\nreason = \"revoked\"\n";
        assert_eq!(parse(GOOD).map(|entries| entries.len()), Ok(1));
        assert_eq!(parse("").map(|entries| entries.len()), Ok(0));
        for (text, expected) in [
            (GOOD.replace("revoked", ""), "reason"),
            (GOOD.replace("revoked", "it was kV9w0cW8J3z6oQ2nB7xT5yR1uF4mH8sL"), "secret"),
            (GOOD.replace("docs/*", ""), "path or an object"),
            (GOOD.replace("scan-value-found", "scan-nothing"), "rule"),
            (GOOD.to_owned() + "expires = \"soon\"\n", "date"),
            (GOOD.to_owned() + "line = 3\n", "key"),
            ("[accept]\nrule = \"x\"\n".to_owned(), "list"),
            ("[[allow]]\n".to_owned(), "accept"),
            ("[[accept]\n".to_owned(), "TOML"),
        ] {
            assert!(parse(&text).is_err_and(|what| what.contains(expected)), "{text}");
        }
        for date in ["\"2027-03-01\"", "2027-03-01"] {
            assert!(parse(&format!("{GOOD}expires = {date}\n")).is_ok(), "{date}");
        }
    }
}
