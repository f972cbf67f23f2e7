//! Recognises texts from examples, and passwords that attackers try first.

use hardened_core::origin::{Example, example_of};
use hardened_strength::ReferenceKind;

/// The words of passwords in images and tutorials, in lower case.
const COMMON: &[&str] = &[
    "postgresql",
    "postgres",
    "password",
    "passwort",
    "passwd",
    "pass",
    "pwd",
    "contrasena",
    "clave",
    "senha",
    "secret",
    "admin",
    "root",
    "user",
    "testing",
    "test",
    "development",
    "dev",
    "local",
    "demo",
    "app",
    "database",
    "db",
    "docker",
    "example",
    "sample",
    "changeme",
    "changethis",
    "changeit",
    "change",
    "default",
    "super",
    "my",
    "the",
    "me",
    "letmein",
    "qwerty",
    "welcome",
    "strong",
    "secure",
    "very",
    "abc",
    "administrator",
    "azerty",
    "dragon",
    "football",
    "guest",
    "hello",
    "iloveyou",
    "login",
    "mariadb",
    "master",
    "monkey",
    "mysql",
    "oracle",
    "princess",
    "qwertz",
    "sunshine",
    "superuser",
    "toor",
    "access",
    "account",
    "base",
    "data",
    "de",
    "dummy",
    "fake",
    "hunter",
    "initial",
    "motdepasse",
    "passe",
    "mot",
    "pg",
    "prod",
    "production",
    "server",
    "service",
    "staging",
    "temp",
    "temporary",
    "tmp",
    "trustno",
    "redis",
    "valkey",
    "foobared",
    "minio",
];

/// Returns whether a password is one that attackers try first: words of images and tutorials, the user's name or the
/// database's, alone or joined, with look-alikes (`p4ssw0rd`) or a number at the end (`app123`).
pub(crate) fn is_default_password(password: &str, user: &str, database: Option<&str>) -> bool {
    let is = |known: &str| !known.is_empty() && password.eq_ignore_ascii_case(known);
    if is(user) || database.is_some_and(is) {
        return true;
    }
    let names: Vec<String> = [user, database.unwrap_or_default()].iter().flat_map(|name| words(name)).collect();
    // With their digits read as letters, too many short texts would be words.
    let plain = if password.len() < 6 { String::new() } else { without_look_alikes(password) };
    let spelled = [password.to_ascii_lowercase(), plain].map(zeroize::Zeroizing::new);
    is_run_of_digits(password) || spelled.iter().any(|text| is_first_guess(text, &names))
}

/// Returns whether a text consists of known words, apart from signs and a number at its end.
fn is_first_guess(text: &str, names: &[String]) -> bool {
    let text = text.trim_end_matches(['!', '?', '.', '#', '*']);
    let bare = text.trim_end_matches(|symbol: char| symbol.is_ascii_digit());
    text.len().saturating_sub(bare.len()) <= 8 && is_made_of(bare.trim_end_matches(JOINTS), names)
}

/// The symbols that people put between words, and between a word and a number.
const JOINTS: [char; 10] = ['-', '_', '.', ' ', '@', '#', '!', '$', '&', '+'];

/// Returns the words of a name that are long enough to be meaningful.
fn words(name: &str) -> Vec<String> {
    let letters = name.split(|symbol: char| !symbol.is_ascii_alphabetic());
    let all = name.split(|symbol: char| !symbol.is_ascii_alphanumeric()).chain(letters);
    all.filter(|word| word.len() >= 3).map(str::to_ascii_lowercase).collect()
}

/// Returns whether a text is a sequence of known words.
fn is_made_of(text: &str, names: &[String]) -> bool {
    const LONGEST: usize = 64;
    if text.is_empty() || text.len() > LONGEST {
        return false;
    }
    // The remainders after each way of removing words from the start.
    let mut rests = vec![text];
    let mut next = 0;
    while let Some(rest) = rests.get(next).copied() {
        next += 1;
        let bare = rest.trim_start_matches(JOINTS);
        for word in COMMON.iter().copied().chain(names.iter().map(String::as_str)) {
            match bare.strip_prefix(word) {
                Some("") => return true,
                Some(shorter) if !rests.iter().any(|known| known.len() == shorter.len()) => rests.push(shorter),
                _ => {}
            }
        }
    }
    false
}

/// Returns whether a text is one digit repeated, or digits counted up: `1234`, `0000`, `12345678`.
fn is_run_of_digits(text: &str) -> bool {
    let steps =
        |by: u8| text.as_bytes().windows(2).all(|pair| matches!(pair, [one, next] if one.wrapping_add(by) == *next));
    text.len() >= 3 && text.bytes().all(|byte| byte.is_ascii_digit()) && (steps(0) || steps(1) || text == "1234567890")
}

/// Replaces digits and symbols that look like letters by these letters, except the digits at the end.
fn without_look_alikes(text: &str) -> String {
    let letter = |symbol: char| match symbol {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other.to_ascii_lowercase(),
    };
    let bare = text.trim_end_matches(|symbol: char| symbol.is_ascii_digit());
    let digits = text.get(bare.len()..).unwrap_or_default();
    bare.chars().map(letter).chain(digits.chars()).collect()
}

/// Returns whether a password is a placeholder for the real one.
pub(crate) fn is_placeholder_password(password: &str) -> bool {
    is_placeholder(password) || hardened_strength::is_placeholder(password.as_bytes())
}

/// Returns whether a user, password or database is a placeholder: `<password>`, `{password}`, `[YOUR-PASSWORD]`,
/// `your_password`, `xxxx`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 19] = [
        "username",
        "database_user",
        "db_user",
        "db_username",
        "nom_base",
        "nombre_bd",
        "nombre_db",
        "%s",
        "your-user",
        "dbname",
        "database_name",
        "db_name",
        "password_here",
        "replaceme",
        "replace_me",
        "replace-me",
        "placeholder",
        "todo",
        "fixme",
    ];
    let lower = text.to_ascii_lowercase();
    let masked = |symbol: char| lower.len() >= 3 && lower.chars().all(|other| other == symbol);
    BRACKETS.iter().any(|(open, close)| lower.starts_with(*open) && lower.ends_with(*close))
        || WORDS.contains(&lower.as_str())
        || lower.starts_with("your-")
        || lower.starts_with("your_")
        || lower.starts_with("<your")
        || ['x', '*', '.', '…'].iter().any(|symbol| masked(*symbol))
}

const BRACKETS: [(char, char); 3] = [('<', '>'), ('[', ']'), ('{', '}')];

/// Returns whether a host is an example: `your-host`, `ep-xxxxx-pooler.…`, `HOST`, `DATABASE_HOST`.
pub(crate) fn is_placeholder_host(name: &str) -> bool {
    let masked = |part: &str| part.len() >= 3 && part.bytes().all(|byte| byte == b'x');
    let is_region = |part: &str| matches!(part, "region" | "your");
    let mut parts = name.split(['.', '-']);
    example_of(name) == Some(Example::Template)
        || is_called_like_a_variable(name)
        || name.starts_with("ep-your-")
        || name.ends_with(".pooler.supabase.com") && parts.clone().any(is_region)
        || parts.any(masked)
}

/// Returns whether a name is that of a variable whose value should replace it: `DATABASE_HOST`, `IP_ADDRESS`.
fn is_called_like_a_variable(name: &str) -> bool {
    let is_last = |last: &str| matches!(last, "addr" | "address" | "endpoint" | "host" | "hostname" | "ip");
    name == "dbhost" || name.rsplit_once('_').is_some_and(|(_, last)| is_last(last))
}

/// Returns whether an invalid authority has a part to fill in: `<host>`, `db.<PROJECT_REF>.supabase.co`, `hostname:port`.
pub(crate) fn is_example_authority(authority: &str) -> bool {
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let is_word =
        |port: &str| ["port", "db_port", "your_port", "dbport"].iter().any(|word| port.eq_ignore_ascii_case(word));
    is_word(port) || is_placeholder(port) || has_blank(host)
}

/// Returns whether a text has words in brackets: `<DATABASE NAME HERE>`.
pub(crate) fn has_blank(text: &str) -> bool {
    let is_label = |inner: &str| {
        let plain = |symbol: char| symbol.is_alphabetic() || matches!(symbol, ' ' | '-' | '_');
        (1..=40).contains(&inner.chars().count()) && inner.chars().all(plain)
    };
    BRACKETS.iter().any(|(open, close)| {
        let inner = text.split(*open).skip(1).filter_map(|rest| rest.split_once(*close));
        inner.into_iter().any(|(inner, _)| is_label(inner))
    })
}

/// Returns whether a whole part of the text is a template that was not filled in: `${NAME}`, `$(NAME)`, `{{ name }}`,
/// `$NAME`.
pub(crate) fn has_template(text: &str) -> bool {
    // `{password}` is a part of an example, not a template.
    let is_example = |part: &str| part.starts_with('{') && !part.starts_with("{{") && !part.starts_with("{%");
    let mut parts = text.split([':', '@', '/', '?', '&', '=']).filter(|part| !is_example(part));
    parts.any(|part| hardened_strength::is_template(part.as_bytes())) || has_shell_default(text)
}

/// Returns whether a text has the form `${NAME:-default}`, which no password contains by chance.
fn has_shell_default(text: &str) -> bool {
    text.split("${").skip(1).any(|rest| {
        let name = rest.split([':', '}']).next().unwrap_or_default();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name
            && [":-", ":?", ":="]
                .iter()
                .any(|operator| rest.get(name.len()..).is_some_and(|rest| rest.starts_with(operator)))
    })
}

/// Returns whether the whole text is a template, or a reference that a platform or a secret store should have resolved.
pub(crate) fn is_reference(text: &str) -> bool {
    let text = text.as_bytes();
    hardened_strength::is_template(text)
        || hardened_strength::reference(text).is_some_and(|kind| kind != ReferenceKind::Url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_known_and_real_values_are_none() {
        for (text, expected) in [
            ("<password>", true),
            ("[YOUR-PASSWORD]", true),
            ("{password}", true),
            ("your_password", true),
            ("xxxxxxxx", true),
            ("***", true),
            ("USERNAME", true),
            ("dbname", true),
            ("neondb", false),
            ("app", false),
            ("xx", false),
            ("yourself", false),
            ("[x", false),
        ] {
            assert_eq!(is_placeholder(text), expected, "{text}");
        }
        for (name, expected) in [
            ("ep-xxxxx-pooler.us-east-1.aws.neon.tech", true),
            ("your-db.example.com", true),
            ("host", true),
            ("db.example.com", false),
            ("db.yourdomain.com", true),
            ("database_host", true),
            ("your_db_host", true),
            ("ip_address", true),
            ("server_ip", true),
            ("tu-servidor", true),
            ("dein-host", true),
            ("votre-serveur", true),
            ("your.db.host", true),
            ("db.project-ref.supabase.co", true),
            ("aws-0-region.pooler.supabase.com", true),
            ("aws-0-your-region.pooler.supabase.com", true),
            ("aws-0-eu-central-1.pooler.supabase.com", false),
            ("db_primary", false),
            ("db-host", false),
            ("database", false),
            ("todo-db", false),
            ("db123.your-database.de", false),
            ("my-db", false),
            ("ep-cool-1-pooler.us-east-2.aws.neon.tech", false),
            ("h", false),
        ] {
            assert_eq!(is_placeholder_host(name), expected, "{name}");
        }
    }

    #[test]
    fn a_template_is_one_only_as_a_whole_part() {
        for (text, expected) in [
            ("${DATABASE_URL}", true),
            ("postgres://u:${DB_PASSWORD}@h/db", true),
            ("postgres://u:$(DB_PASSWORD)@h/db", true),
            ("postgres://u:$PGPASSWORD@h/db", true),
            ("postgres://u:{{ password }}@h/db", true),
            ("postgres://u:{password}@h/db", false),
            ("postgres://u:p@${{RAILWAY_PRIVATE_DOMAIN}}/db", true),
            ("postgres://u:${DB_PASSWORD:-dev}@h/db", true),
            ("postgres://u:ab${X}c@h/db", false),
            ("postgres://u:a$(b@h/db", false),
            ("postgres://u:$ab@h/db", false),
            ("postgres://u:p@h/db", false),
        ] {
            assert_eq!(has_template(text), expected, "{text}");
        }
    }

    #[test]
    fn a_reference_is_one_in_the_notation_of_any_store() {
        for text in ["awssm://prod/db", "sm://project/db", "%DATABASE_URL%", "!Ref Database", "op://vault/db/url"] {
            assert!(is_reference(text), "{text}");
        }
        for text in ["postgres://u:p@h/db", "postgresql://u:p%40w@db.example.com/app", "https://db.example.com"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn the_first_guesses_are_known() {
        for (password, expected) in [
            ("postgres", true),
            ("PASSWORD", true),
            ("alex", true),
            ("shop", true),
            ("password123", true),
            ("p4ssw0rd", true),
            ("P@ssw0rd!", true),
            ("alex123", true),
            ("alex2024", true),
            ("shop-password", true),
            ("my_secret_password", true),
            ("mysecretpassword", true),
            ("supersecret", true),
            ("changeme123", true),
            ("change_me", true),
            ("devpass", true),
            ("mot_de_passe", true),
            ("MOT_DE_PASSE", true),
            ("motdepasse123", true),
            ("pgpassword", true),
            ("fake_password", true),
            ("temp123", true),
            ("admin@123", true),
            ("Admin#2024!", true),
            ("shop@prod", true),
            ("hunter2", true),
            ("1234", true),
            ("000000", true),
            ("123456789", true),
            ("p", false),
            ("9f8a7c", false),
            ("8sd7f6asd5", false),
            ("82", false),
            ("471130", false),
            ("alexandria", false),
            ("database@8sd7f6", false),
            ("prodigal-otter", false),
            ("shopkeeper-81-otter", false),
            ("test8sd7f6asd5", false),
            ("password-7Q2xv9Lk", false),
            ("pass123456789012", false),
        ] {
            assert_eq!(is_default_password(password, "alex-app", Some("shop")), expected, "{password}");
        }
        assert!(is_default_password("n8n_password", "n8n", None));
        assert!(is_default_password("a1", "a1", None) && !is_default_password("", "", Some("")));
    }

    #[test]
    fn what_is_to_be_filled_in_is_found_in_an_authority() {
        for (authority, expected) in [
            ("hostname:port", true),
            ("db.example.com:PORT", true),
            ("<host>:5432", true),
            ("db.<PROJECT_REF>.supabase.co:5432", true),
            ("[YOUR-HOST]", true),
            ("{host}:{port}", true),
            ("db.example.com:5432", false),
            ("[2001:db8::1]:5432", false),
            ("db.example.com:x", false),
            ("h!", false),
        ] {
            assert_eq!(is_example_authority(authority), expected, "{authority}");
        }
    }
}
