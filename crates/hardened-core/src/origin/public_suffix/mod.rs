//! Domains below which anyone can have a name.

/// Returns whether anyone can have a name that matches `*.BASE`, because `BASE` is at or above a public suffix.
pub(super) fn is_open(base: &str) -> bool {
    is_listed(base) || is_supplemented(base)
}

/// Returns whether the public suffix list has a rule for `BASE` or for a name below it.
fn is_listed(base: &str) -> bool {
    // A top-level domain without a rule is a public suffix.
    let Some((_, parent)) = base.split_once('.') else { return true };
    let has = |rule: String| LIST.contains(&format!("\n{rule}\n"));
    // An exception overrides a wildcard for the same names.
    !has(format!("!{base}")) && (has(format!("*.{parent}")) || is_at_or_above_rule(base))
}

fn is_at_or_above_rule(base: &str) -> bool {
    let line_end = format!("{base}\n");
    let mut before = LIST.match_indices(&line_end).filter_map(|(start, _)| LIST.get(..start));
    before.any(|text| text.ends_with(['\n', '.']))
}

/// The public suffix list, one rule per line after a header: <https://github.com/publicsuffix/list/wiki/Format>.
const LIST: &str = include_str!("list.txt");

fn is_supplemented(base: &str) -> bool {
    SUPPLEMENT.iter().any(|(domain, labels)| match base.strip_suffix(domain) {
        Some("") => true,
        Some(rest) => rest.strip_suffix('.').is_some_and(|rest| rest.split('.').count() <= *labels),
        None => false,
    })
}

/// For domains below which anyone can get a name at any depth.
const ALL: usize = usize::MAX;

/// Domains of hosting companies that the public suffix list lacks, with the number of labels between the domain and the
/// name that a tenant gets: 0 if that name is the first label.
#[rustfmt::skip]
const SUPPLEMENT: &[(&str, usize)] = &[
    // Hosting.
    ("azurecontainerapps.io", 1), ("b4a.run", 0), ("bunny.run", 0), ("cloudapp.azure.com", 1),
    ("cloudworkstations.dev", 1), ("cyclic.app", 0), ("edgeone.app", 0), ("genezio.app", 1), ("gigalixirapp.com", 0),
    ("kinsta.app", 0), ("kinsta.cloud", 0), ("koyeb.app", 0), ("modal.host", 1), ("modal.run", 0),
    ("proxy.runpod.net", 0), ("scalingo.io", 1), ("sevalla.app", 0), ("tiiny.site", 0), ("web.core.windows.net", 1),
    ("zeabur.dev", 0),
    // Editors and sandboxes that serve what their users type.
    ("codesandbox.io", 0), ("github.dev", 2), ("githubpreview.dev", 1), ("gitpod.dev", 1), ("gitpod.io", 1),
    ("glitch.me", 0), ("lovable.dev", 0), ("stackblitz.io", 0), ("webcontainer-api.io", 2), ("webcontainer.io", 2),
    // Tunnels.
    ("devtunnels.ms", 1), ("expose.sh", 0), ("lhr.life", 0), ("loca.lt", 0), ("localhost.run", 0), ("pinggy.io", 1),
    ("pinggy.link", 1), ("serveo.net", 0), ("sharedwithexpose.com", 0),
    // Names that resolve to the IP address that they contain, or to this machine.
    ("lvh.me", ALL), ("nip.io", ALL), ("sslip.io", ALL), ("traefik.me", ALL), ("xip.io", ALL),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_pattern_at_or_above_a_public_suffix_is_open() {
        for (base, open) in [
            ("com", true),
            ("co.uk", true),
            ("uk", true),
            ("vercel.app", true),
            ("netlify.app", true),
            ("pages.dev", true),
            ("onrender.com", true),
            ("up.railway.app", true),
            ("railway.app", true),
            ("run.app", true),
            ("us-central1.run.app", true),
            ("service-123.us-central1.run.app", false),
            ("amazonaws.com", true),
            ("on.aws", true),
            ("lambda-url.eu-central-1.on.aws", true),
            ("github.io", true),
            ("octocat.github.io", false),
            ("kawasaki.jp", true),
            ("x.kawasaki.jp", true),
            ("city.kawasaki.jp", false),
            ("ck", true),
            ("www.ck", false),
            ("example.com", false),
            ("preview.example.com", false),
            ("internal", true),
        ] {
            assert_eq!(is_open(base), open, "{base}");
        }
    }

    #[test]
    fn tenant_domains_that_the_list_lacks_are_open_down_to_the_tenant() {
        for (base, open) in [
            ("koyeb.app", true),
            ("my-app.koyeb.app", false),
            ("notkoyeb.app", false),
            ("modal.run", true),
            ("azurecontainerapps.io", true),
            ("westeurope.azurecontainerapps.io", true),
            ("agreeable-sand-1.westeurope.azurecontainerapps.io", false),
            ("gitpod.io", true),
            ("ws-eu1.gitpod.io", true),
            ("github.dev", true),
            ("app.github.dev", true),
            ("preview.app.github.dev", true),
            ("nip.io", true),
            ("10.0.0.1.nip.io", true),
            ("app.192-0-2-1.nip.io", true),
        ] {
            assert_eq!(is_open(base), open, "{base}");
        }
    }

    #[test]
    fn a_top_level_domain_without_a_rule_is_a_suffix() {
        assert!(is_open("internal"));
        assert!(!is_open("api.internal"));
    }

    /// `psl` returns the suffix of a name, but not whether there are suffixes below it. To save time, only one in five hundred
    /// plain rules is checked, and every wildcard and exception.
    #[test]
    fn psl_agrees_about_the_list_and_its_neighbours() {
        let (marked, plain): (Vec<_>, Vec<_>) = rules().partition(|rule| rule.starts_with(['*', '!']));
        let above: BTreeSet<&str> = rules().map(domain).flat_map(parents).collect();
        let listed =
            marked.iter().chain(plain.iter().step_by(500)).map(|rule| domain(rule)).chain(above.iter().copied());
        let listed: BTreeSet<&str> = listed.collect();
        assert!(listed.len() > 500, "{}", listed.len());
        for domain in listed.iter().flat_map(|domain| [(*domain).to_owned(), format!("x.{domain}")]) {
            let open = is_suffix_for_psl(&domain) || above.contains(domain.as_str());
            assert_eq!(is_listed(&domain), open, "{domain}");
        }
    }

    fn rules() -> impl Iterator<Item = &'static str> {
        LIST.lines().filter(|line| !line.starts_with("//"))
    }

    fn domain(rule: &str) -> &str {
        rule.trim_start_matches("*.").trim_start_matches('!')
    }

    /// Returns whether the suffix of a name directly below is the domain or that name. The suffix of the domain itself does not
    /// show it, because the rule `*.run.app` gives `app` for `run.app`.
    fn is_suffix_for_psl(domain: &str) -> bool {
        let below = format!("x.{domain}");
        psl::suffix(below.as_bytes()).is_some_and(|suffix| suffix.as_bytes().len() >= domain.len())
    }

    fn parents(domain: &str) -> impl Iterator<Item = &str> {
        std::iter::successors(domain.split_once('.'), |(_, parent)| parent.split_once('.')).map(|(_, parent)| parent)
    }
}
