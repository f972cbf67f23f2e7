//! Matching with wildcards.

/// Returns whether a text matches a pattern: `*` matches any characters or none, `?` exactly one.
#[must_use]
pub fn glob(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern.chars(), text.chars());
    // The pattern after the last star, and the text from where it is being matched.
    let mut star: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let (wanted, symbol) = (pattern.clone().next(), text.clone().next());
        if wanted == Some('*') {
            pattern.next();
            star = Some((pattern.clone(), text.clone()));
        } else if symbol.is_some() && (wanted == symbol || wanted == Some('?')) {
            pattern.next();
            text.next();
        } else if wanted.is_none() && symbol.is_none() {
            return true;
        } else {
            // Backtracks: the last star matches one more character.
            let Some((behind, from)) = &mut star else { return false };
            if from.next().is_none() {
                return false;
            }
            (pattern, text) = (behind.clone(), from.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_and_a_question_mark_for_one_character() {
        for (pattern, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "7", true),
            ("prod*", "prod", true),
            ("prod*", "prod-gcp", true),
            ("prod*", "nonprod", false),
            ("*-pr-*", "app-pr-7", true),
            ("*-pr-*", "app-pr", false),
            ("*-pr-*", "-pr-", true),
            ("pr-*", "app-pr-7", false),
            ("production", "production", true),
            ("production", "production-eu", false),
            ("*ab*abc", "ababababc", true),
            ("*ab*abc", "abababab", false),
            (".e?v", ".env", true),
            (".e?v", ".ev", false),
            ("?", "ß", true),
            ("********************************x", ".env", false),
        ] {
            assert_eq!(glob(pattern, text), expected, "{pattern} {text}");
        }
    }
}
