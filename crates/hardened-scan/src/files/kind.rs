//! Detects the kind of a file from its name.

use std::path::Path;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Dotenv,
    Dockerfile,
    /// Compose files, Kubernetes, and workflows of GitHub, GitLab and CircleCI.
    Yaml,
    /// Scripts and Procfiles.
    Shell,
    Terraform,
    /// TOML, INI, properties, JSON and systemd units.
    Pairs,
    Netrc,
    Pgpass,
    /// Documentation, which contains examples.
    Prose,
    Other,
}

impl Kind {
    pub(super) fn is_configuration(self) -> bool {
        !matches!(self, Self::Prose | Self::Other)
    }
}

/// Returns the kind of a file.
pub(super) fn of(path: &Path) -> Kind {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_ascii_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    // Copies have the kind of the original: `docker-compose.yml.bak`.
    let whole = ["bak", "backup", "old", "orig", "save", "example", "sample", "template", "dist", "tmpl", "j2"]
        .iter()
        .find_map(|end| name.strip_suffix(end)?.strip_suffix('.'))
        .filter(|whole| whole.contains('.') && !is_dotenv(&name));
    if let Some(whole) = whole {
        return of(Path::new(whole));
    }
    if is_dotenv(&name) {
        return Kind::Dotenv;
    }
    if ["dockerfile", "containerfile"].iter().any(|word| name == *word || name.starts_with(&format!("{word}.")))
        || extension == "dockerfile"
    {
        return Kind::Dockerfile;
    }
    if name == "procfile"
        || name.starts_with("procfile.")
        || ["makefile", "justfile", ".profile", ".bashrc", ".zshrc"].contains(&name.as_str())
        || name.starts_with('.') && name.ends_with("history")
    {
        return Kind::Shell;
    }
    match name.as_str() {
        "_netrc" => return Kind::Netrc,
        ".pgpass" | "pgpass.conf" => return Kind::Pgpass,
        ".dockerconfigjson" | ".dockercfg" => return Kind::Pairs,
        // The files of AWS and git.
        "credentials" | ".git-credentials" => return Kind::Pairs,
        _ => {}
    }
    // A file of `cargo vendor` with the digest of each file.
    if name == ".cargo-checksum.json" {
        return Kind::Other;
    }
    match extension {
        "yml" | "yaml" => Kind::Yaml,
        "sh" | "bash" | "zsh" | "fish" | "ps1" | "bat" | "cmd" => Kind::Shell,
        "tf" | "tfvars" | "hcl" | "nomad" => Kind::Terraform,
        "netrc" => Kind::Netrc,
        "lock" | "sum" => Kind::Other,
        _ if ["package-lock.json", "composer.lock", "cargo.toml", "cargo.toml.orig", ".cargo_vcs_info.json"]
            .contains(&name.as_str()) =>
        {
            Kind::Other
        }
        "toml" | "ini" | "cfg" | "conf" | "config" | "xml" | "jwk" | "properties" | "json" | "json5" | "jsonc"
        | "service" | "npmrc" | "pypirc" | "cnf" | "tfstate" => Kind::Pairs,
        "md" | "markdown" | "rst" | "adoc" | "html" | "htm" | "txt" => Kind::Prose,
        _ => Kind::Other,
    }
}

/// Returns whether a name is that of a `.env` file: `.env`, `.env.production`, `prod.env`, `.envrc`, `env.example`.
pub(super) fn is_dotenv(name: &str) -> bool {
    let ends_in_code =
        [".rs", ".js", ".ts", ".mjs", ".py", ".go", ".rb", ".md", ".yml", ".yaml", ".json", ".toml", ".sh"]
            .iter()
            .any(|end| name.ends_with(end));
    let is_one = name == ".env"
        || name == ".envrc"
        || name.starts_with(".env.")
        || name.ends_with(".env")
        || name.starts_with("env.")
        || name.contains(".env.");
    is_one && !ends_in_code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_name() {
        for (path, expected) in [
            (".env", Kind::Dotenv),
            ("config/.env.example", Kind::Dotenv),
            (".env.bak", Kind::Dotenv),
            ("prod.env", Kind::Dotenv),
            (".envrc", Kind::Dotenv),
            ("src/env.rs", Kind::Other),
            ("Dockerfile", Kind::Dockerfile),
            ("Dockerfile.prod", Kind::Dockerfile),
            ("api.Dockerfile", Kind::Dockerfile),
            ("docker-compose.yml", Kind::Yaml),
            ("docker-compose.yml.bak", Kind::Yaml),
            (".github/workflows/ci.yaml", Kind::Yaml),
            (".circleci/config.yml", Kind::Yaml),
            ("Procfile", Kind::Shell),
            ("deploy.sh", Kind::Shell),
            ("main.tf", Kind::Terraform),
            ("prod.auto.tfvars", Kind::Terraform),
            ("hardened.toml", Kind::Pairs),
            ("appsettings.json", Kind::Pairs),
            (".npmrc", Kind::Pairs),
            (".aws/credentials", Kind::Pairs),
            (".git-credentials", Kind::Pairs),
            ("terraform.tfstate", Kind::Pairs),
            (".pgpass", Kind::Pgpass),
            ("_netrc", Kind::Netrc),
            (".bash_history", Kind::Shell),
            (".dockerconfigjson", Kind::Pairs),
            ("package-lock.json", Kind::Other),
            ("Cargo.lock", Kind::Other),
            ("README.md", Kind::Prose),
            ("server.key", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(of(Path::new(path)), expected, "{path}");
        }
    }
}
