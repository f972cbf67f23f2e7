//! Reads a decision from its file.

use super::record::Decision;

pub(super) fn decision(file: &str, text: &str) -> Decision {
    let heading = body(text).find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim();
    let (in_title, title) = numbered(heading);
    Decision {
        file: file.to_owned(),
        number: in_title.or_else(|| numbered(file).0),
        title: title.to_owned(),
        status: status(text).unwrap_or_default(),
        confirmed_by: confirmed_by(text),
    }
}

/// Returns the lines after the front matter, which is skipped because its comments look like headings.
fn body(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().peekable();
    if lines.next_if(|line| line.trim_end() == "---").is_some() {
        lines.by_ref().find(|line| line.trim_end() == "---");
    }
    lines
}

/// Returns whether a file is a decision by its name: `0012-headers.md`, `adr-012-headers.md`.
pub(super) fn is_decision(file: &str) -> bool {
    file.strip_suffix(".md").is_some_and(|name| numbered(name).0.is_some())
}

/// Splits a heading into number and title: `12. Title`, `ADR-12: Title`, `ADR 0012 - Title`, or a title alone.
fn numbered(heading: &str) -> (Option<u64>, &str) {
    let rest = heading.get(..3).filter(|begin| begin.eq_ignore_ascii_case("adr")).and_then(|_| heading.get(3..));
    let bare = rest.map_or(heading, |rest| rest.trim_start_matches(['-', '_', ' ', '#']));
    match leading(bare) {
        Some(number) => {
            let title = bare.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
            (Some(number), title.trim_start_matches(['.', ':', '-', '–', ')', ' ']))
        }
        None => (None, heading),
    }
}

fn leading(text: &str) -> Option<u64> {
    let end = text.find(|symbol: char| !symbol.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}

/// Finds the status: `Status: accepted` with or without emphasis or a bullet, `status:` in the front matter, or a heading
/// followed by a paragraph.
fn status(text: &str) -> Option<String> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let mut is_example = false;
    while let Some(line) = lines.next() {
        is_example ^= line.trim_start().starts_with("```");
        if is_example {
            continue;
        }
        let plain: String = line.chars().filter(|symbol| !matches!(symbol, '*' | '_')).collect();
        let plain = plain.trim_start_matches(['-', ' ']).trim();
        let lower = plain.to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix("status:") {
            return word(rest);
        }
        if lower.trim_start_matches('#').trim() == "status" && lower.starts_with('#') {
            return word(lines.find(|line| !line.trim().is_empty())?);
        }
    }
    None
}

fn word(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'', '.', '*', '_', '-', '~', '[']).trim();
    (!text.is_empty()).then(|| text.to_ascii_lowercase())
}

/// Returns the codes between backticks in the paragraph that begins with `Confirmed by:`.
fn confirmed_by(text: &str) -> Vec<String> {
    let mut paragraph = String::new();
    let mut is_inside = false;
    for line in text.lines() {
        let begin = line.trim_start_matches(['*', '_', '-', ' ']);
        if begin.get(..13).is_some_and(|begin| begin.eq_ignore_ascii_case("Confirmed by:")) {
            is_inside = true;
        } else if line.trim().is_empty() {
            is_inside = false;
        }
        if is_inside {
            paragraph.push_str(line);
            paragraph.push(' ');
        }
    }
    let is_code = |code: &&str| {
        !code.is_empty()
            && code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'*'))
    };
    let mut codes: Vec<String> = Vec::new();
    for code in paragraph.split('`').skip(1).step_by(2).filter(is_code) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_read_in_each_of_its_usual_forms() {
        for (file, text, number, title, status) in [
            ("0012-headers.md", "# 12. Headers\n\nStatus: accepted.\n", Some(12), "Headers", "accepted"),
            ("0012-headers.md", "# Headers\n\n* Status: **Accepted**\n", Some(12), "Headers", "accepted"),
            ("headers.md", "# ADR-7: Headers\n\n## Status\n\nSuperseded by 9\n", Some(7), "Headers", "superseded by 9"),
            ("0003-x.md", "---\nstatus: \"proposed\"\n---\n# Use X\n", Some(3), "Use X", "proposed"),
            (
                "0003-x.md",
                "---\n# Optional.\nstatus: accepted\ndate: 2026-01-02\n---\n\n# Use X\n",
                Some(3),
                "Use X",
                "accepted",
            ),
            ("adr-005-z.md", "# Use Z\r\n\r\n- **Status**: Accepted\r\n", Some(5), "Use Z", "accepted"),
            ("ADR_06.md", "# ADR #6 - Z\n\n## Status\n\n**Superceded** by 7\n", Some(6), "Z", "superceded** by 7"),
            (
                "0008-s.md",
                "# Add a status\n\n```markdown\nstatus: accepted\n```\n\n## Status\n\nOn hold\n",
                Some(8),
                "Add a status",
                "on hold",
            ),
            ("x.md", "no heading", None, "", ""),
            ("0004-y.md", "# 4. Y\n\nThe status: of this is unknown\n", Some(4), "Y", ""),
        ] {
            let decision = decision(file, text);
            let found = (decision.number, decision.title.as_str(), decision.status.as_str());
            assert_eq!(found, (number, title, status), "{text}");
        }
    }

    #[test]
    fn codes_that_confirm_a_decision_are_read_to_the_end_of_the_paragraph() {
        let text =
            "# 1. X\n\nConfirmed by: `one-rule`, `two-rules`,\n`three`, and `not a code`, `one-rule`.\n\nNot `four`.\n";
        assert_eq!(decision("1.md", text).confirmed_by, ["one-rule", "two-rules", "three"]);
        assert!(decision("1.md", "# 1. X\n\nIt is confirmed by `one`.\n").confirmed_by.is_empty());
    }
}
