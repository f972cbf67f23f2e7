//! Rules of the family `exposure`.

use hardened_core::rule::{
    Level::{Note, Refuse, Warn},
    Waivable::Never,
    Word::Insecure,
};

hardened_core::rules! {
    /// No path shows secrets or source code.
    #[cwe(527, 552)]
    LIVE_SECRET_FILE: "live-secret-file" Insecure [Warn Warn Refuse Refuse] Never exposure;
    /// Metrics, profiles and settings of the service are not public.
    #[cwe(497)]
    LIVE_INSIDE_SHOWN: "live-inside-shown" Insecure [Note Note Warn Warn] Never exposure;
}

mod explanation {
    pub(super) mod exposure {
        use hardened_core::rule::Explanation;

        pub(crate) const LIVE_SECRET_FILE: Explanation = Explanation::new(
            "Scanners request these paths from every address on the Internet all day. A secret that they find once is no longer secret.",
            "remove the path, replace every secret that was readable, and serve no directory that holds source code",
        )
        .source("https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/02-Configuration_and_Deployment_Management_Testing/05-Enumerate_Infrastructure_and_Application_Admin_Interfaces");
        pub(crate) const LIVE_INSIDE_SHOWN: Explanation = Explanation::new(
            "Metrics, profiles and settings reveal routes, load, versions and sometimes user names.",
            "serve these paths on an internal port, or require a credential",
        )
        .source("https://owasp.org/www-project-web-security-testing-guide/stable/4-Web_Application_Security_Testing/02-Configuration_and_Deployment_Management_Testing/05-Enumerate_Infrastructure_and_Application_Admin_Interfaces");
    }
}
