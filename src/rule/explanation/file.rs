//! Explanations of `file-*`.

use super::{Explanation, explain};

pub(in crate::rule) const FILE_CONFLICT: Explanation =
    explain("One of the two was meant to replace the other, and the library cannot tell which.", "unset one of them");
pub(in crate::rule) const FILE_MISSING: Explanation = explain(
    "The path is shown only if it is absolute and exists, because people paste the secret itself into the variable that should name its file.",
    "mount the file or correct the path; to set the secret itself, use the variable without _FILE",
);
pub(in crate::rule) const FILE_UNREADABLE: Explanation = explain(
    "The process does not have permission to read the file. The message names the user of the process and the owner of the file.",
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
pub(in crate::rule) const FILE_WORLD_WRITABLE: Explanation = explain(
    "Any user of the machine could replace the key with one that they know. In a directory that everyone can write, the mode of the file itself protects nothing, unless the directory is sticky, as `/tmp` is.",
    "run `chmod o-w` on the file or directory in the message, or `chmod +t` on a directory that must stay writable",
);
pub(in crate::rule) const FILE_FOREIGN_PATH: Explanation = explain(
    "The owner of a directory can rename what is in it and put another file in its place. Root, the service's user and the owner of the file may do that; another user may not.",
    "run `chown` on the directory or link in the message, so that it belongs to root or to the service's user",
);
pub(in crate::rule) const FILE_FOREIGN_OWNER: Explanation = explain(
    "The owner of the file can replace the key. This is normal where another program writes the file, such as Vault Agent, and where a container keeps the owners of the host.",
    "chown the file to root or to the service's user, unless another program has to write it",
);
pub(in crate::rule) const FILE_GROUP_WRITABLE: Explanation = explain(
    "Every member of the group can replace the key. This is normal on OpenShift, where everything belongs to group 0, and with a umask of 002.",
    "run `chmod g-w` on the file or directory in the message, if the group has other members than the service",
);
pub(in crate::rule) const FILE_WORLD_READABLE: Explanation = explain(
    "Any process on the machine can read the secret. In the usual secret directories this is the platform's default and is not reported.",
    "run `chmod o-r` on the file",
);
