//! Macros and functions that define tables of rules.

use super::Rule;

/// Joins tables of rules at compile time. `N` must be the sum of their lengths.
///
/// # Panics
///
/// At compile time, if `N` is a different number.
#[must_use]
#[allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "evaluated while compiling, where a panic is an error of the build"
)]
pub const fn join<const N: usize>(tables: &[&[Rule]]) -> [Rule; N] {
    let mut all = [tables[0][0]; N];
    let (mut table, mut count) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            all[count] = tables[table][row];
            row += 1;
            count += 1;
        }
        table += 1;
    }
    assert!(count == N, "`N` is the sum of the lengths");
    all
}

/// Defines rules as constants, and `ALL` with all of them in order.
///
/// Columns: code, first word of the messages, levels in `[development test preview production]`, the tiers in which a waiver
/// can relax the rule, and the module of `explanation` with a constant of the same name. The optional line `#[cwe(…)]` names
/// the weaknesses of the Common Weakness Enumeration that the rule prevents, finds or limits.
///
/// ```
/// mod explanation {
///     pub(super) mod region {
///         use hardened_core::rule::Explanation;
///
///         pub(crate) const ACME_REGION: Explanation =
///             Explanation::new("Customer data stays in the EU.", "choose a region that begins with eu-");
///     }
/// }
/// use hardened_core::rule::{Level::{Note, Refuse}, Waivable::Locally, Word::Prohibited};
///
/// hardened_core::rules! {
///     /// The region is one of the EU.
///     #[cwe(1287)]
///     ACME_REGION: "acme-region" Prohibited [Note Note Refuse Refuse] Locally region;
/// }
///
/// # fn main() {
/// assert_eq!(ACME_REGION.holds(), "The region is one of the EU.");
/// assert_eq!(ACME_REGION.cwe()[0].to_string(), "CWE-1287");
/// assert_eq!(ALL.len(), 1);
/// # }
/// ```
#[macro_export]
macro_rules! rules {
    ($($(#[doc = $holds:literal])+ $(#[cwe($($cwe:literal),+)])? $name:ident: $code:literal $word:ident [$($level:ident)*] $waivable:ident $family:ident;)*) => {
        $(
            $(#[doc = $holds])+
            pub const $name: $crate::rule::Rule = $crate::rule::Rule::new(&$crate::rule::Definition {
                code: $code,
                word: $word,
                levels: [$($level),*],
                waivable: $waivable,
                holds: concat!($($holds),+),
                cwe: &[$($($crate::rule::Cwe::new($cwe)),+)?],
                explanation: &explanation::$family::$name,
            });
        )*

        /// Every rule of this table, in order.
        pub const ALL: &[$crate::rule::Rule] = &[$($name),*];
    };
}
