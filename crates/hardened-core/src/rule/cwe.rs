//! Weaknesses of the Common Weakness Enumeration.

use std::fmt;

/// A weakness of the Common Weakness Enumeration that a rule prevents, finds or limits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cwe {
    number: u16,
    name: &'static str,
}

impl Cwe {
    /// Returns the weakness with this number. [`rules!`](crate::rules) calls this.
    ///
    /// # Panics
    ///
    /// At compile time, if `NAMES` does not contain the number.
    #[must_use]
    #[allow(
        clippy::panic,
        clippy::indexing_slicing,
        reason = "evaluated while compiling, where a panic is an error of the build"
    )]
    pub const fn new(number: u16) -> Self {
        let mut row = 0;
        while row < NAMES.len() {
            if NAMES[row].0 == number {
                return Self { number, name: NAMES[row].1 };
            }
            row += 1;
        }
        panic!("the weakness is not in `NAMES`");
    }

    /// Returns the number, such as 306.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.number
    }

    /// Returns the name of the weakness in the Common Weakness Enumeration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Returns the URL of the page that describes the weakness.
    #[must_use]
    pub fn link(self) -> String {
        format!("https://cwe.mitre.org/data/definitions/{}.html", self.number)
    }
}

/// Writes the identifier, such as `CWE-306`.
impl fmt::Display for Cwe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("CWE-{}", self.number))
    }
}

/// Writes the identifier, such as `CWE-306`.
impl fmt::Debug for Cwe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CWE-{}", self.number)
    }
}

/// The weaknesses that rules name, sorted by number, with their names from <https://cwe.mitre.org/data/>.
const NAMES: &[(u16, &str)] = &[
    (15, "External Control of System or Configuration Setting"),
    (22, "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')"),
    (79, "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')"),
    (89, "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')"),
    (201, "Insertion of Sensitive Information Into Sent Data"),
    (204, "Observable Response Discrepancy"),
    (209, "Generation of Error Message Containing Sensitive Information"),
    (214, "Invocation of Process Using Visible Sensitive Information"),
    (236, "Improper Handling of Undefined Parameters"),
    (258, "Empty Password in Configuration File"),
    (260, "Password in Configuration File"),
    (283, "Unverified Ownership"),
    (287, "Improper Authentication"),
    (290, "Authentication Bypass by Spoofing"),
    (295, "Improper Certificate Validation"),
    (297, "Improper Validation of Certificate with Host Mismatch"),
    (306, "Missing Authentication for Critical Function"),
    (307, "Improper Restriction of Excessive Authentication Attempts"),
    (318, "Cleartext Storage of Sensitive Information in Executable"),
    (319, "Cleartext Transmission of Sensitive Information"),
    (324, "Use of a Key Past its Expiration Date"),
    (326, "Inadequate Encryption Strength"),
    (327, "Use of a Broken or Risky Cryptographic Algorithm"),
    (331, "Insufficient Entropy"),
    (345, "Insufficient Verification of Data Authenticity"),
    (346, "Origin Validation Error"),
    (347, "Improper Verification of Cryptographic Signature"),
    (348, "Use of Less Trusted Source"),
    (359, "Exposure of Private Personal Information to an Unauthorized Actor"),
    (393, "Return of Wrong Status Code"),
    (436, "Interpretation Conflict"),
    (455, "Non-exit on Failed Initialization"),
    (459, "Incomplete Cleanup"),
    (489, "Active Debug Code"),
    (497, "Exposure of Sensitive System Information to an Unauthorized Control Sphere"),
    (522, "Insufficiently Protected Credentials"),
    (524, "Use of Cache Containing Sensitive Information"),
    (525, "Use of Web Browser Cache Containing Sensitive Information"),
    (526, "Cleartext Storage of Sensitive Information in an Environment Variable"),
    (527, "Exposure of Version-Control Repository to an Unauthorized Control Sphere"),
    (528, "Exposure of Core Dump File to an Unauthorized Control Sphere"),
    (532, "Insertion of Sensitive Information into Log File"),
    (540, "Inclusion of Sensitive Information in Source Code"),
    (552, "Files or Directories Accessible to External Parties"),
    (598, "Use of GET Request Method With Sensitive Query Strings"),
    (613, "Insufficient Session Expiration"),
    (614, "Sensitive Cookie in HTTPS Session Without 'Secure' Attribute"),
    (636, "Not Failing Securely ('Failing Open')"),
    (639, "Authorization Bypass Through User-Controlled Key"),
    (668, "Exposure of Resource to Wrong Sphere"),
    (694, "Use of Multiple Resources with Duplicate Identifier"),
    (732, "Incorrect Permission Assignment for Critical Resource"),
    (749, "Exposed Dangerous Method or Function"),
    (755, "Improper Handling of Exceptional Conditions"),
    (756, "Missing Custom Error Page"),
    (770, "Allocation of Resources Without Limits or Throttling"),
    (798, "Use of Hard-coded Credentials"),
    (862, "Missing Authorization"),
    (863, "Incorrect Authorization"),
    (918, "Server-Side Request Forgery (SSRF)"),
    (924, "Improper Enforcement of Message Integrity During Transmission in a Communication Channel"),
    (942, "Permissive Cross-domain Security Policy with Untrusted Domains"),
    (1004, "Sensitive Cookie Without 'HttpOnly' Flag"),
    (1021, "Improper Restriction of Rendered UI Layers or Frames"),
    (1188, "Initialization of a Resource with an Insecure Default"),
    (1269, "Product Released in Non-Release Configuration"),
    (1275, "Sensitive Cookie with Improper SameSite Attribute"),
    (1284, "Improper Validation of Specified Quantity in Input"),
    (1286, "Improper Validation of Syntactic Correctness of Input"),
    (1287, "Improper Validation of Specified Type of Input"),
    (1288, "Improper Validation of Consistency within Input"),
    (1327, "Binding to an Unrestricted IP Address"),
    (1391, "Use of Weak Credentials"),
    (1392, "Use of Default Credentials"),
    (1393, "Use of Default Password"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_of_their_numbers() {
        for pair in NAMES.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{pair:?}");
        }
        assert_eq!(
            (Cwe::new(918).to_string().as_str(), Cwe::new(918).name()),
            ("CWE-918", "Server-Side Request Forgery (SSRF)")
        );
    }
}
