//! Explanations of `file-*`.

use super::{Explanation, explain};

pub(in crate::rule) const FILE_CONFLICT: Explanation =
    explain("One of the two was meant to replace the other, and the library cannot tell which.", "unset one of them");
pub(in crate::rule) const FILE_MISSING: Explanation = explain(
    "The path is shown only if it is absolute and exists, because people paste the secret itself into the variable that should name its file.",
    "mount the file or correct the path; to set the secret itself, use the variable without _FILE",
);
pub(in crate::rule) const FILE_UNREADABLE: Explanation = explain(
    "The process does not have permission to read the file. The message names the user of each.",
    "chown the file to the service's user, or grant the user's group read access",
);
pub(in crate::rule) const FILE_NOT_REGULAR: Explanation = explain(
    "A directory holds no value, and reading a pipe or a device could block the start forever.",
    "set the path of a regular file",
);
pub(in crate::rule) const FILE_TOO_LARGE: Explanation = explain(
    "No secret is this long: the path names the wrong file.",
    "set the path of the file that holds only the secret",
);
pub(in crate::rule) const FILE_WORLD_WRITABLE: Explanation =
    explain("Any process on the machine could replace the key with one that it knows.", "run `chmod o-w` on the file");
pub(in crate::rule) const FILE_WORLD_READABLE: Explanation = explain(
    "Any process on the machine can read the secret. In the usual secret directories this is the platform's default and is not reported.",
    "run `chmod o-r` on the file",
);
