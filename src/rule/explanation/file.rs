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
pub(in crate::rule) const FILE_WORLD_WRITABLE: Explanation = explain(
    "Every user of the machine could replace the key with one that they know. In a directory that everybody can write, a file's own mode protects nothing, unless the directory is sticky, as `/tmp` is.",
    "chmod o-w what the message names; a directory that must stay writable needs its sticky bit, chmod +t",
);
pub(in crate::rule) const FILE_FOREIGN_PATH: Explanation = explain(
    "Whoever owns a directory on the path can rename what is in it and put another file there. Root, the service's user and the owner of the file are expected to be able to; another user is not.",
    "chown what the message names to root or to the service's user",
);
pub(in crate::rule) const FILE_FOREIGN_OWNER: Explanation = explain(
    "The owner can replace the key. That is usual where another program writes it, such as Vault Agent, or where a container keeps the owners of the host.",
    "chown the file to root or to the service's user, if no other program has to write it",
);
pub(in crate::rule) const FILE_GROUP_WRITABLE: Explanation = explain(
    "Every member of the group can replace the key. That is usual on OpenShift, where all belongs to group 0, and with a umask of 002.",
    "chmod g-w what the message names, if the group has members other than the service",
);
pub(in crate::rule) const FILE_WORLD_READABLE: Explanation = explain(
    "Every process on the machine can read the secret. In the usual secret directories that is the platform's default, and not mentioned.",
    "chmod o-r the file",
);
