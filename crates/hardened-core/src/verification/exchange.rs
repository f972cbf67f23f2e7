//! The evidence of a verification: requests, and the parts of their responses that may be shown.

use crate::document::described::objects;

objects! {
    /// One request and what came back.
    Exchange {
        /// The request.
        sent: Sent,
        /// The answer, or why there is none.
        got: Got,
    }

    /// A request.
    Sent {
        /// The method.
        method: String,
        /// The path, as it was sent.
        path: String,
        /// The headers. A value that proves who asks is replaced.
        headers: Vec<Header>,
        /// Who asks. Absent: nobody whom the request names.
        who: Option<String>,
        /// The length of the body in bytes.
        length: u64,
    }

    /// What came back: a status, or the reason why there is none.
    Got {
        /// The status code.
        status: Option<u16>,
        /// The headers that checks are about.
        headers: Vec<Header>,
        /// The length of the body in bytes, as far as it was read.
        length: u64,
        /// Why nothing came back.
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
