//! Rules of the family `errors`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::{Inconsistent, Insecure},
};

hardened_core::rules! {
    /// No answer has a stack trace or a debug page.
    #[cwe(209)]
    LIVE_STACK_TRACE: "live-stack-trace" Insecure [Note Note Refuse Refuse] Never errors;
    /// No answer has the message of a database or its driver.
    #[cwe(209)]
    LIVE_DRIVER_TEXT: "live-driver-text" Insecure [Note Note Refuse Refuse] Never errors;
    /// A bad request is refused with a status from 400 to 499.
    #[cwe(755)]
    LIVE_SERVER_ERROR: "live-server-error" Insecure [Note Note Warn Warn] Never errors;
    /// `TRACE` does not send back what was sent.
    #[cwe(749)]
    LIVE_TRACE_METHOD: "live-trace-method" Insecure [Note Note Warn Refuse] Never errors;
    /// Errors of the server have the promised body.
    #[cwe(756)]
    LIVE_ERROR_BODY: "live-error-body" Inconsistent [Note Note Warn Refuse] Never errors;
}

mod explanation {
    pub(super) mod errors {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_STACK_TRACE: Explanation = Explanation::new(
            "A stack trace names files, libraries and versions, and a debug page often shows variables with secrets.",
            "switch the debug mode off, and answer errors with a fixed text",
        )
        .source("https://cwe.mitre.org/data/definitions/209.html");
        pub(crate) const LIVE_DRIVER_TEXT: Explanation = Explanation::new(
            "The message of a driver names tables, columns, hosts and users, and shows that input reaches a query.",
            "log the message of the driver, and answer with a text of your own",
        )
        .source("https://cwe.mitre.org/data/definitions/209.html");
        pub(crate) const LIVE_SERVER_ERROR: Explanation = Explanation::new(
            "Input that nobody checked has reached code that does not expect it. Anyone can fill the log and the alerts with it.",
            "check the input, and answer with 400, 404 or 422",
        );
        pub(crate) const LIVE_TRACE_METHOD: Explanation = Explanation::new(
            "`TRACE` sends back headers that a proxy added and that the client must not see, such as credentials.",
            "answer `TRACE` with 405",
        )
        .source("https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8");
        pub(crate) const LIVE_ERROR_BODY: Explanation = Explanation::new(
            "Clients read errors in the form that the manifest promises. Another form shows that something in front answers, or that the layer is missing.",
            "put the layer around every route, or make a new manifest",
        );
    }
}
