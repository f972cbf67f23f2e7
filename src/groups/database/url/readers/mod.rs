//! Which host other programs read from the same URL.
//!
//! A migration tool, a worker in another language and `psql` read `DATABASE_URL` too. They disagree about an unescaped
//! `@`, `/`, `?`, `#`, `,` or `[`: some take a part of the password for a host, and send the rest of it there.

mod ports;
mod programs;
mod splits;

use std::net::IpAddr;

use hardened_core::text::percent;
use zeroize::Zeroizing;

use self::{
    programs::{PROGRAMS, Precedence, Program},
    splits::Server,
};

/// The programs that connect to a host that could exist and that `is_meant` does not know. `text` is the URL behind its
/// scheme.
pub(super) fn misled(text: &str, is_meant: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let is_misled = |program: &&Program| program.hosts(text).iter().any(|host| could_exist(host) && !is_meant(host));
    let mut names: Vec<_> = PROGRAMS.iter().filter(is_misled).map(|program| program.name).collect();
    names.dedup();
    names
}

impl Program {
    /// Every host that it tries; none where it fails.
    fn hosts(&self, text: &str) -> Vec<Zeroizing<String>> {
        let Some((servers, query)) = (self.split)(text) else { return Vec::new() };
        let is_refused = |pair: &str| self.is_strict && !pair.is_empty() && !pair.contains('=');
        if query.split('&').any(is_refused) {
            return Vec::new();
        }
        if !self.skips && !servers.iter().all(|server| (self.is_port)(server.port)) {
            return Vec::new();
        }
        let front: Vec<_> = servers.iter().flat_map(|server| self.reachable(server)).collect();
        let asked = self.asked(query);
        match self.precedence {
            Precedence::Parameter if !asked.is_empty() => asked,
            Precedence::Front if !front.is_empty() => front,
            _ => front.into_iter().chain(asked).collect(),
        }
    }

    /// The hosts that one written server means, without those whose port is none.
    fn reachable(&self, server: &Server<'_>) -> Vec<Zeroizing<String>> {
        let hosts = (self.decode)(server.host);
        if (self.is_port)(server.port) {
            return hosts;
        }
        // A list may be encoded, of ports as well as of hosts.
        let ports = (self.decode)(server.port);
        if ports.len() != hosts.len() {
            return Vec::new();
        }
        hosts.into_iter().zip(ports).filter(|(_, port)| (self.is_port)(port)).map(|(host, _)| host).collect()
    }

    /// The hosts in the parameters.
    fn asked(&self, query: &str) -> Vec<Zeroizing<String>> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let values = pairs.filter(|(name, _)| self.parameters.contains(name));
        let lists: Vec<_> = values.filter_map(|(_, value)| percent::decode(value)).collect();
        let items = lists.iter().flat_map(|list| list.split(','));
        items.map(|item| Zeroizing::new(self.without_port(item).to_owned())).collect()
    }

    fn without_port<'t>(&self, item: &'t str) -> &'t str {
        match item.split_once(':') {
            Some((host, port)) if self.port_in_parameter && ports::python_number(port) => host,
            _ => item,
        }
    }
}

/// Whether a resolver could know the host: a name of letters, digits, `.`, `-` and `_`, or an address.
fn could_exist(host: &str) -> bool {
    /// The longest name that DNS has: RFC 1035 §2.3.4.
    const LONGEST: usize = 253;
    let of_name = |symbol: char| symbol.is_alphanumeric() || matches!(symbol, '.' | '-' | '_');
    let is_name = host.len() <= LONGEST && host.chars().all(of_name) && host.contains(char::is_alphanumeric);
    is_name || host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The programs that read another host than `h`, joined.
    fn programs(text: &str) -> String {
        misled(text, |host| host == "h").join(" ")
    }

    #[test]
    fn a_url_without_unescaped_characters_misleads_no_program() {
        for text in [
            "u:p@h/db",
            "u:p@h:5432/db?sslmode=require",
            "u@h",
            "h/db?user=u&password=p",
            "u:p@/db?host=h",
            "u:p@/db?host=%68:5432",
            "u:p%40x%2C@h/db",
            "u:p,x@h/db",
            "u:p@h/db?application_name=a,b",
        ] {
            assert_eq!(programs(text), "", "{text}");
        }
    }

    #[test]
    fn a_part_of_a_password_that_no_resolver_knows_misleads_no_program() {
        for text in ["u:p@ss@h/db", "u:p#w@h/db", "u:p/w@h/db", "u:p?w@h/db", "u:p!@h/db", "u:[x]@h/db"] {
            assert_eq!(programs(text), "", "{text}");
        }
    }

    #[test]
    fn each_program_is_misled_by_what_it_takes_for_a_host() {
        for (text, expected) in [
            // Several hosts: the first one is tried, with the password.
            ("u:p@evil,x@h/db", "libpq asyncpg SQLAlchemy pgx tokio-postgres"),
            ("u:p@evil%2Cx@h/db", "libpq pgx"),
            ("u:p@evil%2C!:%2Cx@h/db", "libpq"),
            ("u:p@evil%2C!:1%2C2/x@h/db", "libpq pgx"),
            // A port with a sign, and digits with a line between them.
            ("u:p@evil:+5432/x@h/db", "libpq asyncpg SQLAlchemy tokio-postgres"),
            ("u:p@evil:5_4/x@h/db", "asyncpg SQLAlchemy"),
            // What follows the brackets does not count.
            ("u:z@[2001:db8::1]p@h/db", "asyncpg SQLAlchemy"),
            // The first @ is looked for in the parameters too.
            ("h/db?user=u&password=p@evil,!", "tokio-postgres"),
            // A parameter within the password.
            ("u:p@a!b/db?host=evil&application_name=@h/db", "libpq SQLAlchemy node-postgres pgx tokio-postgres"),
        ] {
            assert_eq!(programs(text), expected, "{text}");
        }
    }
}
