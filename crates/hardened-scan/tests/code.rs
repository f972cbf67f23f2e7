//! Rust code that takes a secret from somewhere it should not. Each pattern has rows that are reported and rows that are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use hardened_scan::{Place, Report, code};
use proptest::prelude::*;

/// A randomly generated text that looks like a secret and gives access to nothing.
const RANDOM: &str = "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXc";

fn report(path: &str, text: &str) -> Report {
    let mut report = Report::default();
    code::check(&Place::file(path), text, &mut report);
    report
}

/// Returns the rule and the subject of each finding.
fn told(path: &str, text: &str) -> Vec<String> {
    let report = report(path, text);
    report.findings().iter().map(|finding| format!("{} {}", finding.rule(), finding.subject())).collect()
}

/// Asserts the findings of each row, which is code with its expected findings; `R!` in the code is a random text.
fn assert_rows(rows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (code, expected) in rows {
        let code = code.replace("R!", RANDOM);
        let inside = format!("fn main() {{\n{code}\n}}\n");
        let text = if syn::parse_file(&code).is_ok() { &code } else { &inside };
        assert!(syn::parse_file(text).is_ok(), "not Rust: {text}");
        let found = told("src/main.rs", text);
        if found != *expected {
            wrong.push(format!("{text}\n  found {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fallback_for_a_secret_is_reported() {
    assert_rows(&[
        ("let a = env::var(\"JWT_SECRET\").unwrap_or(\"dev\".to_string());", &["scan-code-fallback JWT_SECRET"]),
        (
            "let a = std::env::var(\"JWT_SECRET\").unwrap_or_else(|_| \"dev\".into());",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").or_else(|_| Ok::<_, ()>(\"dev\".to_owned()));",
            &["scan-code-fallback JWT_SECRET"],
        ),
        ("let a = env::var(\"JWT_SECRET\").map_or(\"dev\".to_string(), |a| a);", &["scan-code-fallback JWT_SECRET"]),
        (
            "let a = env::var(\"JWT_SECRET\").map_or_else(|_| \"dev\".to_string(), |a| a);",
            &["scan-code-fallback JWT_SECRET"],
        ),
        ("let a = env::var(\"JWT_SECRET\").ok().or(Some(\"dev\".into()));", &["scan-code-fallback JWT_SECRET"]),
        (
            "let a = dotenvy::var(\"DB_PASSWORD\").ok().as_deref().unwrap_or(\"postgres\").len();",
            &["scan-code-fallback DB_PASSWORD"],
        ),
        ("let a = env::var_os(\"API_KEY\").unwrap_or_else(|| \"dev\".into());", &["scan-code-fallback API_KEY"]),
        ("let a = env::var(\"JWT_SECRET\").unwrap_or_default();", &["scan-code-fallback JWT_SECRET"]),
        ("let a = env::var(\"JWT_SECRET\").unwrap_or(String::from(\"\"));", &["scan-code-fallback JWT_SECRET"]),
        (
            "const NAME: &str = \"JWT_SECRET\"; fn a() { env::var(NAME).unwrap_or(\"dev\".into()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "const OTHER: &str = \"dev\"; fn a() { env::var(\"JWT_SECRET\").unwrap_or(OTHER.into()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "fn other() -> String { \"dev\".into() } fn a() { env::var(\"JWT_SECRET\").unwrap_or_else(|_| other()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = match env::var(\"JWT_SECRET\") { Ok(a) => a, Err(_) => \"dev\".to_string() };",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = if let Ok(a) = env::var(\"JWT_SECRET\") { a } else { \"dev\".to_string() };",
            &["scan-code-fallback JWT_SECRET"],
        ),
        ("let a = get_env(\"JWT_SECRET\").unwrap_or(\"dev\".to_string());", &["scan-code-fallback JWT_SECRET"]),
        ("let a = env_or(\"JWT_SECRET\", \"dev\");", &["scan-code-fallback JWT_SECRET"]),
        (
            "let a = env::var(\"DATABASE_URL\").unwrap_or(\"postgres://postgres:postgres@localhost/app\".into());",
            &["scan-code-fallback DATABASE_URL"],
        ),
        ("let a = settings.jwt_secret.unwrap_or(\"R!\".into());", &["scan-code-fallback jwt_secret"]),
        ("let a = config.get(\"jwt.secret\").unwrap_or(\"insecure-dev-key\");", &["scan-code-fallback jwt_secret"]),
        (
            "let a = match env::var(\"JWT_SECRET\") { Ok(a) if !a.is_empty() => a, _ => \"dev\".to_string() };",
            &["scan-code-fallback JWT_SECRET"],
        ),
        ("let a = env::var(\"JWT_SECRET\").map_or(String::new(), |a| a);", &["scan-code-fallback JWT_SECRET"]),
        ("let a = env::var(\"JWT_SECRET\").unwrap_or(\"0123456789\".repeat(4));", &["scan-code-fallback JWT_SECRET"]),
        (
            "use std::env::var as v; fn a() { v(\"JWT_SECRET\").unwrap_or(\"dev\".into()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "fn other() -> String { if c() { return \"dev\".into() } d() } fn a() { env::var(\"JWT_SECRET\").unwrap_or_else(|_| other()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "fn a() -> String { let Ok(a) = env::var(\"JWT_SECRET\") else { return \"dev\".into() }; a }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        ("let a = secret(\"JWT_SECRET\", \"dev\");", &["scan-code-fallback JWT_SECRET"]),
        ("let a = get_setting(\"JWT_SECRET\", \"dev\".to_string());", &["scan-code-fallback JWT_SECRET"]),
        ("let a = env_or!(\"JWT_SECRET\", \"dev\");", &["scan-code-fallback JWT_SECRET"]),
        (
            "lazy_static! { static ref A: String = env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "thread_local! { static A: String = env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "static A: LazyLock<String> = LazyLock::new(|| env::var(\"JWT_SECRET\").unwrap_or_else(|_| \"dev\".into()));",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = A.get_or_init(|| env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into()));",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "const B: &str = A; const A: &str = \"dev\"; fn a() { env::var(\"JWT_SECRET\").unwrap_or(B.into()); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").ok().filter(|a| !a.is_empty()).unwrap_or_else(|| \"dev\".into());",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| { warn!(\"not set\"); \"dev\".into() });",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| if cfg!(debug_assertions) { \"dev\".into() } else { panic!() });",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = variables.get(\"JWT_SECRET\").cloned().unwrap_or_else(|| \"dev\".into());",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| String::from_utf8(b\"dev\".to_vec()).unwrap());",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\"); let b = match a { Ok(a) => a, Err(_) => \"dev\".to_string() };",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").ok(); let b = a.unwrap_or(\"dev\".to_string());",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a: Option<String> = env::var(\"JWT_SECRET\").ok().filter(|a| a.len() > 9); let b = if let Some(a) = a { a } else { \"dev\".into() };",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| { let b = \"dev\"; b.to_string() });",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "let a = env::var(\"JWT_SECRET\").unwrap_or_else(other);
} fn other(_: VarError) -> String { \"dev\".into()",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "fn opt(a: &str, b: &str) -> String { env::var(a).unwrap_or_else(|_| b.to_string()) } fn f() { opt(\"JWT_SECRET\", \"dev\"); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "macro_rules! opt { ($a:expr, $b:expr) => { std::env::var($a).unwrap_or($b.into()) } } fn f() { opt!(\"JWT_SECRET\", \"dev\"); }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        ("map.entry(\"JWT_SECRET\").or_insert(\"dev\".into());", &["scan-code-fallback JWT_SECRET"]),
        ("let a = env::var(\"JWT_SECRET\"); let a = other(); a.unwrap_or(\"dev\".to_string());", &[]),
        ("let a = env::var(\"JWT_SECRET\")?; let b = a.split(':').next().map_or(\"none\", |b| b);", &[]),
        (
            "fn a() { let b = env::var(\"JWT_SECRET\").ok(); } fn c(b: Option<String>) { b.unwrap_or(\"dev\".to_string()); }",
            &[],
        ),
        ("fn opt(a: &str, b: &str) -> String { format!(\"{a} {b}\") } fn f() { opt(\"JWT_SECRET\", \"dev\"); }", &[]),
        ("let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| { let a = generate(); a });", &[]),
        ("fn a() -> Option<String> { let Ok(a) = env::var(\"JWT_SECRET\") else { return None }; Some(a) }", &[]),
        ("insert(\"JWT_SECRET\", \"dev\");", &[]),
        ("let a = config_error(\"JWT_SECRET\", \"missing\");", &[]),
        ("let a = config(\"JWT_SECRET\", \"must have 32 bytes\");", &[]),
        ("#[cfg(test)] fn a() { env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into()); }", &[]),
        ("let a = option_env!(\"RUST_LOG\").unwrap_or(\"info\");", &[]),
        ("let a = env::var(\"JWT_SECRET\").expect(\"JWT_SECRET must be set\");", &[]),
        ("let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| panic!(\"JWT_SECRET must be set\"));", &[]),
        ("let a = env::var(\"JWT_SECRET\").unwrap_or_else(|_| generate());", &[]),
        ("let a = env::var(\"JWT_SECRET\").map_err(|_| \"missing\")?;", &[]),
        ("let a = env::var(\"JWT_SECRET\").ok_or(\"missing\");", &[]),
        ("let a = env::var(\"JWT_SECRET\").map_or(\"not set\", |_| \"set\");", &[]),
        ("let a = match env::var(\"JWT_SECRET\") { Ok(_) => \"set\", Err(_) => \"not set\" };", &[]),
        ("let a = env::var(\"JWT_SECRET_FILE\").unwrap_or(\"/run/secrets/jwt\".into());", &[]),
        ("let a = env::var(\"DATABASE_URL\").unwrap_or(\"postgres://localhost/app\".into());", &[]),
        ("let a = env::var(\"DATABASE_URL\").unwrap_or_default();", &[]),
        ("let a = env::var(\"HOST\").unwrap_or(\"localhost\".into());", &[]),
        ("let a = env::var(\"TOKEN_TTL\").unwrap_or(\"3600\".into());", &[]),
        ("let a = url.password().unwrap_or_default();", &[]),
        ("let a = login.password.unwrap_or(\"anonymous\");", &[]),
        ("let a = headers.get(\"token\").unwrap_or(\"none\");", &[]),
    ]);
}

#[test]
fn a_secret_that_is_read_at_build_time_is_reported() {
    assert_rows(&[
        ("let a = env!(\"JWT_SECRET\");", &["scan-code-built-in JWT_SECRET"]),
        ("let a = option_env!(\"API_KEY\");", &["scan-code-built-in API_KEY"]),
        ("const A: &str = env!(\"SIGNING_KEY\", \"set it\");", &["scan-code-built-in SIGNING_KEY"]),
        ("let a = dotenv!(\"JWT_SECRET\");", &["scan-code-built-in JWT_SECRET"]),
        ("println!(\"cargo::rustc-env=API_KEY={}\", key);", &["scan-code-built-in API_KEY"]),
        ("let a = include_str!(\"../.env\");", &["scan-code-built-in file"]),
        ("let a = include_bytes!(\"keys/private.pem\");", &["scan-code-built-in file"]),
        ("let a = include_str!(\"../.env.production\");", &["scan-code-built-in file"]),
        ("let a = include_str!(\"config/prod.env\");", &["scan-code-built-in file"]),
        ("let a = include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/.env\"));", &["scan-code-built-in file"]),
        ("let a = include_str!(\"../.env.example\");", &[]),
        ("let a = include_str!(\"../environment\");", &[]),
        ("let a = include_bytes!(\"keys/public.pem\");", &[]),
        ("let a = include_str!(\"schema.json\");", &[]),
        ("println!(\"cargo::rustc-env=GIT_HASH={}\", hash);", &[]),
        ("let a = env!(\"CARGO_PKG_VERSION\");", &[]),
        ("let a = option_env!(\"GIT_HASH\");", &[]),
    ]);
}

#[test]
fn a_default_in_an_attribute_or_a_builder_is_reported() {
    assert_rows(&[
        (
            "#[derive(Parser)] struct Args { #[arg(long, env = \"JWT_SECRET\", default_value = \"dev\")] jwt: String }",
            &["scan-code-fallback JWT_SECRET"],
        ),
        (
            "#[derive(Parser)] struct Args { #[clap(long, default_value_t = String::from(\"dev\"))] api_key: String }",
            &["scan-code-fallback api_key"],
        ),
        (
            "#[derive(Config)] struct Settings { #[config(env = \"DB_PASSWORD\", default = \"dev\")] pass: String }",
            &["scan-code-fallback DB_PASSWORD"],
        ),
        (
            "#[derive(Envconfig)] struct Settings { #[envconfig(from = \"API_KEY\", default = \"dev\")] key: String }",
            &["scan-code-fallback API_KEY"],
        ),
        (
            "#[derive(Deserialize)] struct Settings { #[serde(default = \"secret\")] jwt_secret: String } fn secret() -> String { \"dev\".into() }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "#[derive(Deserialize)] struct Settings { #[serde(default)] jwt_secret: String }",
            &["scan-code-fallback jwt_secret"],
        ),
        ("let a = Arg::new(\"password\").long(\"password\").default_value(\"dev\");", &["scan-code-fallback password"]),
        ("let a = Arg::new(\"p\").env(\"DB_PASSWORD\").default_value(\"dev\");", &["scan-code-fallback DB_PASSWORD"]),
        ("let a = Config::builder().set_default(\"jwt.secret\", \"dev\")?;", &["scan-code-fallback jwt_secret"]),
        ("let a = Figment::new().join((\"jwt_secret\", \"dev\"));", &["scan-code-fallback jwt_secret"]),
        ("let a = Figment::from(Serialized::default(\"jwt_secret\", \"dev\"));", &["scan-code-fallback jwt_secret"]),
        (
            "impl Default for Settings { fn default() -> Self { Self { jwt_secret: \"dev\".into() } } }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "#[derive(SmartDefault)] struct Settings { #[default = \"dev\"] jwt_secret: String }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "#[derive(SmartDefault)] struct Settings { #[default(\"dev\".into())] jwt_secret: String }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "#[derive(Deserialize, Default)] #[serde(default)] struct Settings { jwt_secret: String }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "let a = Figment::from(Serialized::defaults(Settings { jwt_secret: \"dev\".into(), port: 1 }));",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "let a = Figment::new().join(Serialized::default(\"jwt_secret\", \"dev\"));",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "impl Default for Settings { fn default() -> Self { let mut a = Self::empty(); a.jwt_secret = \"dev\".into(); a } }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "#[derive(Parser)] struct Args { #[arg(long, default_value_os = \"dev\")] api_key: OsString }",
            &["scan-code-fallback api_key"],
        ),
        (
            "#[derive(Deserialize, Default)] #[serde(default)] struct Settings { jwt_secret: Option<String>, port: u16 }",
            &[],
        ),
        (
            "#[derive(SmartDefault)] struct Settings { #[default = 8080] port: u16, #[default] jwt_secret: Option<String> }",
            &[],
        ),
        ("impl Default for Settings { fn default() -> Self { Self { session_key: \"session.user_id\" } } }", &[]),
        (
            "impl Default for Settings { fn default() -> Self { Self { session_key: \"dev.key1\" } } }",
            &["scan-code-fallback session_key"],
        ),
        (
            "#[derive(TypedBuilder)] struct Settings { #[builder(default = \"dev\".to_string())] jwt_secret: String }",
            &["scan-code-fallback jwt_secret"],
        ),
        (
            "#[derive(Builder)] struct Settings { #[builder(default = \"\\\"dev\\\".to_string()\")] jwt_secret: String }",
            &["scan-code-fallback jwt_secret"],
        ),
        ("#[derive(Builder)] struct Settings { #[builder(default = r#\"Text::from(\"\")\"#)] jwt_secret: Text }", &[]),
        ("#[derive(Builder)] struct Request { #[builder(default = \"none\")] api_key: String }", &[]),
        ("#[derive(Parser)] struct Args { #[arg(long, env = \"JWT_SECRET\")] jwt: String }", &[]),
        ("#[derive(Parser)] struct Args { #[arg(long, default_value = \"8080\")] port: u16 }", &[]),
        ("#[derive(Parser)] struct Args { #[arg(long, default_value = \"x-api-key\")] api_key_header: String }", &[]),
        ("#[derive(Deserialize)] struct Settings { #[serde(default)] jwt_secret: Option<String> }", &[]),
        ("#[derive(Deserialize)] struct Page { #[serde(default)] next_token: String }", &[]),
        ("let a = Config::builder().set_default(\"port\", \"8080\")?;", &[]),
    ]);
}

#[test]
fn a_literal_under_the_name_of_a_secret_is_reported() {
    assert_rows(&[
        ("const JWT_SECRET: &str = \"R!\";", &["scan-code-literal JWT_SECRET"]),
        ("static API_KEY: &[u8] = b\"R!\";", &["scan-code-literal API_KEY"]),
        (
            "const JWT_SECRET: &str = concat!(\"q8ZxT3vB7nM1kL5jH9g\", \"F2dS6aP4oI0uYtReWqXc\");",
            &["scan-code-literal JWT_SECRET"],
        ),
        (
            "const JWT_SECRET: &str = \"q8ZxT3vB7nM1kL5jH9g\\\n    F2dS6aP4oI0uYtReWqXc\";",
            &["scan-code-literal JWT_SECRET"],
        ),
        (
            "const SIGNING_KEY: [u8; 16] = [0x9f, 0x3b, 0x1c, 0x7e, 0x0a, 0x5d, 0x28, 0x46, 0xb1, 0xe4, 0x77, 0xc9, 0x12, 0xd0, 0x6f, 0x83];",
            &["scan-code-literal SIGNING_KEY"],
        ),
        ("let db_password = \"Sommer2024!\";", &["scan-code-literal db_password"]),
        ("let password = \"hunter2\";", &["scan-code-literal password"]),
        ("let a = Settings { api_key: \"R!\".to_string(), port: 1 };", &["scan-code-literal api_key"]),
        ("settings.api_key = \"R!\".to_string();", &["scan-code-literal api_key"]),
        ("map[\"api_key\"] = \"R!\";", &["scan-code-literal api_key"]),
        ("map.insert(\"api_key\", \"R!\");", &["scan-code-literal api_key"]),
        ("let a = client.password(\"x7Kq9-vB\");", &["scan-code-literal password"]),
        ("let a = client.with_api_key(\"R!\");", &["scan-code-literal api_key"]),
        ("let a = vec![(\"api_key\", \"R!\")];", &["scan-code-literal api_key"]),
        ("let a = json!({\"api_key\": \"R!\"});", &["scan-code-literal api_key"]),
        ("lazy_static! { static ref API_KEY: String = \"R!\".to_string(); }", &["scan-code-literal API_KEY"]),
        ("if password == \"x7Kq9-vB\" {}", &["scan-code-literal password"]),
        ("fn jwt_secret() -> String { \"R!\".into() }", &["scan-code-literal jwt_secret"]),
        ("fn api_key() -> String { if a() { return \"R!\".into(); } b() }", &["scan-code-literal api_key"]),
        (
            "fn api_key() -> String { for _ in a() { if b() { return \"R!\".into() } } c() }",
            &["scan-code-literal api_key"],
        ),
        ("fn api_key() -> String { return \"R!\".into() }", &["scan-code-literal api_key"]),
        (
            "fn api_key() -> String { match a() { Ok(a) => a, _ => return \"R!\".into() } }",
            &["scan-code-literal api_key"],
        ),
        ("fn api_key() -> String { a(|| { return \"R!\" }); fn c() -> &'static str { return \"R!\" } b() }", &[]),
        ("let a = request.header(\"Authorization\", \"Bearer R!\");", &["scan-code-literal Authorization"]),
        ("let a = request.basic_auth(\"app\", Some(\"x7Kq9-vB\"));", &["scan-code-literal password"]),
        ("let api_key = hex!(\"8f14e45fceea167a5a36dedd4bea2543\");", &["scan-code-literal api_key"]),
        ("let api_key = STANDARD.decode(\"R!\")?;", &["scan-code-literal api_key"]),
        ("static API_KEY: LazyLock<String> = LazyLock::new(|| \"R!\".into());", &["scan-code-literal API_KEY"]),
        ("let token = \"R!\";", &["scan-code-literal token"]),
        ("let a = ApiKey(\"R!\".into());", &["scan-code-literal ApiKey"]),
        ("impl A { const API_KEY: &'static str = \"R!\"; }", &["scan-code-literal API_KEY"]),
        ("const JWT_SECRET: &str = \"secret\";", &["scan-code-literal JWT_SECRET"]),
        ("let jwt_secret = \"my super secret key\";", &["scan-code-literal jwt_secret"]),
        (
            "let encryption_key = [0x9fu8, 0x3b, 0x1c, 0x7e, 0x0a, 0x5d, 0x28, 0x46, 0xb1, 0xe4, 0x77, 0xc9, 0x12, 0xd0, 0x6f, 0x83];",
            &["scan-code-literal encryption_key"],
        ),
        ("match password { \"x7Kq9-vB\" => a(), _ => b() }", &["scan-code-literal password"]),
        ("match token { \"Content-Length\" => a(), _ => b() }", &[]),
        ("let signing_key = \"the key that signs\";", &[]),
        ("const JWT_SECRET: &str = \"JWT_SECRET\";", &[]),
        ("const JWT_SECRET: &str = \"your-secret-key-here\";", &["scan-code-literal JWT_SECRET"]),
        ("static SIGNING_KEY: &[u8] = b\"keyboard-cat\";", &["scan-code-literal SIGNING_KEY"]),
        ("const AES_KEY: &[u8] = b\"0123456789abcdef\";", &["scan-code-literal AES_KEY"]),
        ("const ADMIN_PASSWORD: &str = \"admin123\";", &["scan-code-literal ADMIN_PASSWORD"]),
        ("const CLIENT_SECRET: &str = \"your-client-secret\";", &[]),
        ("const SIGNING_KEY: &str = \"/run/secrets/signing\";", &[]),
        ("const JWT_SECRET: &str = \"${JWT_SECRET}\";", &[]),
        ("const PASSWORD: &str = \"password\";", &[]),
        ("const API_KEY: &str = \"x-api-key\";", &[]),
        ("const TOKEN: &str = \"urn:ietf:params:oauth:token-type:jwt\";", &[]),
        ("const TOKEN_URL: &str = \"https://auth.example.com/oauth2/token\";", &[]),
        ("const DATABASE_URL: &str = \"sqlite://app.db\";", &[]),
        ("const SECRET_FILE: &str = \"R!\";", &[]),
        ("const PUBLIC_KEY: &str = \"R!\";", &[]),
        ("const NAME: &str = \"R!\";", &[]),
        ("const API_KEY: &str = \"phc_R!\";", &[]),
        ("const TOKEN_STRATEGY: &str = \"R!\";", &[]),
        ("const ARM_PACA_KEYS: &[u8; 6] = b\"LINUX\\0\";", &[]),
        ("const KEY: &str = \"258EAFA5-E914-47DA-95CA-C5AB0DC85B11\";", &[]),
        ("const IV_KEY: [u8; 16] = [0; 16];", &[]),
        ("let password = prompt(\"Password: \");", &[]),
        ("let a = format!(\"Bearer {}\", token);", &[]),
        ("let a = Token { kind: \"identifier\" };", &[]),
        ("let a = map.get(\"api_key\");", &[]),
        ("if key == \"Content-Length\" {}", &[]),
    ]);
}

#[test]
fn a_literal_in_a_secret_type_is_reported() {
    assert_rows(&[
        ("let a = SecretString::from(\"dev\");", &["scan-code-literal SecretString"]),
        ("let a = secrecy::SecretString::new(\"dev\".into());", &["scan-code-literal SecretString"]),
        ("let a = SecretKey::new(\"dev\");", &["scan-code-literal SecretKey"]),
        ("let a = EncodingKey::from_secret(b\"secret\");", &["scan-code-literal EncodingKey"]),
        ("let a = EncodingKey::from_secret(\"secret\".as_ref());", &["scan-code-literal EncodingKey"]),
        ("let a = Hmac::<Sha256>::new_from_slice(b\"my-secret-key\");", &["scan-code-literal Hmac"]),
        ("let a = HmacSha256::new_from_slice(b\"R!\");", &["scan-code-literal HmacSha256"]),
        ("let a = Key::from(b\"R!\");", &["scan-code-literal Key"]),
        ("let a = hmac::Key::new(hmac::HMAC_SHA256, b\"R!\");", &["scan-code-literal Key"]),
        ("let a = Credentials::new(\"app\", \"R!\");", &["scan-code-literal Credentials"]),
        (
            "let a = Credentials::new(\"app\".to_owned(), \"smtp-pa55word\".to_owned());",
            &["scan-code-literal Credentials"],
        ),
        ("let a = Aes256Gcm::new_from_slice(b\"01234567890123456789012345678901\");", &["scan-code-literal Aes256Gcm"]),
        ("let a = <Hmac<Sha256> as Mac>::new_from_slice(b\"secret key\");", &["scan-code-literal Mac"]),
        ("let a = Secret::new(\"hunter2-prod\".to_string());", &["scan-code-literal Secret"]),
        ("let a: SecretString = \"dev\".into();", &["scan-code-literal SecretString"]),
        ("let a = \"dev\".parse::<SecretString>();", &["scan-code-literal SecretString"]),
        ("const K: &[u8] = b\"dev\"; fn a() { EncodingKey::from_secret(K); }", &["scan-code-literal EncodingKey"]),
        ("fn a() -> SecretString { \"dev\".into() }", &["scan-code-literal SecretString"]),
        ("impl A { fn a(&self) -> SecretString { \"dev\".into() } }", &["scan-code-literal SecretString"]),
        (
            "let a = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(b\"an example very very secret key.\"));",
            &["scan-code-literal Key"],
        ),
        ("#[cfg(feature = \"test_mode\")] const K: &str = \"dev\"; fn a() -> SecretString { K.into() }", &[]),
        ("fn a() -> SecretString { read().into() }", &[]),
        ("let a = SecretString::from(read()?);", &[]),
        ("let a = SecretString::from(String::new());", &[]),
        ("let a = SecretString::from(\"\");", &[]),
        (
            "let a = Secret::new(\"$argon2id$v=19$m=15000,t=2,p=1$gZiV/M1gPc22ElAH/Jh1Hw$CWOrkoo7oJBQ\".to_string());",
            &[],
        ),
        ("let a = EncodingKey::from_secret(key.as_bytes());", &[]),
        ("let a = Hmac::<Sha512>::new_from_slice(b\"Bitcoin seed\");", &[]),
        ("let a = SecretKey::from_slice(&[0xcd; 32]);", &[]),
        ("let a = String::from(\"secret\");", &[]),
        ("let a = Key::new(\"name\");", &[]),
    ]);
}

#[test]
fn a_secret_that_is_set_in_the_process_environment_is_reported() {
    assert_rows(&[
        ("std::env::set_var(\"JWT_SECRET\", secret);", &["scan-code-set-var JWT_SECRET"]),
        ("unsafe { env::set_var(\"DB_PASSWORD\", \"dev\") };", &["scan-code-set-var DB_PASSWORD"]),
        ("env::set_var(\"DB_PASSWORD\", \"\");", &[]),
        ("env::set_var(\"RUST_LOG\", \"info\");", &[]),
        ("env::remove_var(\"JWT_SECRET\");", &[]),
    ]);
}

#[test]
fn an_exposed_secret_in_output_is_reported() {
    assert_rows(&[
        ("println!(\"{}\", key.expose_secret());", &["scan-code-shown key"]),
        ("tracing::info!(token = %token.expose_secret(), \"signed in\");", &["scan-code-shown token"]),
        ("log::debug!(\"{}\", settings.jwt.key.expose_secret());", &["scan-code-shown key"]),
        ("panic!(\"{:?}\", key.expose_bytes());", &["scan-code-shown key"]),
        ("return Err(anyhow!(\"{}\", key.expose_secret()));", &["scan-code-shown key"]),
        ("warn!(\"{}\", format!(\"{}\", key.expose_secret()));", &["scan-code-shown key"]),
        ("let a = key.expose_secret(); println!(\"{a}\");", &["scan-code-shown a"]),
        ("let a = key.expose_secret().to_owned(); println!(\"{}\", a);", &["scan-code-shown a"]),
        ("dbg!(key.expose_secret());", &["scan-code-shown key"]),
        (
            "impl fmt::Debug for A { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { write!(f, \"{}\", self.key.expose_secret()) } }",
            &["scan-code-shown key"],
        ),
        (
            "impl fmt::Display for A { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { f.write_str(self.key.expose_secret()) } }",
            &["scan-code-shown secret"],
        ),
        (
            "impl fmt::Debug for A { fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result { f.debug_struct(\"A\").field(\"key\", &self.key.expose_secret()).finish() } }",
            &["scan-code-shown secret"],
        ),
        ("assert!(ok, \"{}\", key.expose_secret());", &["scan-code-shown key"]),
        ("assert!(key.expose_secret() == other, \"not the same\");", &[]),
        ("writeln!(std::io::stderr(), \"{}\", key.expose_secret())?;", &["scan-code-shown key"]),
        ("println!(\"{}\", std::env::var(\"JWT_SECRET\").unwrap());", &["scan-code-shown JWT_SECRET"]),
        ("println!(\"{}\", std::env::var(\"JWT_SECRET\").is_ok());", &[]),
        ("println!(\"{}\", std::env::var(\"PORT\").unwrap());", &[]),
        ("let a = format!(\"Bearer {}\", key.expose_secret());", &[]),
        ("println!(\"{}\", key.expose_secret().len());", &[]),
        ("println!(\"{:?}\", key);", &[]),
        ("let a = key.expose_secret(); send(a); println!(\"{b}\");", &[]),
        ("let a = key.expose_secret(); println!(\"{}\", a.len());", &[]),
        ("let a = key.expose_secret(); let a = a.len(); println!(\"{a}\");", &[]),
        ("write!(f, \"{}\", key.expose_secret())?;", &[]),
    ]);
}

#[test]
fn settings_that_show_a_secret_in_debug_output_are_reported() {
    assert_rows(&[
        ("#[derive(Debug, Clone)] struct Settings { jwt_secret: String }", &["scan-code-debug jwt_secret"]),
        ("#[derive(Debug)] struct DatabaseConfig { password: Option<String> }", &["scan-code-debug password"]),
        ("#[derive(Debug)] struct AppState { jwt_secret: Box<str> }", &["scan-code-debug jwt_secret"]),
        ("#[derive(Debug)] struct Settings<'a> { jwt_secret: &'a str }", &["scan-code-debug jwt_secret"]),
        ("#[derive(Debug)] struct Settings { signing_key: Vec<u8> }", &["scan-code-debug signing_key"]),
        ("#[derive(Debug)] enum Settings { Database { password: String }, None }", &["scan-code-debug password"]),
        ("#[derive(Debug)] struct Client { password: String }", &[]),
        ("#[derive(Debug)] struct IntegrationTestConfig { password: String }", &[]),
        ("#[derive(Debug)] struct Settings { encrypted_client_secret: String }", &[]),
        ("#[derive(Clone)] struct Settings { jwt_secret: String }", &[]),
        ("#[derive(Debug)] struct Settings { jwt_secret: SecretString }", &[]),
        ("#[derive(Debug)] struct Settings { #[debug(skip)] jwt_secret: String }", &[]),
        ("#[derive(Debug)] struct Settings { token_ttl: String, port: u16 }", &[]),
        ("#[derive(Debug)] struct SignIn { password: String }", &[]),
        ("// @generated\n#[derive(Debug)] struct SlackConfig { jwt_secret: String }", &[]),
        (
            "// not generated\n#[derive(Debug)] struct SlackConfig { jwt_secret: String }",
            &["scan-code-debug jwt_secret"],
        ),
    ]);
}

#[test]
fn a_credential_with_a_known_form_is_reported_anywhere_in_code() {
    let body = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v9Vg0Y2pQ7bXl2m8nQq4rS6tU8wYzA1bC3dE";
    let key = format!("let a = \"-----BEGIN PRIVATE KEY-----\\n{body}\\n-----END PRIVATE KEY-----\";");
    let token =
        "let a = \"eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOiJxOFp4VDN2QiJ9.q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNm\";";
    assert_rows(&[
        (&key, &["scan-credential private_key"]),
        (token, &["scan-credential token"]),
        ("let a = \"ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW\";", &["scan-credential key"]),
        ("connect(\"postgres://app:x7Kq9vB3@db.example.com/app\");", &["scan-credential password"]),
        (
            "const DATABASE_URL: &str = \"postgres://app:x7Kq9vB3@db.example.com/app\";",
            &["scan-code-literal DATABASE_URL"],
        ),
        (&key.replace("\"-----BEGIN", "b\"-----BEGIN"), &["scan-credential private_key"]),
        ("let a = text.starts_with(\"-----BEGIN PRIVATE KEY-----\");", &[]),
        ("let a = \"ghp_\";", &[]),
        // Examples from the documentation of GitHub, Stripe, Slack, SendGrid and Supabase.
        ("let a = \"gho_16C7e42F292c6912E7710c838347Ae178B4a\";", &[]),
        ("let token = \"ghu_16C7e42F292c6912E7710c838347Ae178B4a\";", &[]),
        ("let a = \"sk_test_BQokikJOvBiI2HlWgH4olfQ2\";", &[]),
        ("let a = \"xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy\";", &[]),
        ("let a = \"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\";", &[]),
        ("let a = \"gho_17C7e42F292c6912E7710c838347Ae178B4a\";", &["scan-credential key"]),
        ("let a = \"postgres://user:password@localhost/app\";", &[]),
        ("let a = format!(\"postgres://{}:{}@{}/app\", user, password, host);", &[]),
        ("/// postgres://app:x7Kq9vB3@db.example.com/app\nfn a() {}", &[]),
        ("// const JWT_SECRET: &str = \"R!\";\nfn a() {}", &[]),
    ]);
}

#[test]
fn test_code_may_have_keys_but_not_those_of_issuers() {
    let secret = format!("const JWT_SECRET: &str = \"{RANDOM}\";");
    let issued = "const A: &str = \"ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW\";";
    let signs = "const A: &str = \"whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH\";";
    for (path, text, expected) in [
        ("src/main.rs", secret.clone(), 1),
        ("tests/main.rs", secret.clone(), 0),
        ("examples/a.rs", secret.clone(), 0),
        ("src/tests.rs", secret.clone(), 0),
        ("src/main.rs", format!("#[cfg(test)] mod tests {{ {secret} }}"), 0),
        ("src/main.rs", format!("#[test] fn a() {{ {secret} }}"), 0),
        ("src/main.rs", format!("#[cfg(not(test))] mod a {{ {secret} }}"), 1),
        ("tests/main.rs", issued.to_owned(), 1),
        ("tests/main.rs", signs.to_owned(), 0),
        ("src/main.rs", signs.to_owned(), 1),
        ("src/main.rs", format!("#[cfg(test)] mod tests {{ {issued} }}"), 1),
    ] {
        assert_eq!(told(path, &text).len(), expected, "{path}: {text}");
    }
}

#[test]
fn a_finding_names_its_line_and_its_column_in_characters() {
    for (text, expected) in [
        (format!("const JWT_SECRET: &str = \"{RANDOM}\";"), "src/main.rs:1:26"),
        (format!("\u{feff}#!/usr/bin/env run\n\n/* é */ const JWT_SECRET: &str = \"{RANDOM}\";"), "src/main.rs:3:34"),
        ("fn a() {\n    env::var(\"JWT_SECRET\").unwrap_or(\"dév\".into());\n}".to_owned(), "src/main.rs:2:38"),
    ] {
        let report = report("src/main.rs", &text);
        let places: Vec<_> = report.findings().iter().map(|finding| finding.place().to_string()).collect();
        assert_eq!(places, [expected], "{text}");
    }
}

#[test]
fn code_that_does_not_parse_is_listed_and_searched_as_text() {
    let text = "fn main( { let token = \"ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW\"; connect(\"postgres://app:x7Kq9vB3@db/app\")";
    let report = report("src/main.rs", text);
    let found: Vec<_> = report.findings().iter().map(|finding| finding.subject().to_owned()).collect();
    assert_eq!((found, report.skipped().len()), (vec!["key".to_owned(), "password".to_owned()], 1));
}

#[test]
fn each_rule_says_what_is_wrong_and_what_to_do() {
    let text = format!(
        "#[derive(Debug)] struct Settings {{ jwt_secret: String }}
        fn main() {{
            env::var(\"JWT_SECRET\").unwrap_or(\"dev\".into());
            env::var(\"JWT_SECRET\").unwrap_or_default();
            let jwt_secret = \"{RANDOM}\";
            env!(\"JWT_SECRET\");
            env::set_var(\"JWT_SECRET\", a);
            println!(\"{{}}\", key.expose_secret());
            connect(\"postgres://app:x7Kq9vB3@db.example.com/app\");
        }}"
    );
    let report = report("src/main.rs", &text);
    let lines: Vec<_> =
        report.findings().iter().map(|it| format!("{}: {} → {}", it.rule(), it.message(), it.remedy())).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

proptest! {
    #[test]
    fn no_text_causes_a_panic(text in "\\PC*") {
        report("src/main.rs", &text);
    }

    #[test]
    fn no_combination_of_rust_fragments_causes_a_panic(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
        let text: String = parts.concat();
        report("src/main.rs", &text);
        report("src/main.rs", &format!("fn main() {{ {text} }}"));
    }
}

const PARTS: &[&str] = &[
    "env::var(\"JWT_SECRET\")",
    ".unwrap_or(",
    "\"",
    "\"é\"",
    "'",
    "b\"\\xff\"",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ",",
    ";",
    "\n",
    "//",
    "/*",
    "*/",
    "#[cfg(test)]",
    "#[arg(default_value = ",
    "const JWT_SECRET: &str = ",
    "\"q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW\"",
    "env!(",
    "println!(\"{}\", a.expose_secret())",
    "://a:b@",
    "-----BEGIN PRIVATE KEY-----",
    "eyJ",
    "struct A ",
    "password: String",
    "=> ",
    "match ",
    "if let ",
    "\\",
    "concat!(",
    "r#\"",
    "\"#",
    "\0",
    "\u{feff}",
    "é",
];
