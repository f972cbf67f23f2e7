//! The unit of prices in a parse.

/// A price in 64ths of a bit.
pub(super) type Cost = u32;

/// The price of an unreachable state. Low enough that prices can be added without overflow.
pub(super) const NEVER: Cost = u32::MAX / 2;

/// Returns the price of a choice with this many bits.
pub(super) const fn bits(bits: f64) -> Cost {
    (bits * 64.0 + 0.5) as Cost
}

/// Returns a price in whole bits, rounded down.
pub(super) const fn whole_bits(cost: Cost) -> u32 {
    cost / 64
}

/// Returns the price of one choice among `size` equally likely ones.
pub(super) fn one_of(size: u32) -> Cost {
    bits(f64::from(size.max(1)).log2())
}
