//! Limits connections to the number of files that the process may open.

/// Returns the requested number of connections, or three quarters of the files that the process may open if that is
/// less. The rest is for the service itself, such as its database connections.
pub(super) fn fitting(connections: usize) -> usize {
    let Some(files) = limit() else { return connections };
    let most = fit(connections, files);
    if most < connections {
        tracing::warn!(
            connections = most,
            "HTTP_MAX_CONNECTIONS is {connections}, but the process may open only {files} files, so fewer connections are \
             accepted; raise the limit (ulimit -n)"
        );
    }
    most
}

fn fit(connections: usize, files: u64) -> usize {
    let most = usize::try_from(files / 4 * 3).unwrap_or(usize::MAX);
    connections.min(most.max(1))
}

#[cfg(unix)]
fn limit() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn limit() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_files_is_left_to_the_service() {
        for (connections, files, expected) in
            [(10_000, 1024, 768), (10_000, 1_048_576, 10_000), (100, 1024, 100), (100, 0, 1), (100, u64::MAX, 100)]
        {
            assert_eq!(fit(connections, files), expected, "{connections} {files}");
        }
    }
}
