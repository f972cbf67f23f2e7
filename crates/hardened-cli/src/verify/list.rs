//! Lists the checks and the requests, without sending any.

use std::io;

use hardened_core::{terminal::Style, verification::Sent};
use hardened_verify::{Check, Family};

use crate::output;

/// Lists every check of the families.
pub(super) fn checks(families: &[Family]) -> io::Result<()> {
    let checks: Vec<&Check> = families.iter().flat_map(|family| family.checks()).copied().collect();
    let width = checks.iter().map(|check| check.id().len()).max().unwrap_or(0) + 2;
    checks.iter().try_for_each(|check| {
        output::line(width, &[(Style::Strong, &format!("{:width$}", check.id())), (Style::Plain, check.claim())])
    })
}

/// Lists every request, and the number of requests for each family.
pub(super) fn requests(plan: &[(Family, Sent)]) -> io::Result<()> {
    for (family, sent) in plan {
        let mut line = format!("{} {}", sent.method, sent.path);
        line.extend(sent.headers.iter().map(|header| format!("  {}: {}", header.name, header.value)));
        line.extend(sent.who.iter().map(|who| format!("  as {who}")));
        output::line(12, &[(Style::Faint, &format!("{:12}", family.name())), (Style::Plain, &line)])?;
    }
    let counts: Vec<_> = Family::ALL
        .iter()
        .map(|family| (family, plan.iter().filter(|(other, _)| other == family).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(family, count)| format!("{family} {count}"))
        .collect();
    output::line(
        2,
        &[(Style::Strong, &format!("{} requests", plan.len())), (Style::Plain, &format!(": {}", counts.join(", ")))],
    )
}
