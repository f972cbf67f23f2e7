//! The order of the lists in a manifest.

use std::cmp::Ordering;

/// Sorts a list of a few hundred entries at most; equal ones keep their order.
///
/// The standard library's sort is compiled again for every type, and for the many types of short lists here that was a
/// sixth of what it took to compile this crate.
pub(super) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    for end in 1..list.len() {
        let (mut at, mut is_placed) = (end, false);
        while at > 0 && !is_placed {
            match list.get(at - 1).zip(list.get(at)) {
                Some((before, this)) if compare(before, this) == Ordering::Greater => {
                    list.swap(at - 1, at);
                    at -= 1;
                }
                _ => is_placed = true,
            }
        }
    }
}

/// Sorts a list and removes duplicates.
pub(super) fn sort<T: Ord>(list: &mut Vec<T>) {
    sort_by(list, T::cmp);
    list.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_like_those_of_the_standard_library() {
        for length in 0..=6 {
            for number in 0..3_usize.pow(length) {
                let digit = |place: u32| number / 3_usize.pow(place) % 3;
                let list: Vec<_> = (0..length).map(|place| (digit(place), place)).collect();
                let (mut ours, mut theirs) = (list.clone(), list);
                sort_by(&mut ours, |one, other| one.0.cmp(&other.0));
                theirs.sort_by_key(|one| one.0);
                assert_eq!(ours, theirs, "equal entries keep their order");
                let mut digits: Vec<_> = ours.iter().rev().map(|one| one.0).collect();
                sort(&mut digits);
                assert!(digits.is_sorted_by(|one, other| one < other), "{digits:?}");
            }
        }
    }
}
