//! Configuration files with a usable secret in them. Each format has rows that are reported and rows that are not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;

use hardened_scan::{Place, Report, files};
use proptest::prelude::*;
use serde_json::Value;

/// A randomly generated text that looks like a secret and gives access to nothing.
const RANDOM: &str = "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXc";
/// The same text in base64.
const ENCODED: &str = "cThaeFQzdkI3bk0xa0w1akg5Z0YyZFM2YVA0b0kwdVl0UmVXcVhj";

fn report(path: &str, bytes: &[u8]) -> Report {
    let mut report = Report::default();
    files::check(&Place::file(path), bytes, &mut report);
    report
}

fn told(path: &str, text: &str) -> Vec<String> {
    let report = report(path, text.as_bytes());
    report.findings().iter().map(|finding| format!("{} {}", finding.rule(), finding.subject())).collect()
}

/// Asserts the findings of each row, which is a text with the names of its secrets; `R!` is a random text, `B!` the same in
/// base64.
fn assert_rows(path: &str, rows: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in rows {
        let text = text.replace("R!", RANDOM).replace("B!", ENCODED);
        let expected: Vec<_> = expected.iter().map(|name| format!("scan-file-secret {name}")).collect();
        let found = told(path, &text);
        if found != expected {
            wrong.push(format!("{path}: {text}\n  found {found:?}\n  expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_dotenv_file_with_a_usable_secret_is_reported() {
    let rows: &[(&str, &[&str])] = &[
        ("JWT_SECRET=R!", &["JWT_SECRET"]),
        ("export JWT_SECRET='R!' # the key", &["JWT_SECRET"]),
        ("PORT=8080\r\nJWT_SECRET=\"R!\"\r\n", &["JWT_SECRET"]),
        ("# JWT_SECRET=R!", &["JWT_SECRET"]),
        ("JWT_SECRET: R!", &["JWT_SECRET"]),
        ("DATABASE_URL=postgres://app:x7Kq9vB3@db.example.com/app", &["DATABASE_URL"]),
        (
            "DB=Server=db;User Id=app;Password=x7Kq9vB3;\nCONNECTION_STRING=Server=db;User Id=app;Password=x7Kq9vB3;",
            &["DB", "CONNECTION_STRING"],
        ),
        ("SESSION_KEYS=[\"R!\", \"changeme\"]", &["SESSION_KEYS"]),
        ("DB_PASSWORD=${DB_PASSWORD:-x7Kq9-vB3}", &["DB_PASSWORD"]),
        ("DB_PASSWORD=${DB_PASSWORD:-postgres}", &[]),
        ("SESSION_KEYS=[\"changeme\"]", &[]),
        ("JWT_SECRET=encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt+Z9HPMfLEIRVz50hmLXPXRuDBXaJi", &[]),
        ("ADMIN_TOKEN='$argon2id$v=19$m=65540,t=3,p=4$MmeKRnGK5RW5mJS7h3TOL89GrpLPXJPA$DqsstvoSAETl9YhnsXbf'", &[]),
        ("NEXT_PUBLIC_SUPABASE_ANON_KEY=R!", &[]),
        ("TOKEN_ENCRYPTION=aes-256-gcm", &[]),
        ("DB=Server=db;User Id=app;Password=changeme;", &[]),
        ("DB_PASSWORD=hunter2", &["DB_PASSWORD"]),
        ("SMTP_PASS=Sommer2024!", &["SMTP_PASS"]),
        ("TOKEN=R!", &["TOKEN"]),
        (
            "SLACK_WEBHOOK_URL=https://hooks.example.com/services/T0AB1CD2E/B0F3GH4IJ/q8ZxT3vB7nM1kL5jH9gF2dS6",
            &["SLACK_WEBHOOK_URL"],
        ),
        ("SENTRY_DSN=https://8f14e45fceea167a5a36dedd4bea2543@o1.ingest.example.com/2", &["SENTRY_DSN"]),
        ("APP_KEY=base64:3q2+7wC1AAB3q2+7w8fGx0J1c2VyX2tleV8xMjM=", &["APP_KEY"]),
        ("DB_PASSWORD=P@ssw0rd123", &[]),
        ("JWT_SECRET=***REMOVED***", &[]),
        ("JWT_SECRET=", &[]),
        ("JWT_SECRET=changeme", &[]),
        ("JWT_SECRET=<your key here>", &[]),
        ("JWT_SECRET=${VAULT_JWT}", &[]),
        ("JWT_SECRET=op://vault/item/field", &[]),
        ("JWT_SECRET=/run/secrets/jwt", &[]),
        ("JWT_SECRET=generate with openssl rand", &[]),
        ("JWT_SECRET_FILE=R!", &[]),
        ("DATABASE_URL=postgres://postgres:postgres@localhost:5432/app", &[]),
        ("DATABASE_URL=postgres://app:${DB_PASSWORD}@db/app", &[]),
        ("DATABASE_URL=postgres://localhost/app", &[]),
        ("POSTGRES_PASSWORD=postgres", &[]),
        ("MINIO_ROOT_PASSWORD=minioadmin", &[]),
        ("DATABASE_URL=sqlite::memory:", &[]),
        ("SERVER_KEY=server.key.pem", &[]),
        ("ARTIFACT_KEY=p-client__plat-linux__dist-centos8__arch-arm64", &[]),
        ("API_TOKENS=5", &[]),
        ("ENABLE_TOKEN=true", &[]),
        ("BUILD_ID=R!", &[]),
        ("PUBLIC_KEY=R!", &[]),
        ("", &[]),
    ];
    for path in [".env", ".env.example", "config/prod.env", ".env.bak", ".envrc"] {
        assert_rows(path, rows);
    }
}

#[test]
fn a_dockerfile_with_a_usable_secret_is_reported() {
    for path in ["Dockerfile", "api.Dockerfile", "Dockerfile.prod"] {
        assert_rows(
            path,
            &[
                ("FROM a\nENV JWT_SECRET=R!\n", &["JWT_SECRET"]),
                ("ENV PORT=1 \\\n    # a comment\n    JWT_SECRET=\"R!\"", &["JWT_SECRET"]),
                ("ENV JWT_SECRET R!", &["JWT_SECRET"]),
                ("ARG NPM_TOKEN=R!", &["NPM_TOKEN"]),
                ("RUN JWT_SECRET=R! ./build", &["JWT_SECRET"]),
                ("RUN curl --password=R! https://a.example", &["password"]),
                ("RUN <<EOT\n# comment\nexport JWT_SECRET=R!\nEOT\nENV A=b", &["JWT_SECRET"]),
                ("RUN echo //r.example/:_authToken=R! > .npmrc", &["_authToken"]),
                ("RUN docker login --username a --password R!", &["password"]),
                ("LABEL api.key=\"R!\"", &["api_key"]),
                ("ENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D", &[]),
                ("RUN docker build --secret id=npm,src=.npmrc --password $PASSWORD .", &[]),
                ("RUN login --password-stdin", &[]),
                ("RUN gpg --recv-keys B42F6819007F00F88E364FD4036A9C25BF357DD4", &[]),
                ("ARG JWT_SECRET\nENV JWT_SECRET=$JWT_SECRET", &[]),
                ("ENV JWT_SECRET=${JWT_SECRET:-changeme}", &[]),
                ("ENV JWT_SECRET=changeme", &[]),
                ("ENV PORT=8080", &[]),
                ("# ENV JWT_SECRET=R!", &[]),
                ("RUN --mount=type=secret,id=jwt cat /run/secrets/jwt", &[]),
                ("ENV", &[]),
            ],
        );
    }
}

#[test]
fn yaml_with_a_usable_secret_is_reported() {
    assert_rows(
        "docker-compose.yml",
        &[
            ("services:\n  api:\n    environment:\n      JWT_SECRET: R!\n", &["JWT_SECRET"]),
            (
                "services:\n  api:\n    environment:\n      - JWT_SECRET=R!\n      - \"DB_PASSWORD=x7Kq9vB3\"\n",
                &["JWT_SECRET", "DB_PASSWORD"],
            ),
            ("environment: { JWT_SECRET: 'R!' } # comment", &["JWT_SECRET"]),
            ("environment: [\"JWT_SECRET=R!\"]", &["JWT_SECRET"]),
            ("x: &a\n  DATABASE_URL: \"postgres://app:x7Kq9vB3@db/app\"", &["DATABASE_URL"]),
            ("password: &pw x7Kq9-vB3", &["password"]),
            (
                "environment:\n  JWT_SECRET: ${JWT_SECRET}\n  DB_PASSWORD: ${DB_PASSWORD:-postgres}\n  POSTGRES_PASSWORD: postgres\n",
                &[],
            ),
            ("environment:\n  DB_PASSWORD: ${DB_PASSWORD:-x7Kq9vB3}\n", &["DB_PASSWORD"]),
            ("db:\n  password:\n    \"x7Kq9-vB3\"\n", &["password"]),
            ("environment:\n  JWT_SECRET:\n  OTHER: a", &[]),
            ("# JWT_SECRET: R!", &[]),
            ("secrets:\n  jwt:\n    file: ./jwt.txt", &[]),
            ("existingSecret: postgres-credentials", &[]),
            ("password: \"\"", &[]),
        ],
    );
    assert_rows(
        "deploy/app.yaml",
        &[
            ("kind: Secret\ndata:\n  JWT_SECRET: B!\n", &["secret_JWT_SECRET_value"]),
            ("apiVersion: v1\nkind: Secret\ndata:\n  anything: \"B!\"\n", &["secret_anything_value"]),
            ("kind: Secret\nstringData:\n  password: x7Kq9vB3\n", &["secret_password_value"]),
            ("kind: Secret\nstringData:\n  jwt: |\n    R!\n", &["secret_jwt_value"]),
            ("kind: ConfigMap\ndata:\n  app.env: |\n    PORT=1\n    JWT_SECRET=R!\n", &["JWT_SECRET"]),
            ("kind: ConfigMap\ndata:\n  app.toml: |\n    api_key: \"R!\"\n", &["api_key"]),
            ("env:\n  - name: JWT_SECRET\n    value: R!\n", &["JWT_SECRET"]),
            ("env:\n  - name: JWT_SECRET\n    value: \"R!\"\n  - name: PORT\n    value: \"8080\"\n", &["JWT_SECRET"]),
            ("env:\n  - {name: JWT_SECRET, value: R!}\n", &["JWT_SECRET"]),
            ("a: 1\n---\nkind: Secret\ndata:\n  password: B!\n---\nb: 2", &["secret_password_value"]),
            ("kind: Secret\ndata:\n  password: Y2hhbmdlbWU=\n  username: cThaeFQzdkI3\n", &[]),
            (
                "kind: Secret\ndata:\n  .dockerconfigjson: eyJhdXRocyI6IHsieCI6IHsiYXV0aCI6ICJkVHBhYXpRdGJWRTVlRlJ4In19fQ==\n",
                &["secret__dockerconfigjson_value"],
            ),
            ("kind: Secret\ndata:\n  ca.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJxOFp4VDN2QjdubU0xa0w=\n", &[]),
            ("kind: Secret\ndata:\n  password: \"\"\n", &[]),
            ("kind: SealedSecret\nspec:\n  encryptedData:\n    password: AgB!\n", &[]),
            ("kind: Secret\nstringData:\n  password: ENC[AES256_GCM,data:abc]\n", &[]),
            (
                "env:\n  - name: JWT_SECRET\n    valueFrom:\n      secretKeyRef:\n        name: app\n        key: jwt\n",
                &[],
            ),
            ("password: {{ .Values.password }}", &[]),
            ("kind: ConfigMap\ndata:\n  name: B!\n", &[]),
        ],
    );
    assert_rows(
        ".github/workflows/ci.yml",
        &[
            ("env:\n  JWT_SECRET: R!\n", &["JWT_SECRET"]),
            (
                "jobs:\n  a:\n    steps:\n      - run: |\n          export JWT_SECRET=R!\n          cargo test\n",
                &["JWT_SECRET"],
            ),
            ("steps:\n  - run: JWT_SECRET=R! cargo test\n", &["JWT_SECRET"]),
            ("variables:\n  DB_PASSWORD:\n    value: x7Kq9vB3\n    description: a\n", &["DB_PASSWORD"]),
            ("    environment:\n      - JWT_SECRET: R!\n", &["JWT_SECRET"]),
            ("script:\n  - export JWT_SECRET=R!\n  - cargo test\n", &["JWT_SECRET"]),
            ("args: [\"--jwt-secret=R!\"]\n", &["jwt_secret"]),
            ("with:\n  password: ${{ secrets.REGISTRY_PASSWORD }}\n  token: ${{ github.token }}\n", &[]),
            ("with:\n  key: ${{ runner.os }}-cargo-${{ hashFiles('**/Cargo.lock') }}\n", &[]),
            ("with:\n  path: target\n  key: cargo-9f3b1c7e0a5d2846b1e4\n", &[]),
            ("permissions:\n  id-token: write\n", &[]),
            ("- uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683\n", &[]),
        ],
    );
}

#[test]
fn scripts_and_procfiles_with_a_usable_secret_are_reported() {
    for path in ["Procfile", "deploy.sh", "Makefile"] {
        assert_rows(
            path,
            &[
                ("web: JWT_SECRET=R! ./app", &["JWT_SECRET"]),
                ("export JWT_SECRET=\"R!\"", &["JWT_SECRET"]),
                ("docker run -e JWT_SECRET=R! app", &["JWT_SECRET"]),
                ("JWT_SECRET := R!", &["JWT_SECRET"]),
                ("export JWT_SECRET ?= R! # the key", &["JWT_SECRET"]),
                ("jwt_secret := \"R!\"", &["jwt_secret"]),
                ("$env:JWT_SECRET = \"R!\"", &["JWT_SECRET"]),
                ("$password = ConvertTo-SecureString \"x7Kq9-vB3\" -AsPlainText -Force", &["password"]),
                ("set -gx JWT_SECRET R!", &["JWT_SECRET"]),
                ("PASSWORD=${PASSWORD:-x7Kq9-vB3}", &["PASSWORD"]),
                ("redis-server --requirepass x7Kq9-vB3 --port 1", &[]),
                ("JWT_SECRET := $(shell openssl rand -hex 32)", &[]),
                ("set -x", &[]),
                ("web: ./app --port $PORT", &[]),
                ("for /f \"tokens=2-3 delims=x7Kq9vB3,\" %%a in ('ver') do echo %%a", &[]),
                ("export JWT_SECRET=$(openssl rand -base64 32)", &[]),
                ("export JWT_SECRET=\"$VAULT_JWT\"", &[]),
                ("# export JWT_SECRET=R!", &[]),
            ],
        );
    }
}

#[test]
fn terraform_with_a_usable_secret_is_reported() {
    for path in ["main.tf", "prod.tfvars"] {
        assert_rows(
            path,
            &[
                ("db_password = \"x7Kq9-vB3\"", &["db_password"]),
                ("variable \"jwt_secret\" {\n  type = string\n  default = \"R!\"\n}", &["jwt_secret"]),
                ("environment {\n  variables = { JWT_SECRET = \"R!\" }\n}", &["JWT_SECRET"]),
                ("{ name = \"JWT_SECRET\", value = \"R!\" }", &["JWT_SECRET"]),
                ("set {\n  name = \"jwt.secret\"\n  value = \"R!\"\n}", &["jwt_secret"]),
                ("password = var.db_password", &[]),
                ("password = \"${var.db_password}\"", &[]),
                ("variable \"jwt_secret\" {\n  default = \"\"\n}", &[]),
                ("secret_id = aws_secretsmanager_secret.jwt.id", &[]),
                ("secret_arn = \"arn:aws:secretsmanager:eu-west-1:1:secret:x\"", &[]),
                ("# db_password = \"x7Kq9-vB3\"", &[]),
            ],
        );
    }
}

#[test]
fn key_value_files_with_a_usable_secret_are_reported() {
    for (path, text, expected) in [
        ("hardened.toml", "[jwt]\nsecret_key = \"R!\"", Some("secret_key")),
        ("Rocket.toml", "[default]\nsecret_key = 'R!'", Some("secret_key")),
        ("config.toml", "db = { password = \"x7Kq9-vB3\" }", Some("password")),
        ("application.properties", "spring.datasource.password=x7Kq9-vB3", Some("spring_datasource_password")),
        ("app.ini", "api_key = R! ", Some("api_key")),
        ("appsettings.json", "{\"Jwt\": {\"SecretKey\": \"R!\"}}", Some("SecretKey")),
        ("task.json", "{\"environment\": [{\"name\": \"JWT_SECRET\", \"value\": \"R!\"}]}", Some("JWT_SECRET")),
        ("app.service", "[Service]\nEnvironment=\"JWT_SECRET=R!\"", Some("JWT_SECRET")),
        (".npmrc", "//registry.npmjs.org/:_authToken=R!", Some("_authToken")),
        (".netrc", "machine a.example login b password R!", Some("password")),
        (".pgpass", "# a comment\ndb.example:5432:app:app:x7Kq9-vB3", Some("password")),
        (".pgpass", "db.example:5432:app:app:changeme", None),
        (".aws/credentials", "[default]\naws_secret_access_key = R!", Some("aws_secret_access_key")),
        (".bash_history", "export JWT_SECRET=R!\nls", Some("JWT_SECRET")),
        (".zsh_history", ": 1700000000:0;JWT_SECRET=R! ./app", Some("JWT_SECRET")),
        ("terraform.tfstate", "{\"attributes\": {\"password\": \"x7Kq9-vB3\"}}", Some("password")),
        ("app.toml", "password = \"\"\"x7Kq9-vB3\"\"\"", Some("password")),
        (
            "appsettings.json",
            "{\"ConnectionStrings\": {\"Default\": \"Server=db;User Id=app;Password=x7Kq9vB3;\"}}",
            Some("Default"),
        ),
        ("pgbouncer.ini", "app = host=db password=x7Kq9-vB3 dbname=app", Some("app")),
        ("app.service", "[Service]\nEnvironment=DB_PASSWORD=x7Kq9-vB3", Some("DB_PASSWORD")),
        ("redis.conf", "requirepass x7Kq9-vB3", Some("password")),
        ("redis.conf", "requirepass changeme", None),
        ("settings.xml", "<server><id>a</id><password>x7Kq9-vB3</password></server>", Some("password")),
        ("app.config", "<assemblyIdentity name=\"System\" publicKeyToken=\"b77a5c561934e089\"/>", None),
        ("strings.xml", "<string name=\"password\">Kennwort</string><password>Kennwort</password>", None),
        ("settings.xml", "<server><password>${env.PASSWORD}</password></server>", None),
        ("key.jwk", "{\"kty\": \"OKP\", \"d\": \"R!\", \"x\": \"R!\"}", Some("private_key")),
        ("key.json", "{\"d\": \"R!\"}", None),
        ("config.json", "{\"auths\": {\"r.example\": {\"auth\": \"dTpaazQtbVE5eFRx\"}}}", Some("auth")),
        ("config.json", "{\"auths\": {\"r.example\": {\"auth\": \"dTpwYXNzd29yZA==\"}}}", None),
        (".npmrc", "_auth=dTpaazQtbVE5eFRx", Some("_auth")),
        ("samples.toml", "api_key = Some(String::from(\"OPEN_AI_API_KEY\"))", None),
        ("hardened.toml", "# secret_key = \"R!\"", None),
        ("hardened.toml", "secret_key = \"\"", None),
        ("hardened.toml", "token_ttl = \"15m\"", None),
        ("appsettings.json", "{\"Password\": \"${DB_PASSWORD}\"}", None),
        ("package.json", "{\"scripts\": {\"token\": \"node token.js\"}}", None),
        ("schema.json", "{\"password\": {\"type\": \"string\"}, \"secret\": \"string\"}", None),
        ("Cargo.lock", "checksum = \"R!\"", None),
        ("vendor/a/.cargo-checksum.json", "{\"files\": {\"token.rs\": \"R!\"}}", None),
        ("digests.json", "{\"src/session_key.rs\": \"R!\"}", None),
        ("digests.json", "{\"session_key\": \"R!\"}", Some("session_key")),
        ("mutants.toml", "exclude_re = [\n  \"SecretKey::R!\",\n]", None),
    ] {
        let rows: &[&str] = expected.as_slice();
        assert_rows(path, &[(text, rows)]);
    }
}

#[test]
fn a_credential_with_a_known_form_is_reported_in_every_text_file() {
    let body = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v9Vg0Y2pQ7bXl2m8nQq4rS6tU8wYzA1bC3dE";
    let key = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    let issued = "token ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW";
    let address = "see postgres://app:x7Kq9vB3@db.example.com/app";
    for (path, text, expected) in [
        ("certs/server.key", key.as_str(), 1),
        ("id_ed25519", &key, 1),
        ("account.json", &format!("{{\"private_key\": \"{}\"}}", key.replace('\n', "\\n")), 1),
        ("app.js", issued, 1),
        ("README.md", issued, 1),
        ("config.yml", address, 1),
        (".git-credentials", "https://app:x7Kq9vB3@git.example.com", 1),
        ("nip44.vectors.json", "{\"key\": \"q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXc\"}", 0),
        ("tests/certs/server.key", &key, 0),
        ("certs/test.example.com-key.pem", &key, 0),
        ("tests/data/a.yml", issued, 1),
        ("tests/webhook_test.go", "key := \"whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH\"", 0),
        ("webhook.go", "key := \"whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH\"", 1),
        ("tests/data/a.env", "JWT_SECRET=q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXc", 0),
        ("README.md", "such as `whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH`", 0),
        ("README.md", &key, 0),
        ("README.md", address, 0),
        ("app.js", address, 0),
        (
            "certs/server.crt",
            "-----BEGIN CERTIFICATE-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v9Vg0Y2pQ7bXl2m8nQq4rS6tU8wYzA1bC3dE",
            0,
        ),
        ("app.bin", "\0ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW", 0),
    ] {
        assert_eq!(told(path, text).len(), expected, "{path}: {text}");
    }
}

#[test]
fn utf_16_and_other_encodings_are_read() {
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(format!("JWT_SECRET={RANDOM}\r\n").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let latin = [b"# caf\xe9\nJWT_SECRET=", RANDOM.as_bytes()].concat();
    for (bytes, line) in [(wide, ":1:12"), (latin, ":2:12")] {
        let report = report(".env", &bytes);
        let places: Vec<_> = report.findings().iter().map(|finding| finding.place().to_string()).collect();
        assert_eq!(places, [format!(".env{line}")]);
    }
}

/// The data has values from published `.env` files; for each it says whether it is usable.
#[test]
fn usable_secrets_in_published_examples_are_reported_and_placeholders_are_not() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("data/published_examples.json")).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let text = |name: &str| case[name].as_str().unwrap();
        let is_told = !told(".env.example", &format!("{}='{}'", text("variable"), text("value"))).is_empty();
        if is_told != case["usable"].as_bool().unwrap() {
            wrong.push(format!("{}\t{}={}", text("id"), text("variable"), text("value")));
        }
    }
    assert!(wrong.is_empty() && cases.len() > 80, "{}", wrong.join("\n"));
}

/// Placeholders that people write into an example.
const STAND_INS: &[&str] = &[
    "X_SECRET='wpisz_tu_haslo'",
    "X_SECRET='skriv_ditt_losenord'",
    "X_SECRET='vul_hier_in'",
    "X_SECRET='aici_parola_ta'",
    "X_SECRET='ide_jon_a_jelszo'",
    "X_SECRET='INSERT_KEY_HERE'",
    "X_SECRET='TODO'",
    "X_SECRET='FIXME'",
    "X_SECRET='tbd'",
    "X_SECRET='replace-with-32-byte-hex'",
    "X_SECRET='generate-me'",
    "X_SECRET='paste-token'",
    "X_SECRET='sk-XXXXXXXX'",
    "X_SECRET='pk_test_xxx'",
    "X_SECRET='ghp_xxxxxxxxxxxxxxxxxxxx'",
    "X_SECRET='AKIAXXXXXXXXXXXXXXXX'",
    "X_SECRET='1234567890'",
    "X_SECRET='abcdef123456'",
    "X_SECRET='password1'",
    "X_SECRET='Passw0rd!'",
    "X_SECRET='test'",
    "X_SECRET='dummy'",
    "X_SECRET='dev-only-secret'",
    "X_SECRET='local_secret_do_not_use'",
    "X_SECRET='super_secret_key_123'",
    "X_SECRET='s3cr3t'",
    "X_SECRET='mysecretkey'",
    "X_SECRET='supersecretjwt'",
    "X_SECRET='some-long-random-string'",
    "X_SECRET='a-very-long-secret-key-at-least-32-chars'",
    "X_SECRET='xxxx-xxxx-xxxx'",
    "X_SECRET='00000000'",
    "X_SECRET='redacted'",
    "X_SECRET='***REMOVED***'",
    "X_SECRET='{{secret}}'",
    "X_SECRET='%SECRET%'",
    "X_SECRET='base64:xxxx='",
    "X_SECRET='base64:GENERATE'",
    "X_SECRET='sk_test_replace_me'",
    "X_SECRET='whsec_replace'",
    "X_SECRET='eyJ...'",
    "X_SECRET='changeme123!'",
    "X_SECRET='ChangeMe!2024'",
    "X_SECRET='Pa$$w0rd'",
    "X_SECRET='SuperSecretPassword123!'",
    "X_SECRET='docker'",
    "X_SECRET='root123'",
    "X_SECRET='admin@123'",
    "X_SECRET='P@ssw0rd123'",
    "X_SECRET='minha_senha_123'",
    "X_SECRET='TuClaveSecreta123'",
    "X_SECRET='MotDePasse2024'",
    "X_SECRET='mein-geheimes-passwort-1'",
    "X_SECRET='secret123'",
    "X_SECRET='jwt-secret-dev'",
    "X_SECRET='dev_secret_key_change_in_prod_1234567890'",
    "X_SECRET='your_32_character_secret_key_here!!'",
    "X_SECRET='openssl rand -hex 32'",
    "X_SECRET='use a password manager'",
    "X_SECRET='ask-the-team'",
    "X_SECRET='re_xxxxxxxxxxxxx'",
    "X_SECRET='sk-ant-api03-...'",
    "X_SECRET='123456'",
    "X_SECRET='admin'",
    "X_SECRET='qwerty123'",
    "X_SECRET='letmein'",
    "DATABASE_URL='postgres://user:password@localhost:5432/db'",
    "DATABASE_URL='postgresql://postgres:postgres@db:5432/app'",
    "DATABASE_URL='postgres://USER:PASS@HOST/DB'",
    "DATABASE_URL='mysql://root:root@127.0.0.1/app'",
    "DATABASE_URL='redis://localhost:6379'",
    "DATABASE_URL='redis://:password@localhost:6379'",
    "DATABASE_URL='mongodb://admin:secret@mongo:27017'",
    "DATABASE_URL='amqp://guest:guest@rabbitmq:5672'",
    "SENTRY_WEBHOOK_DSN='https://hooks.slack.com/services/XXX/YYY/ZZZ'",
    "SENTRY_WEBHOOK_DSN='https://xxxx@sentry.io/yyyy'",
    "SENTRY_WEBHOOK_DSN='https://your-key@o0.ingest.sentry.io/0'",
    "DATABASE_URL='smtp://user:pass@smtp.example.com'",
    "DATABASE_URL='mongodb+srv://<username>:<password>@cluster0.mongodb.net'",
    "DATABASE_URL='postgres://app:app@localhost/app'",
    "DATABASE_URL='postgres://myuser:mypassword@localhost/mydb'",
    "DATABASE_URL='postgres://myuser:mypass123@localhost/mydb'",
    "X_SECRET='file:/run/secrets/x'",
    "X_SECRET='not-a-real-secret'",
    "X_SECRET='fake-token-for-tests'",
    "X_SECRET='example-token-1234'",
    "X_SECRET='YOUR-API-KEY-1234'",
];

/// Values as a generator, an issuer or a person makes them; they give access to nothing.
const USABLE: &[&str] = &[
    "X_SECRET='base64:3q2+7wC1AAB3q2+7w8fGx0J1c2VyX2tleV8xMjM='",
    "X_SECRET='8f14e45fceea167a5a36dedd4bea2543'",
    "X_SECRET='3f2504e0-4f89-41d3-9a0c-0305e82c3301'",
    "X_SECRET='eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOiJxOFp4VDN2QiJ9.q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReWqXcVbNm'",
    "DATABASE_URL='postgres://app:Zx9kQ2vB@db.internal/app'",
    "DATABASE_URL='redis://:p4Zx9kQ2vB@cache:6379'",
    "DATABASE_URL='mongodb+srv://svc:Zx9kQ2vBm1@cluster0.abcde.mongodb.net/app'",
    "X_SECRET='Kx8!mQ2#vL9$'",
    "X_SECRET='Tq7-9vLm'",
    "SENTRY_WEBHOOK_DSN='https://8f14e45fceea167a5a36dedd4bea2543@o123456.ingest.sentry.io/456789'",
    "X_SECRET='Winter2025!'",
    "X_SECRET='hunter2'",
    "X_SECRET='mZ4kQ9xT'",
    "X_SECRET='gK7pR2wLq8Zx'",
    "X_SECRET='zaq12wsxcde3'",
    "DATABASE_URL='postgres://app:hunter2!x@db.example.com/app'",
    "X_SECRET='dXNlcjpaeDlrUTJ2Qg=='",
    "X_SECRET='KJH8732hjkh&8732hjkh8923uhkjh'",
    "X_SECRET='f3b1c7e0a5d28469'",
    "X_SECRET='0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318'",
    "X_SECRET='vMc4T!9wQe@7zR'",
    "X_SECRET='9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
    "X_SECRET='A7kdm29sLq'",
    "X_SECRET='app_prod_9d8f7s6a5d4f'",
    "X_SECRET='pbkdf2_sha256$260000$q8ZxT3vB7nM1kL5j$'",
    "DATABASE_URL='amqps://svc:xK9mQ2vB7n@host.mq.eu/vh'",
    "DATABASE_URL='Server=db;Database=app;User Id=svc;Password=xK9mQ2vB7n;'",
];

#[test]
fn placeholders_are_not_reported_and_usable_secrets_are() {
    let is_told = |line: &&&str| !told(".env.example", line).is_empty();
    let wrong: Vec<_> = STAND_INS.iter().filter(is_told).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let missed: Vec<_> = USABLE.iter().filter(|line| !is_told(line)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_dotenv_file_that_git_tracks_is_reported_unless_it_is_meant_to_be_shared() {
    for (path, expected) in [
        (".env", true),
        ("api/.env", true),
        (".env.local", true),
        (".env.production", true),
        (".env.test.local", true),
        (".env.bak", true),
        (".env.example", false),
        (".env.test", false),
        (".env.prod.sample", false),
        ("env.rs", false),
        ("environment", false),
        (".envrc", false),
    ] {
        assert_eq!(files::tracked(Path::new(path)).is_some(), expected, "{path}");
    }
}

#[test]
fn an_example_that_is_out_of_date_is_reported_for_each_name() {
    let names = ["JWT_SECRET", "DATABASE_URL", "PORT"];
    let place = Place::file(".env.example");
    for (text, expected) in [
        ("JWT_SECRET=\nDATABASE_URL=\nPORT=8080\n", vec![]),
        ("JWT_SECRET=\nDATABASE_URL=\n# PORT=8080\n", vec![]),
        ("JWT_SECRET=\nDATABASE_URL=\n", vec![".env.example PORT"]),
        ("JWT_SECRET=\nDATABASE_URL=\nPORT=1\nPROT=8080\nPROT=1\n", vec![".env.example:4:1 PROT"]),
        ("", vec![".env.example JWT_SECRET", ".env.example DATABASE_URL", ".env.example PORT"]),
    ] {
        let found: Vec<_> = files::out_of_step(&place, text, &names)
            .iter()
            .map(|it| format!("{} {}", it.place(), it.subject()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
    assert!(files::is_example(Path::new("api/.env.example")) && files::is_example(Path::new("env.sample")));
    assert!(!files::is_example(Path::new(".env")));
}

#[test]
fn each_rule_says_what_is_wrong_and_what_to_do() {
    let report = report(".env", format!("JWT_SECRET={RANDOM}\nA=ghp_q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW").as_bytes());
    let others = files::tracked(Path::new(".env")).into_iter().chain(files::out_of_step(
        &Place::file(".env.example"),
        "A=",
        &["B"],
    ));
    let all: Vec<_> = report.findings().iter().cloned().chain(others).collect();
    let lines: Vec<_> = all.iter().map(|it| format!("{}: {} → {}", it.rule(), it.message(), it.remedy())).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

proptest! {
    #[test]
    fn no_text_causes_a_panic(text in "\\PC*", path in prop::sample::select(PATHS)) {
        report(path, text.as_bytes());
    }

    #[test]
    fn no_bytes_cause_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), path in prop::sample::select(PATHS)) {
        report(path, &bytes);
    }

    #[test]
    fn no_combination_of_configuration_fragments_causes_a_panic(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40), path in prop::sample::select(PATHS)) {
        report(path, parts.concat().as_bytes());
        let _found = files::out_of_step(&Place::file(path), &parts.concat(), &["A"]);
    }
}

const PATHS: &[&str] = &[".env", "Dockerfile", "a.yml", "Procfile", "a.tf", "a.json", ".netrc", "a.md", "a"];

const PARTS: &[&str] = &[
    "JWT_SECRET",
    "password",
    "=",
    ": ",
    ":",
    "\"",
    "'",
    "é",
    "\n",
    "\r",
    "  ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "|",
    ">",
    "#",
    "$",
    "\\",
    "---",
    "&a ",
    "ENV ",
    "ARG ",
    "kind: Secret\ndata:\n",
    "variable \"a\" {",
    "default",
    "name",
    "value",
    "://a:b@",
    "q8ZxT3vB7nM1kL5jH9gF2dS6aP4oI0uYtReW",
    "//",
    "\u{feff}",
    "-----BEGIN PRIVATE KEY-----",
    "password ",
];
