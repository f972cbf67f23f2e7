//! The first message of a connection, in which the driver identifies itself to the guard.
//!
//! The driver sends a password of this process as its `application_name`; the server gets the real name. In this way no
//! other program can use the guard, which may hold a client certificate.

use std::io;

use subtle::ConstantTimeEq as _;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio_rustls::rustls::crypto::ring;

use super::DatabaseFault;

/// The server's own limit, `MAX_STARTUP_PACKET_LENGTH`.
const MOST: usize = 10_000;

/// The size of the head before the parameters: the length of the message, and the version of the protocol.
const HEAD: usize = 8;

/// Protocol version 3.0, which the driver speaks.
const VERSION: [u8; 4] = [0, 3, 0, 0];

const APPLICATION_NAME: &[u8] = b"application_name";

/// The password that the driver identifies itself with.
pub(super) struct Password(String);

impl Password {
    /// Generates a password from 16 random bytes.
    ///
    /// # Errors
    ///
    /// Returns `other` if there is no randomness.
    pub(super) fn generate() -> Result<Self, DatabaseFault> {
        let mut bytes = [0; 16];
        ring::default_provider().secure_random.fill(&mut bytes).map_err(|_| DatabaseFault::Other)?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bytes))))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

/// Reads the first message and returns the one to send to the server. Returns `None` if the password is wrong.
pub(super) async fn read(
    near: &mut (impl AsyncRead + Unpin),
    password: &Password,
    application: &str,
) -> io::Result<Option<Vec<u8>>> {
    let mut head = [0; HEAD];
    near.read_exact(&mut head).await?;
    let [length @ .., _, _, _, _] = head;
    let Some(rest) = usize::try_from(u32::from_be_bytes(length)).ok().filter(|length| *length <= MOST) else {
        return Ok(None);
    };
    if !head.ends_with(&VERSION) {
        return Ok(None);
    }
    let mut parameters = vec![0; rest.saturating_sub(HEAD)];
    near.read_exact(&mut parameters).await?;
    Ok(renamed(&parameters, password, application))
}

/// Returns the message with the real name in place of the password.
fn renamed(parameters: &[u8], password: &Password, application: &str) -> Option<Vec<u8>> {
    let (mut message, mut is_known) = ([[0; 4], VERSION].concat(), false);
    let mut texts = parameters.split(|byte| *byte == 0);
    while let Some(name) = texts.next().filter(|name| !name.is_empty()) {
        let mut value = texts.next()?;
        if name == APPLICATION_NAME {
            is_known = bool::from(value.ct_eq(password.text().as_bytes()));
            value = application.as_bytes();
        }
        for text in [name, value] {
            message.extend_from_slice(text);
            message.push(0);
        }
    }
    message.push(0);
    let length = u32::try_from(message.len()).ok()?.to_be_bytes();
    message.get_mut(..4)?.copy_from_slice(&length);
    is_known.then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(parameters: &str) -> Vec<u8> {
        let length = u32::try_from(HEAD + parameters.len()).unwrap();
        [&length.to_be_bytes(), VERSION.as_slice(), parameters.as_bytes()].concat()
    }

    async fn passed(bytes: &[u8], password: &Password) -> Option<Vec<u8>> {
        read(&mut &*bytes, password, "shop").await.ok().flatten()
    }

    #[tokio::test]
    async fn only_who_knows_the_password_gets_to_the_server_and_the_server_gets_the_name() {
        let password = Password("s3cret".to_owned());
        let from_driver = message("user\0app\0application_name\0s3cret\0options\0-c a=b\0\0");
        let to_server = message("user\0app\0application_name\0shop\0options\0-c a=b\0\0");
        assert_eq!(passed(&from_driver, &password).await, Some(to_server));
        for stranger in
            ["user\0app\0\0", "application_name\0s3cre\0\0", "application_name\0\0\0", "s3cret\0application_name\0\0"]
        {
            assert_eq!(passed(&message(stranger), &password).await, None, "{stranger:?}");
        }
    }

    #[tokio::test]
    async fn what_is_no_first_message_gets_nowhere() {
        let password = Password("s3cret".to_owned());
        let tls = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
        let long = [&10_001_u32.to_be_bytes(), VERSION.as_slice(), &[b'a'; 10_001]].concat();
        let short = [&[0; 4], VERSION.as_slice()].concat();
        for bytes in [tls.as_slice(), &long, &short, b"GET / HTTP/1.1\r\n\r\n", b""] {
            assert_eq!(passed(bytes, &password).await, None);
        }
    }

    #[test]
    fn no_two_passwords_are_alike() {
        let [one, two] = [Password::generate().unwrap(), Password::generate().unwrap()];
        assert_eq!(one.text().len(), 32);
        assert_ne!(one.text(), two.text());
    }
}
