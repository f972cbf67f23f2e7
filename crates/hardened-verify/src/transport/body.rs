//! Reads the body of an answer, up to a limit.

use bytes::{Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt;

use crate::answer::MOST_BODY;

/// Reads the bytes, and returns whether the body ended there.
pub(super) async fn read<B>(body: B) -> (Bytes, bool)
where
    B: Body<Data: Into<Bytes>>,
{
    let mut body = std::pin::pin!(body);
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.as_mut().frame().await {
        let Ok(frame) = frame else { return (bytes.freeze(), false) };
        let Ok(data) = frame.into_data() else { continue };
        let data: Bytes = data.into();
        let room = MOST_BODY - bytes.len();
        if data.len() > room {
            bytes.extend_from_slice(data.get(..room).unwrap_or_default());
            return (bytes.freeze(), false);
        }
        bytes.extend_from_slice(&data);
    }
    (bytes.freeze(), true)
}
