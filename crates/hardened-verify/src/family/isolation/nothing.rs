//! Requests for an item that does not exist, and comparisons with their answers.

use std::collections::BTreeMap;

use hardened_core::text::percent::decode;
use http::StatusCode;
use serde_json::Value;

use super::actor::Actor;
use crate::{answer::Answer, control::Probe, error::Error, forge::base64, template::encode};

/// A made-up identifier, and the answer for it.
pub(super) struct Nothing {
    pub(super) made_up: String,
    pub(super) probe: Probe,
}

impl Nothing {
    /// Requests an item with a made-up identifier that looks like that of the owner's item.
    pub(super) async fn ask(actor: &Actor<'_>, owner: &Actor<'_>) -> Result<Self, String> {
        let made_up = like(&owner.id).map_err(|error| error.to_string())?;
        let probe = missing(actor, owner, &made_up).await;
        Ok(Self { made_up, probe })
    }

    /// Returns whether an answer is the same as for an item that does not exist. Some services answer with an empty list for an
    /// item that the user may not see, and some with 400 or 422.
    pub(super) fn is_like(&self, answer: &Answer, id: &str) -> bool {
        let says_something = |status: StatusCode| {
            status.is_success() || matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY)
        };
        let nothing = self.probe.1.as_ref().ok().filter(|nothing| says_something(nothing.status));
        nothing.is_some_and(|nothing| answer.status == nothing.status && is_same(answer, id, nothing, &self.made_up))
    }
}

/// Requests an item with this identifier at the path of the owner's items.
pub(super) async fn missing(actor: &Actor<'_>, owner: &Actor<'_>, made_up: &str) -> Probe {
    actor.send(owner.reading(made_up).expects(StatusCode::NOT_FOUND)).await
}

/// Returns whether two answers are the same, apart from the requested identifiers.
pub(super) fn is_same(theirs: &Answer, id: &str, missing: &Answer, made_up: &str) -> bool {
    leaves(theirs, id) == leaves(missing, made_up)
}

/// Returns the parts of an answer without the requested identifier: each value of a JSON body, or each line of a text.
pub(super) fn leaves(answer: &Answer, id: &str) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    // Both the percent-encoded and the plain form are removed.
    let plain = decode(id).map_or_else(|| id.to_owned(), |id| id.to_string());
    let without = |text: String| text.replace(id, "{id}").replace(&plain, "{id}");
    match answer.json() {
        Some(body) => add("", &body, &without, &mut leaves),
        None => {
            let text = without(String::from_utf8_lossy(&answer.body).into_owned());
            for (number, line) in text.lines().enumerate() {
                leaves.insert(number.to_string(), line.to_owned());
            }
        }
    }
    leaves
}

fn add(path: &str, value: &Value, without: &dyn Fn(String) -> String, leaves: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                add(&format!("{path}/{number}"), item, without, leaves);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                add(&format!("{path}/{name}"), member, without, leaves);
            }
        }
        other => {
            leaves.insert(path.to_owned(), without(other.to_string()));
        }
    }
}

/// Makes up an identifier with the same kinds of characters at the same positions.
pub(super) fn like(id: &str) -> Result<String, Error> {
    if id.bytes().all(|byte| byte.is_ascii_digit()) && id.len() < 15 {
        // Sequential numbers count upwards. This one fits into 31 bits, and few tables get that far.
        let random = random(id.len())?.iter().fold(0, |sum: u32, byte| (sum * 31 + u32::from(*byte)) % 100_000_000);
        return Ok((2_000_000_000 + random).to_string());
    }
    if let Some((kind, inner)) = global(id) {
        return Ok(encode(&base64::standard(format!("{kind}:{}", like(&inner)?).as_bytes())));
    }
    let (prefix, rest) = id.split_at(prefix(id));
    let other = changed(rest)?;
    Ok(format!("{prefix}{other}"))
}

fn random(count: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    Ok(bytes)
}

/// Splits a global GraphQL identifier into its type and its inner identifier: `Note:7` in base64.
fn global(id: &str) -> Option<(String, String)> {
    let text = String::from_utf8(base64::decode(&decode(id)?)?).ok()?;
    let (kind, inner) = text.rsplit_once(':')?;
    let is_name = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    (is_name(kind) && is_name(inner)).then(|| (kind.to_owned(), inner.to_owned()))
}

/// Returns the length of the prefix of an identifier, such as `task_` or `task-`.
fn prefix(id: &str) -> usize {
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let is_end = id.as_bytes().get(letters).is_some_and(|byte| b"_-:".contains(byte));
    if letters > 0 && is_end { letters + 1 } else { 0 }
}

fn changed(id: &str) -> Result<String, Error> {
    const CROCKFORD: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let is_hex = id.bytes().filter(u8::is_ascii_alphabetic).all(|byte| matches!(byte, b'a'..=b'f' | b'A'..=b'F'));
    let is_uuid = id.len() == 36 && id.bytes().filter(|byte| *byte == b'-').count() == 4;
    // A ULID, or the suffix of a TypeID.
    let is_ulid = id.len() == 26 && id.bytes().all(|byte| CROCKFORD.contains(&byte.to_ascii_uppercase()));
    let mut escape = 0;
    let symbols = id.bytes().zip(random(id.len())?).enumerate().map(|(index, (symbol, random))| {
        // Percent-encoded bytes stay. So do the first symbol, which can be a prefix or part of a time, and the version and
        // variant of a UUID.
        if symbol == b'%' {
            escape = 3;
        }
        if escape > 0 {
            escape -= 1;
            return symbol;
        }
        let is_kept = (index == 0 && id.len() > 1) || (is_uuid && matches!(index, 14 | 19));
        let letters = match (is_hex, is_ulid) {
            (true, _) => 6,
            // A to H are in both alphabets.
            (_, true) => 8,
            _ => 26,
        };
        // Each symbol becomes a different one, so the identifier is different.
        let another = |first: u8, count: u8| first + (symbol - first + 1 + random % (count - 1)) % count;
        match symbol {
            _ if is_kept => symbol,
            b'0'..=b'9' => another(b'0', 10),
            b'a'..=b'z' => another(b'a', letters),
            b'A'..=b'Z' => another(b'A', letters),
            _ => symbol,
        }
    });
    Ok(symbols.map(char::from).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_identifier_has_the_form_of_the_other() {
        for id in [
            "018f4e4c-7b1a-7cc3-9c2e-3f1f0c9e4a11",
            "507f1f77bcf86cd799439011",
            "task_9aZk20Qx",
            "01HZX3K7M9Q2",
            "01JDMXZ3K7M9Q2W4T6V8Y0B2C4",
            "a%20b7",
            "x",
            "a7",
        ] {
            let other = like(id).unwrap();
            assert_ne!(other, id);
            let kind = |text: &str| -> Vec<u8> {
                let kind = |byte: u8| {
                    if byte.is_ascii_digit() {
                        b'0'
                    } else if byte.is_ascii_alphabetic() {
                        b'a'
                    } else {
                        byte
                    }
                };
                text.bytes().map(kind).collect()
            };
            assert_eq!(kind(&other), kind(id), "{other}");
        }
        let uuid = like("018f4e4c-7b1a-7cc3-9c2e-3f1f0c9e4a11").unwrap();
        assert_eq!((&uuid[14..15], &uuid[19..20]), ("7", "9"));
        let hex = like("507f1f77bcf86cd799439011").unwrap();
        assert!(hex.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hex}");
        let ulid = like("01JDMXZ3K7M9Q2W4T6V8Y0B2C4").unwrap();
        assert!(!ulid.contains(['I', 'L', 'O', 'U']), "{ulid}");
        assert!(like("note_01jdmxz3k7m9q2w4t6v8y0b2c4").unwrap().starts_with("note_0"));
        let global = like("Tm90ZTo3").unwrap();
        let inner = String::from_utf8(base64::decode(&global.replace("%3D", "=")).unwrap()).unwrap();
        assert!(inner.starts_with("Note:2") && inner.len() == 15, "{inner}");
        for number in ["1", "42", "1234567890"] {
            let other: u32 = like(number).unwrap().parse().unwrap();
            assert!((2_000_000_000..=i32::MAX as u32).contains(&other), "{other}");
        }
    }
}
