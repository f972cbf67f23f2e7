//! Made from `crates/hardened-core/src/text/distance.rs` by `cargo xtask generate distance`.

/// Returns the number of insertions, deletions, replacements and swaps of neighbours that turn one word into the other,
/// ignoring ASCII case.
#[must_use]
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut last = None;
    for (line, symbol) in one.chars().enumerate() {
        let mut left = line + 1;
        let mut next = vec![left];
        let mut beside = None;
        for (column, (against, above)) in other.iter().copied().zip(row.windows(2)).enumerate() {
            let &[diagonal, above] = above else { continue };
            left = (diagonal + usize::from(!is_same(symbol, against))).min(above + 1).min(left + 1);
            let is_swapped =
                last.is_some_and(|last| is_same(last, against)) && beside.is_some_and(|beside| is_same(beside, symbol));
            if let Some(unswapped) = column.checked_sub(1).and_then(|column| before.get(column)).filter(|_| is_swapped)
            {
                left = left.min(unswapped + 1);
            }
            next.push(left);
            beside = Some(against);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(symbol);
    }
    row.last().copied().unwrap_or(0)
}

/// Returns the distance of a text from a known word, if it is probably a misspelling of it; 0 if only the ASCII case differs.
///
/// A word of two to five characters may have one mistake, and a longer one two. The beginnings must be alike.
#[must_use]
pub(crate) fn misspelling(text: &str, word: &str) -> Option<usize> {
    if !begin_alike(text, word) {
        return None;
    }
    let length = word.chars().count();
    let most = match length {
        0 | 1 => 0,
        2..=5 => 1,
        _ => 2,
    };
    let is_close = text.chars().count().abs_diff(length) <= most;
    if is_close { Some(distance(text, word)).filter(|far| *far <= most) } else { None }
}

/// Returns whether two words begin with the same character, or with the same two characters swapped.
fn begin_alike(text: &str, word: &str) -> bool {
    let (mut text, mut word) = (text.chars(), word.chars());
    let (Some(first), Some(wanted)) = (text.next(), word.next()) else { return false };
    let are_swapped = matches!((text.next(), word.next()), (Some(second), Some(after))
        if is_same(first, after) && is_same(second, wanted));
    is_same(first, wanted) || are_swapped
}

/// Returns the word that a text is probably a [`misspelling`] of: the nearest one, or the first of several.
#[must_use]
pub(crate) fn nearest<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = words.into_iter().filter_map(|word| Some((misspelling(text, word)?, word)));
    near.min_by_key(|(far, _)| *far).map(|(_, word)| word)
}

fn is_same(one: char, other: char) -> bool {
    one.eq_ignore_ascii_case(&other)
}
