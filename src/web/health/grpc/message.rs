//! The two messages of the gRPC health check, on the wire.
//!
//! Each has one field, so they are read and written by hand:
//! [health.proto](https://github.com/grpc/grpc/blob/master/src/proto/grpc/health/v1/health.proto),
//! [encoding](https://protobuf.dev/programming-guides/encoding/).

use std::{future::poll_fn, pin::pin};

use bytes::{Buf, Bytes};
use http_body::Body;

use crate::web::grpc::Code;

/// The maximum size of a request message, in bytes: service names are shorter.
const MOST: usize = 1024;

/// The length of the prefix of a message: a compression flag and the length of the message.
const PREFIX: usize = 5;

/// `HealthCheckResponse.ServingStatus`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Serving {
    Yes = 1,
    No = 2,
    /// The service is unknown; only `Watch` reports this.
    Unknown = 3,
}

/// Returns a `HealthCheckResponse` with its prefix.
pub(super) fn response(serving: Serving) -> Bytes {
    // Field 1 is a varint.
    Bytes::copy_from_slice(&[0, 0, 0, 0, 2, 1 << 3, serving as u8])
}

/// Reads the name of the service from a body that contains a `HealthCheckRequest`.
pub(super) async fn service<B: Body>(body: B) -> Result<String, Code> {
    name(message(&collected(body).await?)?).ok_or(Code::InvalidArgument)
}

async fn collected<B: Body>(body: B) -> Result<Vec<u8>, Code> {
    let (mut body, mut bytes) = (pin!(body), Vec::new());
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        let Ok(mut data) = frame.map_err(|_| Code::Unavailable)?.into_data() else { continue };
        if bytes.len() + data.remaining() > PREFIX + MOST {
            return Err(Code::ResourceExhausted);
        }
        bytes.extend_from_slice(&data.copy_to_bytes(data.remaining()));
    }
    Ok(bytes)
}

/// Returns the only message of a body. A compressed message is refused because no encoding is offered.
fn message(bytes: &[u8]) -> Result<&[u8], Code> {
    let Some(([compressed, length @ ..], message)) = bytes.split_first_chunk::<PREFIX>() else {
        return Err(Code::InvalidArgument);
    };
    if *compressed != 0 {
        return Err(Code::Unimplemented);
    }
    let is_whole = u32::from_be_bytes(*length) as usize == message.len();
    if is_whole { Ok(message) } else { Err(Code::InvalidArgument) }
}

/// Returns the text in field 1, or an empty one if it is missing. Unknown fields are skipped; if a field repeats, the
/// last one counts.
fn name(mut message: &[u8]) -> Option<String> {
    let mut name = "";
    while !message.is_empty() {
        let key = number(&mut message)?;
        match key & 7 {
            0 => drop(number(&mut message)?),
            1 => drop(take(&mut message, 8)?),
            2 => {
                let length = usize::try_from(number(&mut message)?).ok()?;
                let content = take(&mut message, length)?;
                if key >> 3 == 1 {
                    name = str::from_utf8(content).ok()?;
                }
            }
            5 => drop(take(&mut message, 4)?),
            _ => return None,
        }
    }
    Some(name.to_owned())
}

fn take<'m>(message: &mut &'m [u8], length: usize) -> Option<&'m [u8]> {
    let (taken, rest) = message.split_at_checked(length)?;
    *message = rest;
    Some(taken)
}

/// Reads a varint: groups of seven bits, the lowest first.
fn number(message: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for group in 0..10 {
        let byte = *take(message, 1)?.first()?;
        number |= u64::from(byte & 0x7F) << (7 * group);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, Code> {
        name(message(bytes)?).ok_or(Code::InvalidArgument)
    }

    #[test]
    fn the_name_of_the_service_is_read_and_what_is_not_known_is_skipped() {
        for (bytes, expected) in [
            (&[0, 0, 0, 0, 0][..], Ok("")),
            (&[0, 0, 0, 0, 2, 0x0A, 0], Ok("")),
            (&[0, 0, 0, 0, 3, 0x0A, 1, b'a'], Ok("a")),
            (&[0, 0, 0, 0, 6, 0x0A, 1, b'a', 0x0A, 1, b'b'], Ok("b")),
            (&[0, 0, 0, 0, 6, 0x10, 0x96, 1, 0x0A, 1, b'a'], Ok("a")),
            (&[0, 0, 0, 0, 9, 0x11, 1, 2, 3, 4, 5, 6, 7, 8], Ok("")),
            (&[0, 0, 0, 0, 5, 0x15, 1, 2, 3, 4], Ok("")),
            (&[0, 0, 0, 0, 3, 0x12, 1, b'x'], Ok("")),
            (&[], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 1], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 0, 1], Err(Code::InvalidArgument)),
            (&[1, 0, 0, 0, 0], Err(Code::Unimplemented)),
            (&[0, 0, 0, 0, 2, 0x0A, 9], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 3, 0x0A, 1, 0xFF], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 1, 0x0B], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 2, 0x11, 1], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 12, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], Err(Code::InvalidArgument)),
            (&[0, 0, 0, 0, 11, 10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], Err(Code::InvalidArgument)),
        ] {
            assert_eq!(read(bytes), expected.map(str::to_owned), "{bytes:?}");
        }
    }
}
