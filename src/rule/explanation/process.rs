//! Explanations of `process-*`.

use super::{Explanation, sourced};

pub(in crate::rule) const PROCESS_CORE_DUMPS: Explanation = sourced(
    "A core dump holds every secret that the process has read. `load_or_exit` disables dumps before it reads the first one. A waiver for the subject `process` keeps them, for a debugger, profiler or crash reporter that has to attach.",
    "allow the system calls prctl and setrlimit in the sandbox of the process",
    "core(5), PR_SET_DUMPABLE(2const)",
);
