//! The URLs that platforms really hand out are never refused.

use hardened::database::Tls;
use hardened::finding::Severity;

use crate::database::{codes, load};

#[test]
fn the_url_of_every_platform_starts_in_production() {
    for (platform, url, tls) in [
        (
            "Neon, pooled",
            "postgresql://alex:npg_8sd7f6asd5@ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech/neondb?sslmode=require&channel_binding=require",
            Tls::Require,
        ),
        (
            "Neon, direct",
            "postgresql://alex:npg_8sd7f6asd5@ep-cool-darkness-a1b2c3d4.us-east-2.aws.neon.tech/neondb?sslmode=require",
            Tls::Require,
        ),
        (
            "Neon, without SNI",
            "postgres://alex:npg_8sd7f6asd5@ep-cool.us-east-2.aws.neon.tech/main?options=endpoint%3Dep-cool&sslmode=verify-full",
            Tls::VerifyFull,
        ),
        ("Railway", "postgresql://postgres:aBcDeFgHiJkLmNoP@postgres.railway.internal:5432/railway", Tls::Require),
        (
            "Railway, public",
            "postgresql://postgres:aBcDeFgHiJkLmNoP@shuttle.proxy.rlwy.net:41234/railway",
            Tls::Require,
        ),
        (
            "Heroku",
            "postgres://u2f8kq:p0a1b2c3d4e5f6a7b8@c7u1tn6bvvsodf.cluster-czz5s0kz4scl.eu-west-1.rds.amazonaws.com:5432/d9f0a1b2c3",
            Tls::Require,
        ),
        ("Render, internal", "postgresql://shop_user:aBcDeF8sd7f6@dpg-cabc123def4567-a/shop_db", Tls::Require),
        (
            "Render, external",
            "postgresql://shop_user:aBcDeF8sd7f6@dpg-cabc123def4567-a.oregon-postgres.render.com/shop_db",
            Tls::Require,
        ),
        (
            "Supabase, transaction pooler",
            "postgresql://postgres.abcdefghijklmnop:8sd7f6asd5@aws-0-eu-central-1.pooler.supabase.com:6543/postgres",
            Tls::Require,
        ),
        (
            "Supabase, direct",
            "postgresql://postgres:8sd7f6asd5@db.abcdefghijklmnop.supabase.co:5432/postgres",
            Tls::Require,
        ),
        ("Fly, managed", "postgresql://fly-user:8sd7f6asd5@pgbouncer.9g6y30w2pzlokq5v.flympg.net/fly-db", Tls::Require),
        ("Cloud SQL", "postgres://u:8sd7f6asd5@/db?host=/cloudsql/project:region:instance", Tls::Disable),
        (
            "Cloud SQL, Prisma",
            "postgresql://u:8sd7f6asd5@localhost/db?host=/cloudsql/project:region:instance",
            Tls::Disable,
        ),
        (
            "Cloud SQL, SQLAlchemy",
            "postgresql+pg8000://u:8sd7f6asd5@/db?host=/cloudsql/project:region:instance",
            Tls::Disable,
        ),
        ("Cloud SQL, IAM", "postgres://sa%40project.iam@/db?host=/cloudsql/project:region:instance", Tls::Disable),
        (
            "RDS",
            "postgres://app:8sd7f6asd5@shop.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432/shop?sslmode=verify-full&sslrootcert=/etc/ssl/rds.pem",
            Tls::VerifyFull,
        ),
        (
            "Azure, flexible server",
            "postgres://app:8sd7f6asd5@shop.postgres.database.azure.com:5432/postgres?sslmode=require",
            Tls::Require,
        ),
        (
            "Azure, single server",
            "postgres://app%40shop:8sd7f6asd5@shop.postgres.database.azure.com/postgres?sslmode=require",
            Tls::Require,
        ),
        (
            "PlanetScale",
            "postgresql://pscale_api_abc.def:pscale_pw_8sd7f6asd5@eu-west-2.pg.psdb.cloud:6432/postgres?sslmode=verify-full&sslrootcert=system",
            Tls::VerifyFull,
        ),
        (
            "Aiven",
            "postgres://avnadmin:AVNS_8sd7f6asd5@pg-shop.a.aivencloud.com:12345/defaultdb?sslmode=require",
            Tls::Require,
        ),
        (
            "DigitalOcean",
            "postgresql://doadmin:AVNS_8sd7f6asd5@db-pg-ams3-12345-do-user-1234567-0.b.db.ondigitalocean.com:25060/defaultdb?sslmode=require",
            Tls::Require,
        ),
        (
            "CockroachDB Cloud",
            "postgresql://app:8sd7f6asd5@free-tier.gcp-us-central1.cockroachlabs.cloud:26257/defaultdb?sslmode=verify-full&options=--cluster%3Dhappy-koala-3",
            Tls::VerifyFull,
        ),
        (
            "Crunchy Bridge",
            "postgres://application:8sd7f6asd5@p.abcdefghijklmnop.db.postgresbridge.com:5432/postgres",
            Tls::Require,
        ),
        (
            "Timescale",
            "postgres://tsdbadmin:8sd7f6asd5@abc.def.tsdb.cloud.timescale.com:33333/tsdb?sslmode=require",
            Tls::Require,
        ),
        ("Xata", "postgresql://xata:8sd7f6asd5@branch.region.xata.tech/app?sslmode=require", Tls::Require),
        ("CloudNativePG", "postgresql://app:8sd7f6asd5@cluster-rw.default:5432/app", Tls::Require),
        ("compose", "postgres://app:8sd7f6asd5@my_db:5432/app?sslmode=require", Tls::Require),
    ] {
        let outcome = load("production", url);
        // With the driver linked, a pooler without prepared statements is a warning.
        let told =
            codes(&outcome, Severity::Warning).into_iter().filter(|code| *code != "database-prepared-statements");
        assert_eq!(told.collect::<Vec<_>>(), [""; 0], "{platform}");
        assert_eq!(outcome.map(|database| database.tls()).ok(), Some(tls), "{platform}");
    }
}
