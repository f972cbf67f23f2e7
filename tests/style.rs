//! Checks `docs/STYLE.md` as far as a machine can: habits that make text hard to read must not come back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use hardened::rule;

/// Phrases and their plainer forms. Whole words are compared; `,` is a separate word.
const HABITS: &[(&str, &str)] = &[
    ("is no", "is not a"),
    ("are no", "are not"),
    ("is none", "is not one"),
    ("are none", "are not"),
    ("stands", "is, appears, is set"),
    ("whoever", "anyone who"),
    ("whatever is", "anything that is"),
    ("of which", "whose, of these"),
    ("beside", "next to, in addition to"),
    ("belongs into", "belongs in"),
    ("belong into", "belong in"),
    ("anybody", "anyone"),
    ("for ever", "forever"),
    (", for it", "because it"),
    (", for they", "because they"),
    (", for no", "because no"),
    (", for nobody", "because nobody"),
    (", for people", "because people"),
    (", for who", "because anyone who"),
    ("nobody can know", "it is unclear"),
    ("is said", "is reported"),
    ("is told", "is reported"),
    ("of one's own", "of your own"),
];

/// Phrases that look like a habit but are plain English.
const PLAIN: &[&str] =
    &["is no longer", "are no longer", "is no more than", "there is no", "there are no", "there is none", "stands for"];

#[test]
fn rules_are_written_plainly() {
    let texts = rule::ALL.iter().flat_map(|rule| {
        let remedy = rule.remedy().unwrap_or_default();
        [rule.holds(), rule.why(), remedy].map(|text| (rule.code().to_owned(), text.to_owned()))
    });
    assert_plain(texts);
}

#[test]
fn a_claim_is_a_sentence_and_a_remedy_is_an_imperative() {
    for rule in rule::ALL {
        for sentence in [rule.holds(), rule.why()] {
            let begins = sentence.starts_with(|first: char| first.is_uppercase() || matches!(first, '`' | '*'));
            assert!(begins && sentence.ends_with('.'), "{rule}: {sentence}");
        }
        let Some(remedy) = rule.remedy() else { continue };
        let begins = remedy.starts_with(|first: char| first.is_ascii_lowercase());
        assert!(begins && !remedy.ends_with('.') && !remedy.starts_with("nothing"), "{rule}: {remedy}");
    }
}

#[test]
fn documents_are_written_plainly() {
    assert_plain(documents().flat_map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let place = shown(&path);
        paragraphs(&text).map(|text| (place.clone(), text)).collect::<Vec<_>>()
    }));
}

#[test]
fn what_the_library_prints_is_written_plainly() {
    assert_plain(snapshots().into_iter().map(|path| (shown(&path), fs::read_to_string(&path).unwrap())));
    assert_plain(sources().into_iter().flat_map(|path| {
        let code = fs::read_to_string(&path).unwrap();
        strings(&code).into_iter().map(|text| (shown(&path), text)).collect::<Vec<_>>()
    }));
}

#[test]
fn the_first_line_about_a_public_item_is_written_plainly() {
    assert_plain(sources().into_iter().flat_map(|path| {
        let code = fs::read_to_string(&path).unwrap();
        summaries(&code).into_iter().map(|text| (shown(&path), text)).collect::<Vec<_>>()
    }));
}

#[test]
fn a_habit_is_found_across_line_breaks_and_markup() {
    for (text, found) in [
        ("The value is no number.", Some("is no")),
        ("The value is\nno number.", Some("is no")),
        ("Where it *stands*.", Some("stands")),
        ("It is not shown, for it may be a secret.", Some(", for it")),
        ("The rule is no longer needed.", None),
        ("Wait for the answer.", None),
        ("It understands `this`.", None),
        ("There is no file.", None),
        ("She is nobody.", None),
    ] {
        assert_eq!(habit(text).map(|(habit, _)| habit), found, "{text}");
    }
}

#[test]
fn strings_and_summaries_are_found_in_code() {
    let code = "
/// What it is.
///
/// More of it.
#[must_use]
pub fn one() -> &'static str { \"a \\\"quoted\\\" \\
    text\" }
/// Private.
fn two(quote: char) -> bool { quote == '\"' || \"b\" == r#\"c\"d\"# }
/// For the crate.
pub(crate) fn three() {} // \"comment\"
enum Four {
    /// A variant.
    A,
}
#[cfg(test)]
mod tests { const A: &str = \"of a test\"; }
";
    assert_eq!(strings(code), ["a \"quoted\" text", "b", "c\"d"]);
    assert_eq!(summaries(code), ["What it is.", "A variant."]);
}

/// Returns the line of a text that has the habit.
fn around<'t>(text: &'t str, habit: &str) -> &'t str {
    text.lines().find(|line| line.contains(habit)).unwrap_or(text)
}

fn assert_plain(texts: impl IntoIterator<Item = (String, String)>) {
    let texts: Vec<_> = texts.into_iter().collect();
    assert!(texts.len() > 10, "too few texts were found");
    let wrong: Vec<_> = texts
        .iter()
        .filter_map(|(place, text)| habit(text).map(|(habit, better)| (place, habit, better, around(text, habit))))
        .map(|(place, habit, better, around)| format!("{place}: `{habit}` ({better}): {around}"))
        .collect();
    assert!(wrong.is_empty(), "docs/STYLE.md, {} times: {wrong:#?}", wrong.len());
}

/// Returns the first habit in a text, with its plainer form.
fn habit(text: &str) -> Option<(&'static str, &'static str)> {
    let mut words = words(text);
    for plain in PLAIN {
        words = words.replace(&format!(" {plain} "), " ");
    }
    HABITS.iter().copied().find(|(habit, _)| words.contains(&format!(" {habit} ")))
}

/// Returns the words of a text in lower case, each between spaces. Punctuation marks are words too, so that no phrase spans
/// them.
fn words(text: &str) -> String {
    let mut spaced = String::new();
    // Code is not prose.
    let prose = text.split('`').step_by(2).collect::<Vec<_>>().join(" x ");
    for symbol in prose.to_lowercase().chars() {
        match symbol {
            ',' | '.' | ':' | ';' => spaced.extend([' ', symbol, ' ']),
            _ if symbol.is_alphanumeric() || matches!(symbol, '\'' | '’' | '-' | '_') => spaced.push(symbol),
            _ => spaced.push(' '),
        }
    }
    spaced.split_whitespace().fold(String::from(" "), |all, word| all + word + " ")
}

/// Returns the README and the guides. Decision records and the changelog keep the wording of their time.
fn documents() -> impl Iterator<Item = PathBuf> {
    let root = root();
    let front = [root.join("README.md")];
    let guides = files(&root.join("docs"), "md");
    // This page quotes what it advises against.
    let of_users = |path: &PathBuf| !path.ends_with("STYLE.md") && !shown(path).contains("/adr/");
    front.into_iter().chain(guides).filter(of_users)
}

/// Returns the snapshots of what the library and the command line tool print.
fn snapshots() -> Vec<PathBuf> {
    let root = root();
    let mut found = files(&root.join("tests"), "snap");
    found.extend(files(&root.join("crates"), "snap"));
    found.extend(files(&root.join("crates/derive-tests/tests"), "stderr"));
    found
}

/// Returns the source files of everything that is published.
fn sources() -> Vec<PathBuf> {
    let root = root();
    let mut found = files(&root.join("src"), "rs");
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let path = entry.unwrap().path();
        if !path.ends_with("xtask") {
            found.extend(files(&path.join("src"), "rs"));
        }
    }
    found.retain(|path| !path.ends_with("tests.rs"));
    found
}

/// Returns the paragraphs of a document without its code blocks.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    let mut in_code = false;
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        } else if line.trim().is_empty() || line.starts_with('|') || line.trim_start().starts_with("- ") {
            paragraphs.push(line.to_owned());
        } else if let Some(paragraph) = paragraphs.last_mut().filter(|_| !in_code) {
            *paragraph += " ";
            *paragraph += line.trim();
        }
    }
    paragraphs.into_iter().filter(|paragraph| !paragraph.trim().is_empty())
}

/// Returns the text of every string literal outside tests and comments.
fn strings(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (before, from) = rest.split_at(at);
        rest = if from.starts_with("//") {
            from.split_once('\n').map_or("", |(_, behind)| behind)
        } else if let Some(behind) = from.strip_prefix("'\"'").or_else(|| from.strip_prefix("'\\\"'")) {
            behind
        } else if let Some(inner) = from.strip_prefix('"') {
            let hashes = before.len() - before.trim_end_matches('#').len();
            let is_raw = before.trim_end_matches('#').ends_with('r');
            let (text, behind) = if is_raw { raw(inner, hashes) } else { escaped(inner) };
            found.push(text);
            behind
        } else {
            from.get(1..).unwrap_or_default()
        };
    }
    found
}

fn raw(inner: &str, hashes: usize) -> (String, &str) {
    let end = format!("\"{}", "#".repeat(hashes));
    inner.split_once(&end).map_or((inner.to_owned(), ""), |(text, behind)| (text.to_owned(), behind))
}

fn escaped(inner: &str) -> (String, &str) {
    let mut text = String::new();
    let mut symbols = inner.char_indices();
    while let Some((at, symbol)) = symbols.next() {
        match symbol {
            '"' => return (text, inner.get(at + 1..).unwrap_or_default()),
            '\\' => match symbols.next() {
                Some((_, '\n')) => {
                    let blanks = symbols.as_str().len() - symbols.as_str().trim_start().len();
                    symbols.by_ref().take(blanks).for_each(drop);
                }
                Some((_, quoted @ ('"' | '\\'))) => text.push(quoted),
                _ => text.push(' '),
            },
            _ => text.push(symbol),
        }
    }
    (text, "")
}

/// Returns the first paragraph of the documentation of every public item, including fields and variants.
fn summaries(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in code.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            block.push(text.trim());
        } else if !line.starts_with('#') && !line.starts_with(')') {
            let is_variant = line.starts_with(char::is_uppercase) && line.ends_with([',', '{', '(']);
            if (line.starts_with("pub ") || is_variant) && !block.is_empty() {
                found.push(block.split(|text| text.is_empty()).next().unwrap_or_default().join(" "));
            }
            block.clear();
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Returns every file below a directory that has this extension, in a fixed order.
fn files(directory: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found
}
