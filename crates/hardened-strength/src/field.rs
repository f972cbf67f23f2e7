//! Tests with real values: those from published files and from bug reports of other projects are refused, and every form of a
//! real credential is accepted.

use serde_json::Value;

use crate::{Flaw, check_credential, check_key};

#[test]
fn every_published_placeholder_and_weak_key_is_refused() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("data/field.json")).unwrap();
    let text = |row: &Value, name: &str| row.get(name).and_then(Value::as_str).unwrap().to_owned();
    let accepted: Vec<_> = rows
        .iter()
        .filter(|row| {
            let value = text(row, "value");
            match text(row, "kind").as_str() {
                "key" => check_key(value.as_bytes(), 32).iter().all(|flaw| matches!(flaw, Flaw::TooShort { .. })),
                _ => check_credential(value.as_bytes()).is_empty(),
            }
        })
        .map(|row| (text(row, "id"), text(row, "value")))
        .collect();
    assert!(accepted.is_empty(), "{accepted:#?}");
}

/// Tokens in the forms that their issuers document, with invented characters.
const CREDENTIALS: &[&str] = &[
    "AKIAQ3ZKW7XN5VJ2MB4T",
    "wJ7rKq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1o",
    "ghp_q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6o",
    "github_pat_11AQ7Zt0v0Wx3LkB9sYd2G_hR8mPn5cJf1aEu6oTiVbX4wKzQjMlC",
    "glpat-Zt0vWx3LkB9sYd2GhR8m",
    "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy",
    "sk_live_WGHpjc8XDqTH3B2HhOo2fcJzKUU0a6cxE6wlplW3",
    "rk_test_4eC39HqLyjWDarjtT1zdp7dc",
    "whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH",
    "sk-proj-q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6oTiVbX4wKzQjMlC",
    "sk-ant-api03-q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6oTiVbX4wKzQjMlC-AA",
    "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",
    "key-3ax6xnjp29jd6fds4gc373sgvjxteol0",
    "AIzaSyD4kQ7Zt0vWx3LkB9sYd2GhR8mPn5cJf1a",
    "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",
    "ya29.a0AfB_byCq7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6oTiVbX4wKzQ",
    "npm_q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6oTi",
    "pypi-AgEIcHlwaS5vcmcCJDE0OWQ3Zt0vWx3LkB9sYd2GhR8mPn5cJf1aEu6o",
    "dop_v1_3b94a0642847fd7be8d722da09c2c8687d3e9b06b61825a1be70f4e67a7d82fb",
    "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",
    "123456789:AAF7q7Zt0vWx3LkB9sYd2GhR8mPn5cJf1aE",
    "MTA3NjIyNDgzNDcxOTI1MjQ4.Gq7Zt0.vWx3LkB9sYd2GhR8mPn5cJf1aEu",
    "re_Zt0vWx3L_kB9sYd2GhR8mPn5cJf1aEu6o",
    "SKq7a0f3b94a0642847fd7be8d722da09c",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.G2PHdwPWESBqWuRNacX",
    "https://hooks.slack.com/services/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",
    "https://3b94a0642847fd7be8d722da09c2c868@o45071.ingest.sentry.io/4507",
    "adc274e5-9954-4572-b941-1f7de96caca0",
    "3b94a0642847fd7be8d722da09c2c868",
    "postgres",
    "correct horse battery staple",
    "Tr0ub4dor&3",
    "hunter2",
    "Winter-2024!",
    "_zx..9$(q)-#Lp{{w",
    "x7",
    "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n",
];

#[test]
fn no_form_of_a_real_credential_is_refused() {
    for text in CREDENTIALS {
        assert_eq!(check_credential(text.as_bytes()), [], "{text}");
    }
}

#[test]
fn blanks_and_names_in_the_place_of_a_credential_are_refused() {
    for text in [
        "your-mistral-api-key",
        "YOUR_RESEND_API_KEY",
        "yourOpenAiKey",
        "sk-ant-your-key-here",
        "ghp_xxxxxxxxxxxxxxxxxxxx",
        "xoxb-...",
        "AKIAXXXXXXXXXXXXXXXX",
        "pk_test_xxx",
        "rk_live_<RESTRICTED_KEY>",
        "<paste your token>",
        "PASTE_TOKEN_HERE",
        "replace-with-real-token",
        "stripe-secret-key",
        "mailgun_api_key",
        "smtp_password",
        "su_clave_de_api",
        "sua_senha",
        "votre-mot-de-passe-token",
        "dein_api_token",
        "hier-passwort-eintragen",
        "inserisci_qui_la_chiave",
        "kunci-rahasia",
        "// ask the ops team",
        "# see 1Password",
        "p4ssw0rd",
        "S3cret",
        "API_TOKEN=abc123def",
        "********",
        "to_be_replaced",
    ] {
        assert_ne!(check_credential(text.as_bytes()), [], "{text}");
    }
}

/// More values of each class in several languages and spellings, written for this test.
#[test]
fn more_of_each_class_has_its_verdict() {
    let values: Value = serde_json::from_str(include_str!("data/typed.json")).unwrap();
    let all = |name: &str| values[name].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>();
    let key_starts = |text: &&str| check_key(text.as_bytes(), 32).is_empty();
    let credential_starts = |text: &&str| check_credential(text.as_bytes()).is_empty();
    let keys: Vec<_> = all("keys").into_iter().filter(key_starts).collect();
    let placeholders: Vec<_> = all("placeholders").into_iter().filter(credential_starts).collect();
    let credentials: Vec<_> = all("credentials").into_iter().filter(|text| !credential_starts(text)).collect();
    assert_eq!((keys, placeholders, credentials), (vec![], vec![], vec![]));
}

#[test]
fn keys_that_were_struck_blindly_are_refused() {
    for text in [
        "asdlkfjasdlkfjaslkdfjlaskdjflkasjdf",
        "dfgkjdfhgkjdfhgkjsdhfkgjhsdfkjgh",
        "sdlfkjsdlfkjweoriuwoeiruslkdfjlskdf",
        "lkjasdf98uasdf098asdfklj234lkjasdf",
        "jkfdsajkfdsa8934jkfdsa89fdsajk23",
        "fjdksla;fjdksla;fjdksla;fjdkslaghty",
        "HJKhjk2389HJKhjk3289hjkHJK!!@@##",
        "qweoiuqwoieuqwoieuqwpoeiuqwoieuqw",
        "aslkdjalskdjalskdjalksjdlkajsdlkaj",
        "kjsdhfkjshdfkjhsdfkjhsdf@kjhsdf.kjsdhf",
        "ASDFKJHASDFKJHASDKFJHASDKJFHASKDJFH",
        "asdasdqweqweasdzxczxcasdqweasdzxc",
        "zxcvmnzxbcvmnzbxcvmnbzxcvmnbzxcvm",
        "ghjkghjk7654ghjkghjk4567ghjkfghj",
        "sdfsdfsdf234234sdfsdfwer234sdfsdfs",
        "fdsjakl4fdsjakl4fdjskal4fdsajkl5",
        "wejfiowejfoiwejfoiwejfoijweofijweo",
        "fhsdjkfhsdjkfhsdjkhfkjsd&fhsdjkf",
        "iuhgfdiuhgf87ugfd8uhgf87uhgfd8uhg",
        "dkfjgneroigneroigneoirngoierngoierng",
        "sdkjfhskdjfbvksjdhfiweufhskdjvnksd",
        "akjsdhf82h3f8h2f9h2398fhsakjdhf23",
        "JKLjkl789&*(JKLjkl789uioUIOjkl78",
        "fghfgh56fghfgh7fghrty56yrtyfgh@@",
        "87yuhj87yuhj8u7yhj78uyhj87uyhj8u",
        "3489tj3490gj3490gj3409gj3490jg34",
        "sfjsdlkf;sdjfl;sdkjfl;sdkjfsdl;fkj",
        "2h3jk4h2jk3h4jk23h4kj2h34kj2h3j4k",
        "efhwifhweufhwieufhweiufhwei2fhwe",
        "oisdjfoisdjfoisdjf09sd8f09s8df09",
    ] {
        assert!(!check_key(text.as_bytes(), 32).is_empty(), "{text}");
    }
}
