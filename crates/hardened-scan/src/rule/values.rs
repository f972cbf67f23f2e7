//! The rules of the search for values.

use hardened_core::rule::{Level::Refuse, Waivable::Everywhere, Word::Insecure};

use super::explanation;

hardened_core::rules! {
    /// No secret of the service is in its sources, their history, or what is built of them.
    SCAN_VALUE_FOUND: "scan-value-found" Insecure [Refuse Refuse Refuse Refuse] Everywhere value;
}
