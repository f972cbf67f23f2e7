//! An item that does not exist, and what comes for it.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::Value;

use super::actor::Actor;
use crate::{answer::Answer, control::Probe, error::Error, request::Request};

/// The answer for an item that does not exist.
pub(super) struct Nothing {
    pub(super) made_up: String,
    pub(super) probe: Probe,
}

impl Nothing {
    /// Asks for an item with an identifier like that of the owner's.
    pub(super) async fn ask(actor: &Actor<'_>, owner: &Actor<'_>) -> Result<Self, String> {
        let made_up = like(&owner.id).map_err(|error| error.to_string())?;
        let probe = missing(actor, &made_up).await;
        Ok(Self { made_up, probe })
    }

    /// Whether a success says nothing else than this one: where items are rows of a query, what a user may not see is an
    /// empty list.
    pub(super) fn is_like(&self, answer: &Answer, id: &str) -> bool {
        let nothing = self.probe.1.as_ref().ok().filter(|nothing| nothing.status.is_success());
        nothing.is_some_and(|nothing| answer.status == nothing.status && is_same(answer, id, nothing, &self.made_up))
    }
}

/// Asks for an item with this identifier.
pub(super) async fn missing(actor: &Actor<'_>, made_up: &str) -> Probe {
    actor.send(Request::get(actor.path_of(made_up)).expects(StatusCode::NOT_FOUND)).await
}

/// Whether two answers say the same, apart from the identifiers that were asked for.
pub(super) fn is_same(theirs: &Answer, id: &str, missing: &Answer, made_up: &str) -> bool {
    leaves(theirs, id) == leaves(missing, made_up)
}

/// The parts of an answer, without the identifier that was asked for: each member of a JSON body, or the whole text.
pub(super) fn leaves(answer: &Answer, id: &str) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    match answer.json() {
        Some(body) => add("", &body, id, &mut leaves),
        None => {
            let text = String::from_utf8_lossy(&answer.body).replace(id, "{id}");
            for (number, line) in text.lines().enumerate() {
                leaves.insert(number.to_string(), line.to_owned());
            }
        }
    }
    leaves
}

fn add(path: &str, value: &Value, id: &str, leaves: &mut BTreeMap<String, String>) {
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                add(&format!("{path}/{number}"), item, id, leaves);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                add(&format!("{path}/{name}"), member, id, leaves);
            }
        }
        other => {
            leaves.insert(path.to_owned(), other.to_string().replace(id, "{id}"));
        }
    }
}

/// An identifier of the same form that nothing has: the same kinds of characters at the same places.
pub(super) fn like(id: &str) -> Result<String, Error> {
    let mut bytes = vec![0; id.len()];
    getrandom::fill(&mut bytes).map_err(|_| Error::Random)?;
    if id.bytes().all(|byte| byte.is_ascii_digit()) && id.len() < 15 {
        // Numbers count upwards; this one fits into 32 bits, and few tables come so far.
        let random = bytes.iter().fold(0, |sum: u32, byte| (sum * 31 + u32::from(*byte)) % 100_000_000);
        return Ok((2_000_000_000 + random).to_string());
    }
    let is_hex = id.bytes().filter(u8::is_ascii_alphabetic).all(|byte| matches!(byte, b'a'..=b'f' | b'A'..=b'F'));
    let is_uuid = id.len() == 36 && id.bytes().filter(|byte| *byte == b'-').count() == 4;
    let mut escape = 0;
    let symbols = id.bytes().zip(bytes).enumerate().map(|(index, (symbol, random))| {
        // An encoded byte stays, the first symbol because it can be a prefix or a time, and the version of a UUID.
        if symbol == b'%' {
            escape = 3;
        }
        if escape > 0 {
            escape -= 1;
            return symbol;
        }
        let is_kept = index == 0 || (is_uuid && matches!(index, 14 | 19));
        match symbol {
            _ if is_kept => symbol,
            b'0'..=b'9' => b'0' + random % 10,
            b'a'..=b'z' => b'a' + random % if is_hex { 6 } else { 26 },
            b'A'..=b'Z' => b'A' + random % if is_hex { 6 } else { 26 },
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
            "a%20b7",
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
        for number in ["1", "42", "1234567890"] {
            let other: u32 = like(number).unwrap().parse().unwrap();
            assert!((2_000_000_000..=i32::MAX as u32).contains(&other), "{other}");
        }
    }
}
