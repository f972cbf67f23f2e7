//! Detects values with a hidden part: `********Yf8k`, `sk_live_xxxx`, `whsec_...`, `XXX-XXX`.

/// The characters that hide others.
const MASKS: [char; 9] = ['x', 'X', '*', '.', '•', '…', '#', '_', '?'];

/// The length of a run that does not occur in a generated key by chance: one in 10^11 keys of 64 characters has one.
const IN_A_ROW: usize = 8;

/// The maximum length of an issuer's prefix: `sk_live_`, `github_pat_`.
const PREFIX: usize = 16;

/// Returns whether a part of the text is hidden.
pub(crate) fn is(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| {
        let is_parted = text.bytes().any(|byte| b"-_.".contains(&byte));
        has_run(text)
            || is_prefix_alone(text)
            || is_of_one_mask(text)
            || is_cut(text)
            || is_parted && (has_masked_groups(text) || is_counted(text))
    })
}

fn has_run(text: &str) -> bool {
    let (mut last, mut count) = ('\0', 0);
    text.chars().any(|character| {
        count = if last == character { count + 1 } else { 1 };
        last = character;
        count >= IN_A_ROW && MASKS.contains(&character)
    })
}

/// Returns whether a text is an issuer's prefix followed only by a mask.
fn is_prefix_alone(text: &str) -> bool {
    let Some(mask) = text.chars().next_back().filter(|last| MASKS.contains(last) && *last != '_') else {
        return false;
    };
    let prefix = text.trim_end_matches(mask);
    let hidden = text[prefix.len()..].chars().count();
    let ends =
        prefix.ends_with(['-', '_', '.']) || prefix.chars().all(char::is_alphanumeric) && mask != 'x' && mask != 'X';
    let is_prefix = prefix.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character));
    (2..=PREFIX).contains(&prefix.len()) && ends && is_prefix && (hidden >= 3 || mask == '…')
}

/// Returns whether a token is cut, with points for the rest: `sk_live_abc...`, `q7Zt0v[...]aEu6o`.
fn is_cut(text: &str) -> bool {
    let is_token = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let begun = ["...", "…"].iter().find_map(|points| text.strip_suffix(points));
    let is_begun = begun.is_some_and(|start| {
        (4..=24).contains(&start.len()) && is_token(start) && start.contains(['-', '_']) && !start.ends_with(['-', '_'])
    });
    let begins_a_mark = |byte| matches!(byte, b'[' | b'(' | b'<') || !byte.is_ascii();
    is_begun || text.bytes().any(begins_a_mark) && MARKS.iter().any(|mark| text.contains(mark))
}

/// The marks for a part that was cut out.
const MARKS: [&str; 9] =
    ["…", "[...]", "(...)", "<...>", "<snip>", "[snip]", "[REDACTED]", "(truncated)", "[truncated]"];

/// Returns whether a text is an issuer's prefix followed by a sequence: `sk_test_12345`, `ghp_abc123`.
fn is_counted(text: &str) -> bool {
    const ISSUERS: [&str; 15] =
        ["key", "sk", "pk", "rk", "ghp", "gho", "ghs", "xoxb", "xoxp", "whsec", "glpat", "hf", "gsk", "npm", "re"];
    let Some((issuer, _)) = text.split_once(['_', '-']) else { return false };
    let rest = text.rsplit(['_', '-']).next().unwrap_or_default();
    ISSUERS.contains(&issuer) && rest.len() >= 3 && counts(rest.as_bytes())
}

/// Returns whether a text consists of sequences that begin with the first letter or digit: `123`, `abc123`,
/// `1234567890abcdef`. A sequence has three characters or more, so that a random key is not one.
fn counts(text: &[u8]) -> bool {
    let follows = |pair: &[u8]| matches!(pair, [last, next] if *next == *last + 1) || pair == b"90";
    text.chunk_by(|last, next| follows(&[*last, *next]))
        .all(|run| run.len() >= 3 && run.first().is_some_and(|first| b"aA1".contains(first)))
}

/// Returns whether a text is an issuer's prefix and groups of one repeated character: `SG.xxxxxx.yyyyyyy`.
fn has_masked_groups(text: &str) -> bool {
    const SHORTEST: usize = 5;
    let mut groups = text.split(['-', '_', '.']);
    let is_prefix = groups.next().is_some_and(|prefix| (1..=PREFIX).contains(&prefix.len()));
    let is_mask = |group: &str| {
        group.len() >= SHORTEST && group.bytes().zip(group.bytes().skip(1)).all(|(last, next)| last == next)
    };
    is_prefix && groups.clone().next().is_some() && groups.all(is_mask)
}

/// Returns whether a text consists of groups of the same mask: `XXX-XXX`, `xxxx_xxxx`.
fn is_of_one_mask(text: &str) -> bool {
    let Some(first) = text.chars().next().filter(|first| matches!(first, 'x' | 'X' | '*' | '#' | '•')) else {
        return false;
    };
    text.chars().filter(|character| *character == first).count() >= 3
        && text.chars().all(|character| character == first || matches!(character, '-' | '_' | ' ' | '.'))
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn hidden_parts_are_known() {
        for text in [
            "*******************yfYWTRW0hG7CrJ8hItb",
            "whpCvjNmePXzj6iSfxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "sk_live_xxxx",
            "sk_test_...",
            "whsec_...",
            "sk-...",
            "sk-…",
            "SG.xxxxxxxx",
            "nvapi-xxxxx",
            "prv_prod_xxxxxxxxxxxxxxxxxxxx",
            "XXX-XXX",
            "ghp_************",
            "SG.xxxxxx.yyyyyyy",
            "xoxb-000000000000-000000000000-aaaaaaaaaa",
            "sk-1234567890abcdef",
            "ghp_abcdefghijklmnopqrstuvwxyz1234567890",
            "key-123456",
        ] {
            assert!(is(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "x",
            "hunter2",
            "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
            "maxx",
            "Foxxx",
            "pass_word",
            "sk_live_4eC39HqLyjW-abc12",
            "key-135",
            "www.aaaaa.example",
        ] {
            assert!(!is(text.as_bytes()), "{text}");
        }
    }
}
