//! Invisible characters.

use std::borrow::Cow;

/// Returns whether a character is drawn as nothing, or only changes how others are drawn: joiners, direction controls,
/// variation selectors, tags, fillers.
///
/// These are the `Default_Ignorable_Code_Point` characters of [Unicode](https://www.unicode.org/reports/tr44/), the annotation
/// characters, and the blank Braille pattern. White space and control characters are not included.
///
/// ```
/// use hardened_core::text::is_invisible;
///
/// assert!(is_invisible('\u{200b}') && is_invisible('\u{feff}') && is_invisible('\u{e0041}'));
/// assert!(!is_invisible(' ') && !is_invisible('\n') && !is_invisible('é'));
/// ```
#[must_use]
pub const fn is_invisible(symbol: char) -> bool {
    matches!(
        symbol,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Removes the invisible characters from a text.
#[must_use]
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_invisible) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|symbol| !is_invisible(*symbol)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_arrives_unseen_by_copying_is_invisible() {
        for symbol in [
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{202e}',
            '\u{2060}',
            '\u{2069}',
            '\u{206f}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e007f}',
            '\u{e01ef}',
        ] {
            assert!(is_invisible(symbol), "{symbol:?}");
        }
    }

    #[test]
    fn what_can_be_seen_or_is_white_space_is_not_invisible() {
        for symbol in ['a', ' ', '\t', '\n', '\u{a0}', '\u{2003}', '\u{2028}', '\u{3000}', 'é', '\u{301}', '中', '🔑']
        {
            assert!(!is_invisible(symbol), "{symbol:?}");
        }
    }

    #[test]
    fn a_text_without_invisible_characters_is_borrowed() {
        assert!(matches!(without_invisible("prod"), Cow::Borrowed("prod")));
        assert_eq!(without_invisible("pr\u{200b}od\u{feff}"), "prod");
    }
}
