//! The forms of keys from known issuers.
//!
//! The forms are those of gitleaks' default rules (MIT, <https://github.com/gitleaks/gitleaks>), and Stripe's for
//! webhooks.

use crate::{is_placeholder, is_published, strength};

/// The characters that can follow the prefix of a key.
#[derive(Clone, Copy)]
enum Rest {
    Capitals,
    Hex,
    Letters,
    Alphanumeric,
    /// Alphanumeric, `-` and `_`.
    UrlSafe,
    /// Alphanumeric, `-`, `_` and points, which separate the parts of these keys.
    Pointed,
}

/// The form of an issuer's keys: the prefix, the characters after it, and their minimum and maximum number.
struct Form(&'static str, Rest, usize, usize);

const MANY: usize = 1024;

const FORMS: &[Form] = &[
    Form("AIza", Rest::UrlSafe, 35, 35),
    Form("AKCp", Rest::Alphanumeric, 69, 69),
    Form("AKIA", Rest::Capitals, 16, 16),
    Form("ASIA", Rest::Capitals, 16, 16),
    Form("ATATT3", Rest::UrlSafe, 170, MANY),
    Form("HRKU-AA", Rest::UrlSafe, 58, 58),
    Form("LTAI", Rest::Alphanumeric, 20, 20),
    Form("NRAK-", Rest::Alphanumeric, 27, 27),
    Form("PMAK-", Rest::UrlSafe, 59, 59),
    Form("SG.", Rest::Pointed, 66, 66),
    Form("dapi", Rest::Hex, 32, 34),
    Form("doo_v1_", Rest::Hex, 64, 64),
    Form("dop_v1_", Rest::Hex, 64, 64),
    Form("dor_v1_", Rest::Hex, 64, 64),
    Form("ghp_", Rest::Alphanumeric, 36, 36),
    Form("gho_", Rest::Alphanumeric, 36, 36),
    Form("ghu_", Rest::Alphanumeric, 36, 36),
    Form("ghs_", Rest::Alphanumeric, 36, 36),
    Form("ghr_", Rest::Alphanumeric, 36, 36),
    Form("github_pat_", Rest::UrlSafe, 82, 82),
    Form("glc_", Rest::Alphanumeric, 32, 400),
    Form("gldt-", Rest::UrlSafe, 20, MANY),
    Form("glpat-", Rest::Pointed, 20, MANY),
    Form("glptt-", Rest::Hex, 40, 40),
    Form("glrt-", Rest::Pointed, 20, MANY),
    Form("glsa_", Rest::UrlSafe, 41, 41),
    Form("hf_", Rest::Letters, 34, 34),
    Form("hvs.", Rest::UrlSafe, 90, 120),
    Form("hvb.", Rest::UrlSafe, 138, 300),
    Form("lin_api_", Rest::Alphanumeric, 40, 40),
    Form("npm_", Rest::Alphanumeric, 36, 36),
    Form("ops_ey", Rest::Alphanumeric, 200, MANY),
    Form("pplx-", Rest::Alphanumeric, 48, 48),
    Form("pscale_oauth_", Rest::Pointed, 32, 64),
    Form("pscale_pw_", Rest::Pointed, 32, 64),
    Form("pscale_tkn_", Rest::Pointed, 32, 64),
    Form("pul-", Rest::Hex, 40, 40),
    Form("pypi-", Rest::UrlSafe, 60, MANY),
    Form("rk_live_", Rest::Alphanumeric, 12, 107),
    Form("rk_test_", Rest::Alphanumeric, 12, 107),
    Form("rubygems_", Rest::Hex, 48, 48),
    Form("shpat_", Rest::Hex, 32, 32),
    Form("shpca_", Rest::Hex, 32, 32),
    Form("shppa_", Rest::Hex, 32, 32),
    Form("shpss_", Rest::Hex, 32, 32),
    Form("sk-admin-", Rest::UrlSafe, 58, MANY),
    Form("sk-ant-", Rest::UrlSafe, 80, 120),
    Form("sk-proj-", Rest::UrlSafe, 58, MANY),
    Form("sk-svcacct-", Rest::UrlSafe, 58, MANY),
    Form("sk_live_", Rest::Alphanumeric, 12, 107),
    Form("sk_test_", Rest::Alphanumeric, 12, 107),
    Form("sntryu_", Rest::Hex, 64, 64),
    Form("sntrys_", Rest::UrlSafe, 60, MANY),
    Form("whsec_", Rest::Alphanumeric, 24, 64),
    Form("xapp-", Rest::UrlSafe, 30, MANY),
    Form("xkeysib-", Rest::UrlSafe, 81, 81),
    Form("xoxa-", Rest::UrlSafe, 20, MANY),
    Form("xoxb-", Rest::UrlSafe, 20, MANY),
    Form("xoxe-", Rest::UrlSafe, 28, MANY),
    Form("xoxp-", Rest::UrlSafe, 28, MANY),
    Form("xoxr-", Rest::UrlSafe, 20, MANY),
];

/// The first bytes of the prefixes, which rule out most words.
static FIRST: [bool; 256] = {
    let mut first = [false; 256];
    let mut at = 0;
    while at < FORMS.len() {
        first[FORMS[at].0.as_bytes()[0] as usize] = true;
        at += 1;
    }
    first
};

/// The minimum number of letters and digits after the prefix.
const REST: usize = 12;

/// The minimum length of a word that may be a key: the shortest prefix, and what must follow it.
pub(crate) const SHORTEST: usize = 3 + REST;

/// Returns whether a word begins like the keys of a known issuer, and is long enough to be one.
pub(crate) fn may_be(word: &[u8]) -> bool {
    let letters_and_digits = |rest: &[u8]| rest.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
    let begins = |form: &&Form| form.0.as_bytes().first_chunk::<3>() == word.first_chunk();
    let mut rests = FORMS.iter().filter(begins).filter_map(|form| word.strip_prefix(form.0.as_bytes()));
    word.len() >= SHORTEST
        && word.first().is_some_and(|first| FIRST[usize::from(*first)])
        && rests.any(|rest| letters_and_digits(rest) >= REST)
}

/// Returns whether a word has the form of a known issuer's key, is random enough to be one, and is not a published example.
///
/// A word is a run of letters, digits, `-`, `_` and points. The first bytes rule out most texts.
///
/// ```
/// assert!(hardened_strength::is_issued("ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW"));
/// assert!(!hardened_strength::is_issued("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
/// assert!(!hardened_strength::is_issued("npm_config_registry"));
/// ```
#[must_use]
pub fn is_issued(word: &str) -> bool {
    FORMS.iter().any(|Form(prefix, rest, least, most)| {
        word.strip_prefix(prefix)
            .is_some_and(|text| (*least..=*most).contains(&text.len()) && is_random(text, *rest, *least))
    }) && !word.to_ascii_uppercase().contains("EXAMPL")
        && !is_placeholder(word.as_bytes())
        && !is_published(word.as_bytes())
}

fn is_random(text: &str, rest: Rest, least: usize) -> bool {
    let belongs = |byte: u8| match rest {
        Rest::Capitals => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        Rest::Hex => byte.is_ascii_hexdigit() || byte == b'-',
        Rest::Letters => byte.is_ascii_alphabetic(),
        Rest::Alphanumeric => byte.is_ascii_alphanumeric(),
        Rest::UrlSafe => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
        Rest::Pointed => byte.is_ascii_alphanumeric() || b"-_.".contains(&byte),
    };
    // Two bits for each required character, which words and sequences do not reach.
    let is_dense = || strength::effective_bits(text.as_bytes()) as usize >= 2 * least.min(40);
    let has_digit = || text.contains(|symbol: char| symbol.is_ascii_digit());
    text.bytes().all(belongs) && (matches!(rest, Rest::Letters) || has_digit()) && is_dense()
}

#[cfg(test)]
mod tests {
    use super::{FORMS, Rest, is_issued, may_be};

    /// Returns a text of this form that is not a real key.
    fn made(rest: Rest, length: usize) -> String {
        let alphabet = match rest {
            Rest::Capitals => "Q7ZK2XW5JM3RB6TH",
            Rest::Hex => "9f3b1c7e0a5d2846",
            Rest::Letters => "qZxTvBnMkLjHgFdS",
            _ => "q8ZxT3vB7nM1kL5j",
        };
        // Steps that do not repeat: 7 and 16 have no common factor, and each round begins at another position.
        (0..length).filter_map(|at| alphabet.chars().nth((at * 7 + at / 16 * 3 + at * at / 5) % 16)).collect()
    }

    #[test]
    fn a_key_of_each_form_is_known_and_one_that_is_too_short_is_not() {
        for form in FORMS {
            let whole = format!("{}{}", form.0, made(form.1, form.2));
            assert!(is_issued(&whole) && may_be(whole.as_bytes()), "{whole}");
            let short = format!("{}{}", form.0, made(form.1, form.2 - 1));
            assert!(!is_issued(&short), "{short}");
        }
    }

    #[test]
    fn what_merely_begins_like_a_key_is_not_one() {
        for word in [
            "",
            "npm_config_registry",
            "npm_package_dependencies_of_the_whole_tree",
            "AKIAIOSFODNN7EXAMPLE",
            "AKIAIOSFODNN7EXAMPLF",
            "AKIAXXXXXXXXXXXXXXXX",
            "sk_test_1234567890",
            "sk_live_xxxxxxxxxxxx",
            "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "hf_transformersversionandeverythingelse",
            "glpat-this-is-only-a-name-of-things",
            "SG.loadbalancer.example.com",
            "xoxb-the-name-of-a-token-in-words",
        ] {
            assert!(!is_issued(word), "{word}");
        }
    }
}
