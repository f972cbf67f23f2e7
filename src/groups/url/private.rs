//! Recognises names in private networks that are encrypted with WireGuard.
//!
//! Source: <https://fly.io/docs/networking/private-networking/>, <https://docs.railway.com/reference/private-networking>.

/// Returns the platform whose encrypted network a name belongs to.
pub(crate) fn platform(name: &str) -> Option<&'static str> {
    let labels: Vec<&str> = name.split('.').collect();
    match labels.as_slice() {
        [.., _, "railway", "internal"] => Some("railway"),
        [app, "flycast"] if is_app(app) => Some("fly"),
        [inner @ .., app, "internal"] if is_app(app) && is_of_app(inner) => Some("fly"),
        _ => None,
    }
}

/// Returns whether Fly.io's resolver knows such labels before `<app>.internal`. Other labels belong to other clouds:
/// `metadata.google.internal`, `ip-10-0-0-1.ec2.internal`.
fn is_of_app(labels: &[&str]) -> bool {
    match labels {
        [] | ["global"] | [_, "vm" | "process"] | [_, _, "kv", "_metadata"] => true,
        [region] => region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_lowercase()),
        [top, "nearest", "of"] => top
            .strip_prefix("top")
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())),
        _ => false,
    }
}

/// Returns whether a label can be the name of an app: lower-case letters, digits and hyphens, but not a leading `_`.
fn is_app(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_that_a_platform_resolves_are_in_its_network() {
        for (name, expected) in [
            ("shop-db.flycast", Some("fly")),
            ("shop-db.internal", Some("fly")),
            ("global.shop-db.internal", Some("fly")),
            ("iad.shop-db.internal", Some("fly")),
            ("top1.nearest.of.shop-db.internal", Some("fly")),
            ("3d8d7949b22089.vm.shop-db.internal", Some("fly")),
            ("web.process.shop-db.internal", Some("fly")),
            ("primary.role.kv._metadata.shop-db.internal", Some("fly")),
            ("postgres.railway.internal", Some("railway")),
            ("metadata.google.internal", None),
            ("ip-10-0-0-1.ec2.internal", None),
            ("ip-10-0-0-1.eu-west-1.compute.internal", None),
            ("db.c.project.internal", None),
            ("db.europe-west1-b.c.project.internal", None),
            ("top.nearest.of.shop-db.internal", None),
            ("topx.nearest.of.shop-db.internal", None),
            ("db.vm.shop.example.internal", None),
            ("_apps.internal", None),
            ("railway.internal", Some("fly")),
            ("db.shop.flycast", None),
            (".flycast", None),
            ("flycast", None),
            ("internal", None),
            ("shop.flycast.example", None),
            ("db.example.com", None),
        ] {
            assert_eq!(platform(name), expected, "{name}");
        }
    }
}
