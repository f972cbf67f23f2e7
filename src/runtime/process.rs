//! Protects the secrets in the memory of a process.

use std::io;

/// Disables core dumps of this process, so that a crash does not write secrets to disk.
///
/// [`Config::load_or_exit`](crate::Config::load_or_exit) calls this function in Preview and Production, before it reads the
/// first secret. A service that loads in another way should call it first in `main`.
///
/// It sets the limit `RLIMIT_CORE` to zero permanently, also for child processes. The kernel ignores that limit when it
/// pipes dumps to a program, so on Linux the function also marks the process as not dumpable. That keeps other
/// processes of the same user from reading its memory as well: a debugger or a profiler can no longer attach.
///
/// ```
/// match hardened::process::no_core_dumps() {
///     Err(error) if error.kind() == std::io::ErrorKind::Unsupported => {} // Windows, WebAssembly
///     outcome => outcome?,
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// What it cannot prevent: swapping, hibernation, and dumps that root takes of a running process.
///
/// Source: `getrlimit(2)`, `PR_SET_DUMPABLE(2const)`, `core(5)`.
///
/// # Errors
///
/// Returns [`io::ErrorKind::Unsupported`] outside of Unix; otherwise the error of an operating system that refuses, as a
/// seccomp filter can make it do.
pub fn no_core_dumps() -> io::Result<()> {
    platform::no_core_dumps()
}

#[cfg(unix)]
mod platform {
    use std::io;

    use rustix::process::{Resource, Rlimit, setrlimit};

    pub(super) fn no_core_dumps() -> io::Result<()> {
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
        #[cfg(any(target_os = "linux", target_os = "android"))]
        rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
        Ok(())
    }
}

#[cfg(not(unix))]
mod platform {
    use std::io;

    pub(super) fn no_core_dumps() -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
