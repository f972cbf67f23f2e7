//! Keys: secrets that the operator generates.

use std::fmt;

use secrecy::{ExposeSecret, SecretSlice};
use subtle::ConstantTimeEq;

macro_rules! key {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// It has no `Display`, `Serialize`, `Deref`, `PartialEq`, `Clone`, `Copy` or `Default`; its `Debug` shows
        /// nothing; it wipes its memory when dropped. Its content is bytes, since a panic while slicing text would
        /// print it.
        pub struct $name(SecretSlice<u8>);

        impl $name {
            /// Wraps the bytes of a key. A vector without spare capacity is moved, not copied.
            #[must_use]
            pub fn new(bytes: Vec<u8>) -> Self {
                Self(SecretSlice::from(bytes))
            }

            /// Returns the key itself: the bytes of the text as it was set, not decoded.
            #[must_use]
            pub fn expose_bytes(&self) -> &[u8] {
                self.0.expose_secret()
            }

            /// Compares in constant time: the duration depends only on the lengths.
            #[must_use]
            pub fn matches(&self, candidate: &[u8]) -> bool {
                self.expose_bytes().ct_eq(candidate).into()
            }
        }

        /// Shows only the name of the type.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "([redacted])"))
            }
        }
    };
}

key! {
    /// The symmetric key that signs and verifies JSON Web Tokens.
    JwtSecret
}

key! {
    /// The secret of an authentication library, such as better-auth's.
    AuthSecret
}
