//! Makes a valid value for a setting.

use std::fmt::Write as _;

use hardened::schema::{FieldRule, Kind, Length, Literal, SettingSchema};

/// The placeholder for fresh random text in the `example` of a secret, as in `postgres://app:{random}@db.internal/app`.
const RANDOM: &str = "{random}";

/// Returns a valid value for a setting: its example, or a value of its kind that follows the rules of its field; `None` if
/// there is no such value, as for a foreign type.
pub(crate) fn of(setting: &SettingSchema) -> Option<String> {
    match setting.example() {
        // An example of a secret without the placeholder is refused as a value, because everybody who reads the code knows it.
        Some(example) if setting.kind().is_secret() && example.contains(RANDOM) => {
            Some(example.replace(RANDOM, &random()))
        }
        Some(example) if !setting.kind().is_secret() => Some(example.to_owned()),
        _ => candidates(setting).find(|value| setting.keeps_rules(value)),
    }
}

/// Returns the values that the rules of a setting name, and usual values of its kind.
fn candidates(setting: &SettingSchema) -> impl Iterator<Item = String> {
    let rules = match setting.kind() {
        Kind::List { .. } => setting.item_rules(),
        _ => setting.rules(),
    };
    let usual = of_kind(&setting.kind());
    let named = rules.iter().flat_map(named).collect::<Vec<_>>();
    let sized = usual.iter().flat_map(|usual| rules.iter().filter_map(|rule| sized(usual, rule))).collect::<Vec<_>>();
    let items = setting.rules().iter().find_map(|rule| match rule {
        FieldRule::Length(Length { min, .. }) if matches!(setting.kind(), Kind::List { .. }) => *min,
        _ => None,
    });
    let repeated = move |item: String| vec![item; items.unwrap_or(1).max(1)].join(",");
    usual.into_iter().chain(named).chain(sized).map(repeated)
}

/// Returns the bounds of a range, or the values of `one_of`.
fn named(rule: &FieldRule) -> Vec<String> {
    let literals = match rule {
        FieldRule::Range(range) => range.from.into_iter().chain(range.to).collect(),
        FieldRule::OneOf(values) => values.to_vec(),
        _ => Vec::new(),
    };
    // The bound may be exclusive, so a value below it is added; for a duration this is 0.
    literals
        .into_iter()
        .flat_map(|literal| match literal {
            Literal::Whole(number) => [number.to_string(), number.saturating_sub(1).to_string()],
            Literal::Decimal { text, value } => [text.to_owned(), (value - 1.0).to_string()],
            Literal::Text(text) => [text.to_owned(), "0".to_owned()],
        })
        .collect()
}

/// Cuts or repeats a usual value to the length that a rule demands.
fn sized(usual: &str, rule: &FieldRule) -> Option<String> {
    let FieldRule::Length(Length { min, max }) = rule else { return None };
    let length = usual.len().clamp(min.unwrap_or(0), max.unwrap_or(usize::MAX));
    Some(usual.chars().cycle().take(length).collect())
}

fn of_kind(kind: &Kind) -> Option<String> {
    let fixed = match kind {
        Kind::Text => "example",
        Kind::Path => "/tmp/example",
        Kind::Url => "https://example.com/",
        Kind::Boolean => "false",
        Kind::Decimal => "0.5",
        Kind::Duration => "30s",
        Kind::Origin => "https://app.example.com",
        Kind::Address => "127.0.0.1",
        Kind::SocketAddress => "127.0.0.1:8080",
        Kind::Choice(choices) => choices.first()?,
        Kind::Integer { min, max } => return Some(1.clamp(*min, *max).to_string()),
        Kind::Key { .. } | Kind::Credential => return Some(random()),
        Kind::JsonCredential => return Some(format!("{{\"key\":\"{}\"}}", random())),
        Kind::KeyRing { .. } => return Some(format!("1:{}", random())),
        Kind::List { of } => return of_kind(of),
        _ => return None,
    };
    Some(fixed.to_owned())
}

/// Returns 64 bytes of text with 256 random bits.
fn random() -> String {
    let mut bytes = [0; 32];
    if getrandom::fill(&mut bytes).is_err() {
        panic!("the operating system does not provide random bytes");
    }
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
