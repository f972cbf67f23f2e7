use super::*;

fn mistakes(text: &str) -> Vec<String> {
    match Profile::parse(text, "hardened.verify.toml") {
        Ok(_) => Vec::new(),
        Err(error) => error.mistakes().iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn what_is_wrong_with_a_profile_is_said_with_file_line_key_and_what_is_expected() {
    for (text, expected) in [
        ("writes = ", "malformed: hardened.verify.toml:1: must be TOML"),
        ("\n\nwrites = 1", "malformed: hardened.verify.toml:3: writes: must be true or false"),
        ("write = true", "malformed: hardened.verify.toml:1: write: unknown key; did you mean `writes`?"),
        (
            "[docs]\nhide = true",
            "malformed: hardened.verify.toml:2: docs.hide: unknown key; must be one of paths, shown",
        ),
        (
            "protected = \"tasks\"",
            "malformed: hardened.verify.toml:1: protected: must be a path that begins with one slash, such as \"/tasks\"",
        ),
        (
            "protected = \"https://other.example/tasks\"",
            "malformed: hardened.verify.toml:1: protected: must be a path that begins with one slash, such as \"/tasks\"",
        ),
        (
            "known = \"//other.example\"",
            "malformed: hardened.verify.toml:1: known: must be a path that begins with one slash, such as \"/tasks\"",
        ),
        (
            "refused = [401, 200]",
            "malformed: hardened.verify.toml:1: refused[1]: must be a status from 300 to 499, such as 401",
        ),
        ("refused = 0x_9", "malformed: hardened.verify.toml:1: must be TOML"),
        (
            "[users.a]\ntoken = \"4711\"",
            "prohibited: hardened.verify.toml:2: users.a.token: must be { env = \"NAME\" } or { file = \"PATH\" }; a secret must not be written in this file",
        ),
        (
            "[users.a]\npassword = \"4711\"",
            "prohibited: hardened.verify.toml:2: users.a.password: must be { env = \"NAME\" } or { file = \"PATH\" }; a secret must not be written in this file",
        ),
        (
            "[users.a]\nheaders = { X-Api-Key = \"4711\" }",
            "prohibited: hardened.verify.toml:2: users.a.headers.X-Api-Key: must be { env = \"NAME\" } or { file = \"PATH\" }; a secret must not be written in this file",
        ),
        (
            "[users.a]\ntoken = { env = \"4711-x\" }",
            "malformed: hardened.verify.toml:2: users.a.token.env: must be the name of a variable, such as \"TOKEN_A\"",
        ),
        (
            "[users.a]\ntoken = { env = \"A\", file = \"b\" }",
            "malformed: hardened.verify.toml:2: users.a.token: must be { env = \"NAME\" } or { file = \"PATH\" }; a secret must not be written in this file",
        ),
        ("[users.c]", "malformed: hardened.verify.toml:1: users.c: unknown key; must be one of a, b"),
        ("[sign_in]", "missing: hardened.verify.toml:1: sign_in.path: must be a path, such as \"/sign-in\""),
        (
            "[sign_in]\npath = \"/a\"\njson = { password = \"4711\" }",
            "prohibited: hardened.verify.toml:3: sign_in.json.password: a secret must not be written here; use {{password}} and name its source in [users.a]",
        ),
        (
            "[sign_in]\npath = \"/a\"\njson = { email = \"{{emial}}\" }",
            "malformed: hardened.verify.toml:3: sign_in.json.email: unknown placeholder in double braces; known: {{email}}",
        ),
        (
            "[sign_in]\npath = \"/a\"\njson = {}\nform = {}",
            "inconsistent: hardened.verify.toml:4: sign_in.form: set `json` or `form`, not both",
        ),
        (
            "[sign_in]\npath = \"/a\"\ntoken = \"token\"",
            "malformed: hardened.verify.toml:3: sign_in.token: must be a JSON pointer (RFC 6901) such as \"/data/token\", or the name of a header",
        ),
        (
            "[sign_in]\npath = \"/a\"\nmethod = \"get\"",
            "malformed: hardened.verify.toml:3: sign_in.method: must be one of POST, PUT, GET, PATCH",
        ),
        (
            "[csrf]\npath = \"/a\"",
            "malformed: hardened.verify.toml:1: csrf: must say where to read the token: one of `json`, `cookie`, `header`, `input`",
        ),
        (
            "[csrf]\njson = \"/a\"\nsend = \"a b\"",
            "malformed: hardened.verify.toml:3: csrf.send: must be the name of a header, such as \"X-CSRF-Token\"",
        ),
        (
            "[isolation]\nitem = \"/tasks\"",
            "malformed: hardened.verify.toml:2: isolation.item: must be a path with a placeholder for the identifier, such as \"/tasks/{id}\"",
        ),
        (
            "[isolation]\ncreate = { title = \"x\" }",
            "malformed: hardened.verify.toml:2: isolation.create: must have the placeholder {{canary}}: the other user must not see what one user writes there",
        ),
        (
            "[isolation]\nid = \"id\"",
            "malformed: hardened.verify.toml:2: isolation.id: must be a JSON pointer such as \"/id\", or \"Location\"",
        ),
        (
            "[isolation.graphql]\ncreate = 'mutation { add { id } }'\nread = '{{id}}'\nid = \"/data/add/id\"",
            "malformed: hardened.verify.toml:2: isolation.graphql.create: must be a mutation with the placeholder {{canary}}, such as 'mutation { addNote(text: \"{{canary}}\") { id } }'",
        ),
        (
            "[isolation.graphql]\ncreate = '{{canary}}'\nread = '{{id}}'",
            "missing: hardened.verify.toml:1: isolation.graphql.id: must be a JSON pointer into the response to `create`, such as \"/data/addNote/id\"",
        ),
        (
            "[isolation.graphql]\ncreate = '{{canary}}'\nread = '{{id}}'\nid = \"/id\"\nupdate = '{{id}}'",
            "malformed: hardened.verify.toml:5: isolation.graphql.update: must be a mutation with the placeholders {{id}} and {{canary}}",
        ),
        (
            "[cors]\nallowed = \"app.example.com\"",
            "malformed: hardened.verify.toml:2: cors.allowed: must be a web origin such as \"https://app.example.com\", a pattern such as \"https://*.example.com\", or \"*\" for every origin",
        ),
        (
            "[cors]\ncredentials = true",
            "missing: hardened.verify.toml:1: cors.allowed: must be a web origin such as \"https://app.example.com\", a pattern such as \"https://*.example.com\", or \"*\" for every origin",
        ),
        (
            "headers = { Cookie = \"a=b\" }",
            "prohibited: hardened.verify.toml:1: headers: a credential must not be sent with every request; name it in [users.a]",
        ),
        (
            "known = \"/x?key=AKIAIOSFODNN7EXAMPLB\"",
            "prohibited: hardened.verify.toml:1: known: looks like a secret; name its variable with { env = \"NAME\" }, or its file",
        ),
    ] {
        assert_eq!(mistakes(text), [expected], "{text}");
    }
}

#[test]
fn every_mistake_is_said_at_once() {
    let text = "writes = 1\nprotected = 2\n[users.a]\ntoken = \"x\"\n[isolation]\nitems = 5\n";
    let lines: Vec<_> = Profile::parse(text, "p").unwrap_err().mistakes().iter().map(Mistake::line).collect();
    assert_eq!(lines, [Some(1), Some(2), Some(4), Some(6)]);
}

#[test]
fn no_mistake_shows_a_value() {
    const SECRET: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl";
    for text in [
        format!("{SECRET} = 1"),
        format!("\"{SECRET}\" = 1"),
        format!("known = \"{SECRET}\""),
        format!("known = \"/{SECRET}\""),
        format!("known = {SECRET}"),
        format!("[users.\"{SECRET}\"]"),
        format!("[users.a]\ntoken = \"{SECRET}\""),
        format!("[users.a]\ntoken = \"{SECRET}"),
        format!("[users.a]\ntoken = {{ env = \"{SECRET}\" }}"),
        format!("[users.a]\ntoken = {{ \"{SECRET}\" = 1 }}"),
        format!("[users.a]\nemail = \"{SECRET}\""),
        format!("[sign_in]\npath = \"/\"\njson = {{ a = \"{SECRET}\" }}"),
        format!("[sign_in]\npath = \"/\"\nheaders = {{ authorization = \"Bearer {SECRET}\" }}"),
        format!("[isolation]\ncreate = {{ a = \"{{{{canary}}}}\", \"b\" = \"{SECRET}\" }}"),
    ] {
        let error = Profile::parse(&text, "p").unwrap_err();
        assert!(!error.to_string().contains("eyJ") && !format!("{error:?}").contains("eyJ"), "{error}");
    }
}

#[test]
fn everything_that_a_profile_can_say_is_read() {
    let text = r#"
        writes = true
        protected = "/tasks"
        known = "/health"
        refused = [401, 302]
        headers = { Prefer = "return=representation" }
        [users]
        a = { token = { env = "TOKEN_A" }, headers = { X-Tenant = { file = "tenant.txt" } } }
        [users.b]
        cookie = { file = "b.txt" }
        email = "b@example.com"
        username = { env = "NAME_B" }
        password = { env = "PASSWORD_B" }
        [sign_in]
        path = "/sign-in"
        form = { user = "{{username}}", password = "{{password}}", remember = true }
        headers = { x-client = "verify" }
        [sign_up]
        path = "/sign-up"
        json = { email = "v-{{random}}@example.com", password = "{{password}}" }
        token = "/data/token"
        send = "X-Session-Token"
        user = "/data/user/id"
        remove = { path = "/me" }
        [csrf]
        cookie = "XSRF-TOKEN"
        send = "X-XSRF-TOKEN"
        [isolation]
        collection = "/notes"
        item = "/notes/{id}/"
        create = { note = { text = "{{canary}}" } }
        id = "Location"
        update_method = "PUT"
        delete = false
        nested = "/notes/{id}/history"
        [cors]
        allowed = ["https://app.example.com", "https://*.example.com"]
        credentials = true
        methods = ["put"]
        headers = ["Content-Type"]
        [docs]
        paths = ["/docs"]
        shown = false
        [health]
        paths = ["/health", "/livez"]
    "#;
    let profile = Profile::parse(text, "deploy/hardened.verify.toml").unwrap();
    assert!(profile.writes);
    assert_eq!(profile.person(User::A).headers.len(), 2);
    assert_eq!(profile.person(User::B).headers[0].1, Source::File("deploy/b.txt".into()));
    assert_eq!(profile.removal.as_ref().unwrap().path, "/me");
    let (sign_up, sign_in) = (profile.sign_up.unwrap(), profile.sign_in.unwrap());
    assert_eq!((sign_up.send.as_str(), sign_up.scheme.as_str()), ("x-session-token", ""));
    assert_eq!((sign_in.send.as_str(), sign_in.scheme.as_str()), ("authorization", "Bearer"));
    assert_eq!((sign_up.user.as_deref(), sign_in.user), (Some("/data/user/id"), None));
    assert_eq!(profile.headers.len(), 1);
    let policy = profile.cors.unwrap();
    assert_eq!((policy.own_methods(), policy.own_headers()), (vec!["PUT"], vec!["content-type"]));
    assert_eq!((policy.credentials, policy.exposed), (Some(true), None));
    let resource = profile.isolation.or(None).unwrap();
    assert_eq!((resource.id, resource.has_delete, resource.nested.len()), (IdPlace::Location, false, 1));
    assert_eq!(resource.update.unwrap().0, "PUT");
    assert_eq!(resource.list.as_deref(), Some("/notes"));
}

#[test]
fn a_policy_for_every_origin_allows_no_credentials_unless_it_says_so() {
    for (text, credentials) in [("allowed = \"*\"", Some(false)), ("allowed = \"*\"\ncredentials = true", Some(true))] {
        let policy = Profile::parse(&format!("[cors]\n{text}"), "p").unwrap().cors.unwrap();
        assert_eq!((policy.any_origin, policy.credentials), (true, credentials), "{text}");
    }
}

#[test]
fn a_starter_is_a_profile_and_holds_what_the_document_tells() {
    let plain = Profile::starter(None);
    assert_eq!(mistakes(&plain), [""; 0], "{plain}");
    let document = r#"{"openapi": "3.0.0", "components": {"securitySchemes": {"t": {"type": "http"}}}, "security": [{"t": []}], "paths": {
        "/health": {"get": {"security": []}},
        "/notes": {"get": {}, "post": {"requestBody": {"content": {"application/json": {"schema":
            {"properties": {"text": {"type": "string"}, "rank": {"type": "integer"}}, "required": ["rank"]}}}}}},
        "/notes/{note}": {"get": {}, "delete": {}}, "/notes/{note}/history": {"get": {}}}}"#;
    let openapi = OpenApi::parse(document, "openapi.json").unwrap();
    let text = Profile::starter(Some(&openapi));
    let profile = Profile::parse(&text, "p").unwrap();
    assert_eq!((profile.protected.as_deref(), profile.known.as_deref()), (Some("/notes"), Some("/health")));
    let resource = profile.isolation.or(None).unwrap();
    assert_eq!(resource.item, "/notes/{id}");
    assert_eq!(resource.create, serde_json::json!({"text": "{{canary}}", "rank": 1}));
    assert_eq!(resource.nested, ["/notes/{id}/history"]);
}

#[test]
fn every_line_of_a_starter_that_is_commented_out_is_right_when_it_is_not() {
    let text = Profile::starter(None);
    let is_key = |line: &&str| {
        line.starts_with("# [")
            || line.split(" = ").next().is_some_and(|key| !key.trim_start_matches("# ").contains(' '))
    };
    let lines: Vec<_> = text.lines().filter(|line| !line.starts_with("# ") || is_key(line)).collect();
    let uncommented: Vec<_> = lines.iter().map(|line| line.trim_start_matches("# ")).collect();
    assert_eq!(mistakes(&uncommented.join("\n")), [""; 0], "{}", uncommented.join("\n"));
}
