//! Explanations of `secret-*`.

use super::{Explanation, explain, sourced};

const NEW_KEY: &str = "generate a new key with `hardened secret` or `openssl rand -base64 48`";
const ASVS: &str = "OWASP ASVS 5.0, 11.5.1 and 13.3";

pub(in crate::rule) const SECRET_MISSING: Explanation = explain(
    "A service with an empty or default signing key accepts forged tokens. No secret has a default here.",
    "generate a key with `openssl rand -base64 48`, or get a credential from the service that issued it; set the variable, or put the value in a file and set the variable with `_FILE` to its path",
);
pub(in crate::rule) const SECRET_NOT_TEXT: Explanation = explain(
    "Other processes and libraries alter bytes that are not Unicode text.",
    "encode the bytes as base64 or hex",
);
pub(in crate::rule) const SECRET_MALFORMED: Explanation = Explanation::without_remedy(
    "The setting's type could not read the value. Its own error message is not shown because it could repeat the value.",
);
pub(in crate::rule) const SECRET_TOO_SHORT: Explanation = sourced(
    "With one token, an attacker can guess an HMAC key shorter than the hash's output offline.",
    NEW_KEY,
    "RFC 7518 §3.2",
);
pub(in crate::rule) const SECRET_TOO_LONG: Explanation = explain(
    "A longer value is usually a file pasted by mistake. HMAC hashes a long key down to the hash's output, so the extra length gains nothing.",
    NEW_KEY,
);
pub(in crate::rule) const SECRET_FEW_BITS: Explanation = sourced(
    "Length alone says little: 32 digits hold 106 bits. Even if this text were perfectly random, it could not be strong.",
    NEW_KEY,
    ASVS,
);
pub(in crate::rule) const SECRET_PREDICTABLE: Explanation = sourced(
    "Attackers try words, sequences, keyboard walks and repeats first, even if base64 or hex hides them.",
    NEW_KEY,
    ASVS,
);
pub(in crate::rule) const SECRET_HUMAN: Explanation = sourced(
    "Attackers try words, sentences and names long before random characters. Letter statistics of many languages show how the text was made, not how strong it is, so passphrases are refused at any length.",
    "generate a new key with `hardened secret` or `openssl rand -base64 48`; to keep a passphrase, waive this rule for this setting with a reason",
    "docs/KEYS.md",
);
pub(in crate::rule) const SECRET_UUID: Explanation = sourced(
    "A random UUID holds 122 bits. Its standard says that UUIDs are not secrets, and programs often log them as identifiers.",
    NEW_KEY,
    "RFC 9562 §8; OWASP ASVS 5.0, 11.5.1",
);
pub(in crate::rule) const SECRET_EXAMPLE: Explanation = explain(
    "The `example` of a secret is in the code and in the documentation made from it, so anyone who reads them knows the value.",
    "set a real value; in the code, write `{random}` for the secret part of an example",
);
pub(in crate::rule) const SECRET_PLACEHOLDER: Explanation =
    explain("Someone copied an example and did not replace its text.", "set the real value");
pub(in crate::rule) const SECRET_REFERENCE: Explanation = explain(
    "The platform did not resolve a reference or expand a template, so anyone who knows the reference knows the key.",
    "let the platform resolve it, or mount the secret as a file",
);
pub(in crate::rule) const SECRET_JSON: Explanation = sourced(
    "A secret manager delivered its whole JSON object instead of one entry.",
    "select one key; in an ECS task definition: `arn:…:secret:NAME:KEY::`. If the issuer's credential is a JSON document, as a Google service account's is, declare the setting as `SecretJson`",
    "Amazon ECS developer guide, \"Pass Secrets Manager secrets through environment variables\"",
);
pub(in crate::rule) const SECRET_WRAPPED: Explanation = explain(
    "Someone pasted the value together with the rest of its line in a `.env` file, a program or a request. Programs that have the real key reject its signatures.",
    "set the value alone, without the name in front of it",
);
pub(in crate::rule) const SECRET_ESCAPED_LINES: Explanation = explain(
    "Some platforms cannot store line breaks, so the block arrives in one line. Most libraries cannot read it like that.",
    "replace `\\n` with line breaks in your code, or mount the secret as a file",
);
pub(in crate::rule) const SECRET_PEM: Explanation = explain(
    "A PEM block encodes an asymmetric key. If it serves as an HMAC key, its public part may be known to everyone.",
    "set a symmetric key, or use a settings group for asymmetric keys",
);
pub(in crate::rule) const SECRET_PUBLISHED: Explanation = sourced(
    "The value is in a public list of leaked or documented keys, which attackers try first.",
    NEW_KEY,
    "https://github.com/wallarm/jwt-secrets",
);
pub(in crate::rule) const SECRET_WHITESPACE: Explanation = explain(
    "The white space was probably copied along with the value. A program that has the key without it rejects its signatures.",
    "set the value without it: use `printf %s` instead of `echo`",
);
pub(in crate::rule) const SECRET_QUOTED: Explanation = explain(
    "A shell removes quotes, but Docker's `--env-file` and most dashboards keep them as part of the value.",
    "set the value without quotes",
);
pub(in crate::rule) const SECRET_CONTROL: Explanation = explain(
    "Control and invisible characters are usually copied along by accident and change the value without being seen.",
    "set the value again, typed or copied as plain text",
);
pub(in crate::rule) const SECRET_REPEATED: Explanation = explain(
    "Anyone who learns one of the keys has both, and the service may accept a token made for one purpose for the other.",
    NEW_KEY,
);
pub(in crate::rule) const SECRET_IN_FILE: Explanation = sourced(
    "People commit configuration files, copy them into images and send them to colleagues.",
    "remove the secret from the file, replace it, and set the new one in the environment",
    "OWASP Secrets Management Cheat Sheet",
);
pub(in crate::rule) const SECRET_IN_CODE: Explanation = sourced(
    "Code is in the repository, in its history and in the binary. A key that a test sets there tends to reach production.",
    "set the secret in the environment; in tests, in a test double: `Environment::empty().set(…)` or `Environment::over_process().set(…)`",
    "CWE-798",
);
pub(in crate::rule) const SECRET_IN_ARGUMENT: Explanation = sourced(
    "Every user of the machine can read the arguments of every process, and shells and process managers log them. The value of the argument is not used.",
    "set the secret in the environment, or mount it as a file; replace it, because it was visible",
    "proc_pid_cmdline(5)",
);
pub(in crate::rule) const SECRET_SHOWN: Explanation = explain(
    "The setting is declared as plain text, so the service's own `Debug`, logs and error messages may show the secret. Reports withhold it.",
    "remove the secret from the value, or declare the setting as `SecretText`",
);
