//! Explanations of `secret-*`.

use super::{Explanation, explain, sourced};

const NEW_KEY: &str = "make a new one: `hardened secret` or `openssl rand -base64 48`";
const ASVS: &str = "OWASP ASVS 5.0, 11.5.1 and 13.3";

pub(in crate::rule) const SECRET_MISSING: Explanation = sourced(
    "A signing key with a default, or an empty one, accepts forged tokens. No secret has a default here.",
    "a key: `openssl rand -base64 48`; a credential: copy it from its issuer. Set the variable, or a file named by the variable with `_FILE`",
    "CWE-1188, CWE-798",
);
pub(in crate::rule) const SECRET_NOT_TEXT: Explanation = explain(
    "Bytes that are no Unicode text reach other processes and libraries changed.",
    "encode the bytes: base64 or hex",
);
pub(in crate::rule) const SECRET_MALFORMED: Explanation = explain(
    "The type of the setting could not read the value. Its own message is not shown, for it could repeat the value.",
    "compare the value with what the type requires",
);
pub(in crate::rule) const SECRET_TOO_SHORT: Explanation = sourced(
    "An HMAC key shorter than the hash's output can be guessed from one token, offline.",
    NEW_KEY,
    "RFC 7518 §3.2",
);
pub(in crate::rule) const SECRET_TOO_LONG: Explanation = explain(
    "A longer value is a file pasted by mistake. HMAC hashes a long key down to the hash's output: nothing is gained.",
    NEW_KEY,
);
pub(in crate::rule) const SECRET_FEW_BITS: Explanation = sourced(
    "Length alone says little: 32 digits hold 106 bits. Even perfectly random, this text could not be strong.",
    NEW_KEY,
    ASVS,
);
pub(in crate::rule) const SECRET_PREDICTABLE: Explanation = sourced(
    "Words, sequences, keyboard walks and repeats are tried first by whoever guesses, also when base64 or hex hides them.",
    NEW_KEY,
    ASVS,
);
pub(in crate::rule) const SECRET_UUID: Explanation = sourced(
    "A random UUID holds 122 bits, is no secret by its standard, and is often logged as an identifier.",
    NEW_KEY,
    "RFC 9562 §8; OWASP ASVS 5.0, 11.5.1",
);
pub(in crate::rule) const SECRET_PLACEHOLDER: Explanation =
    explain("The text of an example stands where the secret should.", "set the real value");
pub(in crate::rule) const SECRET_REFERENCE: Explanation = explain(
    "The platform did not resolve a reference or expand a template, so everybody who knows the reference knows the key.",
    "let the platform resolve it, or mount the secret as a file",
);
pub(in crate::rule) const SECRET_JSON: Explanation = sourced(
    "A secret manager delivered its whole JSON object instead of one entry.",
    "select one key; in an ECS task definition: `arn:…:secret:NAME:KEY::`",
    "Amazon ECS developer guide, \"Pass Secrets Manager secrets through environment variables\"",
);
pub(in crate::rule) const SECRET_PEM: Explanation = explain(
    "A PEM block is the encoding of an asymmetric key. As an HMAC key its public part could be known to everybody.",
    "set a symmetric key, or use a group for asymmetric keys",
);
pub(in crate::rule) const SECRET_PUBLISHED: Explanation = sourced(
    "The value is in a public list of leaked or documented keys, which attackers try first.",
    NEW_KEY,
    "https://github.com/wallarm/jwt-secrets",
);
pub(in crate::rule) const SECRET_WHITESPACE: Explanation = explain(
    "White space at an end came with copying. Whoever verifies with the key as it was meant will not accept its signatures.",
    "set the value without it: `printf %s` instead of `echo`",
);
pub(in crate::rule) const SECRET_QUOTED: Explanation = explain(
    "Quotes that a shell would remove are kept by Docker's `--env-file` and by most dashboards.",
    "set the value without quotes",
);
pub(in crate::rule) const SECRET_CONTROL: Explanation = explain(
    "Control and invisible characters came with copying, and change the value unseen.",
    "set the value again, typed or copied as plain text",
);
pub(in crate::rule) const SECRET_REPEATED: Explanation =
    explain("Who learns one key holds both, and a token made for one purpose may be accepted for the other.", NEW_KEY);
pub(in crate::rule) const SECRET_IN_FILE: Explanation = sourced(
    "Configuration files are committed, copied into images and sent to colleagues.",
    "remove it from the file, replace the secret, and set the new one in the environment",
    "OWASP Secrets Management Cheat Sheet; CWE-540",
);
pub(in crate::rule) const SECRET_SHOWN: Explanation = explain(
    "The setting is declared as plain text, so the service's own `Debug`, logs and error messages may show it. Reports do not.",
    "remove the secret from the value; declare a secret as `SecretText`",
);
