//! The settings group for the mail server.

use hardened_core::{manifest::Promises, text::boolean};
use zeroize::Zeroizing;

use super::{
    connection::Connection,
    dialect::{Absent, Dialect, Effect, Password, Scheme, codes},
    pieces::{More, Port, Settings},
    service_url::Service,
};
use crate::{
    Config, Setting, Tier, Violation,
    database::Tls,
    finding::Reported,
    load::Reader,
    schema::{Field, Kind, Schema, SettingSchema},
};

/// The mail server that the service sends mail through.
///
/// Variables: `SMTP_URL`; or, if a platform provides the pieces, `SMTP_HOST` with `SMTP_PORT`, `SMTP_USERNAME`,
/// `SMTP_PASSWORD` and `SMTP_TLS`. If `SMTP_URL` is set, the others are not read.
///
/// In Preview and Production the connection to a server that anyone can reach is encrypted: `smtps://` and port 465
/// begin with TLS (RFC 8314), and `smtp://` means that STARTTLS must succeed. A user name needs a password; a relay
/// that knows its clients by their addresses needs neither. `docs/CONNECTIONS.md` lists what is permitted and
/// prohibited.
///
/// ```
/// use hardened::{Environment, Loader, connections::{Smtp, SmtpTls}};
///
/// let environment = Environment::empty()
///     .set("ENVIRONMENT", "production")
///     .set("SMTP_URL", "smtp://apikey:SG.fake-8sd7f6asd5@smtp.sendgrid.net:587");
/// let smtp = Loader::new().environment(environment).load::<Smtp>().unwrap();
/// assert_eq!((smtp.host().as_str(), smtp.port(), smtp.username()), ("smtp.sendgrid.net", 587, Some("apikey")));
/// assert_eq!(smtp.tls(), SmtpTls::Required);
/// ```
///
/// Source: RFC 6409, RFC 8314, and <https://docs.rs/lettre/latest/lettre/transport/smtp/struct.SmtpTransport.html>
///
/// # Errors
///
/// Loading refuses with `secret-missing` and the rules `connection-*`.
#[derive(Debug)]
pub struct Smtp {
    tier: Tier,
    connection: Connection,
}

/// The encryption of a connection to a mail server, in lettre's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SmtpTls {
    /// The connection is not encrypted.
    None,
    /// STARTTLS is used if the server offers it; anyone on the network path can remove the offer.
    Opportunistic,
    /// STARTTLS must succeed, or nothing is sent.
    Required,
    /// The connection is encrypted from the first byte on (port 465).
    Wrapper,
}

/// The port at which TLS begins with the connection: RFC 8314 §3.3.
const SUBMISSIONS: u16 = 465;
/// The port of message submission: RFC 6409 §3.1.
const SUBMISSION: u16 = 587;

impl Smtp {
    /// Returns the host.
    #[must_use]
    pub fn host(&self) -> String {
        self.connection.host()
    }

    /// Returns the port. The default is 465 for a connection that begins with TLS, and 587 otherwise.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.connection.port
    }

    /// Returns the user name, if one is set.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.connection.user()
    }

    /// Returns the password.
    #[must_use]
    pub fn expose_password(&self) -> Option<&str> {
        self.connection.password()
    }

    /// Returns how the connection is encrypted.
    #[must_use]
    pub fn tls(&self) -> SmtpTls {
        match self.connection.tls(self.tier) {
            Tls::Disable => SmtpTls::None,
            Tls::Prefer => SmtpTls::Opportunistic,
            _ if self.connection.scheme == "smtps" || self.port() == SUBMISSIONS => SmtpTls::Wrapper,
            _ => SmtpTls::Required,
        }
    }

    /// Returns whether the client should check the server's certificate.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        !self.connection.is_unverified
    }

    /// Returns the URL for lettre's `from_url`, with user and password percent-encoded. It is wiped when dropped.
    ///
    /// It cannot express that the certificate should not be checked: see [`is_verified`](Self::is_verified).
    #[must_use]
    pub fn expose_url(&self) -> Zeroizing<String> {
        let (scheme, parameters): (_, &[_]) = match self.tls() {
            SmtpTls::None => ("smtp", &[]),
            SmtpTls::Opportunistic => ("smtp", &[("tls", "opportunistic")]),
            SmtpTls::Required => ("smtp", &[("tls", "required")]),
            SmtpTls::Wrapper => ("smtps", &[]),
        };
        self.connection.url(scheme, parameters)
    }
}

#[derive(Debug)]
struct Server;

impl Service for Server {
    const DIALECT: &'static Dialect = &Dialect {
        codes: codes(
            "the name of the client",
            "",
            "select host, username and password into SMTP_HOST, SMTP_USERNAME and SMTP_PASSWORD",
        ),
        begins: "smtp:// or smtps://",
        schemes: &[
            Scheme::new("smtp", SUBMISSION, None),
            Scheme::new("smtps", SUBMISSIONS, Some(Tls::VerifyFull)),
            // django-environ and OpenSMTPD.
            Scheme::new("smtp+tls", SUBMISSION, Some(Tls::VerifyFull)),
            Scheme::new("smtp+starttls", SUBMISSION, Some(Tls::VerifyFull)),
            Scheme::new("smtp+ssl", SUBMISSIONS, Some(Tls::VerifyFull)),
            Scheme::new("smtp+notls", SUBMISSION, Some(Tls::Disable)),
            Scheme::new("submission", SUBMISSION, None),
            Scheme::new("submissions", SUBMISSIONS, Some(Tls::VerifyFull)),
        ],
        parameters: &[
            ("tls", Effect::Tls(of_lettre)),
            ("verify_peer", Effect::Verified),
            ("tls.rejectunauthorized", Effect::Verified),
            ("secure", Effect::Without),
            ("auth_mode", Effect::Without),
            ("local_domain", Effect::Without),
            ("timeout", Effect::Without),
        ],
        is_path: |_| true,
        absent: Absent { public: Tls::VerifyFull, private: Tls::Prefer },
        implicit: Some(SUBMISSIONS),
        verifies: true,
        password: Password::WithUser,
        unverified: "",
    };
}

fn of_lettre(text: &str) -> Option<Tls> {
    match (text.to_ascii_lowercase().as_str(), boolean(text)) {
        ("required" | "wrapper", _) | (_, Some(true)) => Some(Tls::VerifyFull),
        ("opportunistic", _) => Some(Tls::Prefer),
        ("none", _) | (_, Some(false)) => Some(Tls::Disable),
        _ => None,
    }
}

/// The value of `SMTP_TLS`, in the words of several programs: `tls` is STARTTLS and `ssl` is port 465.
struct Encryption {
    tls: Tls,
    is_implicit: bool,
}

impl Setting for Encryption {
    const KIND: Kind = Kind::Choice(&["starttls", "implicit", "opportunistic", "none", "true", "false"]);

    fn parse(text: &str) -> Result<Self, Violation> {
        let word = text.trim().to_ascii_lowercase();
        let (tls, is_implicit) = match (word.as_str(), boolean(&word)) {
            ("starttls" | "tls" | "required", _) | (_, Some(true)) => (Tls::VerifyFull, false),
            ("implicit" | "ssl" | "smtps" | "wrapper", _) => (Tls::VerifyFull, true),
            ("opportunistic", _) => (Tls::Prefer, false),
            ("none", _) | (_, Some(false)) => (Tls::Disable, false),
            _ => return Err(Violation::malformed(Self::KIND.must_be())),
        };
        Ok(Self { tls, is_implicit })
    }
}

static URL: SettingSchema = SettingSchema::new("url", &["SMTP_URL"], Kind::Credential)
    .with_docs("The URL of the mail server, with its password; or set SMTP_HOST and its siblings.")
    .with_example("smtps://app:{random}@smtp.example.com")
    .with_form("smtps://USER:PASSWORD@HOST:465");
static HOST: SettingSchema = SettingSchema::new("host", &["SMTP_HOST"], Kind::Text)
    .with_docs("The host of the mail server, if SMTP_URL is not set.")
    .optional();
static PORT: SettingSchema = SettingSchema::new("port", &["SMTP_PORT"], Port::KIND)
    .with_docs("The port of the mail server, used with SMTP_HOST; 587 if not set, or 465 if SMTP_TLS is implicit.")
    .optional();
static USER: SettingSchema = SettingSchema::new("username", &["SMTP_USERNAME", "SMTP_USER"], Kind::Text)
    .with_docs("The user name for the mail server, used with SMTP_HOST.")
    .optional();
static PASSWORD: SettingSchema = SettingSchema::new("password", &["SMTP_PASSWORD", "SMTP_PASS"], Kind::Credential)
    .with_docs("The password of the user, used with SMTP_HOST.")
    .optional();
static TLS: SettingSchema = SettingSchema::new("tls", &["SMTP_TLS", "SMTP_ENCRYPTION"], Encryption::KIND)
    .with_docs("How the connection is encrypted, used with SMTP_HOST; if not set, it is implicit at port 465, and starttls otherwise in preview and production.")
    .optional();

const SETTINGS: Settings = Settings { url: &URL, host: &HOST, port: &PORT, user: &USER, password: &PASSWORD };

const FIELDS: [Field; 6] = [
    Field::Setting(&URL),
    Field::Setting(&HOST),
    Field::Setting(&PORT),
    Field::Setting(&USER),
    Field::Setting(&PASSWORD),
    Field::Setting(&TLS),
];

impl Config for Smtp {
    const SCHEMA: &'static Schema = &Schema::new("Smtp", "The server through which mail is sent.", &FIELDS);

    fn read(reader: &mut Reader<'_>) -> Result<Self, Reported> {
        let connection = SETTINGS.read::<Server>(reader, |reader| {
            let asked = reader.optional::<Encryption>(&TLS)?;
            let (scheme, port) = match &asked {
                Some(asked) if asked.is_implicit => ("smtps", SUBMISSIONS),
                _ => ("smtp", SUBMISSION),
            };
            Ok(More { path: None, tls: asked.map(|asked| asked.tls), scheme, port })
        })?;
        Ok(Self { tier: reader.tier(), connection })
    }

    fn promise(&self, promises: &mut Promises) {
        self.connection.promise("smtp", self.tier, promises);
    }
}
