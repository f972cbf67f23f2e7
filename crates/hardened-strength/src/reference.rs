//! Detects unresolved references: text that names where a secret is, instead of the secret.

use hardened_core::text::{self, is_path_character};

use crate::placeholder::reads_like_text;

pub use hardened_core::text::ReferenceKind;

/// Returns what kind of unresolved reference a text is, if it is one: `op://…`, `/run/secrets/…`, `process.env.…`.
///
/// ```
/// use hardened_strength::{ReferenceKind, reference};
///
/// assert_eq!(reference(b"awssm://prod/database"), Some(ReferenceKind::SecretStore));
/// assert_eq!(reference(b"postgres://db.example.com/app"), None);
/// ```
#[must_use]
pub fn reference(text: &[u8]) -> Option<ReferenceKind> {
    text::reference(text)
        .or_else(|| is_encrypted(text).then_some(ReferenceKind::Encrypted))
        .or_else(|| is_path(text).then_some(ReferenceKind::File))
}

/// Returns whether the text is an HTTP or HTTPS URL. A credential may be one.
pub(crate) fn is_url(text: &[u8]) -> bool {
    let begins = |start: &[u8]| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start));
    begins(b"https://") || begins(b"http://")
}

/// Returns whether the text is the address of something: a URL, a connection string or a host. A key is never one.
pub(crate) fn is_address(text: &[u8]) -> bool {
    is_url(text) || has_scheme(text) || is_connection_string(text) || is_source_name(text) || is_host(text)
}

/// Returns whether a text has a scheme: `postgresql://`, `mongodb+srv://`. It has at least four lower-case letters, or is known.
fn has_scheme(text: &[u8]) -> bool {
    const SHORT: [&[u8]; 8] = [b"ftp", b"ssh", b"ws", b"wss", b"s3", b"gs", b"tcp", b"udp"];
    if [&b"jdbc:"[..], b"mailto:", b"data:application/", b"data:text/"].iter().any(|start| text.starts_with(start)) {
        return true;
    }
    let Some(end) = text.windows(3).position(|part| part == b"://") else {
        return false;
    };
    let scheme = text.get(..end).unwrap_or_default();
    let letters = scheme.iter().all(|byte| byte.is_ascii_lowercase() || b"+.-".contains(byte) || byte.is_ascii_digit());
    SHORT.contains(&scheme)
        || (4..=20).contains(&scheme.len())
            && letters
            && scheme.iter().filter(|byte| byte.is_ascii_lowercase()).count() >= 4
}

/// Returns whether a text is a data source name of Go's MySQL drivers: `app:password@tcp(db:3306)/app`.
fn is_source_name(text: &[u8]) -> bool {
    [&b"@tcp("[..], b"@unix("].iter().any(|mark| text.windows(mark.len()).any(|part| part == *mark))
        && text.contains(&b'/')
}

/// Returns whether a text is a connection string: `Server=db;Database=app;User Id=app;Password=…`.
fn is_connection_string(text: &[u8]) -> bool {
    const NAMES: [&str; 15] = [
        "server",
        "host",
        "user",
        "dbname",
        "port",
        "data source",
        "database",
        "user id",
        "uid",
        "password",
        "pwd",
        "accountname",
        "accountkey",
        "endpoint",
        "sharedaccesskey",
    ];
    let is_end = |byte: &u8| *byte == b';' || *byte == b' ' && text.starts_with(b"host=");
    let pairs = text.split(is_end).filter_map(|pair| pair.trim_ascii().split(|byte| *byte == b'=').next());
    pairs.filter(|name| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))).count() >= 2
}

/// Returns whether a text is a host name, such as `db-1.internal.example.com:5432`: three or more lower-case labels, the last of
/// which is a common one.
fn is_host(text: &[u8]) -> bool {
    const LAST: [&[u8]; 18] = [
        b"com",
        b"net",
        b"org",
        b"io",
        b"dev",
        b"app",
        b"internal",
        b"local",
        b"cloud",
        b"co",
        b"eu",
        b"de",
        b"uk",
        b"us",
        b"fr",
        b"ai",
        b"example",
        b"test",
    ];
    let mut parts = text.splitn(2, |byte| *byte == b':');
    let (host, port) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut labels = host.split(|byte| *byte == b'.');
    let is_label = |label: &[u8]| {
        !label.is_empty()
            && label.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
    };
    labels.clone().count() >= 3
        && labels.clone().all(is_label)
        && labels.next_back().is_some_and(|last| LAST.contains(&last))
        && port.iter().all(|byte| byte.is_ascii_digit() || *byte == b'/')
}

/// Returns whether a text is encrypted: `ENC[…]` of SOPS, `ENC(…)` of Jasypt.
fn is_encrypted(text: &[u8]) -> bool {
    let marked = |open: &[u8], close: &[u8]| {
        let start = text.get(..open.len()).unwrap_or_default();
        start.eq_ignore_ascii_case(open) && text.ends_with(close)
    };
    marked(b"ENC[", b"]") || marked(b"ENC(", b")")
}

/// Directories in which secrets are mounted. With both slashes, they are at least five characters of base64, so one in 10^8
/// random keys begins with one of them.
const DIRECTORIES: &[&str] = &[
    "/app/",
    "/bitnami/",
    "/conf/",
    "/config/",
    "/data/",
    "/dev/",
    "/etc/",
    "/home/",
    "/mnt/",
    "/opt/",
    "/private/",
    "/proc/",
    "/root/",
    "/run/",
    "/secret/",
    "/secrets/",
    "/srv/",
    "/ssm/",
    "/tmp/",
    "/Users/",
    "/usr/",
    "/var/",
    "/vault/",
    "/workspace/",
    "~/.",
    "../",
    "./.",
];

fn is_path(text: &[u8]) -> bool {
    let begins = matches!(text, [b'/' | b'~' | b'.', ..]);
    let known = begins && DIRECTORIES.iter().any(|start| text.starts_with(start.as_bytes()));
    let relative = [&b"./"[..], b"~/", b"$HOME/", b"\\\\"].iter().any(|start| text.starts_with(start));
    let drive = matches!(text, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
    let plain = || text.iter().all(|byte| byte.is_ascii_alphanumeric() || b" -_./:\\~$".contains(byte));
    let parts = || text.iter().filter(|byte| b"/\\".contains(byte)).count();
    let leads = || known || drive && parts() >= 2 || is_file(text) || reads_like_text(text);
    (known || relative || drive) && plain() && leads() || is_below_a_variable(text)
}

/// Returns whether a text ends like the name of a file for secrets.
fn is_file(text: &[u8]) -> bool {
    ENDINGS.iter().any(|end| text.ends_with(end.as_bytes()))
}

/// Returns whether a text is a path below a variable: `%kernel.project_dir%/config/jwt/private.pem`, `{{ dir }}/jwt.key`.
fn is_below_a_variable(text: &[u8]) -> bool {
    let Some(start) = text.iter().position(|byte| *byte == b'/') else { return false };
    let (variable, path) = text.split_at(start);
    let marked = matches!(
        variable,
        [b'%', .., b'%'] | [b'$', b'{', .., b'}'] | [b'{', b'{', .., b'}', b'}'] | [b'$', b'A'..=b'Z', ..]
    );
    marked && is_file(text) && path.iter().all(|byte| is_path_character(*byte))
}

/// The extensions of files that contain secrets.
const ENDINGS: &[&str] = &[
    ".txt", ".key", ".pem", ".json", ".env", ".yml", ".yaml", ".secret", ".toml", ".conf", ".prv", ".jwk", ".crt",
    ".p12", ".ini",
];

#[cfg(test)]
mod tests {
    use super::{ReferenceKind, is_address, is_url, reference};

    #[test]
    fn a_reference_is_told_by_its_beginning() {
        for (text, expected) in [
            ("op://vault/item/field", ReferenceKind::SecretStore),
            ("arn:aws:secretsmanager:eu-west-1:1:secret:x", ReferenceKind::SecretStore),
            ("arn:aws-cn:ssm:x", ReferenceKind::SecretStore),
            ("projects/p/secrets/s/versions/latest", ReferenceKind::SecretStore),
            ("@Microsoft.KeyVault(SecretUri=https://x)", ReferenceKind::SecretStore),
            ("{{resolve:secretsmanager:x}}", ReferenceKind::SecretStore),
            ("vault:secret/data/app#key", ReferenceKind::SecretStore),
            ("ref+vault://x", ReferenceKind::SecretStore),
            ("secretref:jwt", ReferenceKind::SecretStore),
            ("/run/secrets/jwt", ReferenceKind::File),
            ("/etc/app/jwt.key", ReferenceKind::File),
            ("./config/secrets/password.txt", ReferenceKind::File),
            ("../password.txt", ReferenceKind::File),
            ("~/.config/password.txt", ReferenceKind::File),
            ("C:\\secrets\\password.txt", ReferenceKind::File),
            ("C:\\opt\\MQSecurityKey\\config\\private\\privateKey.prv", ReferenceKind::File),
            ("%kernel.project_dir%/config/jwt/private-test.pem", ReferenceKind::File),
            ("file:///run/secrets/jwt", ReferenceKind::File),
            ("env:JWT_SECRET", ReferenceKind::Variable),
            ("process.env.JWT_SECRET", ReferenceKind::Variable),
            ("ENC[AES256_GCM,data:x]", ReferenceKind::Encrypted),
            ("ENC(abc)", ReferenceKind::Encrypted),
            ("{cipher}abc", ReferenceKind::Encrypted),
        ] {
            assert_eq!(reference(text.as_bytes()), Some(expected), "{text}");
        }
        assert!(is_url(b"https://vault.example.com/v1/secret"));
    }

    #[test]
    fn an_address_is_told_by_its_scheme_its_names_or_its_host() {
        for text in [
            "postgresql://app:fake-8sd7f6asd5@db.example.com:5432/app",
            "redis://default:fake-8sd7f6asd5@redis.example.com:6379/0",
            "mongodb+srv://app:fake-8sd7f6asd5@cluster0.example.net/app",
            "smtp://user:fake-8sd7f6asd5@smtp.example.com:587",
            "jdbc:postgresql://db/app",
            "app:x7@tcp(db.example.net:3306)/app?parseTime=true",
            "data:application/json;base64,eyJrdHkiOiJvY3QifQ",
            "Server=db;Database=app;User Id=app;Password=x7",
            "host=db user=app dbname=app sslmode=disable",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b",
            "db-1.eu-west-1.internal.example.com:5432",
        ] {
            assert!(is_address(text.as_bytes()), "{text}");
        }
        for text in ["", "kV9w0c://3z6oQ2nB7xT5yR1uF4mH8sL0dG6", "a;b=c;d=e", "4f9a.8b1c.2d3e", "Abc.def.com"] {
            assert!(!is_address(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_random_key_is_no_reference() {
        for text in [
            "",
            "/fzrXyDHOxkIvX8dkTgEVJjjwH/dGCzsR/aT65FrsEg=",
            "/run+yDHOxkIvX8dkTgEVJjjwH",
            "env!9wPz0gi.URNNX3kh2OPST9",
            "a:\\]w#K'q}2;V8zT!m5^Xr~J0|pYd>",
            "sk_live_WGHpjc8XDqTH3B2HhOo2fcJz",
        ] {
            assert_eq!(reference(text.as_bytes()), None, "{text}");
        }
    }
}
