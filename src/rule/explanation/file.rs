//! Explanations of `file-*`.

use super::{Explanation, explain};

pub(in crate::rule) const FILE_CONFLICT: Explanation =
    explain("One of the two was meant to be replaced, and nobody can know which.", "unset one of them");
pub(in crate::rule) const FILE_MISSING: Explanation = explain(
    "The path is shown only when it is absolute and exists, for people paste the secret itself into the variable that should name its file.",
    "mount the file, or correct the path; the secret itself belongs into the variable without _FILE",
);
pub(in crate::rule) const FILE_UNREADABLE: Explanation = explain(
    "The process has no permission. Its user and the file's owner are named in the message.",
    "chown the file to the service's user, or grant its group read access",
);
pub(in crate::rule) const FILE_NOT_REGULAR: Explanation = explain(
    "A directory holds no value, and reading a pipe or a device could block the start for ever.",
    "name a regular file",
);
pub(in crate::rule) const FILE_TOO_LARGE: Explanation =
    explain("No secret is that long.", "name the file that holds the secret alone");
pub(in crate::rule) const FILE_WORLD_WRITABLE: Explanation =
    explain("Every process on the machine could replace the key by one that it knows.", "chmod o-w the file");
pub(in crate::rule) const FILE_WORLD_READABLE: Explanation = explain(
    "Every process on the machine can read the secret. In the usual secret directories that is the platform's default, and not mentioned.",
    "chmod o-r the file",
);
