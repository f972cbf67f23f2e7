//! Implements `Setting` for types of the standard library and for `url::Url`.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::{NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64, NonZeroUsize},
    path::PathBuf,
    time::Duration,
};

use super::{Defaults, Kind, OwnRules, Setting, duration, list};
use crate::{Violation, message};

/// Returns the violation of a value that is not of its kind.
fn not_of(kind: Kind) -> Violation {
    Violation::malformed(kind.must_be())
}

macro_rules! integers {
    ($($number:ty: $min:expr;)*) => {$(
        /// A whole number in decimal digits.
        impl Setting for $number {
            const KIND: Kind = Kind::Integer { min: $min as i128, max: <$number>::MAX as i128 };
            const DEFAULTS: Defaults = Defaults::OfKind;

            fn parse(text: &str) -> Result<Self, Violation> {
                text.trim().parse().map_err(|_| not_of(Self::KIND))
            }
        }
    )*};
}

macro_rules! non_zero {
    ($($number:ty: $plain:ty;)*) => {$(
        /// A whole number in decimal digits, not zero.
        impl Setting for $number {
            const KIND: Kind = Kind::Integer { min: 1, max: <$plain>::MAX as i128 };
            const DEFAULTS: Defaults = Defaults::OfKind;

            fn parse(text: &str) -> Result<Self, Violation> {
                text.trim().parse().map_err(|_| not_of(Self::KIND))
            }
        }
    )*};
}

integers! { u8: 0; u16: 0; u32: 0; u64: 0; usize: 0; i8: i8::MIN; i16: i16::MIN; i32: i32::MIN; i64: i64::MIN; isize: isize::MIN; }
non_zero! { NonZeroU8: u8; NonZeroU16: u16; NonZeroU32: u32; NonZeroU64: u64; NonZeroUsize: usize; }

macro_rules! parsed {
    ($($kind:expr => $($value:ty),*;)*) => {$($(
        impl Setting for $value {
            const KIND: Kind = $kind;

            fn parse(text: &str) -> Result<Self, Violation> {
                text.trim().parse().map_err(|_| not_of(Self::KIND))
            }
        }
    )*)*};
}

parsed! {
    Kind::Address => IpAddr, Ipv4Addr, Ipv6Addr;
    Kind::SocketAddress => SocketAddr, SocketAddrV4, SocketAddrV6;
}

/// A URL whose host is a name or an address. The parser itself accepts `https://${HOST}/`.
impl Setting for url::Url {
    const KIND: Kind = Kind::Url;

    fn parse(text: &str) -> Result<Self, Violation> {
        let url = text.trim().parse::<Self>().map_err(|_| not_of(Self::KIND))?;
        if url.host_str().is_some_and(|host| host.contains('$') || host.contains("{{")) {
            let fact = "the host has a variable or template that was not filled in";
            return Err(Violation::malformed(fact).remedy("set the URL itself"));
        }
        Ok(url)
    }
}

/// A finite number.
impl Setting for f64 {
    const KIND: Kind = Kind::Decimal;
    const DEFAULTS: Defaults = Defaults::OfKind;

    fn parse(text: &str) -> Result<Self, Violation> {
        text.trim().parse().ok().filter(|number: &Self| number.is_finite()).ok_or_else(|| not_of(Self::KIND))
    }
}

/// `true`, `false`, `1`, `0`, `yes`, `no`, `on`, `off`, in any case.
impl Setting for bool {
    const KIND: Kind = Kind::Boolean;
    const DEFAULTS: Defaults = Defaults::OfKind;

    fn parse(text: &str) -> Result<Self, Violation> {
        hardened_core::text::boolean(text.trim()).ok_or_else(|| not_of(Self::KIND))
    }
}

/// The exact text.
impl Setting for String {
    const KIND: Kind = Kind::Text;

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(text.to_owned())
    }
}

/// The exact text.
impl Setting for PathBuf {
    const KIND: Kind = Kind::Path;

    fn parse(text: &str) -> Result<Self, Violation> {
        Ok(Self::from(text))
    }
}

/// A length of time with its unit: `500ms`, `30s`, `5m`, `1h`, `7d`, `1h30m`.
impl Setting for Duration {
    const KIND: Kind = Kind::Duration;
    const DEFAULTS: Defaults = Defaults::OfKind;

    fn parse(text: &str) -> Result<Self, Violation> {
        duration::parse(text.trim()).ok_or_else(|| not_of(Self::KIND))
    }
}

/// Several values, separated by commas or as a JSON list of strings; white space around each is removed. Blank text is the
/// empty list, which only `#[config(default = [])]` can give.
impl<T: Setting> Setting for Vec<T> {
    const KIND: Kind = Kind::List { of: &T::KIND };
    const DEFAULTS: Defaults = T::DEFAULTS;
    const FAMILIES: &'static [&'static str] = T::FAMILIES;

    fn parse(text: &str) -> Result<Self, Violation> {
        let items = if T::KIND.is_secret() { list::secrets(text)? } else { list::items(text)? };
        (1_usize..)
            .zip(&items)
            .map(|(number, item)| match item.as_ref() {
                "" => {
                    let fact = message!("item ", number, " of the list must not be blank");
                    Err(Violation::malformed(fact).remedy("remove the extra comma"))
                }
                item => T::parse(item).map_err(|violation| violation.prefixed(message!("item ", number, ": "))),
            })
            .collect()
    }

    fn flaws(&self) -> Vec<Violation> {
        (1_usize..)
            .zip(self)
            .flat_map(|(number, item)| {
                item.flaws().into_iter().map(move |flaw| flaw.prefixed(message!("item ", number, ": ")))
            })
            .collect()
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        self.iter().for_each(|item| item.visit_secrets(visit));
    }

    fn has_own_rules(asked: OwnRules) -> bool {
        T::has_own_rules(asked)
    }
}
