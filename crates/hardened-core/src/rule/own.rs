//! Rules that a service or an organisation defines for itself.

/// The namespaces (first words of codes) that are reserved for the rules of this project.
pub const RESERVED: [&str; 21] = [
    "audit",
    "connection",
    "cors",
    "database",
    "debug",
    "decision",
    "docs",
    "dotenv",
    "file",
    "host",
    "http",
    "jwt",
    "live",
    "origin",
    "process",
    "scan",
    "secret",
    "setting",
    "source",
    "tier",
    "waiver",
];

/// Defines rules of a service or an organisation as constants, and `ALL` with all of them in order.
///
/// A rule has a doc comment that states what holds, a code, the [word](crate::rule::Word) that begins its messages, its
/// [levels](crate::rule::Level) in `[Development Test Preview Production]`, and the tiers in which a waiver can relax it
/// ([`Waivable`](crate::rule::Waivable)). The code begins with your own namespace, such as `acme-`. `remedy`, `source` and
/// the line `#[cwe(…)]` are optional.
///
/// ```
/// hardened_core::own_rules! {
///     /// The region is one of the EU.
///     #[cwe(1287)]
///     ACME_REGION: "acme-region" Prohibited [Note Note Refuse Refuse] Locally {
///         why: "Customer data stays in the EU.",
///         remedy: "choose a region that begins with eu-",
///     }
/// }
///
/// # fn main() {
/// assert_eq!(ACME_REGION.holds(), "The region is one of the EU.");
/// assert_eq!(ALL, [ACME_REGION]);
/// # }
/// ```
///
/// A code that is not in kebab case, or begins with a namespace of this project, does not compile:
///
/// ```compile_fail
/// hardened_core::own_rules! {
///     /// Secrets are long.
///     LONG: "secret-long" Weak [Refuse Refuse Refuse Refuse] Never { why: "Short ones are guessed." }
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! own_rules {
    ($($(#[doc = $holds:literal])+ $(#[cwe($($cwe:literal),+)])? $name:ident: $code:literal $word:ident [$($level:ident)*] $waivable:ident {
        why: $why:literal $(, remedy: $remedy:literal)? $(, source: $source:literal)? $(,)?
    })*) => {
        $(
            $(#[doc = $holds])+
            pub const $name: $crate::rule::Rule = $crate::rule::Rule::new(&$crate::rule::Definition {
                code: $crate::rule::own_code($code),
                word: $crate::rule::Word::$word,
                levels: [$($crate::rule::Level::$level),*],
                waivable: $crate::rule::Waivable::$waivable,
                holds: concat!($($holds),+),
                cwe: &[$($($crate::rule::Cwe::new($cwe)),+)?],
                explanation: &$crate::rule::Explanation::without_remedy($why)$(.remedy($remedy))?$(.source($source))?,
            });
        )*

        /// Every rule of this table, in order.
        pub const ALL: &[$crate::rule::Rule] = &[$($name),*];
    };
}

/// Checks that a code is in kebab case and begins with a namespace that is not reserved, and returns it.
///
/// # Panics
///
/// At compile time, if the check fails.
#[doc(hidden)]
#[must_use]
#[allow(clippy::panic, reason = "evaluated while compiling, where a panic is an error of the build")]
pub const fn own_code(code: &'static str) -> &'static str {
    assert!(is_kebab_case(code.as_bytes()), "a code must be lower-case words with hyphens, such as acme-region");
    let mut reserved = 0;
    while reserved < RESERVED.len() {
        let is_ours = begins(code.as_bytes(), RESERVED[reserved].as_bytes());
        assert!(!is_ours, "a code of your own must begin with your own namespace, such as acme-region");
        reserved += 1;
    }
    code
}

/// Returns whether a code consists of two or more lower-case words with hyphens between them.
#[allow(clippy::indexing_slicing, reason = "within the length that the loop checks")]
const fn is_kebab_case(code: &[u8]) -> bool {
    let (mut at, mut words, mut is_open) = (0, 0, true);
    while at < code.len() {
        match code[at] {
            b'-' if is_open => return false,
            b'-' => is_open = true,
            b'a'..=b'z' | b'0'..=b'9' => {
                words += is_open as usize;
                is_open = false;
            }
            _ => return false,
        }
        at += 1;
    }
    !is_open && words > 1
}

/// Returns whether a word is the first word of a code.
#[allow(clippy::indexing_slicing, reason = "within the lengths that are checked first")]
const fn begins(code: &[u8], word: &[u8]) -> bool {
    let mut at = 0;
    while at < word.len() {
        if at >= code.len() || code[at] != word[at] {
            return false;
        }
        at += 1;
    }
    at < code.len() && code[at] == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_words_with_hyphens() {
        for (code, expected) in [
            ("acme-region", true),
            ("acme-eu-1", true),
            ("acme", false),
            ("", false),
            ("-", false),
            ("acme-", false),
            ("-region", false),
            ("acme--region", false),
            ("Acme-region", false),
            ("acme_region-x", false),
        ] {
            assert_eq!(is_kebab_case(code.as_bytes()), expected, "{code}");
        }
    }

    #[test]
    fn the_first_word_of_a_code_is_its_namespace() {
        for (code, expected) in [("secret-long", true), ("secrets-long", false), ("secret", false), ("a-secret", false)]
        {
            assert_eq!(begins(code.as_bytes(), b"secret"), expected, "{code}");
        }
    }
}
