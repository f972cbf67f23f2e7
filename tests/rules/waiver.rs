//! Waivers in code, valid and invalid.

use hardened::{
    Jwt, Loader, Tier,
    load::{Policy, Reason},
    rule,
};

use crate::{
    book::{Book, environment},
    support::KEY,
};

pub(crate) fn book() -> Book {
    let mut book = Book::default();
    let loader = || Loader::new().environment(environment("production", &[("JWT_SECRET_KEY", KEY)]));
    for (name, waived) in [
        ("a rule that nothing can relax", loader().waive(rule::SECRET_MISSING, "JWT_SECRET_KEY", "why")),
        (
            "a rule that nothing can relax in production",
            loader().waive(rule::SECRET_TOO_SHORT, "JWT_SECRET_KEY", Reason::new("why").only(Tier::Production)),
        ),
        ("no reason", loader().waive(rule::SECRET_HUMAN, "JWT_SECRET_KEY", " ")),
        ("no host", loader().waive(rule::DATABASE_TLS, "DATABASE_URL", Reason::new("why").host("."))),
        ("not needed", loader().waive(rule::SECRET_HUMAN, "JWT_SECRET_KEY", "replaced next week")),
        (
            "forbidden by a policy",
            loader().policy(Policy::new(&[]).forbid_waivers("secret-*")).waive(
                rule::SECRET_HUMAN,
                "JWT_SECRET_KEY",
                "replaced next week",
            ),
        ),
        ("a setting that does not exist", loader().waive(rule::SECRET_HUMAN, "JWT_SECRET", "replaced next week")),
    ] {
        book.load::<Jwt>(name, waived);
    }
    let human = environment("production", &[("JWT_SECRET_KEY", "mein-langes-passwort-fuer-die-produktion-im-sommer")]);
    let loader = Loader::new().environment(human.set("JWT_EXPIRATION_MINUTES", "2000"));
    book.load::<Jwt>("needed", loader.waive(rule::SECRET_HUMAN, "JWT_SECRET_KEY", "replaced next week"));
    book
}
