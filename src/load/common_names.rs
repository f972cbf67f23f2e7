//! Common names for the same setting, so that the finding about a missing one can point to the variable that is set instead.
//!
//! According to a count of published `.env` files, `JWT_SECRET` is four times as common as `JWT_SECRET_KEY`. Most of
//! the other names are synonyms, or begin with the framework that reads them (`SQLALCHEMY_DATABASE_URI`), so names are
//! compared word by word.

/// Common names for variables of this library's groups that have no word in common with them, the most common first.
#[rustfmt::skip]
const USUAL: [(&str, &[&str]); 7] = [
    (
        "JWT_SECRET_KEY",
        &[
            "JWT_SECRET", "JWT_KEY", "SECRET_KEY", "APP_SECRET", "TOKEN_SECRET", "ACCESS_TOKEN_SECRET", "APP_KEY",
            "SESSION_SECRET",
        ],
    ),
    ("BETTER_AUTH_SECRET", &["AUTH_SECRET", "NEXTAUTH_SECRET", "SESSION_SECRET", "SECRET_KEY", "APP_SECRET"]),
    ("DATABASE_URL", &["PG_URL", "DB_URL", "DATABASE_PRIVATE_URL", "DATABASE_PUBLIC_URL", "TYPEORM_URL"]),
    ("CORS_ORIGINS", &["FRONTEND_URL", "CLIENT_URL", "WEB_URL", "FRONT_END_URL", "WEB_APP_URL"]),
    ("JWT_ISSUER", &["JWT_ISS", "TOKEN_ISSUER", "AUTH_ISSUER", "OIDC_ISSUER"]),
    ("JWT_AUDIENCE", &["JWT_AUD", "TOKEN_AUDIENCE", "AUTH_AUDIENCE", "OIDC_AUDIENCE"]),
    ("JWT_JWKS_URL", &["JWKS_URL", "JWKS_URI", "AUTH_JWKS_URL", "OIDC_JWKS_URI"]),
];

/// Words that tell the kind of a setting but not which one it is: for lists of origins, secrets, URLs and hosts.
#[rustfmt::skip]
const KINDS: [&[&str]; 4] = [
    &[
        "ORIGIN", "CORS", "ACCESS", "ALLOW", "ALLOWED", "ALLOWLIST", "APP", "BACKEND", "CLIENT", "CONTROL", "DOMAIN", "FRONTEND",
        "HOST", "TRUSTED", "URL", "WEB", "WHITELIST", "WHITELISTED",
    ],
    &[
        "KEY", "SECRET", "TOKEN", "PASSWORD", "PASS", "ACCESS", "API", "APP", "AUTH", "BASE", "HMAC", "HS256", "SHARED", "SIGN",
        "SIGNING", "SK", "VALUE",
    ],
    &["URL", "URI", "DSN", "ADDRESS", "CONN", "CONNECTION", "STR", "STRING"],
    &["HOST", "HOSTNAME", "ADDR", "ADDRESS", "SERVER"],
];

/// How many words at the start of each list above are enough to tell the kind: `APP` alone does not make a secret.
const SURE: [usize; 4] = [1, 5, 8, 2];

/// Frameworks, providers and stages that appear in front of a name.
#[rustfmt::skip]
const OWNERS: [&str; 18] = [
    "APP", "DJANGO", "FLASK", "HEROKU", "LARAVEL", "NEON", "NEST", "NEXT", "NODE", "NUXT", "PRISMA", "PROD", "PRODUCTION", "RAILS",
    "SPRING", "SQLALCHEMY", "SUPABASE", "VITE",
];

/// Words for a PostgreSQL database.
const DATABASE: [&str; 7] = ["DATABASE", "DATASOURCE", "DB", "PG", "POSTGRES", "POSTGRESQL", "PSQL"];

/// The minimum number of letters in the words that tell which setting a name means.
const LEAST: usize = 3;

/// Returns how well a variable that is set fits one that is missing: 0 is best, `None` means not at all.
pub(super) fn fit(wanted: &str, found: &str) -> Option<usize> {
    let found = found.trim().to_ascii_uppercase();
    // `JWTSECRET` means the same as `JWT_SECRET`.
    let is_same = |name: &str| name.bytes().filter(|byte| *byte != b'_').eq(found.bytes().filter(|byte| *byte != b'_'));
    if is_same(wanted) {
        return Some(0);
    }
    let (wanted_words, found_words) = (words(wanted), words(&found));
    if are_alike(&wanted_words, &found_words) {
        return Some(found_words.iter().filter(|word| !wanted_words.contains(word)).count());
    }
    let usual = USUAL.iter().find(|(name, _)| *name == wanted).map_or(&[][..], |(_, usual)| usual);
    let by_table = usual.iter().position(|name| is_same(name) || words(name) == found_words);
    let is_general = || match wanted {
        "JWT_SECRET_KEY" | "BETTER_AUTH_SECRET" => is_any_secret(&found_words),
        "CORS_ORIGINS" => is_any_origin(&found_words),
        _ => false,
    };
    by_table.map(|position| BY_TABLE + position).or_else(|| is_general().then_some(GENERAL))
}

/// The ranks after those of synonyms: names in the table, and names that could mean any setting.
const BY_TABLE: usize = 10;
const GENERAL: usize = 20;

/// Returns the words of a name in the singular, with the same word for every kind of database.
fn words(name: &str) -> Vec<&str> {
    let words = name.split('_').filter(|word| !word.is_empty());
    words.map(|word| if DATABASE.contains(&word) { "DATABASE" } else { singular(word) }).collect()
}

fn singular(word: &str) -> &str {
    word.strip_suffix('S').filter(|stem| stem.len() >= 3 && !stem.ends_with('S')).unwrap_or(word)
}

/// Returns whether two names are synonyms: `STRIPE_SECRET_KEY` and `STRIPE_API_KEY`, but not `STRIPE_WEBHOOK_KEY`.
fn are_alike(wanted: &[&str], found: &[&str]) -> bool {
    let has = |words: &[&str], kind: &[&str]| words.iter().any(|word| kind.contains(word));
    let kinds = KINDS.into_iter().zip(SURE);
    let kind = kinds.into_iter().find(|(kind, sure)| has(wanted, kind.get(..*sure).unwrap_or_default()));
    let kind = kind.map_or(&[][..], |(kind, _)| kind);
    let wanted = particular(wanted, kind);
    let is_distinct = wanted.iter().map(|word| word.len()).sum::<usize>() >= LEAST;
    is_distinct && wanted == particular(found, kind) && (kind.is_empty() || has(found, kind))
}

/// Returns the words of a name that tell which setting it means, sorted.
fn particular<'w>(words: &[&'w str], kind: &[&str]) -> Vec<&'w str> {
    let mut all: Vec<_> = words.iter().copied().filter(|word| !kind.contains(word)).collect();
    let without_owner: Vec<_> = all.iter().copied().filter(|word| !OWNERS.contains(word)).collect();
    if !without_owner.is_empty() {
        all = without_owner;
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns whether a name could mean any secret: `SECRET`, `DJANGO_SECRET_KEY`, `TOKEN_KEY`.
fn is_any_secret(found: &[&str]) -> bool {
    let has = |word: &str| found.contains(&word);
    let signs = has("SECRET") || has("SIGN") || has("SIGNING") || has("TOKEN") && has("KEY");
    let [_, secret, ..] = KINDS;
    signs && is_general(found, secret)
}

/// Returns whether a name could mean any list of origins (`ALLOWED_ORIGINS`, `CORS_DOMAINS`), but not methods or headers.
fn is_any_origin(found: &[&str]) -> bool {
    let [origin, ..] = KINDS;
    (found.contains(&"ORIGIN") || found.contains(&"CORS")) && is_general(found, origin)
}

/// Returns whether every word is of a kind or names a framework.
fn is_general(found: &[&str], kind: &[&str]) -> bool {
    found.iter().all(|word| kind.contains(word) || OWNERS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_people_use_for_a_setting_fits_it() {
        for (wanted, found, fits) in [
            ("JWT_SECRET_KEY", "JWT_SECRET", true),
            ("JWT_SECRET_KEY", "jwt_secret", true),
            ("JWT_SECRET_KEY", "APP_SECRET", true),
            ("JWT_SECRET_KEY", "JWTSECRET", true),
            ("CORS_ORIGINS", "CORS_WHITELIST", true),
            ("CORS_ORIGINS", "ALLOWED_ORIGINS", true),
            ("CORS_ORIGINS", "CORS_ALLOWED_ORIGINS", true),
            ("DATABASE_URL", "POSTGRES_URL", true),
            ("DATABASE_URL", "DB_URL", true),
            ("STRIPE_SECRET_KEY", "STRIPE_API_KEY", true),
            ("STRIPE_KEY", "STRIPE_SECRET_KEY", true),
            ("SENDGRID_TOKEN", "SENDGRID_API_KEY", true),
            ("REDIS_URL", "REDIS_URI", true),
            ("STRIPE_KEY", "STRIPE_WEBHOOK_SECRET", false),
            ("STRIPE_KEY", "STRIPE_PUBLISHABLE_KEY", false),
            ("DATABASE_URL", "REDIS_URL", false),
            ("API_KEY", "APP_SECRET", false),
            ("JWT_SECRET_KEY", "DATABASE_URL", false),
            ("MAIL_HOST", "MAIL", false),
            ("MAIL_TOKEN", "MAIL_HOST", false),
            ("MAIL_TOKEN", "MAIL_TOKEN_NAME", false),
            ("MAIL_TOKEN", "MAIL", false),
            ("ALLOWED_HOSTS", "ALLOWED_HOST", true),
            ("JWT_SECRET_KEY", "JWT_TOKEN_SECRET", true),
            ("JWT_SECRET_KEY", "JWT_ACCESS_TOKEN_SECRET", true),
            ("JWT_SECRET_KEY", "AUTH_JWT_SECRET", true),
            ("JWT_SECRET_KEY", "NEXT_JWT_SECRET", true),
            ("JWT_SECRET_KEY", "SECRET_KEY_BASE", true),
            ("JWT_SECRET_KEY", "DJANGO_SECRET_KEY", true),
            ("JWT_SECRET_KEY", "SIGNING_KEY", true),
            ("JWT_SECRET_KEY", "TOKEN_KEY", true),
            ("JWT_SECRET_KEY", "SECRET", true),
            ("JWT_SECRET_KEY", "JWT_PUBLIC_KEY", false),
            ("JWT_SECRET_KEY", "JWT_PRIVATE_KEY", false),
            ("JWT_SECRET_KEY", "JWT_REFRESH_SECRET", false),
            ("JWT_SECRET_KEY", "AWS_SECRET_ACCESS_KEY", false),
            ("JWT_SECRET_KEY", "API_KEY", false),
            ("JWT_SECRET_KEY", "CLIENT_SECRET", false),
            ("BETTER_AUTH_SECRET", "BETTER_AUTH_KEY", true),
            ("BETTER_AUTH_SECRET", "NEXTAUTH_SECRET", true),
            ("DATABASE_URL", "SQLALCHEMY_DATABASE_URI", true),
            ("DATABASE_URL", "SPRING_DATASOURCE_URL", true),
            ("DATABASE_URL", "POSTGRES_CONNECTION_STRING", true),
            ("DATABASE_URL", "DB_DSN", true),
            ("DATABASE_URL", "PROD_DATABASE_URL", true),
            ("DATABASE_URL", "DATABASE__URL", true),
            ("DATABASE_URL", "DATABASE_PUBLIC_URL", true),
            ("DATABASE_URL", "TEST_DATABASE_URL", false),
            ("DATABASE_URL", "SHADOW_DATABASE_URL", false),
            ("DATABASE_URL", "DB_HOST", false),
            ("DATABASE_URL", "DATABASE_NAME", false),
            ("DATABASE_URL", "MYSQL_URL", false),
            ("CORS_ORIGINS", "CORS_DOMAINS", true),
            ("CORS_ORIGINS", "FRONTEND_ORIGIN", true),
            ("CORS_ORIGINS", "ACCESS_CONTROL_ALLOW_ORIGIN", true),
            ("CORS_ORIGINS", "TRUSTED_ORIGINS", true),
            ("CORS_ORIGINS", "WEB_APP_URL", true),
            ("CORS_ORIGINS", "CORS_METHODS", false),
            ("CORS_ORIGINS", "CORS_MAX_AGE", false),
            ("CORS_ORIGINS", "CORS_ALLOW_CREDENTIALS", false),
            ("CORS_ORIGINS", "ALLOWED_HOSTS", false),
            ("CORS_ORIGINS", "API_URL", false),
            ("SMTP_HOST", "SMTP_SERVER", true),
            ("SMTP_HOST", "SMTP_HOSTNAME", true),
            ("SMTP_HOST", "SMTP_USER", false),
            ("SMTP_HOST", "SMTP_PORT", false),
            ("NEON_API_KEY", "NEON_KEY", true),
            ("NEON_API_KEY", "SUPABASE_KEY", false),
        ] {
            assert_eq!(fit(wanted, found).is_some(), fits, "{wanted} {found}");
        }
    }

    #[test]
    fn the_more_usual_name_fits_better() {
        assert!(fit("JWT_SECRET_KEY", "JWT_SECRET") < fit("JWT_SECRET_KEY", "APP_SECRET"));
        assert!(fit("DATABASE_URL", "DB_URL") < fit("DATABASE_URL", "SUPABASE_DB_URL"));
        assert!(fit("DATABASE_URL", "SUPABASE_DB_URL") < fit("DATABASE_URL", "DATABASE_PUBLIC_URL"));
        assert!(fit("JWT_SECRET_KEY", "APP_SECRET") < fit("JWT_SECRET_KEY", "DJANGO_SECRET_KEY"));
    }
}
