//! SARIF 2.1.0, the result format that code scanning reads: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use serde_json::{Value, json};

use super::{Place, Problem};
use crate::{finding::Severity, rule::Rule};

/// The key of [`Problem::identity`] in `partialFingerprints`.
const FINGERPRINT: &str = "hardened/v1";

/// The tool that found the problems.
#[derive(Debug, Clone, Copy)]
pub struct Tool<'a> {
    /// The name of the tool.
    pub name: &'a str,
    /// The version of the tool.
    pub version: &'a str,
    /// Every rule that the tool checks.
    pub rules: &'a [Rule],
}

/// Returns the SARIF document of one run.
#[must_use]
pub fn document(tool: Tool<'_>, problems: &[Problem]) -> Value {
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": tool.name,
                "version": tool.version,
                "informationUri": "https://github.com/hardened-rs/hardened",
                "rules": tool.rules.iter().map(|rule| described(*rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": problems.iter().map(|problem| result(tool.rules, problem)).collect::<Vec<_>>(),
        }],
    })
}

fn described(rule: Rule) -> Value {
    let mut described = json!({
        "id": rule.code(),
        "shortDescription": { "text": rule.holds() },
        "fullDescription": { "text": rule.why() },
    });
    if let Some(members) = described.as_object_mut() {
        members.extend(rule.remedy().map(|remedy| ("help".to_owned(), json!({ "text": remedy }))));
        let link = rule.source().filter(|source| source.starts_with("https://"));
        members.extend(link.map(|link| ("helpUri".to_owned(), link.into())));
        members.insert("properties".to_owned(), json!({ "tags": tags(rule) }));
    }
    described
}

/// Returns the tags by which code scanning groups and filters results. The form of the weaknesses:
/// <https://codeql.github.com/codeql-query-help/codeql-cwe-coverage/>.
fn tags(rule: Rule) -> Vec<String> {
    let weaknesses = rule.cwe().iter().map(|cwe| format!("external/cwe/cwe-{:03}", cwe.number()));
    ["security".to_owned()].into_iter().chain(weaknesses).collect()
}

fn result(rules: &[Rule], problem: &Problem) -> Value {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let fix = if problem.remedy.is_empty() { String::new() } else { format!("; {}", problem.remedy) };
    let mut result = json!({
        "ruleId": problem.rule.code(),
        "level": level,
        "message": { "text": format!("{}{fix}", problem.fact) },
        "locations": [location(&problem.place)],
        "partialFingerprints": { FINGERPRINT: problem.identity },
    });
    if let (Some(index), Some(members)) = (rules.iter().position(|rule| *rule == problem.rule), result.as_object_mut())
    {
        members.insert("ruleIndex".to_owned(), index.into());
    }
    result
}

fn location(place: &Place) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": encoded(&place.uri) } });
    if let (Some(line), Some(members)) = (place.line, physical.as_object_mut()) {
        let mut region = json!({ "startLine": line });
        if let (Some(column), Some(members)) = (place.column, region.as_object_mut()) {
            members.insert("startColumn".to_owned(), column.into());
        }
        members.insert("region".to_owned(), region);
    }
    json!({ "physicalLocation": physical })
}

/// Percent-encodes the characters of a path that a URI reference (RFC 3986) must not contain.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => encoded.push(char::from(byte)),
            b'/' | b':' | b'.' | b'-' | b'_' | b'~' | b'%' | b'[' | b']' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    #[test]
    fn a_result_names_its_rule_its_place_and_what_it_is_known_by() {
        let tool = Tool { name: "hardened", version: "1.0.0", rules: rule::ALL };
        let problem = Problem {
            rule: rule::WAIVER_UNUSED,
            severity: Severity::Warning,
            fact: "the waiver is not needed".to_owned(),
            remedy: "remove it".to_owned(),
            place: Place { uri: "src/a b.rs".to_owned(), line: Some(3), column: None },
            identity: "waiver-unused CORS".to_owned(),
        };
        let document = document(tool, &[problem]);
        let result = &document["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "waiver-unused");
        let index = result["ruleIndex"].as_u64().map(|index| index as usize);
        assert_eq!(index.and_then(|index| rule::ALL.get(index)), Some(&rule::WAIVER_UNUSED));
        assert_eq!(result["message"]["text"], "the waiver is not needed; remove it");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "src/a%20b.rs");
        assert_eq!(place["region"], json!({ "startLine": 3 }));
    }

    #[test]
    fn a_rule_is_tagged_with_its_weaknesses() {
        let rules = [rule::SETTING_MALFORMED, rule::WAIVER_UNUSED];
        let document = document(Tool { name: "hardened", version: "1.0.0", rules: &rules }, &[]);
        let tags = |index: usize| document["runs"][0]["tool"]["driver"]["rules"][index]["properties"]["tags"].clone();
        assert_eq!(tags(0), json!(["security", "external/cwe/cwe-455", "external/cwe/cwe-1287"]));
        assert_eq!(tags(1), json!(["security"]));
    }
}
