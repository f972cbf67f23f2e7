//! The cookie that contains a session.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use ::cookie::{Cookie, SameSite, time};
use http::{HeaderMap, HeaderValue};

use super::{Session, SessionTooLarge, header, keys::Keys};
use crate::SecretText;

/// An encrypted cookie that contains a session: it creates `Set-Cookie` headers, and reads `Cookie` headers.
///
/// [`SessionSettings::cookie`](super::SessionSettings::cookie) creates it. It is cheap to clone, because clones share
/// the keys.
///
/// ```
/// use hardened::{Environment, Loader, auth::SessionSettings};
/// use http::{HeaderMap, HeaderValue, header::COOKIE};
/// # let key = "Jp7vWq2XzR9sTb4LmN8cYd3FgH6kQeVtUa5xZr1oEwIy0BnM";
///
/// let environment = Environment::empty().set("SESSION_COOKIE_KEY", key);
/// let settings = Loader::new().environment(environment).load::<SessionSettings>()?;
/// let cookie = settings.cookie();
///
/// let set = cookie.set("user-7")?;
/// let set = set.to_str()?;
/// assert!(set.starts_with("__Host-session="));
/// assert!(set.ends_with("; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200"));
///
/// // What the browser sends with its next request.
/// let (sent, _) = set.split_once(';').unwrap();
/// let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(sent)?)]);
/// assert_eq!(cookie.read(&headers).unwrap().value(), "user-7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The crate `cookie` encrypts the value with AES-256-GCM and binds it to the name of the cookie. The value contains
/// the time of its creation, so that a copy of the cookie expires with its lifetime, whatever the browser does.
///
/// What it cannot guarantee: a copy of a cookie works until then, even after [`clear`](Self::clear). To be able to end
/// sessions, put only an identifier into the cookie and store the sessions on the server.
#[derive(Debug, Clone)]
pub struct SessionCookie(Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    /// The name with its prefix.
    pub(super) name: String,
    pub(super) keys: Keys,
    pub(super) lifetime: Duration,
    pub(super) same_site: SameSite,
    pub(super) domain: Option<String>,
    pub(super) is_secure: bool,
}

/// The maximum size that browsers keep, in bytes: name, value and attributes (RFC 6265 §6.1).
const MOST: usize = 4096;

/// The maximum difference between the clocks of two instances, in seconds.
const LEEWAY: u64 = 60;

impl SessionCookie {
    pub(super) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Returns the name of the cookie, with its prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns the value of a `Set-Cookie` header that starts a session, or prolongs it.
    ///
    /// # Errors
    ///
    /// Returns [`SessionTooLarge`] if the cookie would have more than 4,096 bytes.
    pub fn set(&self, value: &str) -> Result<HeaderValue, SessionTooLarge> {
        self.set_at(value, seconds(SystemTime::now()))
    }

    /// Returns the value of a `Set-Cookie` header that removes the cookie from the browser.
    #[must_use]
    pub fn clear(&self) -> HeaderValue {
        header_value(&self.text(String::new(), Duration::ZERO))
    }

    /// Reads the session of a request. Returns `None` if the cookie is missing, tampered with, too old, or was made for
    /// another name or with a key that is gone; and if the request has two different cookies of this name, because one
    /// is not ours.
    #[must_use]
    pub fn read(&self, headers: &HeaderMap) -> Option<Session> {
        self.read_at(headers, seconds(SystemTime::now()))
    }

    fn set_at(&self, value: &str, now: u64) -> Result<HeaderValue, SessionTooLarge> {
        let sealed = self.0.keys.seal(&self.0.name, &format!("{now}.{value}")).unwrap_or_default();
        let text = self.text(sealed, self.0.lifetime);
        if text.len() > MOST {
            return Err(SessionTooLarge { bytes: text.len() });
        }
        Ok(header_value(&text))
    }

    fn read_at(&self, headers: &HeaderMap, now: u64) -> Option<Session> {
        let sealed = header::cookie(headers, &self.0.name).filter(|sealed| sealed.len() <= MOST)?;
        let text = self.0.keys.open(&self.0.name, sealed)?;
        let (issued, value) = text.split_once('.')?;
        let issued: u64 = issued.parse().ok()?;
        let is_fresh = now < issued.saturating_add(self.0.lifetime.as_secs());
        let is_past = issued <= now.saturating_add(LEEWAY);
        (is_fresh && is_past).then(|| Session::new(SecretText::new(value.to_owned()), issued))
    }

    /// Returns the cookie with its attributes.
    fn text(&self, value: String, lifetime: Duration) -> String {
        let inner = &*self.0;
        let seconds = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        let cookie = Cookie::build((inner.name.as_str(), value))
            .path("/")
            .secure(inner.is_secure)
            .http_only(true)
            .same_site(inner.same_site)
            .max_age(time::Duration::seconds(seconds));
        match &inner.domain {
            Some(domain) => cookie.domain(domain.as_str()).to_string(),
            None => cookie.to_string(),
        }
    }
}

/// Returns a header value that is marked as sensitive, so that it is not logged or put into a compression table. Every
/// part of the text is visible ASCII; otherwise the value would be empty and set no cookie.
fn header_value(text: &str) -> HeaderValue {
    let mut value = HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use http::header::COOKIE;
    use proptest::prelude::*;

    use super::*;
    use crate::AuthSecret;

    const KEY: &str = "of today, which makes cookies";
    const OLD_KEY: &str = "of yesterday, which opens them";
    const NOW: u64 = 1_800_000_000;
    const HOUR: u64 = 60 * 60;

    /// Creates a cookie with this name and these keys, the current key first.
    fn cookie(name: &str, keys: &[&str]) -> SessionCookie {
        let keys: Vec<_> = keys.iter().map(|key| AuthSecret::new(key.as_bytes().to_vec())).collect();
        SessionCookie::new(Inner {
            name: name.to_owned(),
            keys: Keys::new(keys.iter()),
            lifetime: Duration::from_secs(HOUR),
            same_site: SameSite::Lax,
            domain: None,
            is_secure: true,
        })
    }

    /// Returns the sealed value of a cookie.
    fn sealed(cookie: &SessionCookie, value: &str) -> String {
        let set = cookie.set_at(value, NOW).unwrap();
        let pair = set.to_str().unwrap().split(';').next().unwrap();
        pair.split_once('=').unwrap().1.to_owned()
    }

    /// Returns the session of a request with a cookie of this name and value.
    fn read(cookie: &SessionCookie, name: &str, value: &str, now: u64) -> Option<String> {
        let line = HeaderValue::from_str(&format!("{name}={value}")).unwrap();
        cookie.read_at(&HeaderMap::from_iter([(COOKIE, line)]), now).map(|session| session.value().to_owned())
    }

    #[test]
    fn a_session_is_what_was_set_and_only_while_it_lasts() {
        let cookie = cookie("__Host-a", &[KEY]);
        let sealed = sealed(&cookie, "user-7");
        for (now, is_read) in [
            (NOW, true),
            (NOW + HOUR - 1, true),
            (NOW + HOUR, false),
            (NOW - LEEWAY, true),
            (NOW - LEEWAY - 1, false),
            (0, false),
            (u64::MAX, false),
        ] {
            assert_eq!(read(&cookie, "__Host-a", &sealed, now).is_some(), is_read, "{now}");
        }
    }

    #[test]
    fn every_text_comes_back() {
        let cookie = cookie("__Host-a", &[KEY]);
        for value in ["", "user-7", "a.b.c", "ñ\u{1f980}; Path=/x\r\n", "{\"user\":7}"] {
            assert_eq!(read(&cookie, "__Host-a", &sealed(&cookie, value), NOW).as_deref(), Some(value));
        }
    }

    #[test]
    fn the_current_key_makes_cookies_and_the_previous_one_opens_them() {
        let before = cookie("__Host-a", &[OLD_KEY]);
        let during = cookie("__Host-a", &[KEY, OLD_KEY]);
        let after = cookie("__Host-a", &[KEY]);
        for (made_by, read_by, is_read) in [
            (&before, &during, true),
            (&during, &after, true),
            (&during, &before, false),
            (&before, &after, false),
            (&after, &before, false),
        ] {
            assert_eq!(read(read_by, "__Host-a", &sealed(made_by, "x"), NOW).is_some(), is_read);
        }
    }

    #[test]
    fn a_value_opens_for_the_name_alone_for_which_it_was_made() {
        let (one, other) = (cookie("__Host-a", &[KEY]), cookie("__Host-b", &[KEY]));
        let sealed = sealed(&one, "x");
        assert_eq!(read(&one, "__Host-a", &sealed, NOW).as_deref(), Some("x"));
        assert_eq!(read(&other, "__Host-b", &sealed, NOW), None);
        assert_eq!(read(&one, "__Host-b", &sealed, NOW), None);
    }

    #[test]
    fn two_values_of_one_text_differ_and_show_nothing_of_it() {
        let cookie = cookie("__Host-a", &[KEY]);
        let (one, other) = (sealed(&cookie, "CaNaRy7"), sealed(&cookie, "CaNaRy7"));
        assert_ne!(one, other);
        let session =
            cookie.read_at(&HeaderMap::from_iter([(COOKIE, format!("__Host-a={one}").parse().unwrap())]), NOW);
        for text in [one, format!("{cookie:?}"), format!("{session:?}"), format!("{:?}", cookie.set("CaNaRy7"))] {
            assert!(!text.contains("CaNaRy7") && !text.contains(KEY), "{text}");
        }
    }

    #[test]
    fn a_cookie_has_at_most_4096_bytes() {
        let cookie = cookie("__Host-a", &[KEY]);
        let length = |bytes: usize| cookie.set_at(&"x".repeat(bytes), NOW).map(|set| set.len());
        let most = (2000..4000).take_while(|bytes| length(*bytes).is_ok()).last().unwrap();
        assert!((2900..3000).contains(&most), "{most}");
        assert!(length(most).unwrap() <= MOST);
        assert!(length(most + 1).unwrap_err().bytes() > MOST);
        // A longer value is not even decrypted.
        assert_eq!(read(&cookie, "__Host-a", &"A".repeat(MOST + 1), NOW), None);
    }

    /// The key has fewer than 32 bytes.
    #[test]
    fn a_key_that_development_accepts_by_a_waiver_works_too() {
        let cookie = cookie("a", &["short"]);
        assert_eq!(read(&cookie, "a", &sealed(&cookie, "x"), NOW).as_deref(), Some("x"));
    }

    proptest! {
        #[test]
        fn a_value_with_another_byte_is_refused(at in 0_usize..100, to in "[A-Za-z0-9+/=]") {
            let cookie = cookie("__Host-a", &[KEY, OLD_KEY]);
            let mut sealed = sealed(&cookie, "user-7");
            let at = at % sealed.len();
            prop_assume!(sealed[at..=at] != to);
            sealed.replace_range(at..=at, &to);
            prop_assert_eq!(read(&cookie, "__Host-a", &sealed, NOW), None);
        }

        #[test]
        fn a_hostile_header_is_refused_without_a_panic(
            lines in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..4),
            beginning in "(__Host-a=|__Host-a=\"|; ?__Host-a=)?",
        ) {
            let lines = lines.into_iter().map(|line| [beginning.as_bytes(), &line].concat());
            let lines = lines.filter_map(|line| HeaderValue::from_bytes(&line).ok());
            let mut headers = HeaderMap::new();
            lines.for_each(|line| {
                headers.append(COOKIE, line);
            });
            prop_assert!(cookie("__Host-a", &[KEY, OLD_KEY]).read_at(&headers, NOW).is_none());
        }
    }
}
