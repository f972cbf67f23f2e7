//! The evidence of a verification: requests, and the parts of their responses that may be shown.

use crate::document::described::objects;

objects! {
    /// One request and its response.
    Exchange {
        /// The request.
        sent: Sent,
        /// The response, or why there is none.
        got: Got,
    }

    /// A request.
    Sent {
        /// The method.
        method: String,
        /// The path, as it was sent.
        path: String,
        /// The headers. A value that authenticates the user is replaced.
        headers: Vec<Header>,
        /// The user who sends it. Absent: the request names no user.
        who: Option<String>,
        /// The length of the body in bytes.
        length: u64,
    }

    /// The response: its status, or the reason why there is none.
    Got {
        /// The status code.
        status: Option<u16>,
        /// The headers that checks are about.
        headers: Vec<Header>,
        /// The length of the body in bytes, as far as it was read.
        length: u64,
        /// Why there was no response.
        reason: Option<String>,
    }

    /// A header.
    Header {
        /// Its name, in lower case.
        name: String,
        /// Its value, escaped and cut.
        value: String,
    }

    /// The request that succeeded before and after a check that something is refused.
    Control {
        /// Before the probes.
        before: Exchange,
        /// After the probes.
        after: Exchange,
    }
}
