//! Signs in the users before the families run, with existing tokens or with the recipes of the profile.

mod csrf;
mod jar;

use http::{StatusCode, header};
use serde_json::{Value, json};

use self::jar::Jar;
use crate::{
    answer::Answer,
    canary,
    check::Family,
    context::Context,
    credentials::{Credential, User},
    ledger::{Account, Write},
    profile::{Body, Person, Place, Recipe, Source, Text, TokenPlace},
    request::Request,
    template::{self, Unfilled, Values},
};

/// Signs in each user that has no credential yet. `past` are the accounts that an earlier run made.
pub(crate) async fn sign_in(context: &mut Context, users: &[User], past: &[(User, Account)]) {
    for user in users {
        if context.credentials.of(*user).is_some() {
            continue;
        }
        let account = past.iter().find(|(of, _)| of == user).map(|(_, account)| account);
        match credential(context, *user, account).await {
            Ok(Some((credential, name))) => {
                context.credentials.set(*user, credential);
                context.credentials.set_name(*user, name);
            }
            Ok(None) => {}
            Err(reason) => context.credentials.fail(*user, format!("{} has no credential: {reason}", user.who())),
        }
    }
}

/// The result of a recipe: a credential, and the identifier of the user if the recipe names its place.
type Brought = (Credential, Option<String>);

/// Gets the credential of a user; `None` if the profile does not describe the user.
async fn credential(context: &Context, user: User, past: Option<&Account>) -> Result<Option<Brought>, String> {
    let person = context.profile.person(user);
    if !person.headers.is_empty() {
        return given(context, person).map(|credential| Some((credential, None)));
    }
    let profile = &context.profile;
    if profile.sign_up.is_none() && profile.sign_in.is_none() {
        return Ok(None);
    }
    let makes = profile.sign_up.as_ref().filter(|_| past.is_none());
    if makes.is_some() && !profile.writes {
        return Err("a sign-up creates an account; set `writes = true` in the profile".to_owned());
    }
    let values = values(context, person, past, makes.is_some())?;
    Session { context, user, values, jar: Jar::default(), csrf: None, token: None, name: None }
        .run(makes)
        .await
        .map(Some)
}

/// Returns the credential whose headers have existing values.
fn given(context: &Context, person: &Person) -> Result<Credential, String> {
    let mut all = Vec::new();
    for (name, source) in &person.headers {
        let secret = secret(context, source)?;
        let value =
            if *name == header::AUTHORIZATION && !secret.contains(' ') { format!("Bearer {secret}") } else { secret };
        all.push(Credential::header(name.clone(), &value).ok_or("its value cannot be sent in a header")?);
    }
    Credential::joined(all).ok_or_else(|| "it has no header".to_owned())
}

/// Reads a secret. A rehearsal does not need it, and uses a dummy if it cannot be read.
fn secret(context: &Context, source: &Source) -> Result<String, String> {
    let secret = source.secret();
    if context.prober.is_rehearsal() { Ok(secret.unwrap_or_else(|_| "rehearsal".to_owned())) } else { secret }
}

/// Returns the values for the placeholders of the recipes.
fn values(context: &Context, person: &Person, past: Option<&Account>, makes: bool) -> Result<Values, String> {
    if let Some(account) = past {
        let mut values = Values::default().with("random", &account.random);
        values = values.with("email", &account.email).with("username", &account.username);
        return with_password(context, values, person, account.password.clone());
    }
    let random = canary::letters(12).map_err(|error| error.to_string())?;
    let values = Values::default().with("random", &random);
    let text = |text: &Option<Text>| match text {
        Some(Text::Written(text)) => values.fill(text).map(Some).map_err(|unfilled| missing(&unfilled)),
        Some(Text::From(source)) => secret(context, source).map(Some),
        None => Ok(None),
    };
    let (email, username) = (text(&person.email)?, text(&person.username)?);
    let made = |prefix: &str, end: &str| makes.then(|| format!("{prefix}{random}{end}"));
    let mut values = values.clone();
    if let Some(email) = email.or_else(|| made("hardened-", "@example.com")) {
        values = values.with("email", email);
    }
    if let Some(username) = username.or_else(|| made("hardened", "")) {
        values = values.with("username", username);
    }
    let password = match makes {
        // Usual password rules demand both cases, a digit, a symbol and a minimum length.
        true => Some(format!("Hv7-{}", canary::letters(20).map_err(|error| error.to_string())?)),
        false => None,
    };
    with_password(context, values, person, password)
}

fn with_password(context: &Context, values: Values, person: &Person, made: Option<String>) -> Result<Values, String> {
    match &person.password {
        Some(source) => Ok(values.with("password", secret(context, source)?)),
        None => Ok(made.into_iter().fold(values, |values, made| values.with("password", made))),
    }
}

fn missing(unfilled: &Unfilled) -> String {
    format!("the recipe needs {{{{{0}}}}}; name `{0}` of the user in the profile", unfilled.0)
}

/// A user who is signing in.
struct Session<'c> {
    context: &'c Context,
    user: User,
    values: Values,
    jar: Jar,
    csrf: Option<String>,
    token: Option<Credential>,
    name: Option<String>,
}

impl Session<'_> {
    async fn run(mut self, sign_up: Option<&Recipe>) -> Result<Brought, String> {
        let profile = &self.context.profile;
        let asks = profile.csrf.as_ref().is_some_and(|csrf| csrf.path.is_some());
        if asks {
            self.ask_for_csrf().await?;
        }
        if let Some(recipe) = sign_up {
            self.sign_up(recipe).await?;
        }
        if let Some(recipe) = &profile.sign_in
            && self.token.is_none()
        {
            self.send(recipe, StatusCode::OK).await?;
        }
        // Services replace the CSRF token at sign-in.
        if asks {
            self.ask_for_csrf().await?;
        }
        let name = self.name.take();
        self.credential().map(|credential| (credential, name))
    }

    /// Signs the user up. The account is recorded before the request is sent.
    async fn sign_up(&mut self, recipe: &Recipe) -> Result<(), String> {
        let ledger = &self.context.ledger;
        let value = |name: &str| self.values.get(name).unwrap_or_default().to_owned();
        let has_own_password = self.context.profile.person(self.user).password.is_some();
        let account = Account {
            path: recipe.path.clone(),
            random: value("random"),
            email: value("email"),
            username: value("username"),
            password: (!has_own_password).then(|| value("password")),
            removal: self.context.profile.removal.clone(),
        };
        let number = ledger.begin(self.user, Write::Account(account))?;
        let got = self.send(recipe, StatusCode::CREATED).await;
        match &got {
            Ok(()) => ledger.made(number, None),
            Err(Failure { was_made: false, .. }) => ledger.gone(number),
            Err(_) => {}
        }
        got.map_err(String::from)
    }

    async fn send(&mut self, recipe: &Recipe, expected: StatusCode) -> Result<(), Failure> {
        let answer = self.exchange(recipe, expected).await?;
        self.jar.keep(&answer);
        let name = format!("{} {}", recipe.method, recipe.path);
        let is_done = answer.status.is_success() || (answer.status.is_redirection() && self.jar.header().is_some());
        if !is_done && !self.context.prober.is_rehearsal() {
            let was_made = answer.status.is_server_error();
            return Err(Failure { reason: format!("{name} was answered with {}", answer.status.as_u16()), was_made });
        }
        if let Some(place) = &recipe.token {
            let reason =
                || Failure { reason: format!("the response to {name} has no token {}", told(place)), was_made: true };
            let token = self.token_at(place, &answer).filter(|token| !token.is_empty()).ok_or_else(reason)?;
            let carried = Credential::header(recipe.send.clone(), format!("{} {token}", recipe.scheme).trim());
            self.token = Some(carried.ok_or_else(reason)?);
        }
        if let Some(pointer) = &recipe.user {
            let body = answer.json();
            self.name = body.as_ref().and_then(|body| body.pointer(pointer)).and_then(identifier).or(self.name.take());
        }
        if let Some(csrf) = &self.context.profile.csrf
            && csrf.path.is_none()
        {
            self.csrf = csrf::read(&csrf.place, &answer, &self.jar).or(self.csrf.take());
        }
        Ok(())
    }

    /// Returns the token in an answer. A header may have a scheme before it, as in a request.
    fn token_at(&self, place: &TokenPlace, answer: &Answer) -> Option<String> {
        match place {
            TokenPlace::Json(pointer) => Some(answer.json()?.pointer(pointer)?.as_str()?.to_owned()),
            TokenPlace::Header(_) if self.context.prober.is_rehearsal() => Some("rehearsal".to_owned()),
            TokenPlace::Header(name) => answer.header(name)?.split(' ').next_back().map(str::to_owned),
        }
    }

    async fn exchange(&self, recipe: &Recipe, expected: StatusCode) -> Result<Answer, Failure> {
        let fill = |text: &str| self.values().fill(text).map_err(|unfilled| Failure::early(missing(&unfilled)));
        let path = self.values().fill_path(&recipe.path).map_err(|unfilled| Failure::early(missing(&unfilled)))?;
        let mut request = Request::new(recipe.method.clone(), self.context.path(&path));
        request = match &recipe.body {
            Body::None => request,
            Body::Json(body) => {
                request.json(&self.values().fill_json(body).map_err(|unfilled| Failure::early(missing(&unfilled)))?)
            }
            Body::Form(fields) => {
                let mut pairs = Vec::new();
                for (name, text) in fields {
                    pairs.push(format!("{}={}", template::encode(name), template::encode(&fill(text)?)));
                }
                let kind = "application/x-www-form-urlencoded";
                request.body(pairs.join("&")).header(header::CONTENT_TYPE, kind)
            }
        };
        for (name, text) in &recipe.headers {
            request = request.header(name.clone(), &fill(text)?);
        }
        if let (Some(csrf), Some(token)) = (&self.context.profile.csrf, &self.csrf) {
            let origin = self.context.page_origin();
            request = request.header(csrf.send.clone(), token).header(header::ORIGIN, &origin);
        }
        let token = match &recipe.token {
            Some(TokenPlace::Json(pointer)) => at(pointer, "rehearsal".into()),
            _ => Value::Null,
        };
        let request = self.with_cookies(request).expects(expected).expects_json(token);
        let (_, got) = self.context.send(Family::Isolation, request).await;
        got.map_err(|reason| Failure {
            reason: format!("{} {} got no response: {reason}", recipe.method, recipe.path),
            was_made: reason.was_perhaps_sent(),
        })
    }

    async fn ask_for_csrf(&mut self) -> Result<(), String> {
        let Some(csrf) = &self.context.profile.csrf else { return Ok(()) };
        let Some(path) = &csrf.path else { return Ok(()) };
        let body = match &csrf.place {
            Place::Json(pointer) => at(pointer, "rehearsal".into()),
            _ => Value::Null,
        };
        let request = self.with_cookies(Request::get(self.context.path(path))).expects_json(body);
        let (_, got) = self.context.send(Family::Isolation, request).await;
        let answer = got.map_err(|reason| format!("GET {path} got no response: {reason}"))?;
        self.jar.keep(&answer);
        self.csrf = csrf::read(&csrf.place, &answer, &self.jar);
        if self.csrf.is_none() && !self.context.prober.is_rehearsal() {
            let status = answer.status.as_u16();
            return Err(format!("the response to GET {path} ({status}) has no token where [csrf] says"));
        }
        Ok(())
    }

    fn values(&self) -> Values {
        let csrf = self.csrf.iter();
        csrf.fold(self.values.clone(), |values, csrf| values.with("csrf", csrf))
    }

    /// Adds the cookies. The request is marked as carrying a credential, because a recipe contains a secret.
    fn with_cookies(&self, mut request: Request) -> Request {
        request.who = Some(self.user.who());
        let cookies = self.jar.header().and_then(|cookies| Credential::header(header::COOKIE, &cookies));
        match cookies {
            Some(cookies) => cookies.on(request, self.user.who()),
            None => request,
        }
    }

    fn credential(self) -> Result<Credential, String> {
        let cookies = self.jar.header().and_then(|cookies| Credential::header(header::COOKIE, &cookies));
        let rehearsed = self.context.prober.is_rehearsal().then(|| Credential::bearer("rehearsal")).flatten();
        let all: Vec<_> = self.token.into_iter().chain(cookies).collect();
        let credential = Credential::joined(all).or(rehearsed);
        let credential = credential.ok_or("the recipe yields no token and no cookie; name `token` in [sign_in]")?;
        let Some((csrf, token)) = self.context.profile.csrf.as_ref().zip(self.csrf) else { return Ok(credential) };
        // Services that demand a CSRF token often check the origin as well.
        let on_writes = [
            Credential::header(csrf.send.clone(), &token),
            Credential::header(header::ORIGIN, &self.context.page_origin()),
        ];
        Ok(on_writes.into_iter().flatten().fold(credential, Credential::on_writes))
    }
}

/// The reason why a recipe ended early.
struct Failure {
    reason: String,
    /// Whether the request may have taken effect.
    was_made: bool,
}

impl Failure {
    fn early(reason: String) -> Self {
        Self { reason, was_made: false }
    }
}

impl From<Failure> for String {
    fn from(failure: Failure) -> Self {
        failure.reason
    }
}

fn told(place: &TokenPlace) -> String {
    match place {
        TokenPlace::Json(pointer) => format!("at {pointer}"),
        TokenPlace::Header(name) => format!("in the header `{name}`"),
    }
}

/// Converts an identifier, which may be a text or a number.
fn identifier(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns a JSON body with a value at a JSON pointer.
pub(crate) fn at(pointer: &str, value: Value) -> Value {
    let names: Vec<_> = pointer.split('/').skip(1).collect();
    names.into_iter().rev().fold(value, |value, name| json!({ name.replace("~1", "/").replace("~0", "~"): value }))
}
