//! The settings group for the session cookie.

use ::cookie::SameSite as Attribute;
use hardened_core::manifest::{CookiePromise, Promises, SameSite as Promised};

use super::{
    SessionCookie,
    attributes::{Domain, Lifetime, Name, SameSite, Secure},
    cookie::Inner,
    keys::Keys,
};
use crate::{AuthSecret, Tier, Violation, rule};

/// The settings of the session cookie: its current and previous key, and its attributes.
///
/// Variables: `SESSION_COOKIE_KEY` (required), `SESSION_COOKIE_KEY_PREVIOUS`, `SESSION_COOKIE_NAME`,
/// `SESSION_COOKIE_LIFETIME`, `SESSION_COOKIE_SAME_SITE`, `SESSION_COOKIE_DOMAIN`, `SESSION_COOKIE_SECURE`.
///
/// With only the key set, the cookie is `__Host-session` with `Secure`, `HttpOnly`, `SameSite=Lax`, `Path=/` and a lifetime
/// of 12 hours. `docs/COOKIES.md` has the reasons, and the steps of a rotation.
///
/// For two cookies, use two groups, each with its own prefix and its own key: `#[config(nested, prefix = "ADMIN_")]`.
///
/// # Errors
///
/// Loading refuses with `secret-missing`, every other `secret-*` rule, `setting-malformed`, and `setting-inconsistent` for
/// `SESSION_COOKIE_SAME_SITE=none` without `Secure`. In Preview and Production it refuses with `http-cookie-insecure`, and
/// with `http-cookie-domain` unless a waiver accepts that; it warns with `http-cookie-same-site` and
/// `http-cookie-lifetime`.
#[derive(Debug, hardened_derive::Config)]
#[config(check = sent_to_other_sites_over_tls(same_site, secure), promises = promised)]
pub struct SessionSettings {
    /// The key that encrypts the session cookie.
    #[config(env = "SESSION_COOKIE_KEY")]
    key: AuthSecret,
    /// A second key during a rotation: decrypts session cookies, and never encrypts one.
    #[config(env = "SESSION_COOKIE_KEY_PREVIOUS")]
    key_previous: Option<AuthSecret>,
    /// The name of the cookie, without the prefix that is added.
    #[config(env = "SESSION_COOKIE_NAME", default = "session", show)]
    name: Name,
    /// How long a session lasts.
    #[config(env = "SESSION_COOKIE_LIFETIME", default = "12h")]
    lifetime: Lifetime,
    /// The sites whose pages send requests with the cookie: strict (this site), lax (also links on other sites) or none
    /// (every site).
    #[config(env = "SESSION_COOKIE_SAME_SITE", default = "lax")]
    same_site: SameSite,
    /// The domain whose hosts all get the cookie; if not set, only this host gets it.
    #[config(env = "SESSION_COOKIE_DOMAIN", show)]
    domain: Option<Domain>,
    /// Whether browsers send the cookie over https: only; false for Safari on http://localhost.
    #[config(env = "SESSION_COOKIE_SECURE", default = true)]
    secure: Secure,
    #[config(tier)]
    tier: Tier,
}

/// Checks that a cookie with `SameSite=None` has `Secure`, because browsers drop it otherwise (RFC 6265bis §5.7).
fn sent_to_other_sites_over_tls(same_site: &SameSite, secure: &Secure) -> Result<(), Violation> {
    if *same_site != SameSite::None || secure.0 {
        return Ok(());
    }
    let fact = "browsers drop a cookie with SameSite=None that is not Secure";
    Err(Violation::new(rule::SETTING_INCONSISTENT, fact)
        .remedy("set SESSION_COOKIE_SAME_SITE=lax, or unset SESSION_COOKIE_SECURE"))
}

impl SessionSettings {
    /// Returns the cookie that creates and reads the headers.
    #[must_use]
    pub fn cookie(&self) -> SessionCookie {
        SessionCookie::new(Inner {
            name: self.full_name(),
            keys: Keys::new(std::iter::once(&self.key).chain(&self.key_previous)),
            lifetime: self.lifetime.0,
            same_site: match self.same_site {
                SameSite::Strict => Attribute::Strict,
                SameSite::Lax => Attribute::Lax,
                SameSite::None => Attribute::None,
            },
            domain: self.domain.as_ref().map(|domain| domain.0.to_string()),
            is_secure: self.is_secure(),
        })
    }

    /// Returns whether the cookie has `Secure`. In Preview and Production it always has, whatever the setting says.
    fn is_secure(&self) -> bool {
        self.secure.0 || self.tier.is_hardened()
    }

    /// Returns the name with its prefix, which makes browsers enforce the cookie's attributes (RFC 6265bis §4.1.3).
    fn full_name(&self) -> String {
        let prefix = match (self.is_secure(), &self.domain) {
            (true, None) => "__Host-",
            (true, Some(_)) => "__Secure-",
            (false, _) => "",
        };
        format!("{prefix}{}", self.name.0)
    }
}

fn promised(settings: &SessionSettings, promises: &mut Promises) {
    promises.cookies.get_or_insert_default().push(CookiePromise {
        group: String::new(),
        name: settings.full_name().as_str().into(),
        secure: settings.is_secure(),
        http_only: true,
        same_site: match settings.same_site {
            SameSite::Strict => Promised::Strict,
            SameSite::Lax => Promised::Lax,
            SameSite::None => Promised::None,
        },
        domain: settings.domain.as_ref().map(|domain| domain.0.to_string()),
        lifetime_seconds: settings.lifetime.0.as_secs(),
    });
}
