//! Tests of the systemd unit.

use super::*;

#[test]
fn systemd_stops_trying_when_the_configuration_was_refused() {
    assert_eq!(directive("Restart"), ["on-failure"]);
    assert_eq!(directive("RestartPreventExitStatus"), ["78"]);
}

#[test]
fn systemd_hands_over_secrets_under_names_that_taskflow_looks_for() {
    let credentials = directive("LoadCredentialEncrypted");
    let names: Vec<_> =
        credentials.iter().map(|credential| credential.split_once(':').unwrap().0.to_uppercase()).collect();
    assert_eq!(names, ["JWT_SECRET_KEY", "DATABASE_URL"]);
    assert!(names.iter().all(|name| is_secret(name)));
}

/// The directives that the unit may use, from systemd 250: `man systemd.directives`.
const UNIT: [&str; 4] = ["After", "Description", "Documentation", "Wants"];
const INSTALL: [&str; 1] = ["WantedBy"];
const SERVICE: [&str; 36] = [
    "CapabilityBoundingSet",
    "DynamicUser",
    "Environment",
    "ExecStart",
    "LimitCORE",
    "LoadCredential",
    "LoadCredentialEncrypted",
    "LockPersonality",
    "MemoryDenyWriteExecute",
    "NoNewPrivileges",
    "PrivateDevices",
    "PrivateTmp",
    "PrivateUsers",
    "ProcSubset",
    "ProtectClock",
    "ProtectControlGroups",
    "ProtectHome",
    "ProtectHostname",
    "ProtectKernelLogs",
    "ProtectKernelModules",
    "ProtectKernelTunables",
    "ProtectProc",
    "ProtectSystem",
    "Restart",
    "RestartPreventExitStatus",
    "RestartSec",
    "RestrictAddressFamilies",
    "RestrictNamespaces",
    "RestrictRealtime",
    "RestrictSUIDSGID",
    "SystemCallArchitectures",
    "SystemCallErrorNumber",
    "SystemCallFilter",
    "TimeoutStopSec",
    "Type",
    "UMask",
];

/// The list is checked everywhere, and systemd itself is asked if it is installed.
#[test]
fn systemd_knows_every_directive_of_the_unit() {
    for (section, name, _) in directives() {
        let known: &[&str] = match section.as_str() {
            "Unit" => &UNIT,
            "Service" => &SERVICE,
            "Install" => &INSTALL,
            _ => panic!("[{section}] is no section of a service"),
        };
        assert!(known.contains(&name.as_str()), "[{section}] {name}");
    }
    if let Some(complaints) = complaints_of_systemd() {
        assert_eq!(complaints, Vec::<String>::new());
    }
}

/// Returns what `systemd-analyze verify` reports about the unit; `None` if it is not installed.
fn complaints_of_systemd() -> Option<Vec<String>> {
    let folder = std::env::temp_dir().join(format!("taskflow-unit-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let unit = folder.join("taskflow.service");
    // The program of the unit must exist.
    let program = std::env::current_exe().unwrap();
    let text = read("deploy/taskflow.service");
    fs::write(&unit, text.replace("/usr/local/bin/taskflow", program.to_str().unwrap())).unwrap();
    let run = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&unit).output();
    fs::remove_dir_all(&folder).unwrap();
    let said = String::from_utf8(run.ok()?.stderr).unwrap();
    // The output is also about other units of the machine.
    Some(said.lines().filter(|line| line.contains("taskflow")).map(str::to_owned).collect())
}
