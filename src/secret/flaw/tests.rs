//! Whole verdicts: the vectors, the boundaries, and relations that hold for any text.

use serde_json::Value;

use super::decode::decode;
use super::*;

/// Examples collected for this crate. Keys that stand in public are in base64.
const VECTORS: &str = include_str!("data/vectors.json");

struct Vector {
    id: String,
    kind: String,
    value: Vec<u8>,
    accepted: bool,
}

fn vectors() -> Vec<Vector> {
    let rows: Vec<Value> = serde_json::from_str(VECTORS).unwrap();
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
    rows.iter()
        .map(|row| Vector {
            id: text(row, "id").unwrap(),
            kind: text(row, "kind").unwrap(),
            value: text(row, "value").map_or_else(
                || {
                    let encoded = text(row, "base64").unwrap();
                    decode(encoded.as_bytes(), Encoding::Base64).unwrap().to_vec()
                },
                String::into_bytes,
            ),
            accepted: text(row, "expect").unwrap() == "accept",
        })
        .collect()
}

fn judge(vector: &Vector) -> Flaws {
    let value = &vector.value[..];
    match vector.kind.as_str() {
        "jwt_hs384" => of_key(value, 48),
        "jwt_hs512" => of_key(value, 64),
        "file_secret" => {
            let line = value.strip_suffix(b"\n").unwrap_or(value);
            of_key(line.strip_suffix(b"\r").unwrap_or(line), 32)
        }
        _ => of_key(value, 32),
    }
}

#[test]
fn every_vector_has_its_verdict() {
    let wrong: Vec<String> = vectors()
        .iter()
        .filter_map(|vector| {
            let flaws = judge(vector);
            (flaws.is_empty() != vector.accepted)
                .then(|| format!("{}: {:?}", vector.id, flaws.iter().collect::<Vec<_>>()))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[ignore = "x"]
fn show() {
    for vector in vectors() {
        println!("{} {:?} | {:?} | eff {} nom {}", vector.id, String::from_utf8_lossy(&vector.value[..vector.value.len().min(60)]), judge(&vector).iter().collect::<Vec<_>>(), strength::effective_bits(&vector.value), strength::nominal_bits(&vector.value));
    }
    if let Ok(list) = std::fs::read("/tmp/wt/extra.txt") {
        for line in list.split(|b| *b == b'\n') {
            println!("X {:?} | {:?} | eff {} nom {}", String::from_utf8_lossy(line), of_key(line, 32).iter().collect::<Vec<_>>(), strength::effective_bits(line), strength::nominal_bits(line));
        }
    }
}
