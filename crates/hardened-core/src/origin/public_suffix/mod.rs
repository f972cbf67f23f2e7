//! Domains below which anybody can have a name.

/// Whether anybody can have a name that a pattern `*.BASE` matches: `BASE` is a public suffix, or lies above one.
///
/// Asking `psl` for the suffix of `BASE` itself is not enough: its rule `*.run.app` gives `app` for `run.app`. So the
/// question is whether the suffix of `x.BASE` equals `BASE` or lies inside it.
pub(super) fn is_open(base: &str) -> bool {
    let below = format!("x.{base}");
    let suffix = psl::suffix(below.as_bytes()).map_or(0, |suffix| suffix.as_bytes().len());
    suffix >= base.len() || is_above(base) || is_supplemented(base)
}

/// Whether a public suffix lies more than one label below, as `up.railway.app` does below `railway.app`. `psl` cannot
/// be asked that way, so the domains are listed.
fn is_above(base: &str) -> bool {
    ABOVE.lines().any(|domain| domain == base)
}

/// Every domain that is no public suffix and has one below it, by the list that `psl` was made from.
const ABOVE: &str = include_str!("above.txt");

fn is_supplemented(base: &str) -> bool {
    SUPPLEMENT.iter().any(|(domain, labels)| match base.strip_suffix(domain) {
        Some("") => true,
        Some(rest) => rest.strip_suffix('.').is_some_and(|rest| rest.split('.').count() <= *labels),
        None => false,
    })
}

/// Every name below belongs to whoever asks for it, however deep.
const ALL: usize = usize::MAX;

/// Domains of tenants that the public suffix list lacks, with the number of labels between the domain and the name
/// that a tenant gets: 0 where that is the first label.
#[rustfmt::skip]
const SUPPLEMENT: &[(&str, usize)] = &[
    // Hosting.
    ("azurecontainerapps.io", 1), ("b4a.run", 0), ("bunny.run", 0), ("cloudapp.azure.com", 1),
    ("cloudworkstations.dev", 1), ("cyclic.app", 0), ("edgeone.app", 0), ("genezio.app", 1), ("gigalixirapp.com", 0),
    ("kinsta.app", 0), ("kinsta.cloud", 0), ("koyeb.app", 0), ("modal.host", 1), ("modal.run", 0),
    ("proxy.runpod.net", 0), ("scalingo.io", 1), ("sevalla.app", 0), ("tiiny.site", 0), ("web.core.windows.net", 1),
    ("zeabur.dev", 0),
    // Editors and sandboxes that serve what is typed into them.
    ("codesandbox.io", 0), ("github.dev", 2), ("githubpreview.dev", 1), ("gitpod.dev", 1), ("gitpod.io", 1),
    ("glitch.me", 0), ("lovable.dev", 0), ("stackblitz.io", 0), ("webcontainer-api.io", 2), ("webcontainer.io", 2),
    // Tunnels.
    ("devtunnels.ms", 1), ("expose.sh", 0), ("lhr.life", 0), ("loca.lt", 0), ("localhost.run", 0), ("pinggy.io", 1),
    ("pinggy.link", 1), ("serveo.net", 0), ("sharedwithexpose.com", 0),
    // Names that resolve to whichever address they contain.
    ("lvh.me", ALL), ("nip.io", ALL), ("sslip.io", ALL), ("traefik.me", ALL), ("xip.io", ALL),
];

#[cfg(test)]
mod tests {
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
    fn a_domain_listed_above_a_suffix_is_no_suffix_itself() {
        for domain in ABOVE.lines() {
            let below = format!("x.{domain}");
            let suffix = psl::suffix(below.as_bytes()).map_or(0, |suffix| suffix.as_bytes().len());
            assert!(suffix < domain.len(), "{domain}: the list is out of step with psl");
        }
    }
}
