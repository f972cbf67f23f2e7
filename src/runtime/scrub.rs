//! Keeps a child process from inheriting the secrets.

use std::{ffi::OsString, process::Command};

use crate::schema::Schema;

/// Variables with secrets of platforms and drivers, which are removed whether or not a setting declares them.
const ALWAYS: [&str; 4] = ["PGPASSWORD", "PGPASSFILE", "CREDENTIALS_DIRECTORY", "VAULT_TOKEN"];

impl Schema {
    /// Removes every declared secret from the environment that a child process would inherit. It also removes the variable
    /// that names the secret's file (`NAME_FILE`), the copy that Azure App Service makes (`APPSETTING_NAME`), `PGPASSWORD`,
    /// `PGPASSFILE`, `VAULT_TOKEN` and systemd's `CREDENTIALS_DIRECTORY`.
    ///
    /// ```
    /// use std::process::Command;
    /// use hardened::{Config, ProductionConfig};
    ///
    /// let mut convert = Command::new("convert");
    /// ProductionConfig::SCHEMA.scrub(&mut convert);
    /// assert!(convert.get_envs().any(|(name, value)| name == "JWT_SECRET_KEY" && value.is_none()));
    /// ```
    ///
    /// What it cannot guarantee: the child still inherits a secret that no setting declares, and can still read every
    /// file that it has access to.
    pub fn scrub(&self, command: &mut Command) {
        for declared in self.settings().iter().filter(|declared| declared.kind().is_secret()) {
            for name in declared.variables() {
                command.env_remove(name.as_str());
                command.env_remove(format!("{name}_FILE"));
                command.env_remove(format!("APPSETTING_{name}"));
            }
        }
        for name in self.secrets_of_elements(command) {
            command.env_remove(name);
        }
        for name in ALWAYS {
            command.env_remove(name);
        }
    }

    /// Returns the variables with secrets of lists and maps of groups, if the child would inherit them.
    fn secrets_of_elements(&self, command: &Command) -> Vec<OsString> {
        let own = command.get_envs().map(|(name, _)| name.to_owned());
        let inherited = std::env::vars_os().map(|(name, _)| name);
        let is_secret = |name: &OsString| {
            let name = name.to_str().map(|name| name.strip_prefix("APPSETTING_").unwrap_or(name));
            name.is_some_and(|name| self.is_secret_of_element(name))
        };
        own.chain(inherited).filter(is_secret).collect()
    }
}
