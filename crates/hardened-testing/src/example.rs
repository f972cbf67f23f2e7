//! A valid value of each kind.

use std::fmt::Write as _;

use hardened::schema::{Kind, SettingSchema};

/// What stands for fresh random text in the `example` of a secret, as in `postgres://app:{random}@db.internal/app`.
const RANDOM: &str = "{random}";

/// A valid value for one setting: its example, or one of its kind; none for a foreign type.
pub(crate) fn of(setting: &SettingSchema) -> Option<String> {
    match setting.example() {
        // An example without a part to fill in is refused as a value: everybody who reads the code knows it.
        Some(example) if setting.kind().is_secret() && example.contains(RANDOM) => {
            Some(example.replace(RANDOM, &random()))
        }
        Some(_) if setting.kind().is_secret() => of_kind(&setting.kind()),
        Some(example) => Some(example.to_owned()),
        None => of_kind(&setting.kind()),
    }
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

/// 64 bytes of text, 256 bits of them random.
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
