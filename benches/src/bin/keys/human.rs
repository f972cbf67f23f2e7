//! How many human-made keys are refused: keys of words of many languages in several spellings, and keyboard mash.
//!
//! The words are in a directory outside the repository: one file `LANGUAGE.txt` for each language, with one word on each line,
//! in the order of their frequency. `benches/words.py` writes them.

use std::{collections::BTreeMap, fs, path::Path};

use hardened_strength::check_key;
use rand::{RngExt, SeedableRng, rngs::StdRng};

/// The languages from which `crates/hardened-strength/generate/letters.py` makes the tables of letters. Its option `--only`
/// makes tables of fewer languages; pass those here as `--tuned`.
pub(crate) const TUNED: &[&str] = &[
    "ca", "cs", "da", "de", "en", "es", "fi", "fil", "fr", "hu", "id", "it", "lt", "lv", "nb", "nl", "pl", "pt", "ro",
    "sh", "sk", "sl", "sv", "tr", "vi",
];

/// The number of keys for each language and spelling.
const KEYS: usize = 400;

/// How many of these keys zxcvbn judges, because it takes milliseconds for each.
const OF_ZXCVBN: usize = 20;

type Spelling = (&'static str, fn(&[&str], &mut StdRng) -> String);

const SPELLINGS: &[Spelling] = &[
    ("kebab-case", |words, _| words.join("-")),
    ("snake_case", |words, _| words.join("_")),
    ("with spaces", |words, _| words.join(" ")),
    ("UPPER_CASE", |words, _| words.join("_").to_uppercase()),
    ("camelCase", |words, _| camel(words)),
    ("CamelCase123!", |words, rng| capital(&camel(words)) + tail(rng)),
    ("joinedlowercase", |words, _| words.concat()),
    ("joinedlowercase2024", |words, rng| words.concat() + tail(rng)),
    ("l33t-speak", |words, rng| leet(&words.join("-"), rng)),
    ("l33tspeak", |words, rng| leet(&words.concat(), rng)),
];

/// A function that makes a key as hands strike it.
type Striking = fn(&mut StdRng) -> String;

/// Kinds of keyboard mash. The last kind is the hardest to detect.
const MASH: &[(&str, Striking)] = &[
    ("mash, rolling hands", rolls),
    ("mash, own patterns", patterns),
    ("mash, with digits", with_digits),
    ("mash, single keys", mash),
];

/// Prints a row for each spelling.
pub(crate) fn print(directory: &Path, tuned: &[String], seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let languages = languages(directory);
    println!("{} keys of 4 to 10 words, 32 to 64 bytes, in each of {} languages: refused, in %", KEYS, languages.len());
    println!("{:<22} {:>7} {:>10} {:>8}", "spelling", "tuned", "not tuned", "zxcvbn");
    for (name, spell) in SPELLINGS {
        let (mut shares, mut by_zxcvbn) = (BTreeMap::<bool, Vec<f64>>::new(), Vec::new());
        for (language, words) in &languages {
            let keys: Vec<_> = (0..KEYS).map(|_| key(words, spell, &mut rng)).collect();
            shares.entry(tuned.contains(language)).or_default().push(share(&keys, refused));
            by_zxcvbn.push(share(&keys[..OF_ZXCVBN], refused_by_zxcvbn));
        }
        let mean = |tuned| shares.get(&tuned).map_or(f64::NAN, |shares| mean(shares));
        println!("{name:<22} {:>7.1} {:>10.1} {:>8.1}", mean(true), mean(false), self::mean(&by_zxcvbn));
    }
    for (name, make) in MASH {
        let keys: Vec<_> = (0..20 * KEYS).map(|_| make(&mut rng)).collect();
        println!(
            "{name:<22} {:>7.1} {:>10} {:>8.1}",
            share(&keys, refused),
            "",
            share(&keys[..KEYS], refused_by_zxcvbn)
        );
    }
    println!();
}

fn languages(directory: &Path) -> BTreeMap<String, Vec<String>> {
    let files = fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path());
    let words = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).filter_map(|path| {
        let language = path.file_stem()?.to_str()?.to_owned();
        let words = fs::read_to_string(&path).ok()?.lines().map(str::to_owned).collect();
        Some((language, words))
    });
    words.collect()
}

/// Returns a key of 32 to 64 bytes.
fn key(words: &[String], spell: &fn(&[&str], &mut StdRng) -> String, rng: &mut StdRng) -> String {
    loop {
        let count = rng.random_range(4..=10);
        let chosen: Vec<_> = (0..count).map(|_| words[rng.random_range(0..words.len())].as_str()).collect();
        let key = spell(&chosen, rng);
        if (32..=64).contains(&key.len()) {
            return key;
        }
    }
}

fn camel(words: &[&str]) -> String {
    words.iter().enumerate().map(|(at, word)| if at == 0 { (*word).to_owned() } else { capital(word) }).collect()
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or(("", word));
    first.to_uppercase() + rest
}

fn tail(rng: &mut StdRng) -> &'static str {
    const TAILS: [&str; 9] = ["2024", "!", "123", "1987!", "_2025", "#1", "99", "!!", "12345"];
    TAILS[rng.random_range(0..TAILS.len())]
}

/// Replaces six in ten of the letters that have a look-alike by it.
fn leet(text: &str, rng: &mut StdRng) -> String {
    let replaced = |letter| match letter {
        'o' => Some('0'),
        'e' => Some('3'),
        'a' => Some('4'),
        'i' => Some('1'),
        's' => Some('5'),
        _ => None,
    };
    text.chars().map(|letter| replaced(letter).filter(|_| rng.random_bool(0.6)).unwrap_or(letter)).collect()
}

/// Two hands that roll over a few groups of neighbouring keys in changing order, and now and then strike another key.
fn rolls(rng: &mut StdRng) -> String {
    const GROUPS: [&str; 11] = ["asdf", "jkl", "sdfg", "hjkl", "asd", "fgh", "jkj", "sdf", "kjh", "dfs", "lkj"];
    let count = rng.random_range(3..=6);
    let own: Vec<_> = (0..count).map(|_| GROUPS[rng.random_range(0..GROUPS.len())]).collect();
    let length = rng.random_range(32..=64);
    let mut key = String::new();
    while key.len() < length {
        let mut keys: Vec<_> = own[rng.random_range(0..own.len())].chars().collect();
        if rng.random_bool(0.4) {
            let at = rng.random_range(0..keys.len());
            keys.swap(0, at);
        }
        key.extend(keys);
        if rng.random_bool(0.08) {
            key.push(char::from(b"0123456789;,@!wero"[rng.random_range(0..18)]));
        }
    }
    key
}

/// A few short patterns that are struck again and again, with other keys between them.
fn patterns(rng: &mut StdRng) -> String {
    let own: Vec<_> = (0..rng.random_range(2..=4)).map(|_| single_keys(3, rng)).collect();
    let length = rng.random_range(32..=64);
    let mut key = String::new();
    while key.len() < length {
        if rng.random_bool(0.75) {
            key += &own[rng.random_range(0..own.len())];
        } else {
            let count = rng.random_range(1..=3);
            key += &single_keys(count, rng);
        }
    }
    key
}

/// Three patterns of letters and two of digits in which keys are swapped, with occasional capitals and symbols.
fn with_digits(rng: &mut StdRng) -> String {
    let letters: Vec<_> = (0..3).map(|_| single_keys(4, rng)).collect();
    let digits: Vec<String> =
        (0..2).map(|_| (0..3).map(|_| char::from(b'0' + rng.random_range(0..10))).collect()).collect();
    let length = rng.random_range(32..=64);
    let mut key = String::new();
    while key.len() < length {
        let of_letters = rng.random_bool(0.65);
        let pattern = if of_letters { &letters[rng.random_range(0..3)] } else { &digits[rng.random_range(0..2)] };
        let mut keys: Vec<_> = pattern.chars().collect();
        if rng.random_bool(0.6) {
            let (one, other) = (rng.random_range(0..keys.len()), rng.random_range(0..keys.len()));
            keys.swap(one, other);
        }
        let shifted = rng.random_bool(0.1);
        key.extend(keys.into_iter().map(|key| if shifted { key.to_ascii_uppercase() } else { key }));
        if rng.random_bool(0.08) {
            key.push(char::from(b"!@#$%&*"[rng.random_range(0..7)]));
        }
    }
    key
}

/// Two hands that strike single keys in turn, each with its own habits: the hardest kind.
fn mash(rng: &mut StdRng) -> String {
    let length = rng.random_range(32..=64);
    single_keys(length, rng)
}

fn single_keys(length: usize, rng: &mut StdRng) -> String {
    const HANDS: [&[u8]; 2] = [b"asdfgqwertzxcvb", b"hjklyuiopnm"];
    let weight = |key: u8| {
        if b"asdfghjkl".contains(&key) {
            1.0
        } else if b"zxcvbnm".contains(&key) {
            0.1
        } else {
            0.25
        }
    };
    let weights: Vec<Vec<f64>> =
        HANDS.iter().map(|keys| keys.iter().map(|key| -weight(*key) * rng.random::<f64>().ln()).collect()).collect();
    let mut hand = 0;
    let mut key = String::new();
    while key.len() < length {
        hand = if rng.random_bool(0.55) { 1 - hand } else { hand };
        let mut at = rng.random::<f64>() * weights[hand].iter().sum::<f64>();
        let struck = weights[hand].iter().position(|weight| {
            at -= weight;
            at <= 0.0
        });
        key.push(char::from(HANDS[hand][struck.unwrap_or(0)]));
    }
    key
}

fn share(keys: &[String], refuses: fn(&str) -> bool) -> f64 {
    100.0 * keys.iter().filter(|key| refuses(key)).count() as f64 / keys.len() as f64
}

fn refused(key: &str) -> bool {
    !check_key(key.as_bytes(), 32).is_empty()
}

fn refused_by_zxcvbn(key: &str) -> bool {
    zxcvbn::zxcvbn(key, &[]).guesses_log10() * std::f64::consts::LOG2_10 < 60.0
}

fn mean(shares: &[f64]) -> f64 {
    shares.iter().sum::<f64>() / shares.len() as f64
}
