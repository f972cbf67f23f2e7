//! What was probably meant.

/// The word that differs from the given one by at most two letters, the nearest first.
pub(crate) fn nearest<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let far = 2.min(given.chars().count() / 2);
    known
        .iter()
        .map(|word| (distance(given, word), *word))
        .filter(|(distance, _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The number of letters to insert, delete or replace.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, against) in row.iter_mut().skip(1).zip(other.chars()) {
            let replaced = diagonal + usize::from(letter != against);
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_near_word_is_suggested() {
        let known = ["env", "default", "deserialize", "nested"];
        for (given, expected) in [
            ("defualt", Some("default")),
            ("enw", Some("env")),
            ("nest", Some("nested")),
            ("x", None),
            ("colour", None),
        ] {
            assert_eq!(nearest(given, &known), expected, "{given}");
        }
    }
}
