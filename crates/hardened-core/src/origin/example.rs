//! Host names of examples: templates for another name, and names reserved for documentation.

/// The kinds of example host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A template for another name, which someone else owns or can register: `yourdomain.com`.
    Template,
    /// A name that is reserved for documentation and tests: `example.com`.
    Reserved,
}

/// Returns which kind of example a lower-case host is; `None` for a real host.
#[must_use]
pub fn of(host: &str) -> Option<Example> {
    let is_reserved = is_reserved(host);
    if is_template(host, is_reserved) {
        return Some(Example::Template);
    }
    is_reserved.then_some(Example::Reserved)
}

/// Returns whether the host is reserved by [RFC 2606](https://www.rfc-editor.org/rfc/rfc2606) or
/// [RFC 6761](https://www.rfc-editor.org/rfc/rfc6761#section-6). `localhost` is missing, because it has its own rule.
fn is_reserved(host: &str) -> bool {
    ["example.com", "example.net", "example.org", "example", "invalid", "test"]
        .iter()
        .any(|name| is_or_below(host, name))
}

fn is_or_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|labels| labels.is_empty() || labels.ends_with('.'))
}

fn is_template(host: &str, is_reserved: bool) -> bool {
    if REAL.iter().any(|domain| is_or_below(host, domain)) {
        return false;
    }
    if TAKEN.iter().any(|domain| is_or_below(host, domain)) {
        return true;
    }
    let mut labels = host.rsplit('.');
    let top = labels.next().unwrap_or_default();
    if host == top {
        return ["domain", "host"].contains(&host) || is_word(&Label::of(host));
    }
    let second = labels.next().unwrap_or_default();
    let is_numbered = |name: &str| second.strip_prefix(name).is_some_and(|tail| !tail.is_empty() && is_number(tail));
    top == "tld"
        || host.split('.').all(|label| label.bytes().all(|byte| byte == b'x'))
        || belongs_to_the_reader(host)
        || ["domain", "site", "origin", "website"].into_iter().any(is_numbered)
        || is_word(&Label::of(second))
        || Label::of(second).is_masked(4)
        || labels.map(Label::of).any(|label| is_word(&label) || label.is_masked(3))
        || !is_reserved && host.split('.').any(|label| EXAMPLES.contains(&label))
}

/// Returns whether the host is a possessive and a noun, with a dot between them: `your.frontend.com`.
fn belongs_to_the_reader(host: &str) -> bool {
    let mut labels = host.split('.');
    let (Some(owner), Some(noun)) = (labels.next(), labels.next()) else { return false };
    OWNERS_BEFORE_A_DOT.contains(&owner) && is_word(&Label::of(&[owner, noun].concat()))
}

/// A label of a host: its parts between hyphens and underscores, and all of them joined.
struct Label {
    parts: Vec<String>,
    joined: String,
}

impl Label {
    fn of(label: &str) -> Self {
        let parts: Vec<_> = label.split(['-', '_']).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { joined: parts.concat(), parts }
    }

    /// Returns whether a part of the label is `xxxx`, with at least `least` letters.
    fn is_masked(&self, least: usize) -> bool {
        self.parts.iter().any(|part| part.len() >= least && part.bytes().all(|byte| byte == b'x'))
    }
}

fn is_word(label: &Label) -> bool {
    let (joined, parts) = (label.joined.as_str(), &label.parts);
    let (first, last) = (parts.first().map_or("", String::as_str), parts.last().map_or("", String::as_str));
    let is_joint = parts.len() > 1;
    WHOLE.contains(&joined)
        || is_joint && (first == "your" || last == "here")
        || is_joint && ["insert", "replace", "change"].contains(&first) && ["me", "this"].contains(&last)
        || ["enter", "insert", "put", "replace", "use"].contains(&first) && parts.iter().any(|part| part == "your")
        || OURS.iter().any(|(owners, nouns)| {
            owners.iter().any(|owner| joined.strip_prefix(owner).is_some_and(|rest| is_noun(rest, nouns)))
        })
        || is_phrase(parts)
        || is_joint
            && OWNERS_BEFORE_A_JOINT.contains(&first)
            && joined.strip_prefix(first).is_some_and(|rest| is_noun(rest, COMMON))
}

/// Returns whether a label says what belongs in its place: `url-of-your-frontend`, `nombre-de-tu-app`, `my-frontend-domain`.
fn is_phrase(parts: &[String]) -> bool {
    let [first, second, .., last] = parts else { return false };
    let is = |words: &[&str], part: &str| words.contains(&part);
    let is_thing = is(COMMON, last) || is(NATIVE, last) || is(DOMAINS, last);
    is(THINGS, first) && is(OF, second) && is_thing || is(MINE, first) && is(DOMAIN, last)
}

/// Returns whether a text is one of these nouns, optionally followed by a number or another common noun.
fn is_noun(text: &str, nouns: &[&str]) -> bool {
    nouns.iter().filter_map(|noun| text.strip_prefix(noun)).any(|tail| {
        tail.is_empty()
            || is_number(tail)
            || ["name", "url", "here", "aqui", "hier", "ici", "qui", "tutaj"].contains(&tail)
            || COMMON.contains(&tail)
    })
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Domains of real companies whose names look like templates.
const REAL: &[&str] = &["your-database.de", "your-objectstorage.com", "your-server.de", "your-storagebox.de"];

/// Domains that documentation uses as examples, but that someone else owns.
#[rustfmt::skip]
const TAKEN: &[&str] = &[
    "bar.com", "company.com", "domain.com", "domain.net", "domain.org", "foo.com", "foobar.com", "site.com", "test.com",
    "website.com",
];

/// Words that make a label a template if they are all of it.
#[rustfmt::skip]
const WHOLE: &[&str] = &[
    "changeme", "changethis", "fixme", "placeholder", "replaceme", "replacethis", "tbd", "todo",
    "appname", "companyname", "domainname", "hostname", "orgname", "projectname", "servicename", "sitename", "username",
    "alloweddomain", "allowedorigin", "anotherdomain", "anydomain", "customdomain", "frontenddomain", "frontendurl",
    "newdomain", "otherdomain", "proddomain", "productiondomain", "realdomain", "somedomain", "stagingdomain",
    "trusteddomain", "clienturl", "productionurl", "produrl", "projectid", "projectref", "clustername", "instancename",
    "servername",
    // Indonesian, Vietnamese, Turkish, Hungarian, French, Spanish, Italian, Russian.
    "aplikasianda", "domainanda", "domainmu", "namadomain", "namadomainanda", "situsanda", "websiteanda",
    "domainkamu", "domeniultau", "myproductiondomain", "siteadresiniz", "sitenizinadi", "yourproductiondomain",
    "vashdomain", "tenmien", "tenmiencuaban", "tenmiencuabn", "alanadi", "alanadiniz", "domaininiz", "siteniz", "sajatdomain",
    "sajatoldal", "tuapp", "tubackend", "tufrontend", "tuweb", "vashdomen", "vashsait",
    "vashsite", "moidomen", "moydomen",
];

/// Nouns for what an example stands for, in several languages.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "api", "app", "application", "backend", "client", "domain", "domains", "frontend", "host", "hostname", "page",
    "project", "projekt", "projet", "server", "service", "site", "url", "web", "webapp", "webpage", "website",
];

/// The word "example" in many languages.
#[rustfmt::skip]
const EXAMPLES: &[&str] = &[
    "beispiel", "contoh", "ejemplo", "eksempel", "esempio", "esimerkki", "example", "exempel", "exemple", "exemplo", "ornek",
    "pelda", "priklad", "przyklad", "voorbeeld",
];

/// Words that begin a phrase about a thing; [`OF`] has the words that join the two.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "address", "adresse", "direccion", "domain", "link", "nama", "name", "nazwa", "nom", "nombre", "nome", "url",
];
const OF: &[&str] = &["da", "de", "del", "della", "der", "di", "do", "du", "of", "van", "von"];

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "account", "api", "app", "application", "backend", "blog", "brand", "business", "client", "cloud", "company", "database", "db", "domain",
    "frontend", "host", "hostname", "name", "org", "organisation", "organization", "page", "platform", "product",
    "production", "project", "repo", "server", "service", "shop", "site", "staging", "startup", "store", "subdomain",
    "team", "url", "user", "username", "web", "webapp", "webpage", "website", "workspace",
];

/// Nouns of single languages, which follow a possessive of that language directly.
#[rustfmt::skip]
const NATIVE: &[&str] = &[
    "anwendung", "aplicacion", "paginaweb", "sitioweb", "aplicativo", "aplikacja", "applicazione", "azienda", "domaene", "domaine", "doman", "domein", "domena",
    "domene", "dominio", "empresa", "entreprise", "firma", "loja", "pagina", "proyecto", "progetto", "projekt", "projet",
    "projeto", "seite", "servidor", "serveur", "sitio", "sito", "strona", "tienda", "unternehmen", "webseite",
];

/// Words for a domain name, which make a template even after "my": `my-app` is a name that people choose, `mydomain` is
/// not.
#[rustfmt::skip]
const DOMAINS: &[&str] = &[
    "company", "doman", "domain", "domaine", "domein", "domena", "domene", "dominio", "empresa", "firma", "site", "sitio",
    "sito", "unternehmen", "website", "webseite",
];

/// Possessives, with the nouns that make a template after them. Short possessives are the beginnings of many names, so they
/// need a noun of their own language.
#[rustfmt::skip]
const OURS: &[(&[&str], &[&str])] = &[
    (&["your"], ENGLISH),
    (&["deine", "ihre", "jouw", "senin", "seu", "sizin", "sua", "votre"], COMMON),
    (
        &["dein", "deine", "din", "dit", "ditt", "euer", "eure", "ihr", "ihre", "iltuo", "jouw", "latua", "seu", "su", "sua", "ton",
          "tu", "tua", "tuo", "tvoja", "twoj", "twoja", "uw", "vase", "votre"],
        NATIVE,
    ),
    (MINE, DOMAINS),
];

const MINE: &[&str] = &["mein", "meine", "meu", "mi", "mijn", "mio", "moj", "moja", "mon", "my"];

/// The word "domain" in several languages.
const DOMAIN: &[&str] = &["doman", "domain", "domaine", "domein", "domena", "domene", "dominio"];

/// Possessives that, followed by a dot, make a template of the noun after it: `your.frontend.com`.
const OWNERS_BEFORE_A_DOT: &[&str] = &["dein", "deine", "ihre", "jouw", "seu", "tu", "votre", "your"];

/// Possessives that make a template of any noun after a hyphen or an underscore.
const OWNERS_BEFORE_A_JOINT: &[&str] = &["dein", "ihr", "tu", "tuo", "twoja", "twoj"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_a_template_is_known_in_many_languages() {
        for host in [
            "yourdomain.com",
            "app.yourdomain.com",
            "your-domain.com",
            "your_domain.com",
            "yourapp.com",
            "yourcompany.io",
            "your-app.vercel.app",
            "your-app-name.herokuapp.com",
            "your-anything-at-all.netlify.app",
            "yourproject.web.app",
            "yourusername.github.io",
            "username.github.io",
            "app-name.fly.dev",
            "project-name.pages.dev",
            "mydomain.com",
            "mywebsite.com",
            "mycompany.com",
            "api.mysite.com",
            "domain.com",
            "sub.domain.com",
            "domain1.com",
            "site2.org",
            "domain.tld",
            "foo.com",
            "frontend-domain.com",
            "some-domain.com",
            "insert-domain-here.com",
            "change-me.vercel.app",
            "placeholder.com",
            "example.vercel.app",
            "example-app.example.co",
            "webapp-xxxx.onrender.com",
            "xxx.vercel.app",
            "app-xxx.onrender.com",
            "xxxxx.com",
            "seu-projeto.vercel.app",
            "seudominio.com.br",
            "seusite.com.br",
            "tu-dominio.com",
            "tudominio.es",
            "tu-proyecto.vercel.app",
            "midominio.com",
            "votre-domaine.fr",
            "votresite.fr",
            "mondomaine.fr",
            "deine-domain.de",
            "ihre-domain.de",
            "meinedomain.de",
            "iltuodominio.it",
            "tuosito.it",
            "jouwdomein.nl",
            "tu-dominio-aqui.com",
            "ditdomaene.dk",
            "vasedomena.cz",
            "tvojadomena.sk",
            "domainkamu.com",
            "replace-with-your-domain.com",
            "your-tenant.auth0.com",
            "your-bucket.s3.amazonaws.com",
            "twojadomena.pl",
            "domain-anda.com",
            "namadomain.com",
            "tenmiencuaban.com",
            "alanadiniz.com",
            "hostname",
            "host",
            "your-app.example.com",
            "your.frontend.com",
            "your.domain.com",
            "votre.domaine.fr",
            "my-frontend-domain.com",
            "url-of-your-frontend.com",
            "url-do-seu-frontend.com",
            "nombre-de-tu-app.vercel.app",
            "nom-de-domaine.fr",
            "beispiel.de",
            "app.ejemplo.com",
            "exemplo.com.br",
            "tufrontend.com",
            "sizin-domain.com",
            "production-url.com",
            "db.project-ref.supabase.co",
            "servername.postgres.database.azure.com",
            "x.x.x.x",
            "xxx.xxx.xxx.xxx",
        ] {
            assert_eq!(of(host), Some(Example::Template), "{host}");
        }
    }

    #[test]
    fn a_host_that_is_reserved_for_documentation_is_known() {
        for host in [
            "example.com",
            "app.example.com",
            "example.org",
            "a.b.example.net",
            "shop.example",
            "app.test",
            "x.invalid",
        ] {
            assert_eq!(of(host), Some(Example::Reserved), "{host}");
        }
    }

    #[test]
    fn a_host_that_somebody_has_for_a_service_is_no_example() {
        for host in [
            "taskflow.app",
            "app.taskflow.io",
            "taskflow.vercel.app",
            "my-app.vercel.app",
            "myapp.io",
            "my-frontend.vercel.app",
            "meu-app.vercel.app",
            "mi-proyecto.fly.dev",
            "taskflow-git-main-acme.vercel.app",
            "static.88-198-1-2.clients.your-server.de",
            "u123456.your-storagebox.de",
            "yourstory.com",
            "yours.co.uk",
            "myfitnesspal.com",
            "mystery.com",
            "myheritage.com",
            "mytaxi.com",
            "mailchimp.com",
            "toniebox.com",
            "tumblr.com",
            "sushi.com",
            "mimosa.app",
            "monday.com",
            "tonapp.io",
            "uwapp.edu",
            "seuss.org",
            "meural.com",
            "domains.google",
            "websites.co",
            "sitepoint.com",
            "exampleshop.com",
            "xxl.com",
            "xxxlutz.de",
            "xxx.com",
            "here.com",
            "testing.com",
            "contest.com",
            "latest.com",
            "frontend.taskflow.io",
            "deinhandy.de",
            "meinestadt.de",
            "dinero.dk",
            "estamos-aqui.com",
            "your.caltech.edu",
            "uwfrontend.acme.io",
            "my.acme.io",
            "my-portfolio-website.vercel.app",
            "nom-de-plume.com",
            "name-of-the-wind.com",
            "url-shortener.io",
            "exemplary.com",
            "x.com",
            "xx.acme.io",
            "votreassurance.fr",
            "seudinheiro.com",
            "changelog.com",
            "companyhouse.de",
            "frontend",
            "10.0.0.1",
            "[::1]",
            "localhost",
        ] {
            assert_eq!(of(host), None, "{host}");
        }
    }
}
