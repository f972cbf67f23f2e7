//! Tests of the files for Kubernetes and Compose.

use super::*;

#[test]
fn every_pod_may_do_nothing_that_it_need_not() {
    for file in [KUBERNETES[0], KUBERNETES[1]] {
        let document = yaml(file);
        let pod = at(&document, "/spec/template/spec");
        for (pointer, expected) in [
            ("/enableServiceLinks", Value::Bool(false)),
            ("/automountServiceAccountToken", Value::Bool(false)),
            ("/securityContext/runAsNonRoot", Value::Bool(true)),
            ("/securityContext/seccompProfile/type", "RuntimeDefault".into()),
            ("/containers/0/securityContext/allowPrivilegeEscalation", Value::Bool(false)),
            ("/containers/0/securityContext/readOnlyRootFilesystem", Value::Bool(true)),
            ("/containers/0/securityContext/capabilities/drop/0", "ALL".into()),
            ("/containers/0/volumeMounts/0/mountPath", "/run/secrets".into()),
            ("/containers/0/volumeMounts/0/readOnly", Value::Bool(true)),
            ("/volumes/0/secret/defaultMode", 0o440.into()),
        ] {
            assert_eq!(*at(pod, pointer), expected, "{file} {pointer}");
        }
        assert_eq!(list(pod, "/containers").len(), 1, "{file}: what is proven here is proven of the first one");
        assert!(at(pod, "/containers/0/resources/limits/memory").is_string(), "{file}");
        assert_eq!(text(pod, "/volumes/0/name"), text(pod, "/containers/0/volumeMounts/0/name"), "{file}");
    }
}

#[test]
fn the_pods_of_one_release_are_of_one_image() {
    let image = |file| text(&yaml(file), "/spec/template/spec/containers/0/image").to_owned();
    assert_eq!(image(KUBERNETES[0]), image(KUBERNETES[1]));
    assert!(!image(KUBERNETES[0]).ends_with(":latest"));
}

#[test]
fn the_service_finds_its_pods_and_its_links_hide_no_setting() {
    let (service, deployment) = (yaml(KUBERNETES[2]), yaml(KUBERNETES[0]));
    assert_eq!(at(&service, "/spec/selector"), at(&deployment, "/spec/template/metadata/labels"));
    assert_eq!(at(&deployment, "/spec/selector/matchLabels"), at(&deployment, "/spec/template/metadata/labels"));
    let name = text(&service, "/metadata/name").to_uppercase().replace('-', "_");
    for link in ["PORT", "HOST", "SERVICE_HOST", "SERVICE_PORT", "URL"] {
        assert!(!is_known(&format!("{name}_{link}")), "{name}_{link}");
    }
    // The pods of the Job must not receive requests.
    assert_ne!(at(&service, "/spec/selector"), at(&yaml(KUBERNETES[1]), "/spec/template/metadata/labels"));
}

#[test]
fn compose_mounts_every_secret_and_shows_the_database_to_nobody_else() {
    let compose = yaml("compose.yaml");
    for service in ["api", "db"] {
        for secret in list(&compose, &format!("/services/{service}/secrets")) {
            let file = text(&compose, &format!("/secrets/{}/file", secret.as_str().unwrap()));
            assert!(file.starts_with("./secrets/"), "{file}");
        }
        assert!(
            list(&compose, &format!("/services/{service}/volumes")).iter().any(|it| it == "socket:/var/run/postgresql")
        );
    }
    assert_eq!(text(&compose, "/services/api/environment/PGHOST"), "/var/run/postgresql");
    assert_eq!(text(&compose, "/services/db/network_mode"), "none");
    assert_eq!(text(&compose, "/services/db/healthcheck/test/1"), "pg_isready");
    assert_eq!(text(&compose, "/services/api/depends_on/db/condition"), "service_healthy");
    for name in names_in(&read("compose.yaml")).into_iter().filter(|name| name.starts_with("POSTGRES_")) {
        assert!(table(&compose, "/services/db/environment").contains_key(name), "{name}");
    }
}
