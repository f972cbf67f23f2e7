//! The server that the guard connects to, as the URL describes it.

use super::{DatabaseFault, guard::Server};
use crate::{
    database::{DatabaseUrl, Tls},
    groups::url::Endpoint,
};

/// Returns the server of a URL.
///
/// # Errors
///
/// Returns `configuration` if a file is missing.
pub(super) fn server(url: &DatabaseUrl, endpoint: &Endpoint, port: u16, tls: Tls) -> Result<Server, DatabaseFault> {
    let authorities = url.root_certificate().map(readable).transpose()?;
    let certificate = match url.client_certificate() {
        Some((certificate, key)) => Some((readable(certificate)?, readable(key)?)),
        None => None,
    };
    Ok(Server {
        endpoint: endpoint.clone(),
        port,
        tls,
        authorities,
        certificate,
        application: application_name(url),
        is_own_machine_refused: false,
    })
}

/// Returns the path if the file can be opened now.
fn readable(path: &str) -> Result<String, DatabaseFault> {
    std::fs::File::open(path).map(|_| path.to_owned()).map_err(|_| DatabaseFault::Configuration)
}

/// Returns the application name for the server: the one in the URL, or the program's name.
fn application_name(url: &DatabaseUrl) -> String {
    if let Some(name) = url.application_name() {
        return name.to_owned();
    }
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(|path| path.file_stem()).and_then(|name| name.to_str());
    name.filter(|name| !name.contains(char::is_control)).unwrap_or("hardened").to_owned()
}
