//! The error that the guard sends to the driver when it refuses.

use super::DatabaseFault;

/// Returns an error message of a server with the fault's code:
/// <https://www.postgresql.org/docs/current/protocol-error-fields.html>
pub(super) fn error(fault: DatabaseFault) -> Vec<u8> {
    let (state, code) = (fault.sqlstate(), fault.code());
    let body = format!("SFATAL\0VFATAL\0C{state}\0Mno connection to the database: {code}\0\0");
    let length = u32::try_from(4 + body.len()).unwrap_or(u32::MAX);
    [b"E", length.to_be_bytes().as_slice(), body.as_bytes()].concat()
}
