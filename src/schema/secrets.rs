//! Secret types as settings: which rules bind for a credential and which for a key.

use super::{Kind, Setting};
use crate::{
    Rejection,
    secret::{AuthSecret, JwtSecret, SecretText},
};

impl Setting for SecretText {
    const KIND: Kind = Kind::Credential;

    fn parse(text: &str) -> Result<Self, Rejection> {
        Ok(Self::new(text.to_owned()))
    }

    fn flaws(&self) -> Vec<Rejection> {
        Vec::new()
    }

    fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
        visit(self.expose_text().as_bytes());
    }
}

macro_rules! key {
    ($($name:ty),*) => {$(
        impl Setting for $name {
            const KIND: Kind = Kind::Key { min_bytes: 32 };

            fn parse(text: &str) -> Result<Self, Rejection> {
                Ok(Self::new(text.as_bytes().to_owned()))
            }

            fn flaws(&self) -> Vec<Rejection> {
                Vec::new()
            }

            fn visit_secrets(&self, visit: &mut dyn FnMut(&[u8])) {
                visit(self.expose_bytes());
            }
        }
    )*};
}

key!(JwtSecret, AuthSecret);
