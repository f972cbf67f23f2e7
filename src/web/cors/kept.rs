//! Response header values that are cheap to clone.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use http::HeaderValue;

/// The number of texts to keep, and the length of the longest one, in bytes.
const MOST: usize = 64;
const LONGEST: usize = 1024;

/// Returns the header value for a text that a policy responds with.
///
/// Cloning a `HeaderValue` increments a reference count that all threads share: an eighth of the time of a preflight,
/// even on one thread. A static value needs no count. So the first few texts of a process are leaked: a policy that is
/// replaced with the same lists again and again takes no more memory, and one that is replaced with ever new lists
/// leaks at most [`MOST`] of them.
pub(super) fn value(text: &str) -> Option<HeaderValue> {
    match keep(text) {
        Some(kept) => Some(HeaderValue::from_static(kept)),
        None => HeaderValue::from_str(text).ok(),
    }
}

fn keep(text: &str) -> Option<&'static str> {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let is_value = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(text) {
        return Some(known);
    }
    if !is_value || text.len() > LONGEST || kept.len() >= MOST {
        return None;
    }
    let text: &'static str = Box::leak(text.into());
    kept.insert(text);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_the_text_whether_it_is_kept_or_not() {
        let long = "a".repeat(LONGEST + 1);
        for text in ["GET,PUT", "GET,PUT", "", "*", "600", &long, "b\u{f6}se"] {
            assert_eq!(value(text).map(|value| value.as_bytes().to_vec()), Some(text.as_bytes().to_vec()), "{text}");
        }
        for text in ["a\nb", "\0"] {
            assert_eq!(value(text), None, "{text:?}");
        }
    }

    #[test]
    fn no_more_than_a_few_texts_are_kept() {
        let texts: Vec<_> = (0..2 * MOST).map(|number| format!("x-{number}")).collect();
        let kept = texts.iter().filter(|text| keep(text).is_some()).count();
        assert!(kept <= MOST, "{kept}");
        for text in &texts {
            assert_eq!(value(text).as_ref().map(HeaderValue::as_bytes), Some(text.as_bytes()));
        }
        let same = |text: &String| keep(text).map(str::as_ptr) == keep(text).map(str::as_ptr);
        assert!(texts.iter().all(same));
    }
}
