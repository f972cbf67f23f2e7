//! The credentials of the users: headers and cookies that identify them.

use http::{HeaderName, HeaderValue, header};

use crate::{cookie, forge::Token, request::Request};

/// One of the two users that a verification acts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum User {
    /// The user whose token the run tries, and who writes.
    A,
    /// The user who must not see what A wrote.
    B,
}

impl User {
    pub(crate) const BOTH: [Self; 2] = [Self::A, Self::B];

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// Returns the text that replaces the token in the evidence.
    pub(crate) const fn who(self) -> &'static str {
        match self {
            Self::A => "user A",
            Self::B => "user B",
        }
    }
}

/// A header that identifies a user, such as a bearer token or a cookie. It is sent only to the target and never shown.
#[derive(Clone)]
pub struct Credential {
    name: HeaderName,
    value: HeaderValue,
    others: Vec<Other>,
}

/// A further header of a credential.
#[derive(Clone)]
struct Other {
    name: HeaderName,
    value: HeaderValue,
    /// Whether to send it only with requests that change something, as with a CSRF token.
    writes_only: bool,
}

impl Credential {
    /// Creates a bearer token (RFC 6750); `None` if the text cannot be the value of a header.
    #[must_use]
    pub fn bearer(token: &str) -> Option<Self> {
        Self::header(header::AUTHORIZATION, &format!("Bearer {}", token.trim()))
    }

    /// Creates a credential in any header, such as a cookie or an API key; `None` if the text cannot be the value of a header.
    #[must_use]
    pub fn header(name: HeaderName, value: &str) -> Option<Self> {
        let mut value = HeaderValue::try_from(value).ok()?;
        value.set_sensitive(true);
        Some(Self { name, value, others: Vec::new() })
    }

    /// Finds the token in the header: after the scheme, in a cookie, or the whole value.
    pub(crate) fn carrier(&self) -> Option<Carrier> {
        Carrier::of(&self.name, self.value.to_str().ok()?)
    }

    /// Returns the headers whose token can be replaced: each alone, and then the first with all others. A sign-in may return
    /// several credentials that each identify the user, or that do so only together.
    pub(crate) fn carriers(&self) -> Vec<Carrier> {
        let others = self.others.iter().filter(|other| !other.writes_only);
        let all = [(&self.name, &self.value)].into_iter().chain(others.map(|other| (&other.name, &other.value)));
        let texts: Vec<_> = all.filter_map(|(name, value)| Some((name, value.to_str().ok()?))).collect();
        let mut carriers = Vec::new();
        for (name, text) in &texts {
            match **name {
                header::COOKIE => carriers.extend(sessions(text).iter().filter_map(|one| Carrier::of(name, one))),
                _ => carriers.extend(Carrier::of(name, text)),
            }
        }
        let whole = texts.iter().filter(|(name, _)| **name == header::COOKIE);
        carriers.extend(whole.filter_map(|(name, text)| Carrier::of(name, text)));
        if texts.len() > 1 {
            carriers.extend(self.carrier().map(|carrier| Carrier { with: self.others.clone(), ..carrier }));
        }
        // A CSRF token does not identify the user, so it goes with each carrier.
        let on_writes: Vec<_> = self.others.iter().filter(|other| other.writes_only).cloned().collect();
        for carrier in carriers.iter_mut().filter(|carrier| carrier.with.is_empty()) {
            carrier.with.clone_from(&on_writes);
        }
        carriers.dedup_by(|a, b| {
            a.name == b.name && a.before == b.before && a.after == b.after && a.with.len() == b.with.len()
        });
        carriers
    }

    /// Returns whether the header is `Authorization`.
    pub(crate) fn is_authorization(&self) -> bool {
        self.name == header::AUTHORIZATION
    }

    /// Returns the name and the value.
    pub(crate) fn into_parts(self) -> (HeaderName, HeaderValue) {
        (self.name, self.value)
    }

    /// Adds the credential to a request; the evidence shows `who` instead of it.
    pub(crate) fn on(&self, request: Request, who: &'static str) -> Request {
        let writes = !request.method.is_safe();
        let request = request.credential(self.name.clone(), &self.value, who);
        let others = self.others.iter().filter(|other| writes || !other.writes_only);
        others.fold(request, |request, other| request.credential(other.name.clone(), &other.value, who))
    }

    /// Joins several headers into one credential; `None` if there is no header.
    pub(crate) fn joined(all: Vec<Self>) -> Option<Self> {
        let mut all = all.into_iter();
        let mut first = all.next()?;
        let others = all.map(|other| Other { name: other.name, value: other.value, writes_only: false });
        first.others.extend(others);
        Some(first)
    }

    /// Adds a header that goes only with requests that change something.
    pub(crate) fn on_writes(mut self, other: Self) -> Self {
        self.others.push(Other { name: other.name, value: other.value, writes_only: true });
        self
    }
}

/// A header that carries a token, which can be replaced.
#[derive(Clone)]
pub(crate) struct Carrier {
    name: HeaderName,
    before: String,
    pub(crate) token: String,
    after: String,
    /// The further headers that are sent with it.
    with: Vec<Other>,
}

impl Carrier {
    fn of(name: &HeaderName, text: &str) -> Option<Self> {
        let (start, end) = match *name {
            header::AUTHORIZATION => (text.find(' ').map_or(0, |space| space + 1), text.len()),
            header::COOKIE => session(text)?,
            _ => (0, text.len()),
        };
        Some(Self {
            name: name.clone(),
            before: text.get(..start)?.to_owned(),
            token: text.get(start..end)?.trim().to_owned(),
            after: text.get(end..)?.to_owned(),
            with: Vec::new(),
        })
    }

    /// Adds everything except the token to a request.
    pub(crate) fn without_token(&self, request: Request) -> Request {
        let writes = !request.method.is_safe();
        let with = self.with.iter().filter(|other| writes || !other.writes_only);
        with.fold(request, |request, other| request.credential(other.name.clone(), &other.value, "the rest of it"))
    }

    /// Returns whether the token is a bearer token (RFC 6750).
    pub(crate) fn is_bearer(&self) -> bool {
        self.name == header::AUTHORIZATION && self.before.trim().eq_ignore_ascii_case("bearer")
    }

    /// Returns whether the header is `Authorization`, whose scheme an answer with 401 names.
    pub(crate) fn is_authorization(&self) -> bool {
        self.name == header::AUTHORIZATION
    }

    /// Adds another token to a request; `None` if the text cannot be the value of a header.
    pub(crate) fn on(&self, request: Request, token: &str, who: &'static str) -> Option<Request> {
        let value = HeaderValue::try_from(format!("{}{token}{}", self.before, self.after)).ok()?;
        Some(request.credential(self.name.clone(), &value, who))
    }

    /// Adds the token under another scheme.
    pub(crate) fn under(&self, request: Request, scheme: &str, who: &'static str) -> Option<Request> {
        let value = HeaderValue::try_from(format!("{scheme} {}", self.token)).ok()?;
        Some(request.credential(self.name.clone(), &value, who))
    }
}

/// Returns the name, the value, and the position of the value of each cookie.
fn cookies(text: &str) -> Vec<(&str, &str, usize)> {
    let mut cookies = Vec::new();
    let mut at = 0;
    for pair in text.split(';') {
        if let Some((name, value)) = pair.split_once('=') {
            cookies.push((name.trim(), value, at + name.len() + 1));
        }
        at += pair.len() + 1;
    }
    cookies
}

/// Ranks how likely a cookie is to identify the user: a value in three parts first, then a fitting name, then the length.
fn rank((name, value, _): &(&str, &str, usize)) -> (bool, bool, bool, usize) {
    let is_token = value.matches('.').count() == 2;
    (is_token, !cookie::is_for_scripts(name), cookie::is_of_session(name), value.len())
}

/// Returns the start and the end of the value of the cookie that most likely identifies the user.
fn session(text: &str) -> Option<(usize, usize)> {
    let (_, value, start) = cookies(text).into_iter().max_by_key(rank)?;
    Some((start, start + value.len()))
}

/// Returns the cookies once for each possible session cookie, without the other ones, the likeliest first. A second
/// session, or a token that the service exchanges for the first, would hide that the first was refused.
fn sessions(text: &str) -> Vec<String> {
    let cookies = cookies(text);
    let may_prove = |(name, ..): &&(&str, &str, usize)| cookie::is_of_session(name) && !cookie::is_for_scripts(name);
    let mut proving: Vec<_> = cookies.iter().filter(may_prove).collect();
    proving.sort_by_key(|cookie| std::cmp::Reverse(rank(cookie)));
    let one = |chosen: &&(&str, &str, usize)| {
        let kept = cookies.iter().filter(|cookie| cookie.2 == chosen.2 || !may_prove(cookie));
        kept.map(|(name, value, _)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    };
    proving.iter().map(one).collect()
}

/// Shows the name of the header only.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credential({}: …)", self.name)
    }
}

/// The key that the target signs tokens with. It is never sent and never shown.
#[derive(Clone)]
pub(crate) struct SigningKey(pub(crate) Vec<u8>);

/// The credentials of the two users, where they have any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Credentials {
    pub(crate) a: Option<Credential>,
    pub(crate) b: Option<Credential>,
    /// The reasons why A and B have no credential.
    reasons: [Option<String>; 2],
    /// The identifiers of A and B, if the answers to their sign-up or sign-in contain them.
    names: [Option<String>; 2],
}

impl Credentials {
    pub(crate) fn of(&self, user: User) -> Option<&Credential> {
        match user {
            User::A => self.a.as_ref(),
            User::B => self.b.as_ref(),
        }
    }

    /// Returns the credential of a user, or the reason why there is none.
    pub(crate) fn get(&self, user: User) -> Result<&Credential, String> {
        let [a, b] = &self.reasons;
        let (reason, table) = match user {
            User::A => (a, "users.a"),
            User::B => (b, "users.b"),
        };
        let unknown = || format!("{} is not known; name a token in [{table}] of the profile", user.who());
        self.of(user).ok_or_else(|| reason.clone().unwrap_or_else(unknown))
    }

    /// Returns whether both appear to be the same user: the same header, or tokens with the same subject.
    pub(crate) fn are_one_user(&self) -> bool {
        let (Some(a), Some(b)) = (&self.a, &self.b) else { return false };
        let subject = |credential: &Credential| {
            let token = Token::parse(&credential.carrier()?.token)?;
            token.claims.get("sub").cloned()
        };
        let is_same = a.name == b.name && a.value == b.value;
        is_same || subject(a).is_some_and(|subject_of_a| subject(b) == Some(subject_of_a))
    }

    /// Returns whether signing in a user has failed.
    pub(crate) fn has_failed(&self, user: User) -> bool {
        let [a, b] = &self.reasons;
        match user {
            User::A => a.is_some(),
            User::B => b.is_some(),
        }
    }

    /// Returns the identifier of a user, if it is known.
    pub(crate) fn name(&self, user: User) -> Option<&str> {
        let [a, b] = &self.names;
        match user {
            User::A => a.as_deref(),
            User::B => b.as_deref(),
        }
    }

    pub(crate) fn set_name(&mut self, user: User, name: Option<String>) {
        let [a, b] = &mut self.names;
        match user {
            User::A => *a = name,
            User::B => *b = name,
        }
    }

    /// Records why a user has no credential.
    pub(crate) fn fail(&mut self, user: User, reason: String) {
        let [a, b] = &mut self.reasons;
        match user {
            User::A => *a = Some(reason),
            User::B => *b = Some(reason),
        }
    }

    pub(crate) fn set(&mut self, user: User, credential: Credential) {
        match user {
            User::A => self.a = Some(credential),
            User::B => self.b = Some(credential),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_where_the_header_carries_it() {
        for (name, value, token, exchanged) in [
            (header::AUTHORIZATION, "Bearer abc", "abc", "Bearer new"),
            (header::AUTHORIZATION, "bearer abc", "abc", "bearer new"),
            (header::AUTHORIZATION, "Token abc", "abc", "Token new"),
            (header::AUTHORIZATION, "abc", "abc", "new"),
            (HeaderName::from_static("x-api-key"), "abc def", "abc def", "new"),
            (header::COOKIE, "session=abc", "abc", "session=new"),
            (header::COOKIE, "theme=dark; sid=0123456789; a=b", "0123456789", "theme=dark; sid=new; a=b"),
            (header::COOKIE, "longer=0123456789; jwt=a.b.c", "a.b.c", "longer=0123456789; jwt=new"),
            (header::COOKIE, "XSRF-TOKEN=0123456789; a_session=12345", "12345", "XSRF-TOKEN=0123456789; a_session=new"),
            (header::COOKIE, "sessionid=12345; csrftoken=12345", "12345", "sessionid=new; csrftoken=12345"),
        ] {
            let carrier = Credential::header(name, value).unwrap().carrier().unwrap();
            assert_eq!(carrier.token, token, "{value}");
            let request = carrier.on(Request::get("/"), "new", "nobody").unwrap();
            assert_eq!(request.headers[0].1, exchanged, "{value}");
            assert!(request.headers[0].1.is_sensitive(), "{value}");
        }
    }

    #[test]
    fn each_header_is_tried_alone_before_all_of_them() {
        let header =
            |name: &'static str, value: &str| Credential::header(HeaderName::from_static(name), value).unwrap();
        let told = |credential: &Credential| -> Vec<String> {
            let carriers = credential.carriers();
            let exchanged = carriers.iter().map(|carrier| {
                let request = carrier.on(carrier.without_token(Request::get("/")), "new", "nobody").unwrap();
                let headers =
                    request.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
                headers.collect::<Vec<_>>().join(", ")
            });
            exchanged.collect()
        };
        let bearer = header("authorization", "Bearer abc");
        assert_eq!(told(&bearer), ["authorization: Bearer new"]);
        assert_eq!(
            told(&Credential::joined(vec![bearer, header("apikey", "k")]).unwrap()),
            ["authorization: Bearer new", "apikey: new", "apikey: k, authorization: Bearer new"]
        );
        let cookies = header("cookie", "sid=abcdef; remember_web=xyz; theme=dark");
        let cookies = cookies.on_writes(header("x-csrf-token", "t"));
        let pair = header("cookie", "access_token=a.b.c; refresh_token=dd.ee.ff");
        assert_eq!(
            told(&pair),
            ["cookie: refresh_token=new", "cookie: access_token=new", "cookie: access_token=a.b.c; refresh_token=new",]
        );
        assert_eq!(told(&header("cookie", "theme=dark; x=0123")), ["cookie: theme=dark; x=new"]);
        let each = ["cookie: sid=new; theme=dark", "cookie: remember_web=new; theme=dark"];
        assert_eq!(told(&cookies), [each[0], each[1], "cookie: sid=new; remember_web=xyz; theme=dark"]);
    }
}
