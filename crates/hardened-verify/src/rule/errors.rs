//! Rules of the family `errors`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure},
};

hardened_core::rules! {
    /// No response contains a stack trace or a debug page.
    #[cwe(209)]
    LIVE_STACK_TRACE: "live-stack-trace" Insecure [Note Note Refuse Refuse] Never errors;
    /// No response contains a message of a database or its driver.
    #[cwe(209)]
    LIVE_DRIVER_TEXT: "live-driver-text" Insecure [Note Note Refuse Refuse] Never errors;
    /// A bad request is refused with a status from 400 to 499.
    #[cwe(755)]
    LIVE_SERVER_ERROR: "live-server-error" Insecure [Note Note Warn Warn] Never errors;
    /// `TRACE` does not return the request.
    #[cwe(749)]
    LIVE_TRACE_METHOD: "live-trace-method" Insecure [Note Note Warn Refuse] Never errors;
    /// Server errors have the promised body.
    #[cwe(756)]
    LIVE_ERROR_BODY: "live-error-body" Inconsistent [Note Note Warn Refuse] Never errors;
}

mod explanation {
    pub(super) mod errors {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_STACK_TRACE: Explanation = Explanation::new(
            "A stack trace names files, libraries and versions, and a debug page often shows variables with secrets.",
            "turn off the debug mode, and answer errors with a fixed text",
        )
        .source("https://cwe.mitre.org/data/definitions/209.html");
        pub(crate) const LIVE_DRIVER_TEXT: Explanation = Explanation::new(
            "A driver's message names tables, columns, hosts and users, and shows that input reaches a query.",
            "log the driver's message, and answer with a fixed text",
        )
        .source("https://cwe.mitre.org/data/definitions/209.html");
        pub(crate) const LIVE_SERVER_ERROR: Explanation = Explanation::new(
            "Unchecked input has reached code that does not expect it. Anyone can flood the log and the alerts with it.",
            "check the input, and answer with 400, 404 or 422",
        );
        pub(crate) const LIVE_TRACE_METHOD: Explanation = Explanation::new(
            "`TRACE` returns headers that a proxy added and that the client must not see, such as credentials.",
            "answer `TRACE` with 405",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8");
        pub(crate) const LIVE_ERROR_BODY: Explanation = Explanation::new(
            "Clients expect errors in the form that the manifest promises. A different form shows that something in front answers, or that the layer is missing.",
            "put the layer around every route, or create a new manifest",
        );
    }
}
