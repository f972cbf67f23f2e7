//! The problem document that replaces an error body.

use http::StatusCode;

use super::id::Id;

/// The content type of a problem document (RFC 9457 §6.1).
pub(in crate::web) const CONTENT_TYPE: &str = "application/problem+json";

/// Returns a problem document. Its `type` is `about:blank`: the problem is what the status says (RFC 9457 §4.2.1).
pub(super) fn of(status: StatusCode, id: &Id) -> String {
    let (title, number) = (status.canonical_reason().unwrap_or("Server Error"), status.as_u16());
    format!(r#"{{"type":"about:blank","title":"{title}","status":{number},"instance":"urn:uuid:{id}","id":"{id}"}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_is_json_for_every_status() {
        for number in 500..600 {
            let id = Id::new();
            let status = StatusCode::from_u16(number).unwrap();
            let document: serde_json::Value = serde_json::from_str(&of(status, &id)).unwrap();
            assert_eq!(document["status"], number);
            assert_eq!(document["id"], id.to_string());
            assert_eq!(document["instance"], format!("urn:uuid:{id}"));
        }
    }
}
