//! The rules that a valid URL can still break.

use super::{DatabaseUrl, known::Used, tls::Tls};
use crate::{
    Violation,
    groups::url::{Codes, placeholder, private},
    message, rule,
    secret::is_published,
};

impl DatabaseUrl {
    pub(super) fn all_flaws(&self) -> Vec<Violation> {
        let mut flaws: Vec<_> = self.wrapping.flaws(&Codes::DATABASE).collect();
        flaws.extend(self.other_readings());
        flaws.extend(self.left_out());
        flaws.extend(self.example());
        flaws.extend(self.password_flaw());
        if self.database.is_none() {
            flaws.push(Violation::new(rule::DATABASE_NAME_MISSING, "the URL does not name a database"));
        }
        flaws.extend(self.tls_flaws());
        flaws.extend(self.parameters.flaws());
        flaws.into_iter().map(|flaw| flaw.at_host(&self.host())).collect()
    }

    /// Returns the violation if other programs read the URL in another way.
    fn other_readings(&self) -> Option<Violation> {
        if !self.misled.is_empty() {
            let fact = message!("the password goes to another host when the URL is read by ");
            let fact = fact.list(", ", self.misled.iter().copied());
            return Some(Violation::new(rule::DATABASE_OTHER_HOST, fact));
        }
        if self.escapes.is_empty() {
            return None;
        }
        let fact = message!("user or password is not percent-encoded: write ").list(", ", self.escapes.iter().copied());
        Some(Violation::new(rule::DATABASE_UNESCAPED, fact))
    }

    /// Returns the violations for parts that only the URL of a local database may omit.
    fn left_out(&self) -> Vec<Violation> {
        let mut flaws = Vec::new();
        if self.user.is_none() {
            let fact = "the URL does not name a user, so the driver uses the operating system's, which is root in many containers";
            flaws.push(Violation::new(rule::DATABASE_USER_MISSING, fact));
        }
        if !self.is_host_named {
            flaws.push(Violation::new(
                rule::DATABASE_HOST_MISSING,
                "the URL does not name a host, so the driver connects to localhost",
            ));
        }
        flaws
    }

    fn example(&self) -> Option<Violation> {
        let is = |part: Option<&str>| part.is_some_and(placeholder::is_placeholder);
        let what = if self.endpoint.name().is_some_and(placeholder::is_placeholder_host) {
            "the host"
        } else if self.password.as_ref().is_some_and(|text| self.is_placeholder(text)) {
            "the password"
        } else if is(self.user.as_ref().map(|text| text.as_str())) {
            "the user"
        } else if is(self.database()) {
            "the database name"
        } else {
            return None;
        };
        Some(Violation::new(rule::DATABASE_PLACEHOLDER, message!(what, " is an example text")))
    }

    fn password_flaw(&self) -> Option<Violation> {
        let Some(password) = &self.password else {
            let needs_none = self.is_socket() || self.parameters.get(Used::ClientCert).is_some();
            return (!needs_none)
                .then(|| Violation::new(rule::DATABASE_PASSWORD_MISSING, "the URL does not contain a password"));
        };
        let is_first_guess =
            self.is_default(password) || !self.is_placeholder(password) && is_published(password.as_bytes());
        is_first_guess.then(|| Violation::new(rule::DATABASE_DEFAULT_PASSWORD, "the password is a well-known default"))
    }

    fn is_default(&self, password: &str) -> bool {
        let user = self.user.as_ref().map_or("", |user| user.as_str());
        placeholder::is_default_password(password, user, self.database())
    }

    fn is_placeholder(&self, password: &str) -> bool {
        !self.is_default(password) && placeholder::is_placeholder_password(password)
    }

    fn tls_flaws(&self) -> Vec<Violation> {
        let request = &self.parameters.tls;
        if self.endpoint.is_socket() {
            return Vec::new();
        }
        if request.contradicts() {
            let fact = "sslrootcert names an authority, but this sslmode does not verify the host with it";
            return vec![Violation::new(rule::DATABASE_VERIFICATION, fact)];
        }
        let tls = request.effective(Tls::Require);
        let mut flaws = Vec::new();
        if !self.is_host_named {
            // The missing host is already reported.
        } else if self.endpoint.is_loopback() {
            flaws.push(Violation::new(rule::DATABASE_LOOPBACK, "the host is the service's own machine"));
        } else {
            flaws.extend(self.encryption(tls));
        }
        flaws.extend(self.verification(tls));
        flaws
    }

    fn encryption(&self, tls: Tls) -> Option<Violation> {
        let request = &self.parameters.tls;
        if request.mode.is_none() && request.root.is_none() {
            let fact = "the URL does not set sslmode, so require is enforced";
            return Some(Violation::new(rule::DATABASE_TLS_ADDED, fact));
        }
        let fact = match tls {
            Tls::Disable => "the connection is not encrypted",
            Tls::Prefer => "this sslmode silently falls back to an unencrypted connection",
            _ => return None,
        };
        let flaw = Violation::new(rule::DATABASE_TLS, fact);
        Some(match self.endpoint.name().and_then(private::platform) {
            Some(platform) => flaw.on_platform(platform, rule::DATABASE_TLS_PRIVATE),
            None => flaw,
        })
    }

    fn verification(&self, tls: Tls) -> Option<Violation> {
        match tls {
            Tls::VerifyFull if self.name_of_address.is_some() => {
                let fact = "the certificate would be checked against hostaddr, not against the host name";
                let remedy = "remove hostaddr, so that the driver looks up the host by its name";
                Some(Violation::new(rule::DATABASE_VERIFICATION, fact).remedy(remedy))
            }
            Tls::VerifyCa => {
                Some(Violation::new(rule::DATABASE_VERIFY_CA, "the certificate is not checked against the host name"))
            }
            _ => None,
        }
    }
}
