//! Explanations of `connection-*`.

use super::{Explanation, explain, sourced};

const URL: &str = "RFC 3986 §3.2.1";
const ENCODE: &str = "percent-encode the user name and password: @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25, a space as %20; or set the host, the user and the password in separate variables";

pub(in crate::rule) const CONNECTION_MALFORMED: Explanation = sourced(
    "A wrong guess about a URL can send the password to the wrong host, so this library does not guess.",
    "copy the URL from the dashboard of the server, or set the host, the port, the user and the password in separate variables",
    URL,
);
pub(in crate::rule) const CONNECTION_AMBIGUOUS: Explanation = sourced(
    "An unescaped @, /, # or ? in the password moves the point where the host begins, and clients disagree about where that is: one of them would send the password to another host.",
    ENCODE,
    URL,
);
pub(in crate::rule) const CONNECTION_CONFLICT: Explanation =
    explain("Clients disagree about which of two contradicting values counts.", "keep one of the two");
pub(in crate::rule) const CONNECTION_WRAPPED: Explanation = explain(
    "Someone pasted a whole line from a terminal or a `.env` file. This library finds the URL in it, but another program that reads the same variable does not.",
    "set the URL alone",
);
pub(in crate::rule) const CONNECTION_UNESCAPED: Explanation = sourced(
    "Only one part of the URL can be the host, but other programs that read the same variable fail on it, or look up a host name that contains part of the password.",
    ENCODE,
    URL,
);
pub(in crate::rule) const CONNECTION_PLACEHOLDER: Explanation = explain(
    "Someone copied an example and did not fill it in.",
    "copy the values from the dashboard of the server, with the real password in them",
);
pub(in crate::rule) const CONNECTION_DEFAULT_PASSWORD: Explanation = sourced(
    "Images and tutorials publish these passwords, so attackers who reach the port try them first.",
    "give the user a random password, such as one from `openssl rand -hex 24`",
    "OWASP ASVS 5.0, 13.2.3",
);
pub(in crate::rule) const CONNECTION_PASSWORD_MISSING: Explanation = sourced(
    "A server that accepts clients without a password accepts anyone who reaches its port.",
    "set a password on the server and in the URL; where the network decides who may connect, waive the rule with the host's suffix",
    "OWASP ASVS 5.0, 13.2.1",
);
pub(in crate::rule) const CONNECTION_TLS: Explanation = sourced(
    "Without TLS, anyone on the network path can read the password and everything that follows it.",
    "use the TLS endpoint of the server (rediss://, smtps://, https://, ssl-mode=VERIFY_IDENTITY); for a network that encrypts by itself, waive the rule with the host's suffix",
    "OWASP ASVS 5.0, 12.3.1",
);
pub(in crate::rule) const CONNECTION_TLS_PRIVATE: Explanation = Explanation::without_remedy(
    "The platform's private network encrypts all traffic with WireGuard, and the server does not offer TLS.",
)
.source("https://fly.io/docs/networking/private-networking/");
pub(in crate::rule) const CONNECTION_TLS_ADDED: Explanation = Explanation::without_remedy(
    "Many platforms provide URLs that do not mention encryption, so clients connect without it. Here the connection is encrypted or not made at all.",
);
pub(in crate::rule) const CONNECTION_PRIVATE_NETWORK: Explanation = sourced(
    "Only the network keeps others out: anyone who gets into it, through another service or a misconfigured rule, can read the traffic or use the server.",
    "turn on TLS and a password on the server; where that is not possible, waive the rule with the host's suffix",
    "OWASP ASVS 5.0, 12.3.1",
);
pub(in crate::rule) const CONNECTION_UNVERIFIED: Explanation = sourced(
    "The connection is encrypted, but anyone on the network path can answer in place of the server.",
    "let the client check the certificate, against the server's own certificate authority if it has one; where the platform's certificates cannot be checked (Heroku), waive the rule",
    "OWASP ASVS 5.0, 12.3.2",
);
pub(in crate::rule) const CONNECTION_LOOPBACK: Explanation = explain(
    "In a container this address is the container itself: a development URL was deployed. The exception is a server or proxy on the same machine.",
    "set the real host; for a server on the same machine: waive(rule::CONNECTION_LOOPBACK, VARIABLE, reason)",
);
pub(in crate::rule) const CONNECTION_PARAMETER: Explanation =
    explain("Someone set the parameter and expects it to have an effect.", "remove the parameter from the URL");
pub(in crate::rule) const CONNECTION_PARAMETER_SECURITY: Explanation = explain(
    "The parameter asks for protection that the connection would not have.",
    "remove the parameter, or correct its name",
);
