//! Keys, credentials and key rings.

use hardened::{AuthSecret, BetterAuth, Config, JwtSecret, Loader, SecretJson, SecretText, secret::KeyRing};

use crate::{
    book::{Book, environment},
    support::KEY,
};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Key {
    /// Signs.
    key: JwtSecret,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Credential {
    /// Another service's.
    token: SecretText,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Document {
    /// A document that another service issued.
    document: SecretJson,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Others {
    /// A document.
    document: Option<SecretJson>,
    /// A ring.
    ring: Option<KeyRing>,
    /// Several keys.
    keys: Option<Vec<AuthSecret>>,
    /// Shown.
    #[config(show)]
    shown: Option<String>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only judged")]
struct Examples {
    /// Signs.
    #[config(example = "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNmAsDfG")]
    key: SecretText,
}

#[rustfmt::skip]
const KEYS: &[(&str, &[(&str, &str)])] = &[
    ("no key", &[]),
    ("five bytes", &[("KEY", "short")]),
    ("digits alone", &[("KEY", "4839201758264937105829463718205937461829")]),
    ("hex of few bytes", &[("KEY", "1f8e3c5a7b9d2046f1e8d3c5")]),
    ("words", &[("KEY", "correct-horse-battery-staple-horse-battery")]),
    ("a walk on the keyboard in base64", &[("KEY", "cXdlcnR5dWlvcGFzZGZnaGprbHp4Y3Zibm1xd2VydHl1aW9w")]),
    ("a sentence in base64", &[("KEY", "dGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZyE=")]),
    ("one word again and again, in hex", &[("KEY", "70617373776f726470617373776f726470617373776f726470617373776f7264")]),
    ("one word again and again, in base32", &[("KEY", "OBQXG43XN5ZGI4DBONZXO33SMRYGC43TO5XXEZDQMFZXG53POJSHAYLTON3W64TE")]),
    ("one word again and again, as a list of bytes", &[("KEY", "70:61:73:73:77:6f:72:64:70:61:73:73:77:6f:72:64:70:61:73:73:77:6f:72:64:70:61:73:73:77:6f:72:64:70:61:73:73:77:6f:72:64")]),
    ("one word again and again, in base85", &[("KEY", "<~E+*g/GAhM4E+*g/GAhM4E+*g/GAhM4E+*g/GAhM4E+*g/GAhM4~>")]),
    ("one word again and again, with escapes", &[("KEY", "%70%61%73%73%77%6f%72%64%70%61%73%73%77%6f%72%64%70%61%73%73%77%6f%72%64%70%61%73%73%77%6f%72%64")]),
    ("the hash of a word", &[("KEY", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8")]),
    ("a passphrase", &[("KEY", "mein-langes-passwort-fuer-die-produktion-im-sommer")]),
    ("an example of a specification", &[("KEY", "your-256-bit-secret")]),
    ("a UUID", &[("KEY", "3636dd46-ea21-41e9-81b4-2a2ae2dbcce4")]),
    ("a placeholder", &[("KEY", "changeme-changeme-changeme-changeme")]),
    ("a template", &[("KEY", "<your-generated-secret-key-goes-here>")]),
    ("a variable that was not replaced", &[("KEY", "${JWT_SECRET_KEY}")]),
    ("a command that did not run", &[("KEY", "$(openssl rand -base64 48)")]),
    ("a reference to a store", &[("KEY", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:app-AbCdEf")]),
    ("a path", &[("KEY", "/run/secrets/jwt-secret-key-of-production")]),
    ("a URL", &[("KEY", "https://example.com/path/to/the/secret/key/of/it")]),
    ("a program's own notation", &[("KEY", "process.env.JWT_SECRET_KEY_OF_THE_SERVICE")]),
    ("still encrypted", &[("KEY", "ENC[AES256_GCM,data:p673w==,iv:YY=,aad:UQ=,tag:A=]")]),
    ("pasted with its name", &[("KEY", "JWT_SECRET_KEY=Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")]),
    ("a PEM block", &[("KEY", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----")]),
    ("a JSON object", &[("KEY", r#"{"username":"app","password":"Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVt"}"#)]),
    ("a token", &[("KEY", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]),
    ("white space behind it", &[("KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM\n")]),
    ("white space before it", &[("KEY", " Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")]),
    ("quotes", &[("KEY", "\"Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM\"")]),
    ("a control character", &[("KEY", "Jp7vWq2XzR9sTb4LmN8cYd3Fg\u{7}H6kQeVtUa5xZr1oEwIy0BnM")]),
    ("an invisible character", &[("KEY", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM\u{200b}")]),
];

#[rustfmt::skip]
const CREDENTIALS: &[(&str, &[(&str, &str)])] = &[
    ("no credential", &[]),
    ("a placeholder", &[("TOKEN", "your-api-key-here")]),
    ("an example of a specification", &[("TOKEN", "your-256-bit-secret")]),
    ("quotes", &[("TOKEN", "\"9Jk2-vPq7_Rt\"")]),
    ("a PEM block on one line", &[("TOKEN", r"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n")]),
    ("a JSON object", &[("TOKEN", r#"{"username":"app","password":"9Jk2-vPq7_Rt","engine":"postgres"}"#)]),
];

#[rustfmt::skip]
const OTHERS: &[(&str, &[(&str, &str)])] = &[
    ("not a document", &[("DOCUMENT", "q8ZxT3vB7nM1kL5jH9gF2dS6")]),
    ("a document in quotes", &[("DOCUMENT", r#"'{"type":"service_account"}'"#)]),
    ("a document of an example", &[("DOCUMENT", r#"{"type":"service_account","project_id":"your-project-id"}"#)]),
    ("a ring without versions", &[("RING", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")]),
    ("a short key in a ring", &[("RING", "2:short")]),
    ("one version twice", &[("RING", "2:Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM,2:a9f3c1d7e5b8024697f1e3d5c7b9a8f6041b2d3c4e5f60718293a4b5c6d7e8f9")]),
    ("one key twice in a ring", &[("RING", "2:Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM,1:Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM")]),
    ("a short key in a list", &[("KEYS", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM,short")]),
    ("keys in JSON", &[("KEYS", r#"["Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM"]"#)]),
    ("keys in quotes", &[("KEYS", r#""Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM,a9f3c1d7e5b8024697f1e3d5c7b9a8f6041b2d3c4e5f60718293a4b5c6d7e8f9""#)]),
    ("two keys with a space between", &[("KEYS", "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM a9f3c1d7e5b8024697f1e3d5c7b9a8f6041b2d3c4e5f60718293a4b5c6d7e8f9")]),
    ("a password that is shown", &[("SHOWN", "redis://:9Jk2vPq7Rt3@cache.acme.io:6379")]),
    ("a private key that is shown", &[("SHOWN", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----")]),
    ("a token that is shown", &[("SHOWN", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]),
    ("a vendor's key that is shown", &[("SHOWN", "ghp_16C7e42F292c6912E7710c838347Ae178B4a")]),
    ("a published key that is shown", &[("SHOWN", "your-256-bit-secret")]),
];

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    book.rows::<Key>("production", KEYS);
    let long = KEY.repeat(100);
    book.load_in::<Key>("4,800 bytes", environment("production", &[("KEY", &long)]));
    book.rows::<Credential>("production", CREDENTIALS);
    book.load_in::<Document>("no document", environment("production", &[]));
    book.rows::<Others>("production", OTHERS);
    let example = environment("production", &[("KEY", "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNmAsDfG")]);
    book.load_in::<Examples>("the example of the code", example);
    let both = environment("production", &[("BETTER_AUTH_SECRET", KEY), ("JWT_SECRET_KEY", KEY)]);
    book.load::<Two>("one key for two purposes", Loader::new().environment(both));
    book
}

#[derive(Debug, Config)]
struct Two {
    #[config(nested)]
    better_auth: BetterAuth,
    #[config(nested)]
    jwt: hardened::Jwt,
}
