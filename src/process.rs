//! What a process can do for the secrets in its memory.

use std::io;

/// Forbids core dumps of this process, so that a crash writes no secret to disk. Call it first in `main`.
///
/// It sets the limit `RLIMIT_CORE` to zero for good, and on Linux marks the process as not dumpable, which also keeps
/// other processes of the same user from reading its memory. A debugger cannot attach after that.
///
/// ```
/// hardened::process::no_core_dumps()?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// What it cannot prevent: swapping, hibernation, and whoever is root.
///
/// Source: `getrlimit(2)`, `PR_SET_DUMPABLE(2const)`.
///
/// # Errors
///
/// When the operating system refuses.
pub fn no_core_dumps() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    #[cfg(any(target_os = "linux", target_os = "android"))]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}
