//! The table.

use super::{
    About::{self, Behaviour, Configuration},
    Extent::{self, InPart, Shows},
    Row,
};

/// Every requirement that something here speaks to, in their order.
pub const TABLE: &[Row] = &[
    row("3.4.1", 1, "Every answer carries HSTS for at least a year.", Behaviour, &[("headers-hsts", InPart)]),
    row(
        "3.4.2",
        1,
        "Only origins of an allow-list can read answers across origins, and `*` never with sensitive data.",
        Behaviour,
        &[("cors-foreign-origin", Shows), ("cors-allowed-origin", Shows), ("cors-any-credentials", InPart)],
    ),
    row("3.4.4", 1, "Every answer forbids guessing its content type.", Behaviour, &[("headers-nosniff", InPart)]),
];

const fn row(
    number: &'static str,
    level: u8,
    summary: &'static str,
    about: About,
    by: &'static [(&'static str, Extent)],
) -> Row {
    let _ = Configuration;
    Row { number, level, summary, about, by }
}
