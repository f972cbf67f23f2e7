//! Finds the hosts that other programs read from the same URL.
//!
//! A migration tool, a worker in another language and `psql` read `DATABASE_URL` too. They disagree about an unescaped
//! `@`, `/`, `?`, `#`, `,` or `[`: some take part of the password for a host, and send the rest of the password there.

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

/// Returns the programs that would connect to a host which could exist and which `is_meant` rejects. `text` is the URL
/// after its scheme.
pub(super) fn misled(text: &str, is_meant: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let is_misled = |program: &&Program| program.hosts(text).iter().any(|host| could_exist(host) && !is_meant(host));
    let mut names: Vec<_> = PROGRAMS.iter().filter(is_misled).map(|program| program.name).collect();
    names.dedup();
    names
}

impl Program {
    /// Returns every host that the program tries; empty if it cannot read the URL.
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

    /// Returns the hosts that one written server means, without those whose port the program does not accept.
    fn reachable(&self, server: &Server<'_>) -> Vec<Zeroizing<String>> {
        let hosts = (self.decode)(server.host);
        if (self.is_port)(server.port) {
            return hosts;
        }
        // The list of ports may be encoded, as that of the hosts may be.
        let ports = (self.decode)(server.port);
        if ports.len() != hosts.len() {
            return Vec::new();
        }
        hosts.into_iter().zip(ports).filter(|(_, port)| (self.is_port)(port)).map(|(host, _)| host).collect()
    }

    /// Returns the hosts in the parameters.
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

/// Returns whether a resolver could know the host: a name of letters, digits, `.`, `-` and `_`, or an address.
fn could_exist(host: &str) -> bool {
    /// The maximum length of a name in DNS: RFC 1035 §2.3.4.
    const LONGEST: usize = 253;
    let of_name = |symbol: char| symbol.is_alphanumeric() || matches!(symbol, '.' | '-' | '_');
    let is_name = host.len() <= LONGEST && host.chars().all(of_name) && host.contains(char::is_alphanumeric);
    is_name || host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the programs that read another host than `h`, joined.
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
            // Several hosts: the program tries the first one, with the password.
            ("u:p@evil,x@h/db", "libpq asyncpg SQLAlchemy pgx tokio-postgres"),
            ("u:p@evil%2Cx@h/db", "libpq pgx"),
            ("u:p@evil%2C!:%2Cx@h/db", "libpq"),
            ("u:p@evil%2C!:1%2C2/x@h/db", "libpq pgx"),
            // A port with a sign, and digits with an underscore between them.
            ("u:p@evil:+5432/x@h/db", "libpq asyncpg SQLAlchemy tokio-postgres"),
            ("u:p@evil:5_4/x@h/db", "asyncpg SQLAlchemy"),
            // The program ignores the text after the brackets.
            ("u:z@[2001:db8::1]p@h/db", "asyncpg SQLAlchemy"),
            // The program searches the parameters too for the first @.
            ("h/db?user=u&password=p@evil,!", "tokio-postgres"),
            // Part of the password looks like a parameter.
            ("u:p@a!b/db?host=evil&application_name=@h/db", "libpq SQLAlchemy node-postgres pgx tokio-postgres"),
        ] {
            assert_eq!(programs(text), expected, "{text}");
        }
    }
}
