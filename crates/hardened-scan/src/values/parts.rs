//! The parts of a value that are secrets themselves: the password in a URL, the entries of a key ring, the lines of a key.

use hardened_core::text::percent;
use hardened_strength::{Sighting, in_text};
use zeroize::Zeroizing;

use super::form::{Piece, SHORTEST};

/// A part of a value.
pub(crate) type Part = (Piece, Zeroizing<Vec<u8>>);

/// Returns all parts of a value that are secrets, and the value itself if it is one.
pub(crate) fn of(value: &[u8]) -> Vec<Part> {
    let text = std::str::from_utf8(value).unwrap_or_default();
    if text.trim_start().starts_with('{') {
        let fields = fields(text);
        if !fields.is_empty() {
            return fields;
        }
    }
    if text.contains("PRIVATE KEY") {
        return lines(text);
    }
    let mut parts = vec![(Piece::Whole, Zeroizing::new(value.to_vec()))];
    let passwords = passwords(text);
    if passwords.is_empty() {
        parts.extend(entries(text).into_iter().map(|part| (Piece::Entry, part)));
    }
    parts.extend(passwords.into_iter().map(|part| (Piece::Password, part)));
    parts
}

/// Returns the lines of private keys. Each is random, except for the first, which is long enough to be different.
fn lines(text: &str) -> Vec<Part> {
    const SHORTEST: usize = 32;
    let text = Zeroizing::new(text.replace("\\n", "\n").replace("\\r", ""));
    // If a key is on a single line, its base64 is one word between the marks.
    let words = text.split(|symbol: char| symbol.is_whitespace() || "\",".contains(symbol));
    let is_base64 = |word: &&str| {
        word.len() >= SHORTEST
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte))
            && !word.starts_with("-----")
    };
    words.filter(is_base64).map(|word| (Piece::Line, Zeroizing::new(word.as_bytes().to_vec()))).collect()
}

/// Returns the passwords in a URL or a connection string, both as written and percent-decoded.
fn passwords(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut found: Vec<&str> = Vec::new();
    if let Some((_, rest)) = text.split_once("://") {
        found.extend(user_information(rest));
        found.extend(rest.split_once('?').into_iter().flat_map(|(_, query)| query.split('&')).filter_map(parameter));
    } else if let Some((before, _)) = text.split_once("@tcp(").or_else(|| text.split_once("@unix(")) {
        found.extend(before.split_once(':').map(|(_, password)| password));
    } else {
        found.extend(text.split(';').filter_map(parameter));
        found.extend(text.split_ascii_whitespace().filter_map(parameter));
    }
    let bytes = |text: &str| Zeroizing::new(text.as_bytes().to_vec());
    let meant = |written: &&str| percent::decode(written).filter(|meant| meant.as_str() != *written);
    let decoded: Vec<_> = found.iter().filter_map(meant).map(|text| bytes(&text)).collect();
    found.into_iter().map(bytes).chain(decoded).collect()
}

/// Returns the password before a host. It may contain a `/` or an `@` that should be escaped.
fn user_information(rest: &str) -> Option<&str> {
    let (user, _) = rest.rsplit_once('@')?;
    let (_, password) = user.split_once(':')?;
    Some(password)
}

/// Returns the value of `password=…` and the like.
fn parameter(pair: &str) -> Option<&str> {
    const NAMES: [&str; 10] =
        ["password", "passwd", "pwd", "pass", "secret", "token", "accountkey", "sharedaccesskey", "apikey", "sig"];
    let (name, value) = pair.split_once('=')?;
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    NAMES.iter().any(|known| name.ends_with(known)).then(|| value.trim().trim_matches(['\'', '"']))
}

/// Returns the entries of a list, without the version or name before each: `2:new,1:old`.
fn entries(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let is_end = |symbol: char| matches!(symbol, ',' | ';') || symbol.is_whitespace();
    let pieces: Vec<&str> = text.split(is_end).filter(|piece| !piece.is_empty()).collect();
    let key = |piece: &&str| {
        let is_version = |name: &str| {
            name.len() <= 32 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        match piece.split_once(':').filter(|(name, rest)| is_version(name) && !rest.starts_with("//")) {
            Some((_, key)) => key.len(),
            None => piece.len(),
        }
    };
    let is_ring = pieces.len() > 1 || pieces.first().is_some_and(|piece| key(piece) < piece.len());
    // Short words separated by spaces are one pass phrase.
    let is_phrase = pieces.len() > 1 && !text.contains([',', ';']) && pieces.iter().all(|piece| piece.len() < SHORTEST);
    if !is_ring || is_phrase || text.contains("://") {
        return Vec::new();
    }
    let entry =
        |piece: &&str| piece.get(piece.len() - key(piece)..).map(|text| Zeroizing::new(text.as_bytes().to_vec()));
    pieces.iter().filter_map(entry).collect()
}

/// Returns the texts of a JSON document that are secrets, judged by their form, except where the name means a public value.
fn fields(text: &str) -> Vec<Part> {
    let Ok(document) = serde_json::from_str::<serde_json::Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    collect("", &document, &mut found);
    found
}

fn collect(name: &str, value: &serde_json::Value, found: &mut Vec<Part>) {
    /// Public although random: identifiers, and the public half of a JSON Web Key.
    const PUBLIC: [&str; 9] = ["kid", "n", "e", "x", "y", "x5t", "x5c", "iss", "aud"];
    match value {
        serde_json::Value::Object(members) => members.iter().for_each(|(name, value)| collect(name, value, found)),
        serde_json::Value::Array(items) => items.iter().for_each(|value| collect(name, value, found)),
        serde_json::Value::String(text) if text.contains("PRIVATE KEY") => found.extend(lines(text)),
        serde_json::Value::String(text) => {
            let is_public = PUBLIC.contains(&name) || name.ends_with("id") || name.ends_with("Id");
            let is_secret = matches!(
                in_text(text),
                Some(Sighting::Random | Sighting::Issued | Sighting::Token | Sighting::Password)
            );
            if is_secret && !is_public {
                found.push((Piece::Field, Zeroizing::new(text.as_bytes().to_vec())));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(value: &str) -> Vec<(Piece, String)> {
        of(value.as_bytes()).iter().map(|(piece, part)| (*piece, String::from_utf8_lossy(part).into_owned())).collect()
    }

    #[test]
    fn the_parts_of_a_value_are_those_that_are_secret() {
        use Piece::*;
        for (value, expected) in [
            ("kV9w0cW8J3z6oQ2n", &[][..]),
            ("postgres://app:s3cr3t%40pass@db/app", &[(Password, "s3cr3t%40pass"), (Password, "s3cr3t@pass")]),
            ("postgres://app@db/app?password=s3cr3tpass", &[(Password, "s3cr3tpass")]),
            ("postgres://app:p/w@x@db/app", &[(Password, "p/w@x")]),
            ("app:s3cr3t@tcp(db:3306)/app", &[(Password, "s3cr3t")]),
            ("Server=db;User Id=app;Password=s3cr3t;", &[(Password, "s3cr3t")]),
            ("host=db user=app password='s3cr3t'", &[(Password, "s3cr3t")]),
            ("2:newkey,1:oldkey", &[(Entry, "newkey"), (Entry, "oldkey")]),
            ("1:onlykey", &[(Entry, "onlykey")]),
            ("the-first-key the-second-key", &[(Entry, "the-first-key"), (Entry, "the-second-key")]),
            ("onekey,twokey", &[(Entry, "onekey"), (Entry, "twokey")]),
            ("four words and no list", &[]),
            ("https://api.example.com/v1", &[]),
        ] {
            let mut all = vec![(Whole, value.to_owned())];
            all.extend(expected.iter().map(|(piece, text)| (*piece, (*text).to_owned())));
            assert_eq!(parts(value), all, "{value}");
        }
    }

    #[test]
    fn of_a_document_the_secret_texts_are_taken() {
        let line = "MC4CAQAwBQYDK2VwBCIEIGq1n3VhYmNkZWZnaGlqa2xtbm9w";
        let document = format!(
            r#"{{"type":"service_account","private_key_id":"a1b2c3d4e5f60718293a4b5c6d7e8f9001122334",
            "client_email":"app@example.iam.gserviceaccount.com","client_secret":"GOCSPX-q8ZtR3vK9wLm2XcN7bYp4sDf",
            "private_key":"-----BEGIN PRIVATE KEY-----\n{line}\n-----END PRIVATE KEY-----\n"}}"#
        );
        let expected = [(Piece::Field, "GOCSPX-q8ZtR3vK9wLm2XcN7bYp4sDf".to_owned()), (Piece::Line, line.to_owned())];
        let mut found = parts(&document);
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort();
        assert_eq!(found, expected);
    }
}
