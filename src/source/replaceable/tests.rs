//! File systems like those of real deployments, and the findings for a secret in each.

use super::*;

/// A name, its owner, group and mode, and its target if it is a link.
type Row = (&'static str, u32, u32, u32, Option<&'static str>);

const fn directory(path: &'static str, owner: u32, mode: u32) -> Row {
    (path, owner, owner, mode, None)
}

const fn link(path: &'static str, owner: u32, target: &'static str) -> Row {
    (path, owner, owner, 0o777, Some(target))
}

/// Returns the codes for a secret at `path`, in the order of the report. The service runs as user `service`.
fn codes(rows: &[Row], path: &str, file: (u32, u32, u32), service: u32, unmapped: Option<u32>) -> Vec<&'static str> {
    let root = directory("/", 0, 0o755);
    let look = |path: &Path| {
        let all = rows.iter().chain([&root]);
        let (_, owner, group, mode, target) = all.copied().find(|(name, ..)| Path::new(name) == path)?;
        Some(Inode { owner, group, mode, target: target.map(PathBuf::from) })
    };
    let (owner, group, mode) = file;
    let mut walk = Walk::new(Inode { owner, group, mode, target: None }, service, unmapped, &look);
    walk.judge_file(Path::new(path));
    walk.follow(Path::new(path));
    walk.flaws.iter().map(|flaw| flaw.rule().code()).collect()
}

const WORLD: &str = "file-world-writable";
const FOREIGN: &str = "file-foreign-path";
const OWNER: &str = "file-foreign-owner";
const GROUP_NOTE: &str = "file-group-writable";

#[test]
fn what_real_deployments_mount_is_accepted() {
    let kubernetes = [
        directory("/etc", 0, 0o755),
        directory("/etc/api", 0, 0o1777),
        directory("/etc/api/..2026_01_02", 0, 0o755),
        link("/etc/api/..data", 0, "..2026_01_02"),
        link("/etc/api/token", 0, "..data/token"),
        directory("/etc/api/..2026_01_02/token", 0, 0o644),
    ];
    let vault = [
        directory("/vault", 0, 0o755),
        directory("/vault/secrets", 0, 0o1777),
        directory("/vault/secrets/token", 100, 0o644),
    ];
    let rootless = [
        directory("/srv", 65534, 0o755),
        directory("/srv/secrets", 65534, 0o755),
        directory("/srv/secrets/token", 65534, 0o644),
    ];
    let compose =
        [directory("/run", 0, 0o755), directory("/run/secrets", 0, 0o755), directory("/run/secrets/token", 501, 0o600)];
    let kept = [directory("/secrets", 501, 0o755), directory("/secrets/token", 501, 0o644)];
    let openshift = [
        ("/opt", 0, 0, 0o755, None),
        ("/opt/app", 1_000_650_000, 0, 0o775, None),
        ("/opt/app/token", 1_000_650_000, 0, 0o664, None),
    ];
    let umask =
        [directory("/home", 0, 0o755), directory("/home/api", 1000, 0o775), directory("/home/api/token", 1000, 0o664)];
    let systemd = [
        directory("/run", 0, 0o755),
        directory("/run/credentials", 0, 0o755),
        directory("/run/credentials/api.service", 1000, 0o500),
        directory("/run/credentials/api.service/token", 1000, 0o400),
    ];
    let macos = [
        link("/var", 0, "private/var"),
        directory("/private", 0, 0o755),
        directory("/private/var", 0, 0o755),
        directory("/private/var/token", 1000, 0o600),
    ];
    let above = [
        directory("/srv", 0, 0o755),
        directory("/srv/api", 1000, 0o755),
        directory("/srv/api/current", 1000, 0o755),
        directory("/srv/api/token", 1000, 0o600),
    ];
    for (what, rows, path, file, service, unmapped, expected) in [
        ("Kubernetes", &kubernetes[..], "/etc/api/token", (0, 0, 0o644), 1000, None, &[][..]),
        ("Vault Agent", &vault, "/vault/secrets/token", (100, 1000, 0o644), 1000, None, &[OWNER]),
        ("a rootless container", &rootless, "/srv/secrets/token", (65534, 65534, 0o644), 0, Some(65534), &[]),
        ("the same, a file of its own", &rootless, "/srv/secrets/token", (0, 0, 0o600), 0, Some(65534), &[]),
        ("Compose, one file", &compose, "/run/secrets/token", (501, 501, 0o600), 0, None, &[OWNER]),
        ("Compose, a directory", &kept, "/secrets/token", (501, 501, 0o644), 1000, None, &[OWNER]),
        ("OpenShift", &openshift, "/opt/app/token", (1_000_650_000, 0, 0o664), 1_000_650_000, None, &[GROUP_NOTE]),
        ("a umask of 002", &umask, "/home/api/token", (1000, 1000, 0o664), 1000, None, &[GROUP_NOTE]),
        ("systemd", &systemd, "/run/credentials/api.service/token", (1000, 1000, 0o400), 1000, None, &[]),
        ("macOS", &macos, "/var/token", (1000, 1000, 0o600), 1000, None, &[]),
        ("a path with dots", &above, "/srv/api/./current/../token", (1000, 1000, 0o600), 1000, None, &[]),
    ] {
        assert_eq!(codes(rows, path, file, service, unmapped), expected, "{what}");
    }
}

#[test]
fn whoever_else_can_replace_the_file_is_found() {
    let plain = [directory("/srv", 0, 0o755), directory("/srv/token", 1000, 0o600)];
    for (what, rows, path, file, expected) in [
        ("a file that all can write", &plain[..], "/srv/token", (1000, 1000, 0o602), &[WORLD][..]),
        (
            "a directory that all can write",
            &[directory("/srv", 0, 0o777), directory("/srv/token", 1000, 0o600)],
            "/srv/token",
            (1000, 1000, 0o600),
            &[WORLD],
        ),
        (
            "the same, without the right to search it",
            &[directory("/srv", 0, 0o772), directory("/srv/token", 1000, 0o600)],
            "/srv/token",
            (1000, 1000, 0o600),
            &[GROUP_NOTE],
        ),
        (
            "a directory further up",
            &[
                directory("/srv", 0, 0o777),
                directory("/srv/api", 1000, 0o700),
                directory("/srv/api/token", 1000, 0o600),
            ],
            "/srv/api/token",
            (1000, 1000, 0o600),
            &[WORLD],
        ),
        (
            "two directories",
            &[directory("/a", 7, 0o755), directory("/a/b", 0, 0o777), directory("/a/b/token", 0, 0o600)],
            "/a/b/token",
            (0, 0, 0o600),
            &[FOREIGN, WORLD],
        ),
        (
            "a directory of another user",
            &[directory("/srv", 7, 0o755), directory("/srv/token", 1000, 0o600)],
            "/srv/token",
            (1000, 1000, 0o600),
            &[FOREIGN],
        ),
        (
            "the overflow user of no namespace",
            &[directory("/srv", 65534, 0o755), directory("/srv/token", 1000, 0o600)],
            "/srv/token",
            (1000, 1000, 0o600),
            &[FOREIGN],
        ),
        (
            "a directory of another user in a sticky one",
            &[directory("/tmp", 0, 0o1777), directory("/tmp/api", 7, 0o755), directory("/tmp/api/token", 0, 0o600)],
            "/tmp/api/token",
            (0, 0, 0o600),
            &[FOREIGN],
        ),
        (
            "a sticky directory of another user",
            &[directory("/tmp", 7, 0o1777), directory("/tmp/token", 0, 0o600)],
            "/tmp/token",
            (0, 0, 0o600),
            &[FOREIGN],
        ),
        (
            "a link of another user in a sticky directory",
            &[
                directory("/tmp", 0, 0o1777),
                link("/tmp/token", 7, "/srv/token"),
                directory("/srv", 0, 0o755),
                directory("/srv/token", 0, 0o600),
            ],
            "/tmp/token",
            (0, 0, 0o600),
            &[FOREIGN],
        ),
        (
            "a link of another user where only root can replace it",
            &[
                directory("/opt", 0, 0o755),
                link("/opt/token", 7, "/srv/token"),
                directory("/srv", 0, 0o755),
                directory("/srv/token", 0, 0o600),
            ],
            "/opt/token",
            (0, 0, 0o600),
            &[],
        ),
        (
            "where a link leads",
            &[
                directory("/opt", 0, 0o755),
                link("/opt/token", 0, "../srv/token"),
                directory("/srv", 0, 0o777),
                directory("/srv/token", 0, 0o600),
            ],
            "/opt/token",
            (0, 0, 0o600),
            &[WORLD],
        ),
    ] {
        assert_eq!(codes(rows, path, file, 1000, None), expected, "{what}");
    }
}

#[test]
fn a_directory_is_named_once_however_often_the_path_goes_through_it() {
    let rows = [
        directory("/srv", 7, 0o777),
        link("/srv/a", 0, "b"),
        link("/srv/b", 0, "/srv/token"),
        directory("/srv/token", 0, 0o620),
    ];
    assert_eq!(codes(&rows, "/srv/a", (0, 0, 0o620), 1000, None), [GROUP_NOTE, WORLD, FOREIGN]);
}

#[test]
fn a_circle_of_links_ends() {
    let rows = [directory("/srv", 0, 0o755), link("/srv/a", 0, "b"), link("/srv/b", 0, "a")];
    assert_eq!(codes(&rows, "/srv/a", (0, 0, 0o600), 1000, None), [] as [&str; 0]);
}

#[test]
fn a_namespace_of_everybody_has_no_unmapped_user() {
    for (map, expected) in [
        ("         0          0 4294967295\n", true),
        ("         0       1000          1\n", false),
        ("0 1000 1\n1 100000 65536\n", false),
        ("0 0 4294967295\n1 1 1\n", false),
        ("", false),
    ] {
        assert_eq!(maps_everybody(map), expected, "{map:?}");
    }
}
