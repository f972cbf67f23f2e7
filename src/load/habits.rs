//! The names that people give to the same thing, so that a missing setting can name what is set instead.
//!
//! Counted in published `.env` files: `JWT_SECRET` is four times as common as `JWT_SECRET_KEY`.

/// The usual other names of a variable of this library's groups.
const USUAL: [(&str, &[&str]); 7] = [
    (
        "JWT_SECRET_KEY",
        &[
            "JWT_SECRET",
            "JWT_KEY",
            "JWT_SIGNING_KEY",
            "JWT_ACCESS_SECRET",
            "ACCESS_TOKEN_SECRET",
            "TOKEN_SECRET",
            "SECRET_KEY",
            "APP_SECRET",
            "APP_KEY",
            "SESSION_SECRET",
        ],
    ),
    ("BETTER_AUTH_SECRET", &["AUTH_SECRET", "NEXTAUTH_SECRET", "SESSION_SECRET", "SECRET_KEY", "APP_SECRET"]),
    (
        "DATABASE_URL",
        &[
            "POSTGRES_URL",
            "POSTGRESQL_URL",
            "POSTGRES_URI",
            "DB_URL",
            "DB_URI",
            "DATABASE_URI",
            "PG_URL",
            "DATABASE_DSN",
            "DATABASE_CONNECTION_STRING",
            "DB_CONNECTION_STRING",
            "DATABASE_PRIVATE_URL",
            "POSTGRES_PRISMA_URL",
        ],
    ),
    (
        "CORS_ORIGINS",
        &[
            "ALLOWED_ORIGINS",
            "CORS_ALLOWED_ORIGINS",
            "CORS_ALLOW_ORIGINS",
            "CORS_ORIGIN",
            "BACKEND_CORS_ORIGINS",
            "CORS_ALLOWED_ORIGIN",
            "CORS_ALLOW_ORIGIN",
            "CORS_WHITELIST",
            "ORIGINS",
            "ALLOW_ORIGINS",
            "FRONTEND_URL",
            "CLIENT_URL",
        ],
    ),
    ("JWT_ISSUER", &["JWT_ISS", "TOKEN_ISSUER", "AUTH_ISSUER", "OIDC_ISSUER"]),
    ("JWT_AUDIENCE", &["JWT_AUD", "TOKEN_AUDIENCE", "AUTH_AUDIENCE", "OIDC_AUDIENCE"]),
    ("JWT_JWKS_URL", &["JWKS_URL", "JWKS_URI", "JWT_JWKS_URI", "AUTH_JWKS_URL", "OIDC_JWKS_URI"]),
];

/// Words that say what kind of thing a name is, not which one: for a secret, and for an address.
const GENERIC: [&[&str]; 2] = [
    &["KEY", "SECRET", "TOKEN", "API", "APP", "PASSWORD", "PASS", "AUTH"],
    &["URL", "URI", "DSN", "CONNECTION", "STRING"],
];

/// How well a variable that is set fits one that is missing, by habit: 0 is best; none when it does not.
pub(super) fn fit(wanted: &str, found: &str) -> Option<usize> {
    let found = found.trim().to_ascii_uppercase();
    let usual = USUAL.iter().find(|(name, _)| *name == wanted).map_or(&[][..], |(_, usual)| usual);
    // `JWTSECRET` is `JWT_SECRET`.
    let is_same = |name: &str| name.bytes().filter(|byte| *byte != b'_').eq(found.bytes().filter(|byte| *byte != b'_'));
    let by_table = if is_same(wanted) { Some(0) } else { usual.iter().position(|name| is_same(name)) };
    by_table.or_else(|| are_alike(wanted, &found).then_some(usual.len()))
}

/// Whether two names say the same in other words: `STRIPE_SECRET_KEY` and `STRIPE_API_KEY`, not `STRIPE_WEBHOOK_KEY`.
fn are_alike(wanted: &str, found: &str) -> bool {
    let has = |name: &str, kind: &[&str]| name.split('_').any(|word| kind.contains(&word));
    let kind = GENERIC.into_iter().find(|kind| has(wanted, kind)).unwrap_or_default();
    let particular = |name: &str| {
        let words = name.split('_').filter(|word| !word.is_empty() && !kind.contains(word));
        let mut words: Vec<_> = words.map(singular).collect();
        words.sort_unstable();
        words
    };
    let words = particular(wanted);
    let is_distinct = words.iter().map(String::len).sum::<usize>() >= 4;
    is_distinct && words == particular(found) && (kind.is_empty() || has(found, kind))
}

fn singular(word: &str) -> String {
    word.strip_suffix('S').filter(|stem| stem.len() >= 3).unwrap_or(word).to_owned()
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
        ] {
            assert_eq!(fit(wanted, found).is_some(), fits, "{wanted} {found}");
        }
    }

    #[test]
    fn the_more_usual_name_fits_better() {
        assert!(fit("JWT_SECRET_KEY", "JWT_SECRET") < fit("JWT_SECRET_KEY", "APP_SECRET"));
        assert!(fit("DATABASE_URL", "POSTGRES_URL") < fit("DATABASE_URL", "DATABASE_DSN"));
    }
}
