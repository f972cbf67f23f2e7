//! The unit in which a parse is priced.

/// A price in 64ths of a bit.
pub(super) type Cost = u32;

/// No way leads here. Far enough from the top that prices can be added to it.
pub(super) const NEVER: Cost = u32::MAX / 2;

/// The price of something that takes so many bits to name.
pub(super) const fn bits(bits: f64) -> Cost {
    (bits * 64.0 + 0.5) as Cost
}

/// Whole bits, rounded down.
pub(super) const fn whole_bits(cost: Cost) -> u32 {
    cost / 64
}

/// The price of one choice among `size` equal ones.
pub(super) fn one_of(size: u32) -> Cost {
    bits(f64::from(size.max(1)).log2())
}
