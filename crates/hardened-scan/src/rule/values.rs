//! The rules of the search for values.

use hardened_core::rule::{
    Level::{Refuse, Warn},
    Waivable::{Everywhere, Never},
    Word::{Insecure, Prohibited},
};

use super::explanation;

hardened_core::rules! {
    /// No secret of the service is in its sources, their history, or the build output.
    #[cwe(540, 798)]
    SCAN_VALUE_FOUND: "scan-value-found" Insecure [Refuse Refuse Refuse Refuse] Everywhere value;
    /// A finding that was accepted until a date is fixed by that date.
    SCAN_ACCEPTED_EXPIRED: "scan-accepted-expired" Prohibited [Refuse Refuse Refuse Refuse] Never accepted;
    /// Every accepted finding is still there.
    SCAN_ACCEPTED_UNUSED: "scan-accepted-unused" Prohibited [Warn Warn Warn Warn] Never accepted;
}
