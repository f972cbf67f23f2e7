//! The word list, and matching a text against it in any case and with look-alike characters.

use std::sync::LazyLock;

use super::cost::{Cost, NEVER, bits, one_of};
use super::letters::Letters;
use super::spelling::{Cases, KEPT, REPLACED, Reading, Readings, Style, has_look_alikes, look_alikes};

/// The words of this crate. Built once; contains nothing of any key.
pub(super) static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| Dictionary::new(include_str!("words.txt")));

/// The maximum length of a word, in bytes.
pub(super) const LONGEST: usize = 15;

/// The prices of choosing each tier, according to how likely it is.
const TIERS: [Cost; 4] = [bits(2.0), bits(1.52), bits(2.0), bits(2.75)];

/// A trie with nodes that point to their first child and next sibling.
pub(super) struct Dictionary {
    nodes: Vec<Node>,
    /// The children of the root, by byte. Most positions in a text end here.
    roots: [u16; 256],
    pub(super) letters: Letters,
}

struct Node {
    byte: u8,
    child: u16,
    sibling: u16,
    /// The price of the word that ends here, if one does.
    word: Option<Cost>,
    /// A bit for each child's byte. Most look-ups end here.
    children: u64,
    /// The price of the likeliest word that continues from here.
    likeliest: Cost,
}

/// A word at the start of a text.
pub(super) struct Found {
    /// `None` if the text ends within the word.
    pub(super) length: Option<usize>,
    pub(super) style: Style,
    pub(super) price: Cost,
}

impl Dictionary {
    fn new(list: &str) -> Self {
        let mut dictionary = Self {
            nodes: vec![Node::new(0)],
            roots: [0; 256],
            letters: Letters::new(words(list).map(|(_, word)| word)),
        };
        let mut sizes = [0_u32; TIERS.len()];
        for (tier, _) in words(list) {
            if let Some(size) = sizes.get_mut(tier) {
                *size += 1;
            }
        }
        for (tier, word) in words(list) {
            let (Some(price), Some(size)) = (TIERS.get(tier), sizes.get(tier)) else {
                continue;
            };
            dictionary.insert(word.as_bytes(), price + one_of(*size));
        }
        dictionary
    }

    fn insert(&mut self, word: &[u8], price: Cost) {
        let mut at = 0;
        for byte in word {
            at = self.child(at, *byte).unwrap_or_else(|| self.add(at, *byte));
            if let Some(node) = self.nodes.get_mut(usize::from(at)) {
                node.likeliest = node.likeliest.min(price);
            }
        }
        if let Some(node) = self.nodes.get_mut(usize::from(at)) {
            node.word = Some(price);
        }
    }

    fn add(&mut self, parent_at: u16, byte: u8) -> u16 {
        // The list is fixed; a test checks that the number of nodes fits into a `u16`.
        let added = u16::try_from(self.nodes.len()).unwrap_or(0);
        let mut node = Node::new(byte);
        if let Some(parent) = self.nodes.get_mut(usize::from(parent_at)) {
            node.sibling = parent.child;
            parent.child = added;
            parent.children |= bit(byte);
        }
        self.nodes.push(node);
        if let (0, Some(root)) = (parent_at, self.roots.get_mut(usize::from(byte))) {
            *root = added;
        }
        added
    }

    fn child(&self, parent: u16, byte: u8) -> Option<u16> {
        if parent == 0 {
            let root = self.roots.get(usize::from(byte)).copied();
            return root.filter(|root| *root != 0);
        }
        let node = self.nodes.get(usize::from(parent))?;
        if node.children & bit(byte) == 0 {
            return None;
        }
        let mut at = node.child;
        while at != 0 {
            let node = self.nodes.get(usize::from(at))?;
            if node.byte == byte {
                return Some(at);
            }
            at = node.sibling;
        }
        None
    }

    /// Calls `found` for every word at the start of the text, and, at the end of the text, for every beginning of a word.
    pub(super) fn words_at(&self, text: &[u8], mut found: impl FnMut(Found)) {
        let mut readings = Readings::start();
        let mut cases = Cases::default();
        for (at, byte) in text.iter().take(LONGEST).enumerate() {
            cases.note(*byte, at);
            readings = self.read_on(&readings, *byte);
            if readings.is_empty() {
                return;
            }
            let ends = at + 1 == text.len();
            for reading in readings.iter() {
                let Some(node) = self.nodes.get(usize::from(reading.node)) else {
                    continue;
                };
                let word = node.word.map(|word| (Some(at + 1), word));
                let begun = ends.then_some((None, node.likeliest));
                for (length, word) in [word, begun].into_iter().flatten() {
                    for (style, price) in cases.styles(reading) {
                        let price = word + price;
                        found(Found { length, style, price });
                    }
                }
            }
        }
    }

    fn read_on(&self, readings: &Readings, byte: u8) -> Readings {
        let letter = byte.to_ascii_lowercase();
        let mut next = Readings::default();
        for reading in readings.iter() {
            if let Some(node) = self.child(reading.node, letter) {
                let kept = if has_look_alikes(letter) { KEPT } else { 0 };
                next.push(Reading { node, price: reading.price + kept, ..*reading });
            }
            for letter in look_alikes(byte) {
                if let Some(node) = self.child(reading.node, *letter) {
                    next.push(Reading { node, look_alikes: true, price: reading.price + REPLACED });
                }
            }
        }
        next
    }
}

/// Returns a distinct bit for each letter and digit.
fn bit(byte: u8) -> u64 {
    match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'0'..=b'9' => 1 << (byte - b'0' + 26),
        _ => 0,
    }
}

impl Node {
    fn new(byte: u8) -> Self {
        Self { byte, child: 0, sibling: 0, word: None, children: 0, likeliest: NEVER }
    }
}

/// Returns the words of the list with their tiers.
fn words(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut tier = 0;
    list.lines().filter(|line| !line.starts_with('#')).flat_map(move |line| {
        let heading = line.strip_prefix("= ").and_then(|name| name.parse().ok());
        if let Some(named) = heading {
            tier = named;
        }
        let body = if heading.is_some() { "" } else { line };
        body.split_whitespace().map(move |word| (tier, word))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{DICTIONARY, LONGEST, Style, TIERS, words};

    fn found(text: &str) -> Vec<(usize, Style)> {
        let mut found = Vec::new();
        DICTIONARY.words_at(text.as_bytes(), |word| {
            if let Some(length) = word.length {
                found.push((length, word.style));
            }
        });
        found
    }

    #[test]
    fn the_list_is_well_formed() {
        let mut seen = HashSet::new();
        for (tier, word) in words(include_str!("words.txt")) {
            assert!(tier < TIERS.len() && word.len() <= LONGEST, "{word}");
            assert!(seen.insert(word), "`{word}` stands twice");
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            assert!(word.bytes().all(plain), "{word}");
        }
        assert!(DICTIONARY.nodes.len() < usize::from(u16::MAX));
    }

    #[test]
    fn a_word_is_found_in_each_case_but_not_in_a_mixture() {
        assert!(found("secret").contains(&(6, Style::Lower)));
        assert!(found("Secret").contains(&(6, Style::Capital)));
        assert!(found("SECRETx").contains(&(6, Style::Upper)));
        assert!(found("sEcReT").is_empty());
    }

    #[test]
    fn look_alikes_stand_for_letters() {
        assert!(found("P@ssw0rd").contains(&(8, Style::Disguised)));
        assert!(found("5up3r").contains(&(5, Style::Disguised)));
        assert!(found("1234").contains(&(4, Style::Lower)));
    }

    #[test]
    fn the_tiers_are_shares_of_one() {
        let sum: f64 = TIERS.iter().map(|tier| (-f64::from(*tier) / 64.0).exp2()).sum();
        assert!(sum <= 1.0, "{sum}");
    }
}
