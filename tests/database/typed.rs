//! URLs that people really type, and the findings that each gets.

use hardened::finding::Severity;

use crate::database::{codes, load};

/// The tier, the URL, the codes of the errors and warnings, and the codes of the notes.
type Row = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const ROWS: &[Row] = &[
    // Examples that were not filled in.
    ("production", "postgresql://postgres:{password}@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://postgres:%7Bpassword%7D@db.example.com/app", &["database-placeholder"], ADDED),
    (
        "production",
        "postgresql://postgres:[YOUR-PASSWORD]@db.abcdefgh.supabase.co:5432/postgres",
        &["database-placeholder"],
        ADDED,
    ),
    ("production", "postgresql://{user}:8sd7f6asd5@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:your_db_password@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@db.yourdomain.com/app", &["database-placeholder"], ADDED),
    ("development", "postgresql://username:password@hostname:port/database", &["database-placeholder"], &[]),
    (
        "development",
        "postgresql://<USER-HERE>:<PASSWORD-HERE>@localhost:5432/<DATABASE NAME HERE>",
        &["database-placeholder"],
        &[],
    ),
    (
        "development",
        "postgresql://postgres:[YOUR PASSWORD]@db.example.com:5432/postgres",
        &["database-placeholder"],
        &[],
    ),
    (
        "development",
        "postgresql://postgres:8sd7f6asd5@db.<PROJECT_REF>.supabase.co:5432/postgres",
        &["database-placeholder"],
        &[],
    ),
    ("development", "postgresql://postgres:8sd7f6asd5@[YOUR-HOST]/postgres", &["database-placeholder"], &[]),
    ("development", "postgresql://{user}:{password}@{host}:{port}/{database}", &["database-placeholder"], &[]),
    ("production", "postgresql://app:${DB_PASSWORD}@db.example.com/app", &["secret-reference"], &[]),
    ("production", "postgresql://app:{{ db_password }}@db.example.com/app", &["secret-reference"], &[]),
    ("production", "postgresql://app:%DB_PASSWORD%@db.example.com/app", &["secret-reference"], &[]),
    ("production", "awssm://prod/database", &["secret-reference"], &[]),
    ("production", "postgresql://app:tu_password_segura@db.example.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:TU_CLAVE@db.example.com/app", &["database-placeholder"], ADDED),
    // Passwords that attackers try first.
    ("production", "postgresql://app:password123@db.example.com/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:p4ssw0rd@db.example.com/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:app123@db.example.com/app", &["database-default-password"], ADDED),
    (
        "production",
        "postgresql://postiz-user:postiz-password@db.example.com/app",
        &["database-default-password"],
        ADDED,
    ),
    ("production", "postgresql://shop:Shop2024!@db.example.com/app", &["database-default-password"], ADDED),
    ("development", "postgresql://app:app123@localhost/app", &[], &[]),
    // A database on the local machine, without the parts that only a remote one needs.
    ("development", "postgres://localhost/app_dev", &[], &["database-user-missing"]),
    ("test", "postgresql://localhost:5432/app", &[], &["database-user-missing"]),
    ("development", "postgresql:///mydb", &[], &["database-host-missing", "database-user-missing"]),
    ("development", "postgresql://app:app@/mydb", &[], &["database-host-missing"]),
    (
        "production",
        "postgres://localhost/app",
        &["database-loopback", "database-password-missing", "database-user-missing"],
        &[],
    ),
    ("production", "postgresql://app:8sd7f6asd5@/app", &["database-host-missing"], &[]),
    ("production", "postgresql:///app?host=/cloudsql/p:r:i", &["database-user-missing"], &[]),
    ("production", "postgresql://app:votre_mot_de_passe@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:tu-contrasena@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:sua_senha_aqui@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:dein_passwort@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:ihr-passwort@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:la_tua_password@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:jouw_wachtwoord@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:twoje_haslo@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:kata_sandi_anda@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:mat_khau_cua_ban@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:sifreniz_buraya@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:your-password-here@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:CHANGE_ME@db.acme.io/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:replace_with_password@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:insert-password@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:%3Cyour-password%3E@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:my_password_here@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:xxxxxxxxxx@db.acme.io/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://shop:admin@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:admin123@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:root@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:toor@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:letmein@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:qwerty123@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:welcome1@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:secret@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:secret123@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:postgres123@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:Password1!@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:P%40ssw0rd123@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:changeme@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:dbpassword@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:test1234@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:app_password@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:shop@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:shop2024@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:dev@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:guest@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:12345678@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:iloveyou@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://shop:dragon@db.acme.io/shop", &["database-default-password"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@your-db-host/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@YOUR_HOST/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@db.yourcompany.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@your-project.supabase.co/app", &["database-placeholder"], ADDED),
    (
        "production",
        "postgresql://app:8sd7f6asd5@ep-your-endpoint.us-east-2.aws.neon.tech/app",
        &["database-placeholder"],
        ADDED,
    ),
    ("production", "postgresql://app:8sd7f6asd5@xxxx.rds.amazonaws.com/app", &["database-placeholder"], ADDED),
    (
        "production",
        "postgresql://app:8sd7f6asd5@mydb.xxxxxxxx.us-east-1.rds.amazonaws.com/app",
        &["database-placeholder"],
        ADDED,
    ),
    (
        "production",
        "postgresql://app:8sd7f6asd5@your-instance.postgres.database.azure.com/app",
        &["database-placeholder"],
        ADDED,
    ),
    ("production", "postgresql://app:8sd7f6asd5@db.tudominio.com/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@dein-server.de/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:MOT_DE_PASSE@db.acme.io/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:admin%40123@db.acme.io/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:pgpassword@db.acme.io/app", &["database-default-password"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@DATABASE_HOST/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@SERVER_IP:5432/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://app:8sd7f6asd5@db.project-ref.supabase.co/app", &["database-placeholder"], ADDED),
    (
        "production",
        "postgresql://app:8sd7f6asd5@aws-0-REGION.pooler.supabase.com/app",
        &["database-placeholder"],
        ADDED,
    ),
    ("production", "postgresql://app:8sd7f6asd5@x.x.x.x/app", &["database-placeholder"], ADDED),
    ("production", "postgresql://DB_USER:8sd7f6asd5@db.acme.io/app", &["database-placeholder"], ADDED),
    // Text that was left behind the URL.
    ("production", "postgresql://app:8sd7f6asd5@db.acme.io/app;", &["database-malformed"], &[]),
    ("production", "postgresql://app:8sd7f6asd5@db.acme.io/app\"", &["database-malformed"], &[]),
    ("production", "postgresql://app:8sd7f6asd5@db.acme.io/app&sslmode=verify-full", &["database-malformed"], &[]),
    ("production", "postgresql://app:8sd7f6asd5@db..acme.io/app", &["database-malformed"], &[]),
    // Realistic URLs, which are accepted.
    ("production", "postgresql://shop:Sommer-9x2k@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-pass-7Qz@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:orange-tractor-88@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:shopify9k2x@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:passat-1991-x@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:testament-41k@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:adminton-9x@db.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@db-host-1.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@pg.yours.acme.io/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@ep-cool-darkness-123456.us-east-2.aws.neon.tech/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@aws-0-eu-central-1.pooler.supabase.com/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@db.abcdefghijkl.supabase.co/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@postgres.railway.internal/orders", &[], ADDED),
    ("production", "postgresql://shop:kX9-7Qz-81v@acme-db.postgres.database.azure.com/orders", &[], ADDED),
    ("production", "postgresql://app:Zk3vT9-wq8@db.example.com/app", &[], ADDED),
    ("production", "postgresql://app:passage-8sd7f@db.example.com/app", &[], ADDED),
    ("production", "postgresql://shop:shopkeeper81otter@my-db/app", &[], ADDED),
];

const ADDED: &[&str] = &["database-tls-added"];

#[test]
fn what_people_type_has_its_decided_verdict() {
    for (tier, url, problems, notes) in ROWS {
        let outcome = load(tier, url);
        assert_eq!(codes(&outcome, Severity::Warning), *problems, "{tier} {url}");
        let mut all = [*problems, *notes].concat();
        all.sort_unstable();
        assert_eq!(codes(&outcome, Severity::Note), all, "{tier} {url}");
        assert_eq!(outcome.is_err(), !problems.is_empty(), "{tier} {url}");
    }
}

#[test]
fn a_missing_url_says_what_one_looks_like() {
    let environment = hardened::Environment::empty().set("ENVIRONMENT", "production");
    let refusal = crate::database::with::<hardened::Database>(environment).unwrap_err().to_string();
    assert!(refusal.contains("postgres://USER:PASSWORD@HOST:5432/DATABASE"), "{refusal}");
}
