//! The rules that a URL can break though it was read.

use super::{DatabaseUrl, known::Used, placeholder, tls::Tls};
use crate::{Rejection, credential_flaws, message, rule};

/// Private networks that encrypt by themselves (WireGuard): the suffix of their names, and the platform that has one.
const PRIVATE: [(&str, &str); 3] = [(".flycast", "fly"), (".railway.internal", "railway"), (".internal", "fly")];

impl DatabaseUrl {
    pub(super) fn all_flaws(&self) -> Vec<Rejection> {
        let mut flaws: Vec<_> = self.wrapping.flaws().collect();
        if self.is_unescaped {
            let fact = "user or password has an unescaped @, /, ? or #";
            flaws.push(Rejection::new(rule::DATABASE_UNESCAPED, fact));
        }
        flaws.extend(self.example());
        flaws.extend(self.password_flaw());
        if self.database.is_none() {
            flaws.push(Rejection::new(rule::DATABASE_NAME_MISSING, "no database is named"));
        }
        flaws.extend(self.tls_flaws());
        flaws.extend(self.parameters.flaws());
        flaws.into_iter().map(|flaw| flaw.at_host(&self.host())).collect()
    }

    fn example(&self) -> Option<Rejection> {
        let text = self.text.expose_text();
        let is = |part: Option<&str>| part.is_some_and(placeholder::is_placeholder);
        let user = self.user.decode(text);
        let password = self.password.as_ref().map(|span| span.decode(text));
        let what = match () {
            () if self.place.name().is_some_and(placeholder::is_placeholder_host) => "the host",
            () if is(password.as_ref().map(|text| text.as_str())) => "the password",
            () if is(Some(&user)) => "the user",
            () if is(self.database()) => "the name of the database",
            () => return None,
        };
        Some(Rejection::new(rule::DATABASE_PLACEHOLDER, message!(what, " is the text of an example")))
    }

    fn password_flaw(&self) -> Option<Rejection> {
        let text = self.text.expose_text();
        let Some(password) = self.password.as_ref().map(|span| span.decode(text)) else {
            let needs_none = self.is_socket() || self.parameters.get(Used::ClientCert).is_some();
            return (!needs_none).then(|| Rejection::new(rule::DATABASE_PASSWORD_MISSING, "no password"));
        };
        if placeholder::is_placeholder(&password) {
            return None;
        }
        let user = self.user.decode(text);
        let is_default = placeholder::is_default_password(&password, &user, self.database());
        (is_default || is_known(&password)).then(|| {
            Rejection::new(rule::DATABASE_DEFAULT_PASSWORD, "the password is among the first that everybody tries")
        })
    }

    fn tls_flaws(&self) -> Vec<Rejection> {
        let request = &self.parameters.tls;
        if self.place.is_socket() {
            return Vec::new();
        }
        if request.contradicts() {
            let fact = "an authority is named, and sslmode does not verify the host with it";
            return vec![Rejection::new(rule::DATABASE_VERIFICATION, fact)];
        }
        let tls = request.effective(Tls::Require);
        let mut flaws = Vec::new();
        if self.place.is_loopback() {
            flaws.push(Rejection::new(rule::DATABASE_LOOPBACK, "the host is the machine of the service itself"));
        } else {
            flaws.extend(self.encryption(tls));
        }
        flaws.extend(self.verification(tls));
        flaws
    }

    fn encryption(&self, tls: Tls) -> Option<Rejection> {
        let request = &self.parameters.tls;
        if request.mode.is_none() && request.root.is_none() {
            let fact = "no sslmode in the URL: require is enforced";
            return Some(Rejection::new(rule::DATABASE_TLS_ADDED, fact));
        }
        let fact = match tls {
            Tls::Disable => "the connection is not encrypted",
            Tls::Prefer => "the connection is encrypted only when nobody on the way objects",
            _ => return None,
        };
        let flaw = Rejection::new(rule::DATABASE_TLS, fact);
        let private = PRIVATE.iter().find(|(suffix, _)| self.place.is_below(suffix));
        Some(match private {
            Some((_, platform)) => flaw.on_platform(platform, rule::DATABASE_TLS_PRIVATE),
            None => flaw,
        })
    }

    fn verification(&self, tls: Tls) -> Option<Rejection> {
        match tls {
            Tls::VerifyFull if self.name_of_address.is_some() => {
                let fact = "hostaddr would be verified, not the name of the host";
                Some(Rejection::new(rule::DATABASE_VERIFICATION, fact))
            }
            Tls::VerifyCa => {
                Some(Rejection::new(rule::DATABASE_VERIFY_CA, "the certificate is not compared with the host's name"))
            }
            _ => None,
        }
    }
}

/// Whether the rules of a credential know the password as a placeholder or from a public list.
fn is_known(password: &str) -> bool {
    let known = [rule::SECRET_PLACEHOLDER, rule::SECRET_PUBLISHED];
    credential_flaws(password.as_bytes()).iter().any(|flaw| known.contains(&flaw.rule()))
}

#[cfg(test)]
mod tests {
    use super::{super::Place, *};

    #[test]
    fn private_networks_are_private_on_their_own_platform_only() {
        for (host, platform) in [
            ("app.flycast", Some("fly")),
            ("top1.db.internal", Some("fly")),
            ("pg.railway.internal", Some("railway")),
            ("db.example.com", None),
        ] {
            let place = Place::parse(host).unwrap();
            let found = PRIVATE.iter().find(|(suffix, _)| place.is_below(suffix)).map(|(_, platform)| *platform);
            assert_eq!(found, platform, "{host}");
        }
    }
}
